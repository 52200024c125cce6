//! What happens in a round, drawn before it begins.

use std::time::Duration;

use serde_json::{Value, json};

use super::random::Random;

/// What the bank or the line does wrong at the first package's submission.
pub const FAULTS: [&str; 5] = ["drop_after_commit", "cut_connection", "delay", "garbage", "status_500"];
/// What it does wrong when the client asks after the crash.
const ASKING_FAULTS: [&str; 3] = ["cut_connection", "garbage", "status_500"];
/// Packages that a child sends, one after the other; the more the dearer the round.
const PACKAGES: [usize; 6] = [1, 1, 1, 2, 2, 3];
/// A request lies somewhere on the way at most so long: longer than a new client needs to log in and ask, so
/// some requests arrive after their client was told that they never did.
const LONGEST_DELAY: u64 = 1_500;

/// What the kill waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// This long after the child's start, whatever it does then.
    Time(Duration),
    /// The child has written down that it sends so many packages.
    Sending(usize),
}

/// A round.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many packages the child sends.
    pub packages: usize,
    /// The fault at the first package's submission.
    pub fault: Option<&'static str>,
    /// How long the fault "delay" delays, in milliseconds.
    pub delay: u64,
    /// The fault when the next client asks.
    pub asking_fault: Option<&'static str>,
    /// What the kill waits for.
    pub trigger: Trigger,
    /// How long after its trigger the child is killed.
    pub kill: Duration,
    /// How long after the same trigger the bank is killed, if it is.
    pub kill_bank: Option<Duration>,
}

impl Plan {
    /// Draws a round; `usual` is how long an undisturbed child lives.
    pub fn draw(random: &mut Random, usual: Duration) -> Self {
        let packages = random.one_of(&PACKAGES);
        let fault = random.percent(50).then(|| random.one_of(&FAULTS));
        // Half of the delays are short, so that kill and commit race; some outlive the question.
        let delay =
            if random.percent(50) { random.between(1, 100) } else { random.between(100, LONGEST_DELAY) };
        let asking_fault = random.percent(10).then(|| random.one_of(&ASKING_FAULTS));
        let trigger = if random.percent(12) {
            Trigger::Time(Duration::from_millis(random.between(0, usual.as_millis() as u64 * 5 / 4)))
        } else {
            Trigger::Sending(random.between(1, packages as u64) as usize)
        };
        // A submission takes some 10 ms: most kills are to fall within it, some behind it.
        let kill = match random.between(1, 10) {
            1..=4 => random.between(0, 3_000),
            5..=7 => random.between(0, 12_000),
            8..=9 => random.between(0, 40_000),
            _ => random.between(0, 200_000),
        };
        let kill_bank = random.percent(6).then(|| Duration::from_micros(random.between(0, 60_000)));
        Self { packages, fault, delay, asking_fault, trigger, kill: Duration::from_micros(kill), kill_bank }
    }

    /// The faults, as the bank's control interface wants them, for the round's first package.
    pub fn faults(&self, package: &str) -> Vec<Value> {
        let path = format!("/packages/{package}");
        let sending = self
            .fault
            .map(|kind| json!({ "kind": kind, "method": "PUT", "path": path, "millis": self.delay }));
        let asking = self.asking_fault.map(|kind| json!({ "kind": kind, "method": "GET", "path": path }));
        sending.into_iter().chain(asking).collect()
    }
}

/// What is killed when, from the trigger on, in the order of time: the client as the first bank's plan has it, and each
/// bank as its own.
pub fn kills(plans: &[Plan]) -> Vec<(Duration, Victim)> {
    let banks = plans.iter().enumerate();
    let mut kills: Vec<_> = banks.filter_map(|(n, plan)| Some((plan.kill_bank?, Victim::Bank(n)))).collect();
    kills.extend(plans.first().map(|plan| (plan.kill, Victim::Client)));
    kills.sort_by_key(|(moment, _)| *moment);
    kills
}

/// Who is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Victim {
    /// The client's process.
    Client,
    /// The bank's, by its number in the lane.
    Bank(usize),
}
