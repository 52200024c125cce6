//! When an open session locks itself.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::User;

use crate::connection::moment::Moment;

/// Longest sleep of the lock's clock: after a computer slept, the time that went by is noticed this soon.
const LOOK: Duration = Duration::from_secs(30);

/// How long before the end it is told; in sessions of less than twice that, at half of their time.
const WARNING: Duration = Duration::from_secs(2 * 60);

/// Why the program locked itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LockReason {
    /// Nobody touched it for the bank's idle time.
    Idle,
    /// The bank's longest time for one login is over.
    Absolute,
    /// The token was pulled, or another one took its place.
    Removed,
}

impl LockReason {
    /// The stable code, also the key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Idle => "locked-idle",
            Self::Absolute => "locked-absolute",
            Self::Removed => "locked-removed",
        }
    }
}

/// Whose session was locked, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Who was logged in.
    pub user: User,
    /// Why.
    pub why: LockReason,
    /// When, by the bank's clock.
    pub at: DateTime<Utc>,
}

/// When the session of now locks itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LockClock {
    idle: Duration,
    absolute: Duration,
    began: Moment,
    touched: Moment,
    /// It was told that the end is near.
    warned: bool,
}

impl LockClock {
    pub fn start(idle: Duration, absolute: Duration) -> Self {
        Self { idle, absolute, began: Moment::now(), touched: Moment::now(), warned: false }
    }

    /// Why the session is over, or how long it lasts yet if nobody touches it.
    pub fn judge(&self) -> std::result::Result<Duration, LockReason> {
        let absolute = self.absolute.saturating_sub(self.began.elapsed());
        let idle = self.idle.saturating_sub(self.touched.elapsed());
        match (absolute.is_zero(), idle.is_zero()) {
            (true, _) => Err(LockReason::Absolute),
            (_, true) => Err(LockReason::Idle),
            _ => Ok(absolute.min(idle)),
        }
    }

    /// How long before the end it is told.
    fn warning(&self) -> Duration {
        WARNING.min(self.idle / 2).min(self.absolute / 2)
    }

    /// Somebody is there: the idle time begins anew, unless the session is over.
    pub fn touch(&mut self) {
        if self.judge().is_ok() {
            self.touched = Moment::now();
            self.warned &= self.judge().is_ok_and(|left| left <= self.warning());
        }
    }

    /// What to do now: the session is over, or sleep so long; before that perhaps tell that so much is left.
    pub fn step(&mut self) -> std::result::Result<(Duration, Option<Duration>), LockReason> {
        let left = self.judge()?;
        let warning = self.warning();
        if left > warning {
            return Ok(((left - warning).min(LOOK), None));
        }
        let told = (!self.warned).then_some(left);
        self.warned = true;
        Ok((left.min(LOOK), told))
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use tokio::time::Instant;

    use super::*;

    fn clock(idle: u64, touched: u64, began: u64) -> LockClock {
        let ago = |seconds| {
            let by = Duration::from_secs(seconds);
            Moment(Instant::now(), SystemTime::now() - by)
        };
        let absolute = Duration::from_secs(3600);
        LockClock {
            idle: Duration::from_secs(idle),
            absolute,
            began: ago(began),
            touched: ago(touched),
            warned: false,
        }
    }

    #[test]
    fn the_end_is_told_once_and_again_after_somebody_was_there() {
        let mut clock = clock(600, 500, 500);
        assert!(matches!(clock.step(), Ok((_, Some(left))) if left <= Duration::from_secs(100)));
        assert!(matches!(clock.step(), Ok((_, None))));
        clock.touch();
        assert!(!clock.warned, "the idle time began anew");
        assert!(matches!(clock.step(), Ok((sleep, None)) if sleep == LOOK));
    }

    #[test]
    fn a_touch_does_not_put_off_the_absolute_end() {
        let mut clock = clock(600, 0, 3550);
        assert!(matches!(clock.step(), Ok((_, Some(left))) if left <= Duration::from_secs(50)));
        clock.touch();
        assert!(matches!(clock.step(), Ok((_, None))), "told once");
    }

    #[test]
    fn short_sessions_are_warned_of_at_half_of_their_time() {
        assert_eq!(clock(60, 0, 0).warning(), Duration::from_secs(30));
        assert_eq!(clock(600, 0, 0).warning(), WARNING);
        // The time that a computer slept counts.
        assert!(matches!(clock(600, 700, 700).step(), Err(LockReason::Idle)));
    }
}
