//! One bank of a lane and what the lane's client holds for it: packages that are signed, held and sent.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use domain::{AccountNumber, Money, PackageId, PackageState};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::plan::Plan;
use super::survivor::{Fate, Place, Seat};
use crate::house::House;

/// Past the bank's memory for challenges.
const CLOCK_STEP: i64 = 11 * 60;
/// By then every order is decided: where a bank takes several at once out of the instant system, they wait for its next
/// cycle, at the end of a week for the next one.
const DECIDED: i64 = 4 * 24 * 3600;
/// Signed packages that are made at once.
const BATCH: i64 = 8;
/// Enough cover for every package.
const FUNDS: i64 = 1_000_000_000;

/// A package that the client holds again, until it is certain that the bank will never have it.
struct Held {
    package: PackageId,
    since: Instant,
    round: u32,
}

/// A bank, and the client's place at it.
pub struct Desk {
    /// The bank.
    pub house: House,
    place: Place,
    account: AccountNumber,
    next_amount: i64,
    booked_before: i64,
    /// Signed and held by the client alone.
    pool: VecDeque<PackageId>,
    held: Vec<Held>,
    sent: Vec<PackageId>,
}

impl Desk {
    /// Connects the client to a fresh bank.
    pub fn open(runtime: &Runtime, house: House, seat: &Seat) -> Result<Self, String> {
        let place = seat.connect(&house.connection_file())?;
        let account = house.account(0);
        runtime.block_on(house.fund(account, Money::huf(FUNDS)));
        let mut desk = Self {
            house,
            place,
            account,
            next_amount: 1_000,
            booked_before: 0,
            pool: VecDeque::new(),
            held: Vec::new(),
            sent: Vec::new(),
        };
        desk.booked_before = desk.booked(runtime)?;
        Ok(desk)
    }

    /// Where the client has this bank.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Takes signed packages to send.
    pub fn draw(&mut self, seat: &Seat, count: usize) -> Result<Vec<PackageId>, String> {
        while self.pool.len() < count {
            self.pool.extend(seat.prepare(self.place, self.account, self.next_amount, BATCH)?);
            self.next_amount += BATCH;
        }
        Ok(self.pool.drain(..count).collect())
    }

    /// Notes what an undisturbed child has sent.
    pub fn has_sent(&mut self, packages: &[PackageId]) {
        self.sent.extend(packages);
    }

    /// The bank forgets its challenges.
    pub fn step_clock(&self, runtime: &Runtime) {
        runtime.block_on(self.house.advance(CLOCK_STEP));
    }

    /// Puts a plan's faults in place for its first package.
    pub fn spoil(&self, runtime: &Runtime, plan: &Plan, packages: &[PackageId]) {
        for fault in plan.faults(&packages[0].to_string()) {
            let _ = runtime.block_on(self.house.control(reqwest::Method::POST, "/faults", fault));
        }
    }

    fn inspect(&self, runtime: &Runtime, package: PackageId) -> Value {
        runtime.block_on(self.house.inspect(package))
    }

    fn booked(&self, runtime: &Runtime) -> Result<i64, String> {
        let path = format!("/accounts/{}/ledger", self.account);
        let ledger = runtime.block_on(self.house.control(reqwest::Method::GET, &path, Value::Null));
        ledger["booked"].as_i64().ok_or_else(|| "the ledger has no balance".to_owned())
    }

    /// Exactly once at the bank, or still here; never both, never neither.
    pub fn judge(&mut self, runtime: &Runtime, fate: &Fate, round: u32) -> Result<(), String> {
        let seen = self.inspect(runtime, fate.package);
        let at_bank = has_once(&seen)?;
        match fate.state {
            PackageState::Signed if at_bank => {
                Err(format!("the client holds what the bank has: {fate:?}, {seen}"))
            }
            PackageState::Signed => {
                self.held.push(Held { package: fate.package, since: Instant::now(), round });
                Ok(())
            }
            PackageState::Sent
            | PackageState::Completed
            | PackageState::PartlyRejected
            | PackageState::Rejected
                if at_bank && fate.receipt =>
            {
                self.sent.push(fate.package);
                Ok(())
            }
            _ => Err(format!("client and bank disagree: {fate:?}, {seen}")),
        }
    }

