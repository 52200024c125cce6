//! One lane: a bank and a client folder of its own, through which rounds go one after the other.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use domain::{AccountNumber, Money, PackageId, PackageState};
use serde_json::{Value, json};

use super::child::{Outbox, Sender};
use super::plan::{Plan, Victim};
use super::random::Random;
use super::summary::Summary;
use super::survivor::{Fate, Seat};
use crate::house::House;

/// The bank gives a user 60 challenges in ten minutes of its clock; a round needs two.
const ROUNDS_PER_CLOCK: u32 = 24;
/// Past the bank's memory for challenges.
const CLOCK_STEP: i64 = 11 * 60;
/// A request that was on its way when its client died must have come to rest by then.
const LATE: Duration = Duration::from_millis(2_000);
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

/// A lane.
pub struct Lane {
    runtime: tokio::runtime::Runtime,
    house: House,
    seat: Seat,
    account: AccountNumber,
    usual: Duration,
    next_amount: i64,
    booked_before: i64,
    rounds: u32,
    /// Signed and held by the client alone.
    pool: VecDeque<PackageId>,
    held: Vec<Held>,
    sent: Vec<PackageId>,
    /// What has been counted.
    pub summary: Summary,
}

impl Lane {
    /// Starts a bank with demo data, connects a client and measures a usual child.
    pub fn start() -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|e| e.to_string())?;
        let house = runtime.block_on(House::start_at("kh", Some("2026-11-23T08:00:00Z")));
        let seat = Seat { data: house.client_folder("client"), key_file: house.key_file("Nagy") };
        seat.connect(&house.connection_file())?;
        let account = house.account(0);
        runtime.block_on(house.fund(account, Money::huf(FUNDS)));
        let mut lane = Self {
            runtime,
            house,
            seat,
            account,
            usual: Duration::ZERO,
            next_amount: 1_000,
            booked_before: 0,
            rounds: 0,
            pool: VecDeque::new(),
            held: Vec::new(),
            sent: Vec::new(),
            summary: Summary::default(),
        };
        lane.booked_before = lane.booked()?;
        lane.measure()?;
        Ok(lane)
    }

    /// How long an undisturbed child lives.
    fn measure(&mut self) -> Result<(), String> {
        self.fill_pool(1)?;
        let packages: Vec<PackageId> = self.pool.drain(..1).collect();
        let took = self.sender(&packages)?.finish().map_err(|e| e.to_string())?;
        self.sent.extend(packages);
        self.usual = took.ok_or("an undisturbed child fails; see errors.log")?;
        Ok(())
    }

    fn sender(&self, packages: &[PackageId]) -> Result<Sender, String> {
        let errors = self.house.client_folder("errors.log");
        Sender::start(&self.seat.data, &self.seat.key_file, packages, &errors).map_err(|e| e.to_string())
    }

    fn fill_pool(&mut self, need: usize) -> Result<(), String> {
        while self.pool.len() < need {
            self.pool.extend(self.seat.prepare(self.account, self.next_amount, BATCH)?);
            self.next_amount += BATCH;
        }
        Ok(())
    }

    fn control(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        self.runtime.block_on(self.house.control(method, path, body))
    }

    fn inspect(&self, package: PackageId) -> Value {
        self.runtime.block_on(self.house.inspect(package))
    }

    fn booked(&self) -> Result<i64, String> {
        let ledger =
            self.control(reqwest::Method::GET, &format!("/accounts/{}/ledger", self.account), Value::Null);
        ledger["booked"].as_i64().ok_or_else(|| "the ledger has no balance".to_owned())
    }

    /// Keeps the lane's files; gives where.
    pub fn keep(&mut self) -> String {
        self.house.keep().display().to_string()
    }

    /// One round; an error is a violation and says everything about it.
    pub fn round(&mut self, seed: u64, round: u32) -> Result<(), String> {
        self.rounds += 1;
        if self.rounds.is_multiple_of(ROUNDS_PER_CLOCK) {
            self.runtime.block_on(self.house.advance(CLOCK_STEP));
        }
        self.release_held(LATE)?;
        let plan = Plan::draw(&mut Random::of(seed, round), self.usual);
        self.fill_pool(plan.packages)?;
        let packages: Vec<PackageId> = self.pool.drain(..plan.packages).collect();
        let blame = |what: String| format!("{plan:?}, packages {packages:?}: {what}");

        for fault in plan.faults(&packages[0].to_string()) {
            let _ = self.control(reqwest::Method::POST, "/faults", fault);
        }
        let by_itself = self.strike(&plan, &packages).map_err(blame)?;
        let fates = self.seat.recover(&packages).map_err(blame)?;
        let _ = self.control(reqwest::Method::DELETE, "/faults", Value::Null);
        for fate in &fates {
            self.judge(fate, round).map_err(blame)?;
            self.summary.count(plan.fault, fate);
        }
        if !self.runtime.block_on(self.house.ledger_is_balanced()) {
            return Err(blame("the ledger does not sum to zero".to_owned()));
        }
        let _ = self.seat.audit_chain().map_err(blame)?;
        self.summary.round(by_itself, plan.kill_bank.is_some());
        Ok(())
    }

    /// Starts the child and kills it, and the bank if it is its turn, each at its moment. True: the child had
    /// ended by itself.
    fn strike(&mut self, plan: &Plan, packages: &[PackageId]) -> Result<bool, String> {
        let io = |e: std::io::Error| e.to_string();
        let outbox = Outbox::open(&self.seat.data)?;
        let mut sender = self.sender(packages)?;
        sender.wait_for(plan.trigger, &outbox).map_err(io)?;
        drop(outbox);
        let triggered = Instant::now();
        let mut sender = Some(sender);
        let mut by_itself = false;
        for (moment, victim) in plan.kills() {
            std::thread::sleep(moment.saturating_sub(triggered.elapsed()));
            match victim {
                Victim::Bank => self.house.kill(),
                Victim::Client => {
                    by_itself = sender.take().map_or(Ok(true), Sender::kill).map_err(io)?;
                }
            }
        }
        if plan.kill_bank.is_some() {
            self.runtime.block_on(self.house.run());
        }
        Ok(by_itself)
    }

    /// Exactly once at the bank, or still here; never both, never neither.
    fn judge(&mut self, fate: &Fate, round: u32) -> Result<(), String> {
        let seen = self.inspect(fate.package);
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

    /// Looks again at packages that the bank did not have; what it still does not have may be sent again.
    fn release_held(&mut self, age: Duration) -> Result<(), String> {
        let (ripe, young) =
            std::mem::take(&mut self.held).into_iter().partition(|h| h.since.elapsed() >= age);
        self.held = young;
        let ripe: Vec<Held> = ripe;
        for held in ripe {
            let seen = self.inspect(held.package);
            if has_once(&seen)? {
                return Err(format!(
                    "package {} of round {} reached the bank after the client was told that it never did: {seen}",
                    held.package, held.round
                ));
            }
            self.summary.late += count_of(&seen, "package-attempt-void");
            self.pool.push_back(held.package);
        }
        Ok(())
    }

    /// The reckoning: every package that was sent is executed once, and the account paid for exactly these.
    pub fn finish(&mut self) -> Result<(), String> {
        std::thread::sleep(LATE);
        self.release_held(Duration::ZERO)?;
        self.runtime.block_on(self.house.advance(120));
        let states = self.seat.states(&self.sent)?;
        for (package, state) in self.sent.iter().zip(states) {
            let seen = self.inspect(*package);
            let once = has_once(&seen)? && seen["executed"] == json!(1);
            if !once || state != PackageState::Completed {
                return Err(format!(
                    "in the end package {package} is {} here and {seen} there",
                    state.name()
                ));
            }
        }
        for package in &self.pool {
            let seen = self.inspect(*package);
            if has_once(&seen)? {
                return Err(format!("in the end package {package} is signed here and {seen} there"));
            }
        }
        let paid = self.booked_before - self.booked()?;
        let owed = self.seat.total(&self.sent)?;
        if paid != owed {
            return Err(format!("the account paid {paid} for packages of {owed}"));
        }
        let entries = self.seat.audit_chain()?;
        self.summary.finish(self.sent.len(), entries);
        Ok(())
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
