//! Wrong tries, counted by who makes them: an address, an address with a name, a browser that is known. Never by a name
//! alone, which anybody can say: whoever knows it could lock its owner out.
//!
//! They live in memory and there are only so many of them: after a restart everybody begins anew.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// Whose tries are remembered at the same time; beyond it, the oldest are forgotten.
const REMEMBERED: usize = 10_000;

/// Who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Who([u8; 32]);

impl Who {
    /// Somebody told by these words.
    pub(crate) fn of(words: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for word in words {
            hash.update((word.len() as u64).to_be_bytes());
            hash.update(word);
        }
        Self(hash.finalize().into())
    }
}

/// Counts tries, `most` by each within `window`.
#[derive(Debug)]
pub(crate) struct Tries {
    most: u32,
    window: TimeDelta,
    known: Mutex<HashMap<Who, Made>>,
}

#[derive(Clone, Copy, Debug)]
struct Made {
    tries: u32,
    /// When the last one that was let through was made.
    last: DateTime<Utc>,
}

impl Tries {
    pub(crate) fn new(most: u32, window: TimeDelta) -> Self {
        Self { most, window, known: Mutex::default() }
    }

    /// Counts a try before it is checked, so that tries at the same time count too; its number, beginning with 1.
    /// `None`: there were enough, and nothing more is checked until the window has passed.
    pub(crate) fn begin(&self, who: Who, now: DateTime<Utc>) -> Option<u32> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains_key(&who) && known.len() >= REMEMBERED {
            self.make_room(&mut known, now);
        }
        let made = known.entry(who).or_insert(Made { tries: 0, last: now });
        if self.is_over(made, now) {
            made.tries = 0;
        } else if made.tries >= self.most {
            return None;
        }
        made.tries += 1;
        made.last = now;
        Some(made.tries)
    }

    /// The last of them was right: they are forgotten.
    pub(crate) fn forgive(&self, who: Who) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&who);
    }

    /// Whose tries are remembered.
    #[cfg(test)]
    pub(crate) fn remembered(&self) -> usize {
        self.known.lock().unwrap().len()
    }

    /// The bank's clock may be set back, too.
    fn is_over(&self, made: &Made, now: DateTime<Utc>) -> bool {
        (now - made.last).abs() >= self.window
    }

    fn make_room(&self, known: &mut HashMap<Who, Made>, now: DateTime<Utc>) {
        known.retain(|_, made| !self.is_over(made, now));
        if known.len() >= REMEMBERED
            && let Some(oldest) = known.iter().min_by_key(|(_, made)| made.last).map(|(who, _)| *who)
        {
            known.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T09:05:00Z".parse().unwrap()
    }

    #[test]
    fn so_many_tries_are_checked_and_then_none_until_time_has_passed() {
        let (tries, window) = (Tries::new(3, TimeDelta::minutes(15)), TimeDelta::minutes(15));
        let (one, other) = (Who::of(&["one"]), Who::of(&["other"]));
        let made: Vec<_> = (0..4).map(|_| tries.begin(one, now())).collect();
        assert_eq!(made, [Some(1), Some(2), Some(3), None]);
        assert_eq!(tries.begin(other, now()), Some(1), "nobody else feels it");
        assert_eq!(tries.begin(one, now() + window - TimeDelta::seconds(1)), None);
        assert_eq!(tries.begin(one, now() + window), Some(1));
        assert_eq!(tries.begin(one, now() - window), Some(1), "a clock set back locks nobody for long");
        tries.forgive(other);
        assert_eq!(tries.begin(other, now()), Some(1));
    }

    #[test]
    fn strangers_fill_no_memory_and_push_the_oldest_out() {
        let tries = Tries::new(1, TimeDelta::minutes(15));
        let stranger = |n: usize| Who::of(&["stranger", &n.to_string()]);
        for n in 0..REMEMBERED {
            tries.begin(stranger(n), now() + TimeDelta::milliseconds(n as i64));
        }
        let later = now() + TimeDelta::minutes(1);
        assert_eq!(tries.begin(stranger(REMEMBERED), later), Some(1));
        assert_eq!(tries.known.lock().unwrap().len(), REMEMBERED);
        assert_eq!(tries.begin(stranger(0), later), Some(1), "forgotten");
        assert_eq!(tries.begin(stranger(REMEMBERED), later), None, "remembered");
    }

    #[test]
    fn words_are_told_apart_however_they_are_cut() {
        assert_ne!(Who::of(&["ab", "c"]), Who::of(&["a", "bc"]));
    }
}