    /// Whether the package of another bank never came here, not even to be refused.
    pub fn never_saw(&self, runtime: &Runtime, package: PackageId) -> Result<(), String> {
        let seen = self.inspect(runtime, package);
        match !has_once(&seen)? && seen["arrivals"] == json!([]) {
            true => Ok(()),
            false => Err(format!("package {package} of another bank is here: {seen}")),
        }
    }

    /// Whether the bank's books are in order.
    pub fn is_balanced(&self, runtime: &Runtime) -> Result<(), String> {
        match runtime.block_on(self.house.ledger_is_balanced()) {
            true => Ok(()),
            false => Err("the ledger does not sum to zero".to_owned()),
        }
    }

    /// Looks again at packages that the bank did not have; what it still does not have may be sent again. Gives how
    /// many requests came too late and were refused.
    pub fn release_held(&mut self, runtime: &Runtime, age: Duration) -> Result<u32, String> {
        let (ripe, young) =
            std::mem::take(&mut self.held).into_iter().partition(|h| h.since.elapsed() >= age);
        self.held = young;
        let (ripe, mut late): (Vec<Held>, u32) = (ripe, 0);
        for held in ripe {
            let seen = self.inspect(runtime, held.package);
            if has_once(&seen)? {
                return Err(format!(
                    "package {} of round {} reached the bank after the client was told that it never did: {seen}",
                    held.package, held.round
                ));
            }
            late += count_of(&seen, "package-attempt-void");
            self.pool.push_back(held.package);
        }
        Ok(late)
    }

    /// The reckoning: every package that was sent is executed once, and the account paid for exactly these. Gives how
    /// many were sent.
    pub fn reckon(&mut self, runtime: &Runtime, seat: &Seat) -> Result<usize, String> {
        runtime.block_on(self.house.advance(DECIDED));
        let states = seat.states(self.place, &self.sent)?;
        for (package, state) in self.sent.iter().zip(states) {
            let seen = self.inspect(runtime, *package);
            let once = has_once(&seen)? && seen["executed"] == json!(1);
            if !once || state != PackageState::Completed {
                let state = state.name();
                return Err(format!("in the end package {package} is {state} here and {seen} there"));
            }
        }
        for package in &self.pool {
            let seen = self.inspect(runtime, *package);
            if has_once(&seen)? {
                return Err(format!("in the end package {package} is signed here and {seen} there"));
            }
        }
        let paid = self.booked_before - self.booked(runtime)?;
        let owed = seat.total(self.place, &self.sent)?;
        if paid != owed {
            return Err(format!("the account paid {paid} for packages of {owed}"));
        }
        Ok(self.sent.len())
    }
}

/// Whether the bank has the package; an error if it has it in any way but once.
fn has_once(seen: &Value) -> Result<bool, String> {
    let number = |name: &str| seen[name].as_u64().ok_or_else(|| format!("no {name} in {seen}"));
    let (receipts, orders, executed, bookings) =
        (number("receipts")?, number("orders")?, number("executed")?, number("bookings")?);
    match (receipts, orders) {
        (0, 0) if executed == 0 && bookings == 0 => Ok(false),
        (1, 1) if executed <= 1 && bookings == executed => Ok(true),
        _ => Err(format!("not exactly once at the bank: {seen}")),
    }
}

fn count_of(seen: &Value, outcome: &str) -> u32 {
    let arrivals = seen["arrivals"].as_array().map(Vec::as_slice).unwrap_or_default();
    arrivals.iter().filter(|a| a.as_str() == Some(outcome)).count() as u32
}
