//! A few measurements of the same thing.

use std::time::{Duration, Instant};

/// Measurements, sorted.
#[derive(Clone, Debug)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Of any values; at least one.
    ///
    /// # Errors
    /// When there is none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Result<Self, &'static str> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        if values.is_empty() { Err("nothing was measured") } else { Ok(Self(values)) }
    }

    /// Of times, in seconds.
    ///
    /// # Errors
    /// When there is none.
    pub fn of_times(times: impl IntoIterator<Item = Duration>) -> Result<Self, &'static str> {
        Self::of(times.into_iter().map(|time| time.as_secs_f64()))
    }

    /// The middle one; of an even number the higher of the two.
    pub fn median(&self) -> f64 {
        self.0[self.0.len() / 2]
    }

    /// The lowest.
    pub fn lowest(&self) -> f64 {
        self.0[0]
    }

    /// The highest.
    pub fn highest(&self) -> f64 {
        self.0[self.0.len() - 1]
    }

    /// The value that 95 of 100 do not exceed.
    pub fn p95(&self) -> f64 {
        self.0[(self.0.len() * 95 / 100).min(self.0.len() - 1)]
    }
}

/// Runs the work and gives its time and its result.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let result = work();
    (begun.elapsed(), result)
}
