//! What a run has shown, as a table.

use std::collections::BTreeMap;
use std::fmt;

use domain::PackageState;

use super::plan::FAULTS;
use super::survivor::{Fate, Found};

/// Name of the row of rounds without a fault.
const NO_FAULT: &str = "none";

/// Where kills found the packages of one kind of round, and what became of those in flight.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    before: u32,
    in_flight_taken: u32,
    in_flight_held: u32,
    after: u32,
}

/// Everything that is counted.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    rows: BTreeMap<&'static str, Row>,
    /// Packages in flight, by the number of their bank in its lane.
    in_flight_at: BTreeMap<usize, u32>,
    rounds: u32,
    by_itself: u32,
    bank_kills: u32,
    sent: usize,
    audit_entries: u64,
    /// Requests that arrived after their client was told that they never did, and were refused.
    pub late: u32,
}

impl Summary {
    /// Counts a package of a round, sent to the lane's bank of that number.
    pub fn count(&mut self, bank: usize, fault: Option<&'static str>, fate: &Fate) {
        if fate.found == Found::InFlight {
            *self.in_flight_at.entry(bank).or_default() += 1;
        }
        let row = self.rows.entry(fault.unwrap_or(NO_FAULT)).or_default();
        let place = match (fate.found, fate.state) {
            (Found::Before, _) => &mut row.before,
            (Found::InFlight, PackageState::Signed) => &mut row.in_flight_held,
            (Found::InFlight, _) => &mut row.in_flight_taken,
            (Found::After, _) => &mut row.after,
        };
        *place += 1;
    }

    /// Counts a round.
    pub fn round(&mut self, by_itself: bool, bank_killed: bool) {
        self.rounds += 1;
        self.by_itself += u32::from(by_itself);
        self.bank_kills += u32::from(bank_killed);
    }

    /// Counts what a lane ends with.
    pub fn finish(&mut self, sent: usize, audit_entries: u64) {
        self.sent = sent;
        self.audit_entries = audit_entries;
    }

    /// Rounds so far.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// Packages that a kill found between "send" and the receipt.
    pub fn in_flight(&self) -> u32 {
        self.rows.values().map(|row| row.in_flight_taken + row.in_flight_held).sum()
    }

    /// The same at the banks of that number.
    pub fn in_flight_at(&self, bank: usize) -> u32 {
        self.in_flight_at.get(&bank).copied().unwrap_or_default()
    }

    /// Adds another lane's.
    pub fn add(&mut self, other: &Self) {
        for (bank, count) in &other.in_flight_at {
            *self.in_flight_at.entry(*bank).or_default() += count;
        }
        for (name, row) in &other.rows {
            let mine = self.rows.entry(name).or_default();
            mine.before += row.before;
            mine.in_flight_taken += row.in_flight_taken;
            mine.in_flight_held += row.in_flight_held;
            mine.after += row.after;
        }
        self.rounds += other.rounds;
        self.by_itself += other.by_itself;
        self.bank_kills += other.bank_kills;
        self.sent += other.sent;
        self.audit_entries += other.audit_entries;
        self.late += other.late;
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "where the kill found packages, and what became of them:")?;
        writeln!(
            f,
            "{:<20}{:>8}{:>20}{:>22}{:>8}",
            "fault", "before", "in flight, at bank", "in flight, held", "after"
        )?;
        let mut all = Row::default();
        for name in std::iter::once(NO_FAULT).chain(FAULTS) {
            let row = self.rows.get(name).copied().unwrap_or_default();
            line(f, name, row)?;
            all.before += row.before;
            all.in_flight_taken += row.in_flight_taken;
            all.in_flight_held += row.in_flight_held;
            all.after += row.after;
        }
        line(f, "all", all)?;
        writeln!(
            f,
            "{} rounds; in {} the child ended before its kill; in {} the bank was killed too",
            self.rounds, self.by_itself, self.bank_kills
        )?;
        writeln!(
            f,
            "{} requests arrived after their client was told \"never seen\", and were refused",
            self.late
        )?;
        write!(
            f,
            "{} packages sent, each executed and booked exactly once; {} audit entries in whole chains",
            self.sent, self.audit_entries
        )
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, row: Row) -> fmt::Result {
    writeln!(
        f,
        "{name:<20}{:>8}{:>20}{:>22}{:>8}",
        row.before, row.in_flight_taken, row.in_flight_held, row.after
    )
}
