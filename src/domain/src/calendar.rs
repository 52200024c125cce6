//! Banking calendar: which days banks settle. It is data that the bank sends, because laws move it
//! (the two sources on 24 December 2026 disagree, see `assets/profiles/calendar-hu.toml`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Banking days. Without an entry, Monday to Friday are banking days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Data version, to show and to compare.
    #[serde(default)]
    pub version: u32,
    /// Years that the data was made for; other years follow weekdays only and deserve a warning.
    #[serde(default)]
    pub years: BTreeSet<i32>,
    /// Weekdays on which banks rest.
    #[serde(default)]
    pub holidays: BTreeMap<NaiveDate, String>,
    /// Saturdays that are working days with shorter settlement hours.
    #[serde(default)]
    pub working_saturdays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Whether banks settle that day.
    pub fn is_banking_day(&self, day: NaiveDate) -> bool {
        if self.holidays.contains_key(&day) {
            return false;
        }
        match day.weekday() {
            Weekday::Sat => self.working_saturdays.contains(&day),
            Weekday::Sun => false,
            _ => true,
        }
    }

    /// The first banking day after `day`.
    pub fn next_banking_day(&self, day: NaiveDate) -> NaiveDate {
        let mut next = day;
        // A run of a month without a banking day exists in no calendar; the bound keeps broken data from looping.
        for _ in 0..60 {
            next = next.checked_add_days(Days::new(1)).unwrap_or(next);
            if self.is_banking_day(next) {
                break;
            }
        }
        next
    }

    /// `day` itself if it is a banking day, else the next one.
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        if self.is_banking_day(day) { day } else { self.next_banking_day(day) }
    }

    /// The n-th banking day after `day` (0 gives `day` or the next banking day).
    pub fn add_banking_days(&self, day: NaiveDate, n: u32) -> NaiveDate {
        (0..n).fold(if n == 0 { self.on_or_after(day) } else { day }, |d, _| self.next_banking_day(d))
    }

    /// The last year that the data covers, if that day lies beyond it. Data that names no years covers all.
    pub fn ends_before(&self, day: NaiveDate) -> Option<i32> {
        self.years.last().copied().filter(|last| day.year() > *last)
    }

    /// Whether the data covers that day's year.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.years.contains(&day.year())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn sample() -> Calendar {
        Calendar {
            version: 1,
            years: [2026].into(),
            holidays: [(day("2026-10-23"), "1956".to_owned()), (day("2026-12-25"), "karácsony".to_owned())]
                .into(),
            working_saturdays: [day("2026-12-12")].into(),
        }
    }

    #[test]
    fn holidays_rest_and_working_saturdays_settle() {
        let calendar = sample();
        assert!(!calendar.is_banking_day(day("2026-10-23")));
        assert!(calendar.is_banking_day(day("2026-12-12")));
        assert!(!calendar.is_banking_day(day("2026-12-19")));
        assert_eq!(calendar.next_banking_day(day("2026-10-22")), day("2026-10-26"));
        assert_eq!(calendar.add_banking_days(day("2026-12-11"), 1), day("2026-12-12"));
        assert_eq!(calendar.add_banking_days(day("2026-10-24"), 0), day("2026-10-26"));
        assert!(!calendar.covers(day("2027-01-04")));
        assert_eq!(calendar.ends_before(day("2027-01-04")), Some(2026));
        assert_eq!(calendar.ends_before(day("2026-12-31")), None);
        assert_eq!(Calendar::default().ends_before(day("2027-01-04")), None);
    }

    proptest! {
        #[test]
        fn the_next_banking_day_is_one_and_none_lies_between(offset in 0u64..700) {
            let calendar = sample();
            let start = day("2026-01-01") + Days::new(offset);
            let next = calendar.next_banking_day(start);
            prop_assert!(next > start && calendar.is_banking_day(next));
            let mut between = start.succ_opt().unwrap();
            while between < next {
                prop_assert!(!calendar.is_banking_day(between));
                between = between.succ_opt().unwrap();
            }
        }
    }
}
