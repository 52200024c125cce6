//! What people type into amount and date fields, and what it means.
//!
//! "1 250 000", "1250000", "1.250.000" and "1,25M" are one amount; "+3", "pé", "11.30" are dates.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rust_decimal::Decimal;

use crate::Explain;
use crate::calendar::Calendar;

/// Why a typed amount or date was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Nothing typed.
    #[error("empty")]
    Empty,
    /// Not an amount.
    #[error("not an amount")]
    Amount,
    /// Not a date.
    #[error("not a date")]
    Date,
}

impl Explain for EntryError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "entry-empty",
            Self::Amount => "entry-amount",
            Self::Date => "entry-date",
        }
    }
}

/// Reads an amount: spaces or dots between groups of three, a decimal comma (or a point that cannot be a
/// group), an ending `e`/`ezer`/`k` for thousand or `m`/`M`/`millió` for million, and an optional `Ft`/`HUF`/`EUR`.
pub fn amount(text: &str) -> Result<Decimal, EntryError> {
    let mut rest: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    if rest.is_empty() {
        return Err(EntryError::Empty);
    }
    for unit in ["ft", "huf", "eur", "€"] {
        if let Some(cut) = rest.strip_suffix(unit) {
            rest = cut.to_owned();
            break;
        }
    }
    let mut factor = Decimal::ONE;
    for (unit, value) in [
        ("millió", 1_000_000),
        ("mio", 1_000_000),
        ("m", 1_000_000),
        ("ezer", 1_000),
        ("e", 1_000),
        ("k", 1_000),
    ] {
        if let Some(cut) = rest.strip_suffix(unit) {
            rest = cut.to_owned();
            factor = Decimal::from(value);
            break;
        }
    }
    let plain = plain_number(&rest).ok_or(EntryError::Amount)?;
    let number: Decimal = plain.parse().map_err(|_| EntryError::Amount)?;
    Ok(number.checked_mul(factor).ok_or(EntryError::Amount)?.normalize())
}

/// Turns grouping and decimal marks into a plain number with a point, or `None`.
fn plain_number(text: &str) -> Option<String> {
    let (whole, decimals) = match text.split_once(',') {
        Some((whole, decimals)) => (whole, decimals),
        None => match text.rsplit_once('.') {
            // A single point that does not close a group of three is a decimal point.
            Some((whole, end)) if end.len() != 3 && !whole.contains('.') => (whole, end),
            _ => (text, ""),
        },
    };
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 || first.is_empty() {
            return None;
        }
        digits.push_str(group);
    }
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if digits.is_empty()
        || digits.len() > 18
        || !all_digits(&digits)
        || decimals.len() > 6
        || !all_digits(decimals)
    {
        return None;
    }
    Some(if decimals.is_empty() { digits } else { format!("{digits}.{decimals}") })
}

/// Reads a date relative to `today`: `+3` (banking days), `ma`/`today`, `holnap`/`tomorrow`, the beginning of a
/// weekday's name (the next such day), `11.30` or `11/30` (this year, or next if past), a full date in
/// Hungarian (`2026. 11. 30.`) or ISO form.
pub fn date(text: &str, today: NaiveDate, calendar: &Calendar) -> Result<NaiveDate, EntryError> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err(EntryError::Empty);
    }
    if let Some(days) = text.strip_prefix('+') {
        let days: u32 = days.trim().parse().map_err(|_| EntryError::Date)?;
        if days > 366 {
            return Err(EntryError::Date);
        }
        return Ok(calendar.add_banking_days(today, days));
    }
    match text.as_str() {
        "ma" | "today" => return Ok(today),
        "holnap" | "tomorrow" => return today.checked_add_days(Days::new(1)).ok_or(EntryError::Date),
        _ => {}
    }
    if let Some(weekday) = weekday(&text) {
        return (1..=7)
            .filter_map(|n| today.checked_add_days(Days::new(n)))
            .find(|d| d.weekday() == weekday)
            .ok_or(EntryError::Date);
    }
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if text.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '/' | ' ')) {
        return Err(EntryError::Date);
    }
    let number = |s: &str| s.parse::<u32>().map_err(|_| EntryError::Date);
    match numbers.as_slice() {
        [y, m, d] if y.len() == 4 => {
            let year = y.parse().map_err(|_| EntryError::Date)?;
            NaiveDate::from_ymd_opt(year, number(m)?, number(d)?).ok_or(EntryError::Date)
        }
        [m, d] => {
            let (m, d) = (number(m)?, number(d)?);
            let this_year = NaiveDate::from_ymd_opt(today.year(), m, d);
            match this_year {
                Some(date) if date >= today => Ok(date),
                _ => NaiveDate::from_ymd_opt(today.year() + 1, m, d).ok_or(EntryError::Date),
            }
        }
        [whole] if whole.len() == 8 => {
            NaiveDate::parse_from_str(whole, "%Y%m%d").map_err(|_| EntryError::Date)
        }
        _ => Err(EntryError::Date),
    }
}

