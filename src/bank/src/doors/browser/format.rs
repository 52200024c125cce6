//! Dates and amounts as the web client shows them: by [`domain::format`] in the language of the page.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Money, format};

use crate::doors::http::texts::Texts;
use crate::ground::time::local;

/// A moment in the bank's time zone, to the minute.
pub(crate) fn moment(texts: &Texts, at: DateTime<Utc>) -> String {
    format::moment(texts.language, local(at))
}

/// The same to the second.
pub(crate) fn exact_moment(texts: &Texts, at: DateTime<Utc>) -> String {
    format::exact_moment(texts.language, local(at))
}

pub(crate) fn day(texts: &Texts, day: NaiveDate) -> String {
    format::date(texts.language, day)
}

pub(crate) fn money(texts: &Texts, money: Money) -> String {
    format::money(texts.language, money)
}

/// A fingerprint as it stands everywhere: lower-case hex in groups of four.
pub(crate) fn fingerprint(sha256: &[u8]) -> String {
    sha256.chunks(2).map(hex::encode).collect::<Vec<_>>().join(" ")
}

/// When the user last logged in, as a sentence.
pub(crate) fn last_login(texts: &Texts, at: Option<DateTime<Utc>>) -> String {
    match at {
        Some(at) => texts.with("web-last-login", &[("at", &moment(texts, at))]),
        None => texts.text("web-last-login-never"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doors::browser::texts;

    #[test]
    fn moments_are_budapest_time() {
        let at = "2026-11-23T09:05:00Z".parse().unwrap();
        assert_eq!(moment(texts::of(None), at), "2026.\u{a0}11.\u{a0}23. 10:05");
        assert_eq!(moment(texts::of(Some("en")), at), "2026-11-23 10:05");
        assert!(last_login(texts::of(Some("en")), Some(at)).contains("2026-11-23 10:05"));
    }
}
