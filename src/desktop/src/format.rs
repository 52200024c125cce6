//! How the window writes money, dates, times and account numbers: by [`domain::format`] in the language spoken now,
//! and with words where it has them.

use chrono::{DateTime, Datelike, Days, Local, NaiveDate, NaiveDateTime};
use domain::format::NBSP;
use domain::{Money, format};
use rust_decimal::Decimal;

use crate::texts::{Language, language};
use crate::tr;

/// A count: "34 512".
#[must_use]
pub(crate) fn count(value: usize) -> String {
    format::grouped(language(), &value.to_string())
}

/// Bytes of a file: "14,0 MB", "312 kB".
#[must_use]
pub(crate) fn bytes(value: u64) -> String {
    let (unit, size, places) = if value >= 1_000_000 { ("MB", 1_000_000, 1) } else { ("kB", 1_000, 0) };
    format!("{}{NBSP}{unit}", format::decimal(language(), Decimal::from(value) / Decimal::from(size), places))
}

/// An amount without its currency: no fillér where there are none in forints, two digits elsewhere.
#[must_use]
pub(crate) fn amount(value: Decimal, currency: &str) -> String {
    format::amount(language(), value, currency)
}

/// The word for a currency: "Ft" in Hungarian, the ISO 4217 code otherwise.
#[must_use]
pub(crate) fn currency(code: &str) -> &str {
    format::currency(language(), code)
}

/// Money: "1 234 567 Ft", "14 200,00 EUR"; "1,234,567 HUF" in English.
#[must_use]
pub(crate) fn money(sum: Money) -> String {
    format::money(language(), sum)
}

/// The same of an amount that is no money yet.
#[must_use]
pub(crate) fn amount_of(value: Decimal, code: &str) -> String {
    format::amount_of(language(), value, code)
}

/// Groups a typed whole or decimal number for reading; none if it is not one.
#[must_use]
pub(crate) fn group_typed(raw: &str) -> Option<String> {
    let bare: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = match bare.split_once([',', '.']) {
        Some((whole, fraction)) => (whole.to_owned(), Some(fraction.to_owned())),
        None => (bare, None),
    };
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(&whole) || fraction.as_deref().is_some_and(|digits| !is_number(digits)) {
        return None;
    }
    Some(format::with_fraction(Language::Hu, &whole, fraction.as_deref().unwrap_or_default()))
}

/// A date: "2026. 11. 21.", "2026-11-21" in English.
#[must_use]
pub(crate) fn date(day: NaiveDate) -> String {
    format::date(language(), day)
}

/// Month and day, where the year is clear: "11. 21.", "11-21" in English.
#[must_use]
pub(crate) fn short_date(day: NaiveDate) -> String {
    format::short_date(language(), day)
}

/// A date with month and weekday in words: "2026. november 23., hétfő", "Monday 23 November 2026".
#[must_use]
pub(crate) fn long_date(day: NaiveDate) -> String {
    let month = &crate::texts::calendar().months[day.month0() as usize % 12];
    let weekday = weekday(day);
    match language() {
        Language::Hu => {
            format!("{}.{NBSP}{month}{NBSP}{}., {weekday}", day.year(), day.day())
        }
        Language::En => format!("{weekday} {} {month} {}", day.day(), day.year()),
    }
}

/// The whole name of the weekday.
#[must_use]
pub(crate) fn weekday(day: NaiveDate) -> String {
    match day.weekday().num_days_from_monday() {
        0 => tr!("weekday-1"),
        1 => tr!("weekday-2"),
        2 => tr!("weekday-3"),
        3 => tr!("weekday-4"),
        4 => tr!("weekday-5"),
        5 => tr!("weekday-6"),
        _ => tr!("weekday-7"),
    }
}

/// Hours and minutes: "09:42".
#[must_use]
pub(crate) fn time(at: NaiveDateTime) -> String {
    format::time(at)
}

/// Hours, minutes and seconds: "09:42:10".
#[must_use]
pub(crate) fn exact_time(at: NaiveDateTime) -> String {
    format::exact_time(at)
}

/// A moment as people say it: "09:42:10" today, "tegnap 16:02", "2026. 11. 03. 16:02" before that.
#[must_use]
pub(crate) fn relative(at: NaiveDateTime, now: NaiveDateTime) -> String {
    let (day, today) = (at.date(), now.date());
    if day == today {
        exact_time(at)
    } else if day.checked_add_days(Days::new(1)) == Some(today) {
        tr!("yesterday-at", time = time(at))
    } else {
        format::moment(language(), at)
    }
}

/// A moment of the world in the clock of this machine.
#[must_use]
pub(crate) fn local(at: DateTime<chrono::Utc>) -> NaiveDateTime {
    at.with_timezone(&Local).naive_local()
}

fn in_groups(text: &str, size: usize, separator: &str) -> String {
    let bare: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let groups: Vec<String> = bare.chunks(size).map(|group| group.iter().collect()).collect();
    groups.join(separator)
}

/// A Hungarian account number 8-8 or 8-8-8; whole or while it is typed.
#[must_use]
pub(crate) fn account(digits: &str) -> String {
    in_groups(digits, 8, "-")
}

/// An IBAN in groups of four.
#[must_use]
pub(crate) fn iban(iban: &str) -> String {
    in_groups(iban, 4, "\u{a0}")
}

/// A fingerprint in groups of four, lower case.
#[must_use]
pub(crate) fn fingerprint(hex: &str) -> String {
    in_groups(&hex.to_ascii_lowercase(), 4, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).and_then(|d| d.and_hms_opt(hour, minute, 5)).unwrap()
    }

    fn plain(text: String) -> String {
        text.replace(NBSP, " ")
    }

    #[test]
    fn typed_amounts_are_grouped_and_nonsense_is_left() {
        assert_eq!(group_typed("1250000").map(plain).as_deref(), Some("1 250 000"));
        assert_eq!(group_typed("1 25 0000,5").map(plain).as_deref(), Some("1 250 000,5"));
        for nonsense in ["", "abc", "12,3,4", "1,25M", ",5"] {
            assert_eq!(group_typed(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn grouping_twice_changes_nothing() {
        let once = group_typed("81250000").unwrap();
        assert_eq!(group_typed(&once), Some(once));
    }

    #[test]
    fn dates_and_times_are_written_the_hungarian_way() {
        assert_eq!(plain(date(at(21, 0, 0).date())), "2026. 11. 21.");
        assert_eq!(plain(long_date(at(23, 0, 0).date())), "2026. november 23., hétfő");
        let now = at(23, 9, 42);
        assert_eq!(relative(at(23, 8, 40), now), "08:40:05");
        assert_eq!(relative(at(22, 16, 2), now), "tegnap 16:02");
        assert_eq!(plain(relative(at(3, 16, 2), now)), "2026. 11. 03. 16:02");
    }

    #[test]
    fn numbers_that_are_read_aloud_stand_in_groups() {
        assert_eq!(account("104000235365656585691020"), "10400023-53656565-85691020");
        assert_eq!(account("11773016-1111101"), "11773016-1111101");
        assert_eq!(plain(iban("HU4211773016111110180000000 0")), "HU42 1177 3016 1111 1018 0000 0000");
        assert_eq!(fingerprint("7C4109be55f2"), "7c41 09be 55f2");
    }
}
