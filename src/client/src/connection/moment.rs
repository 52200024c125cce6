//! A moment that is right over a computer's sleep.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// A moment on two clocks: one that cannot be set back, and one that goes on while the computer sleeps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment(pub Instant, pub SystemTime);

impl Moment {
    pub fn now() -> Self {
        Self(Instant::now(), SystemTime::now())
    }

    /// Time since then: the longer of both clocks.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed().max(self.1.elapsed().unwrap_or_default())
    }
}
