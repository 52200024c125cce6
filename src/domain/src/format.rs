//! How money, dates and times are written in the languages that Kapocs speaks; every program writes them by this.
//!
//! Hungarian groups thousands by a no-break space from four digits on, as banks print (not from five, as CLDR would),
//! and puts a comma before the fraction. English dates are ISO 8601: a bank's papers must not be read as another day
//! on the other side of an ocean. Words (months, "yesterday") are texts and no part of this.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Currency, Explain, Money};

/// U+00A0: the line never breaks inside a number or a date.
pub const NBSP: char = '\u{a0}';

/// The languages that Kapocs speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Magyar.
    #[default]
    Hu,
    /// English.
    En,
}

impl Language {
    /// The language of that two-letter code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Hu, Self::En].into_iter().find(|l| l.code() == code)
    }

    /// Two letters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hu => "hu",
            Self::En => "en",
        }
    }

    /// What stands between thousands, and before the fraction.
    fn marks(self) -> (char, char) {
        match self {
            Self::Hu => (NBSP, ','),
            Self::En => (',', '.'),
        }
    }
}

/// Digits in groups of three: "34 512".
pub fn grouped(language: Language, digits: &str) -> String {
    let (separator, _) = language.marks();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A whole number and its fraction, as typed or computed: "1 234,50".
pub fn with_fraction(language: Language, whole: &str, fraction: &str) -> String {
    let whole = grouped(language, whole);
    if fraction.is_empty() { whole } else { format!("{whole}{}{fraction}", language.marks().1) }
}

/// A number with so many digits after the mark.
pub fn decimal(language: Language, value: Decimal, places: u32) -> String {
    let mut value = value.round_dp(places);
    value.rescale(places);
    let plain = value.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let sign = if value.is_sign_negative() && !value.is_zero() { "−" } else { "" };
    format!("{sign}{}", with_fraction(language, whole, fraction))
}

/// An amount without its currency: no fillér where there are none in forints, the minor unit's digits elsewhere.
pub fn amount(language: Language, value: Decimal, currency: &str) -> String {
    let places = match currency {
        "HUF" if value.fract().is_zero() => 0,
        code => code.parse().map_or(2, Currency::minor_digits),
    };
    decimal(language, value, places)
}

/// The word for a currency: "Ft" in Hungarian, the ISO 4217 code otherwise.
pub fn currency(language: Language, code: &str) -> &str {
    if code == "HUF" && language == Language::Hu { "Ft" } else { code }
}

/// The count that a text's value is, by which the text chooses singular or plural. Digits that are no count stay text:
/// numbers of accounts are longer, and a name such as "007" would lose its zeros.
pub fn count(value: &str) -> Option<u32> {
    value.parse().ok().filter(|count: &u32| count.to_string() == value)
}

/// Money: "1 234 567 Ft", "14 200,00 EUR"; "1,234,567 HUF" in English.
pub fn money(language: Language, sum: Money) -> String {
    amount_of(language, sum.amount(), sum.currency().code())
}

/// The same of an amount that is no money yet.
pub fn amount_of(language: Language, value: Decimal, code: &str) -> String {
    format!("{}{NBSP}{}", amount(language, value, code), currency(language, code))
}

/// A date: "2026. 11. 21.", "2026-11-21" in English.
pub fn date(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Hu => format!("{}.{NBSP}{:02}.{NBSP}{:02}.", day.year(), day.month(), day.day()),
        Language::En => day.format("%Y-%m-%d").to_string(),
    }
}

/// Month and day, where the year is clear: "11. 21.", "11-21" in English.
pub fn short_date(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Hu => format!("{:02}. {:02}.", day.month(), day.day()),
        Language::En => day.format("%m-%d").to_string(),
    }
}

/// Hours and minutes: "09:42".
pub fn time(at: impl Timelike) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// Hours, minutes and seconds: "09:42:10".
pub fn exact_time(at: impl Timelike) -> String {
    format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
}

/// Date and time to the minute: "2026. 11. 21. 09:42".
pub fn moment(language: Language, at: NaiveDateTime) -> String {
    format!("{} {}", date(language, at.date()), time(at))
}

