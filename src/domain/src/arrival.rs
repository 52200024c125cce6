//! When the payee's bank has the money, as a text: said alike beside a form, in lists and on the bank's pages.

use chrono::{NaiveDate, NaiveDateTime};

use crate::routing::Expected;
use crate::{Explain, format};

/// What a decision promises, looked at from a moment of the bank's local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    expected: Expected,
    now: NaiveDateTime,
}

impl Arrival {
    /// What is promised, as said now.
    pub fn new(expected: Expected, now: NaiveDateTime) -> Self {
        Self { expected, now }
    }
}

impl Explain for Arrival {
    fn code(&self) -> &'static str {
        match self.expected {
            Expected::Seconds { .. } => "expected-seconds",
            Expected::Hours { .. } => "expected-hours",
            Expected::At { time } if time <= self.now => "expected-at-once",
            Expected::At { time } => Moment::new(time, self.now.date()).code(),
            Expected::Never => "expected-never",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self.expected {
            Expected::Seconds { target: count, .. } | Expected::Hours { hours: count } => {
                vec![("count", count.to_string())]
            }
            Expected::At { time } => Moment::new(time, self.now.date()).args(),
            Expected::Never => Vec::new(),
        }
    }
}

/// A moment as people say it on a day: "ma 10:30", "holnap 08:00", the date otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    at: NaiveDateTime,
    today: NaiveDate,
}

impl Moment {
    /// That moment, as said today.
    pub fn new(at: NaiveDateTime, today: NaiveDate) -> Self {
        Self { at, today }
    }
}

impl Explain for Moment {
    fn code(&self) -> &'static str {
        match (self.at.date() - self.today).num_days() {
            0 => "today-at",
            1 => "tomorrow-at",
            _ => "day-at",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        vec![("date", self.at.date().to_string()), ("time", format::time(self.at))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(expected: Expected) -> (&'static str, Vec<String>) {
        let arrival = Arrival::new(expected, moment("2026-11-23T09:42:00"));
        (arrival.code(), arrival.args().into_iter().map(|(_, value)| value).collect())
    }

    fn moment(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_promise_is_said_by_its_kind() {
        let within = |count: &str| vec![count.to_owned()];
        assert_eq!(said(Expected::Seconds { target: 5, limit: 20 }), ("expected-seconds", within("5")));
        assert_eq!(said(Expected::Hours { hours: 4 }), ("expected-hours", within("4")));
        assert_eq!(said(Expected::Never), ("expected-never", vec![]));
    }

    #[test]
    fn a_moment_is_said_by_its_distance_from_today() {
        for (at, code) in [
            ("2026-11-23T09:42:00", "expected-at-once"),
            ("2026-11-23T10:30:00", "today-at"),
            ("2026-11-24T07:30:00", "tomorrow-at"),
            ("2026-11-25T07:30:00", "day-at"),
        ] {
            let (said, args) = said(Expected::At { time: moment(at) });
            assert_eq!(said, code, "{at}");
            assert_eq!(args, [&at[..10], &at[11..16]]);
        }
        let past = Moment::new(moment("2026-11-22T16:00:00"), "2026-11-23".parse().unwrap());
        assert_eq!(past.code(), "day-at");
    }
}
