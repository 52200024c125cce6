//! One lane: a client's folder and one bank or several of its own, through which rounds go one after the other.

use std::time::{Duration, Instant};

use domain::PackageId;
use tokio::runtime::Runtime;

use super::child::{Outbox, Sender};
use super::desk::Desk;
use super::plan::{Plan, Victim, kills};
use super::random::Random;
use super::summary::Summary;
use super::survivor::Seat;
use crate::house::House;

/// The bank gives a user 60 challenges in ten minutes of its clock; a round needs two.
const ROUNDS_PER_CLOCK: u32 = 24;
/// A request that was on its way when its client died must have come to rest by then.
const LATE: Duration = Duration::from_millis(2_000);
/// When the banks' time begins.
const BEGIN: &str = "2026-11-23T08:00:00Z";
/// Whose rules the banks have, in turn.
const PROFILES: [&str; 2] = ["kh", "kdb"];

/// A lane.
pub struct Lane {
    runtime: Runtime,
    seat: Seat,
    desks: Vec<Desk>,
    usual: Duration,
    rounds: u32,
    /// What has been counted.
    pub summary: Summary,
}

impl Lane {
    /// Starts so many banks with demo data that take the same token, connects a client and measures a usual child.
    pub fn start(banks: usize) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|e| e.to_string())?;
        let first = runtime.block_on(House::start_at(PROFILES[0], Some(BEGIN)));
        let seat = Seat { data: first.client_folder("client"), key_file: first.key_file("Nagy") };
        let mut houses = vec![first];
        for profile in PROFILES.into_iter().cycle().skip(1).take(banks - 1) {
            houses.push(runtime.block_on(House::start_beside(profile, &houses[0])));
        }
        let desks = houses.into_iter().map(|house| Desk::open(&runtime, house, &seat));
        let desks = desks.collect::<Result<Vec<_>, _>>()?;
        let (usual, summary) = (Duration::ZERO, Summary::default());
        let mut lane = Self { runtime, seat, desks, usual, rounds: 0, summary };
        lane.measure()?;
        Ok(lane)
    }

    /// How long an undisturbed child lives.
    fn measure(&mut self) -> Result<(), String> {
        let packages = self.draw(&vec![1; self.desks.len()])?;
        let took = self.sender(&packages)?.finish().map_err(|e| e.to_string())?;
        for (desk, packages) in self.desks.iter_mut().zip(&packages) {
            desk.has_sent(packages);
        }
        self.usual = took.ok_or("an undisturbed child fails; see errors.log")?;
        Ok(())
    }

    /// Signed packages to send, so many at each bank.
    fn draw(&mut self, counts: &[usize]) -> Result<Vec<Vec<PackageId>>, String> {
        let of_each = self.desks.iter_mut().zip(counts);
        of_each.map(|(desk, count)| desk.draw(&self.seat, *count)).collect()
    }

    fn sender(&self, packages: &[Vec<PackageId>]) -> Result<Sender, String> {
        let errors = self.desks[0].house.client_folder("errors.log");
        let jobs: Vec<_> = self
            .desks
            .iter()
            .zip(packages)
            .map(|(desk, packages)| (desk.place(), packages.clone()))
            .collect();
        Sender::start(&self.seat, &jobs, &errors).map_err(|e| e.to_string())
    }

    /// Keeps the lane's files; gives where.
    pub fn keep(&mut self) -> String {
        let kept: Vec<String> =
            self.desks.iter_mut().map(|desk| desk.house.keep().display().to_string()).collect();
        kept.join(", ")
    }

    /// One round; an error is a violation and says everything about it.
    pub fn round(&mut self, seed: u64, round: u32) -> Result<(), String> {
        self.rounds += 1;
        if self.rounds.is_multiple_of(ROUNDS_PER_CLOCK) {
            self.desks.iter().for_each(|desk| desk.step_clock(&self.runtime));
        }
        self.release_held(LATE)?;
        let mut random = Random::of(seed, round);
        let plans: Vec<Plan> = self.desks.iter().map(|_| Plan::draw(&mut random, self.usual)).collect();
        let counts: Vec<usize> = plans.iter().map(|plan| plan.packages).collect();
        let packages = self.draw(&counts)?;
        let blame = |what: String| format!("{plans:?}, packages {packages:?}: {what}");

        for ((desk, plan), packages) in self.desks.iter().zip(&plans).zip(&packages) {
            desk.spoil(&self.runtime, plan, packages);
        }
        let by_itself = self.strike(&plans, &packages).map_err(blame)?;
        let places: Vec<_> = self.desks.iter().map(Desk::place).collect();
        let fates = self.seat.recover(&places, &packages).map_err(blame)?;
        for (n, (fates, plan)) in fates.iter().zip(&plans).enumerate() {
            self.runtime.block_on(self.desks[n].house.clear_faults());
            for fate in fates {
                self.desks[n].judge(&self.runtime, fate, round).map_err(blame)?;
                let others = self.desks.iter().enumerate().filter(|(other, _)| *other != n);
                for (_, other) in others {
                    other.never_saw(&self.runtime, fate.package).map_err(blame)?;
                }
                self.summary.count(n, plan.fault, fate);
            }
            self.desks[n].is_balanced(&self.runtime).map_err(blame)?;
        }
        let _ = self.seat.audit_chain().map_err(blame)?;
        self.summary.round(by_itself, plans.iter().any(|plan| plan.kill_bank.is_some()));
        Ok(())
    }

    /// Starts the child and kills it, and the banks whose turn it is, each at its moment. True: the child had ended by
    /// itself.
    fn strike(&mut self, plans: &[Plan], packages: &[Vec<PackageId>]) -> Result<bool, String> {
        let io = |e: std::io::Error| e.to_string();
        let outbox = Outbox::open(&self.seat.data)?;
        let mut sender = self.sender(packages)?;
        sender.wait_for(plans[0].trigger, &outbox).map_err(io)?;
        drop(outbox);
        let triggered = Instant::now();
        let mut sender = Some(sender);
        let mut by_itself = false;
        for (moment, victim) in kills(plans) {
            std::thread::sleep(moment.saturating_sub(triggered.elapsed()));
            match victim {
                Victim::Bank(n) => self.desks[n].house.kill(),
                Victim::Client => {
                    by_itself = sender.take().map_or(Ok(true), Sender::kill).map_err(io)?;
                }
            }
        }
        for (desk, _) in self.desks.iter_mut().zip(plans).filter(|(_, plan)| plan.kill_bank.is_some()) {
            self.runtime.block_on(desk.house.run());
        }
        Ok(by_itself)
    }

    fn release_held(&mut self, age: Duration) -> Result<(), String> {
        for desk in &mut self.desks {
            self.summary.late += desk.release_held(&self.runtime, age)?;
        }
        Ok(())
    }

    /// The reckoning at every bank.
    pub fn finish(&mut self) -> Result<(), String> {
        std::thread::sleep(LATE);
        self.release_held(Duration::ZERO)?;
        let mut sent = 0;
        for desk in &mut self.desks {
            sent += desk.reckon(&self.runtime, &self.seat)?;
        }
        let entries = self.seat.audit_chain()?;
        self.summary.finish(sent, entries);
        Ok(())
    }
}
