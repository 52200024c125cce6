//! What is typed into the payee, amount and date fields; what is understood is understood again.
#![no_main]

use chrono::NaiveDate;
use domain::{Calendar, Narrative, Target, entry};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(target) = text.parse::<Target>() {
        assert_eq!(target.to_string().parse::<Target>(), Ok(target));
    }
    if let Ok(narrative) = text.parse::<Narrative>() {
        assert_eq!(narrative.as_str().parse::<Narrative>(), Ok(narrative.clone()));
    }
    let _ = entry::amount(text);
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let _ = entry::date(text, today, &Calendar::default());
});