/// At least two letters of a Hungarian or English weekday.
fn weekday(text: &str) -> Option<Weekday> {
    const NAMES: [(&str, &str, Weekday); 7] = [
        ("hétfő", "monday", Weekday::Mon),
        ("kedd", "tuesday", Weekday::Tue),
        ("szerda", "wednesday", Weekday::Wed),
        ("csütörtök", "thursday", Weekday::Thu),
        ("péntek", "friday", Weekday::Fri),
        ("szombat", "saturday", Weekday::Sat),
        ("vasárnap", "sunday", Weekday::Sun),
    ];
    if text.chars().count() < 2 || !text.chars().all(char::is_alphabetic) {
        return None;
    }
    NAMES.iter().find(|(hu, en, _)| hu.starts_with(text) || en.starts_with(text)).map(|(_, _, day)| *day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        amount(text).map_or_else(|e| e.code().to_owned(), |d| d.to_string())
    }

    #[test]
    fn amounts_as_people_type_them() {
        for text in [
            "1 250 000",
            "1250000",
            "1.250.000",
            "1,25M",
            "1,25 millió Ft",
            "1250e",
            "1\u{a0}250\u{a0}000 HUF",
        ] {
            assert_eq!(read(text), "1250000", "{text}");
        }
        assert_eq!(read("12,5"), "12.5");
        assert_eq!(read("12.50 EUR"), "12.5");
        // The key beside the numpad's zero gives a comma or a point, as the layout has it.
        assert_eq!((read("1250,5"), read("1250.5")), ("1250.5".to_owned(), "1250.5".to_owned()));
        assert_eq!(read(""), "entry-empty");
        for bad in ["tizenkettő", "1,2,3", "12.34.5", "-5", "1..000", "1e400", "9999999999999999999"] {
            assert_eq!(read(bad), "entry-amount", "{bad}");
        }
    }

    #[test]
    fn dates_as_people_type_them() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let calendar = Calendar::default();
        let read =
            |text: &str| date(text, today, &calendar).map_or_else(|e| e.code().to_owned(), |d| d.to_string());
        assert_eq!(read("ma"), "2026-11-23");
        assert_eq!(read("+3"), "2026-11-26");
        assert_eq!(read("+5"), "2026-11-30");
        assert_eq!(read("pé"), "2026-11-27");
        assert_eq!(read("hé"), "2026-11-30");
        assert_eq!(read("11.30"), "2026-11-30");
        assert_eq!(read("1.5."), "2027-01-05");
        assert_eq!(read("2026. 12. 01."), "2026-12-01");
        assert_eq!(read("20261201"), "2026-12-01");
        assert_eq!(read("2026-02-30"), "entry-date");
        assert_eq!(read("soha"), "entry-date");
    }

    proptest! {
        #[test]
        fn a_grouped_number_reads_as_itself(n in 0u64..1_000_000_000_000) {
            let plain = n.to_string();
            let mut grouped = String::new();
            for (i, c) in plain.chars().enumerate() {
                if i > 0 && (plain.len() - i) % 3 == 0 { grouped.push(' '); }
                grouped.push(c);
            }
            prop_assert_eq!(amount(&grouped).unwrap(), Decimal::from(n));
        }

        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,30}") {
            let _ = amount(&text);
            let _ = date(&text, NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(), &Calendar::default());
        }
    }
}
