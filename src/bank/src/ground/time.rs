//! The bank's time: one clock that tests and the demo can set, stop and push forward, and the zone in
//! which the profile's times are meant.

use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Budapest;
use serde::{Deserialize, Serialize};

/// IANA name of the zone.
pub const ZONE: &str = "Europe/Budapest";

/// How bank time follows from the system's: kept in the database, so it survives a restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockSetting {
    system: DateTime<Utc>,
    bank: DateTime<Utc>,
    running: bool,
}

impl ClockSetting {
    /// The system's own time.
    pub fn system() -> Self {
        Self { system: DateTime::UNIX_EPOCH, bank: DateTime::UNIX_EPOCH, running: true }
    }

    /// `bank` from now on, running or standing.
    pub fn starting(bank: DateTime<Utc>, running: bool) -> Self {
        Self { system: Utc::now(), bank: whole_millis(bank), running }
    }

    fn at(&self, system: DateTime<Utc>) -> DateTime<Utc> {
        let passed = if self.running { system - self.system } else { TimeDelta::zero() };
        whole_millis(self.bank + passed)
    }
}

#[derive(Debug)]
pub struct Clock(RwLock<ClockSetting>);

impl Clock {
    /// A clock of that setting.
    pub fn new(setting: ClockSetting) -> Self {
        Self(RwLock::new(setting))
    }

    /// Bank time, in whole milliseconds as the database keeps it.
    pub fn now(&self) -> DateTime<Utc> {
        self.setting().at(Utc::now())
    }

    /// Whether time passes by itself.
    pub fn is_running(&self) -> bool {
        self.setting().running
    }

    /// The setting, to store it.
    pub fn setting(&self) -> ClockSetting {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another setting from now on.
    pub fn set(&self, setting: ClockSetting) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = setting;
    }
}

/// The database keeps milliseconds; a time with more would differ from itself after reading back.
pub fn whole_millis(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time)
}

/// A moment as the bank's wall clock shows it.
pub fn local(time: DateTime<Utc>) -> NaiveDateTime {
    time.with_timezone(&Budapest).naive_local()
}

/// The moment at which the bank's wall clock shows `time`: the first of two in autumn; in the hour that
/// spring leaves out, the moment when the hour has passed.
pub fn moment(time: NaiveDateTime) -> DateTime<Utc> {
    match Budapest.from_local_datetime(&time) {
        LocalResult::Single(found) | LocalResult::Ambiguous(found, _) => found.with_timezone(&Utc),
        LocalResult::None => match Budapest.from_local_datetime(&(time + TimeDelta::hours(1))) {
            LocalResult::Single(found) | LocalResult::Ambiguous(found, _) => found.with_timezone(&Utc),
            LocalResult::None => time.and_utc(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_follow_summer_and_winter() {
        let winter: DateTime<Utc> = "2026-01-15T07:30:00Z".parse().unwrap();
        let summer: DateTime<Utc> = "2026-07-15T07:30:00Z".parse().unwrap();
        assert_eq!(local(winter).time().to_string(), "08:30:00");
        assert_eq!(local(summer).time().to_string(), "09:30:00");
        assert_eq!(moment(local(winter)), winter);
        assert_eq!(moment(local(summer)), summer);
        let skipped = "2026-03-29T02:30:00".parse().unwrap();
        assert_eq!(moment(skipped).to_rfc3339(), "2026-03-29T01:30:00+00:00");
    }

    #[test]
    fn a_standing_clock_stands_and_a_running_one_runs() {
        let start: DateTime<Utc> = "2026-11-23T09:00:00Z".parse().unwrap();
        let clock = Clock::new(ClockSetting::starting(start, false));
        assert_eq!(clock.now(), start);
        let hour_ago = Utc::now() - TimeDelta::hours(1);
        clock.set(ClockSetting { system: hour_ago, bank: start, running: true });
        assert!(clock.now() >= start + TimeDelta::hours(1));
    }
}
