//! Banking calendar: which days banks settle. It is data that the bank sends, because laws move it
//! (the two sources on 24 December 2026 disagree, see `assets/profiles/calendar-hu.toml`).
//!
//! For some years the data is exact. Which days are moved is decreed year by year, often late, while the public
//! holidays come back by law: of years that the data was not made for, days are told by that rule and count as
//! provisional. A provisional calendar errs to the safe side in one respect only: it knows no working Saturdays.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Banking days. Without an entry or a rule, Monday to Friday are banking days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Data version, to show and to compare.
    #[serde(default)]
    pub version: u32,
    /// Years that the data was made for; other years follow the rules below and deserve a warning.
    #[serde(default)]
    pub years: BTreeSet<i32>,
    /// Weekdays on which banks rest.
    #[serde(default)]
    pub holidays: BTreeMap<NaiveDate, String>,
    /// Saturdays that are working days with shorter settlement hours.
    #[serde(default)]
    pub working_saturdays: BTreeSet<NaiveDate>,
    /// Public holidays of every year, on the same date.
    #[serde(default)]
    pub yearly: Vec<YearlyHoliday>,
    /// Public holidays of every year that move with Easter.
    #[serde(default)]
    pub easter: Vec<EasterHoliday>,
}

/// A public holiday that has its date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearlyHoliday {
    /// 1 to 12.
    pub month: u32,
    /// Day of the month.
    pub day: u32,
    /// What it is called.
    pub name: String,
}

/// A public holiday that moves with Easter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EasterHoliday {
    /// Days after Easter Sunday; before it they are negative.
    pub days: i32,
    /// What it is called.
    pub name: String,
}

impl Calendar {
    /// The name of a day on which banks rest although it may be a weekday.
    pub fn holiday(&self, day: NaiveDate) -> Option<&str> {
        if let Some(name) = self.holidays.get(&day) {
            return Some(name);
        }
        if self.covers(day) {
            return None;
        }
        let with_date = |holiday: &&YearlyHoliday| (holiday.month, holiday.day) == (day.month(), day.day());
        if let Some(holiday) = self.yearly.iter().find(with_date) {
            return Some(&holiday.name);
        }
        let after_easter = easter_sunday(day.year()).map(|sunday| (day - sunday).num_days())?;
        let moved = self.easter.iter().find(|holiday| i64::from(holiday.days) == after_easter)?;
        Some(&moved.name)
    }

    /// Whether banks settle that day.
    pub fn is_banking_day(&self, day: NaiveDate) -> bool {
        if self.holiday(day).is_some() {
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

    /// The last year that the calendar knows, if that day lies beyond it. Where the holidays of every year are known it
    /// has no end, and data that names no years covers all.
    pub fn ends_before(&self, day: NaiveDate) -> Option<i32> {
        let goes_on = !self.yearly.is_empty() || !self.easter.is_empty();
        self.years.last().copied().filter(|last| !goes_on && day.year() > *last)
    }

    /// Whether the data was made for that day's year; of other years, what it says is provisional.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.years.contains(&day.year())
    }
}

/// Easter Sunday of a year (Meeus, Jones and Butcher: the Gregorian computus).
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = h + l - 7 * m;
    let month = (n + 90) / 25;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from((n + 33 * month + 19) % 32).ok()?)
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
            ..Calendar::default()
        }
    }

    /// The calendar that the bank sends.
    fn shipped() -> Calendar {
        toml::from_str(include_str!("../../../assets/profiles/calendar-hu.toml")).unwrap()
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

    #[test]
    fn easter_is_where_the_almanac_has_it() {
        for sunday in [
            "1961-04-02",
            "2000-04-23",
            "2008-03-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2038-04-25",
        ] {
            assert_eq!(easter_sunday(day(sunday).year()), Some(day(sunday)));
        }
    }

    #[test]
    fn after_its_data_the_calendar_goes_on_by_the_holidays_of_every_year() {
        let calendar = shipped();
        for (rest, name) in [
            ("2027-01-01", "Újév"),
            ("2027-03-15", "Az 1848-as forradalom ünnepe"),
            ("2027-03-26", "Nagypéntek"),
            ("2027-03-29", "Húsvéthétfő"),
            ("2027-05-17", "Pünkösdhétfő"),
            ("2027-08-20", "Az államalapítás ünnepe"),
            ("2027-11-01", "Mindenszentek"),
            ("2027-12-24", "Szenteste (munkaszüneti nap)"),
            ("2030-05-01", "A munka ünnepe"),
        ] {
            assert_eq!(calendar.holiday(day(rest)), Some(name), "{rest}");
            assert!(!calendar.is_banking_day(day(rest)) && !calendar.covers(day(rest)), "{rest}");
        }
        assert_eq!(calendar.next_banking_day(day("2026-12-31")), day("2027-01-04"));
        assert_eq!(calendar.add_banking_days(day("2026-12-23"), 5), day("2027-01-04"));
        assert!(calendar.is_banking_day(day("2027-03-25")) && !calendar.is_banking_day(day("2027-01-09")));
        assert_eq!(calendar.ends_before(day("2027-01-04")), None);
    }

    /// Moved days are only in the data, so a year of it is told by the data alone; what its rules say of these years
    /// must still stand in it, or the two would disagree.
    #[test]
    fn the_data_of_exact_years_has_every_holiday_that_comes_back_on_a_weekday() {
        let calendar = shipped();
        let rules = Calendar { years: BTreeSet::new(), holidays: BTreeMap::new(), ..calendar.clone() };
        for year in &calendar.years {
            let first = NaiveDate::from_ymd_opt(*year, 1, 1).unwrap();
            for day in first.iter_days().take_while(|day| day.year() == *year) {
                let is_weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
                if let Some(name) = rules.holiday(day).filter(|_| is_weekday) {
                    assert!(calendar.holidays.contains_key(&day), "{day} {name}");
                }
            }
        }
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
