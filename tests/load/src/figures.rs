//! What was waited, in figures.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// How long the calls of one kind waited.
#[derive(Clone, Debug, Default)]
pub struct Waits {
    millis: Vec<f64>,
    /// Calls that were refused or not answered.
    pub failed: usize,
}

/// A scene's figures.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub waits: BTreeMap<&'static str, Waits>,
    /// Memory of the bank's process, in MB: when the calls were over, and at most.
    pub memory: Option<(f64, f64)>,
    /// Whatever else is to be said.
    pub notes: Vec<String>,
}

impl Waits {
    /// A refusal may be quick: it says nothing of how long good calls wait.
    pub(crate) fn add(&mut self, wait: Duration, is_good: bool) {
        if is_good {
            self.millis.push(wait.as_secs_f64() * 1_000.0);
        } else {
            self.failed += 1;
        }
    }

    /// Calls, good or not.
    pub fn count(&self) -> usize {
        self.millis.len() + self.failed
    }

    /// Of the good ones the median, the 95th percentile and the longest, in milliseconds.
    pub fn marks(&self) -> [f64; 3] {
        let mut sorted = self.millis.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |part: usize| sorted.get((sorted.len() * part / 100).min(sorted.len().saturating_sub(1)));
        [50, 95, 100].map(|part| at(part).copied().unwrap_or(f64::NAN))
    }

    /// Puts the waits of another run beside these.
    fn join(&mut self, other: &Self) {
        self.millis.extend(&other.millis);
        self.failed += other.failed;
    }
}

impl Figures {
    pub(crate) fn add(&mut self, kind: &'static str, wait: Duration, is_good: bool) {
        self.waits.entry(kind).or_default().add(wait, is_good);
    }

    /// Puts the figures of another run of the scene beside these.
    pub fn join(&mut self, other: &Self) {
        for (kind, waits) in &other.waits {
            self.waits.entry(kind).or_default().join(waits);
        }
        self.memory = match (self.memory, other.memory) {
            (Some(one), Some(two)) => Some((one.0.max(two.0), one.1.max(two.1))),
            (one, two) => one.or(two),
        };
        self.notes.clone_from(&other.notes);
    }

    /// Every call was answered as it should be.
    pub fn all_good(&self) -> bool {
        self.waits.values().all(|waits| waits.failed == 0)
    }

    /// Ratios to another bank's figures: ours by theirs.
    pub fn print_ratios(&self, other: &Self) {
        for (kind, ours) in &self.waits {
            let Some(theirs) = other.waits.get(kind) else { continue };
            let ([a, b, c], [x, y, z]) = (ours.marks(), theirs.marks());
            println!("    {kind:<22}ratio{:>17.2}{:>10.2}{:>10.2}", a / x, b / y, c / z);
        }
        if let (Some((_, ours)), Some((_, theirs))) = (self.memory, other.memory) {
            println!("    {:<22}ratio{:>17.2}", "memory", ours / theirs);
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, waits) in &self.waits {
            let [p50, p95, max] = waits.marks();
            write!(f, "    {kind:<22}{:>6} calls{p50:>10.1}{p95:>10.1}{max:>10.1} ms", waits.count())?;
            match waits.failed {
                0 => writeln!(f)?,
                failed => writeln!(f, "   {failed} not answered well")?,
            }
        }
        if let Some((now, most)) = self.memory {
            writeln!(f, "    memory {now:.0} MB, at most {most:.0} MB")?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "    {note}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_of_the_sorted_waits() {
        let mut waits = Waits::default();
        (1..=100).rev().for_each(|millis| waits.add(Duration::from_millis(millis), true));
        waits.add(Duration::ZERO, false);
        assert_eq!(waits.marks(), [51.0, 96.0, 100.0]);
        assert_eq!((waits.count(), waits.failed), (101, 1));
        assert!(Waits::default().marks().iter().all(|mark| mark.is_nan()));
    }
}