/// Date and time to the second, where the order of events counts: "2026. 11. 21. 09:42:10".
pub fn exact_moment(language: Language, at: NaiveDateTime) -> String {
    format!("{} {}", date(language, at.date()), exact_time(at))
}

/// The values of an explanation as people read them: days as dates, limits in groups, sums with their currency; all else as it is.
pub fn readable(language: Language, what: &dyn Explain) -> Vec<(&'static str, String)> {
    let shown = |name: &str, value: &str| match name {
        "date" => value.parse().ok().map(|day| date(language, day)),
        "limit" | "declared_total" | "found_total" => {
            value.parse().ok().map(|number: Decimal| decimal(language, number, number.scale()))
        }
        "available" | "reserved" | "needed" | "missing" => {
            let (number, code) = value.split_once(' ')?;
            Some(amount_of(language, number.parse().ok()?, code))
        }
        _ => None,
    };
    what.args().into_iter().map(|(name, value)| (name, shown(name, &value).unwrap_or(value))).collect()
}

#[cfg(test)]
mod tests {
    use Language::{En, Hu};

    use super::*;
    use crate::routing::Reason;

    fn plain(text: String) -> String {
        text.replace(NBSP, " ")
    }

    fn day() -> NaiveDate {
        "2026-11-03".parse().unwrap()
    }

    #[test]
    fn forints_are_grouped_from_four_digits() {
        for (value, written) in [
            ("0", "0 Ft"),
            ("999", "999 Ft"),
            ("1250", "1 250 Ft"),
            ("1234567", "1 234 567 Ft"),
            ("-88000", "−88 000 Ft"),
            ("12.50", "12,50 Ft"),
        ] {
            assert_eq!(plain(amount_of(Hu, value.parse().unwrap(), "HUF")), written);
        }
        assert_eq!(plain(money(En, Money::huf(1_250_000))), "1,250,000 HUF");
    }

    #[test]
    fn other_currencies_have_the_digits_of_their_minor_unit() {
        assert_eq!(plain(amount_of(Hu, "14200".parse().unwrap(), "EUR")), "14 200,00 EUR");
        assert_eq!(plain(amount_of(Hu, "1500".parse().unwrap(), "JPY")), "1 500 JPY");
        assert_eq!(plain(amount_of(Hu, "1.5".parse().unwrap(), "KWD")), "1,500 KWD");
        assert_eq!(decimal(En, "1234567.5".parse().unwrap(), 2), "1,234,567.50");
        assert_eq!(decimal(En, "-0.001".parse().unwrap(), 2), "0.00");
    }

    #[test]
    fn dates_and_times_follow_the_language() {
        let at = day().and_hms_opt(9, 5, 7).unwrap();
        assert_eq!(date(Hu, day()), "2026.\u{a0}11.\u{a0}03.");
        assert_eq!(date(En, day()), "2026-11-03");
        assert_eq!((short_date(Hu, day()).as_str(), short_date(En, day()).as_str()), ("11. 03.", "11-03"));
        assert_eq!(plain(moment(Hu, at)), "2026. 11. 03. 09:05");
        assert_eq!(exact_moment(En, at), "2026-11-03 09:05:07");
    }

    #[test]
    fn reasons_have_readable_values() {
        let value = |language, what: &Reason| plain(readable(language, what)[0].1.clone());
        let above = Reason::AboveInstantLimit { limit: "20000000".to_owned() };
        assert_eq!(value(Hu, &above), "20 000 000");
        assert_eq!(value(En, &above), "20,000,000");
        assert_eq!(value(Hu, &Reason::ValueDated { date: day() }), "2026. 11. 03.");
    }

    #[test]
    fn only_what_is_written_as_a_count_is_one() {
        assert_eq!(["0", "1", "4294967295"].map(count), [Some(0), Some(1), Some(4_294_967_295)]);
        for text in ["", "007", "+1", "-1", "1.5", "1 250", "117730161111101800000000", "Pék Kft."] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    #[test]
    fn a_language_is_known_by_its_code() {
        assert_eq!((Language::from_code("hu"), Language::from_code("en")), (Some(Hu), Some(En)));
        assert_eq!(Language::from_code("de"), None);
    }
}
