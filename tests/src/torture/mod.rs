//! Exactly once, under torture: the client is killed with SIGKILL at random moments between "send" and the
//! receipt, the bank and the line fail beside it, and after every round either the bank has each package exactly
//! once and the client knows it, or the client still holds it and the bank never has it. Over several banks at once
//! no bank ever sees a package of another one.

mod child;
mod desk;
mod lane;
mod plan;
mod random;
mod summary;
mod survivor;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

pub use child::{Job, send_at};
use lane::Lane;
pub use summary::Summary;
pub use survivor::{Place, Seat};

/// One line of progress for so many rounds.
const PROGRESS: u32 = 50;

/// How much torture.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Rounds altogether.
    pub rounds: u32,
    /// Repeats a run: the same kinds of rounds in the same order.
    pub seed: u64,
    /// Lanes that run beside each other, each with banks and a client of its own.
    pub lanes: u32,
    /// Banks of each lane: with several, one client sends to all of them at once, with one token.
    pub banks: u32,
}

/// The first round that broke the promise, with everything to repeat it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The run's seed.
    pub seed: u64,
    /// The run's lanes.
    pub lanes: u32,
    /// The banks of each lane.
    pub banks: u32,
    /// The lane's number.
    pub lane: u32,
    /// The round; `None`: before the first or after the last.
    pub round: Option<u32>,
    /// What is wrong.
    pub what: String,
    /// Where bank and client were left.
    pub folder: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let round = self.round.map_or_else(|| "none".to_owned(), |round| round.to_string());
        write!(
            f,
            "VIOLATION: seed {} lanes {} banks {} lane {} round {round}\n{}\nfiles: {}",
            self.seed, self.lanes, self.banks, self.lane, self.what, self.folder
        )
    }
}

struct Shared {
    options: Options,
    begun: Instant,
    done: AtomicU32,
    stop: AtomicBool,
    violation: Mutex<Option<Violation>>,
}

/// Runs the rounds; stops at the first violation.
///
/// # Errors
/// The violation.
pub fn run(options: Options) -> Result<Summary, Violation> {
    let shared = Shared {
        options,
        begun: Instant::now(),
        done: AtomicU32::new(0),
        stop: AtomicBool::new(false),
        violation: Mutex::new(None),
    };
    let summary = std::thread::scope(|scope| {
        let shared = &shared;
        let lanes: Vec<_> = (0..options.lanes).map(|n| scope.spawn(move || one_lane(shared, n))).collect();
        let mut summary = Summary::default();
        for (n, lane) in (0..).zip(lanes) {
            match lane.join() {
                Ok(of_lane) => summary.add(&of_lane),
                Err(_) => shared.violated(n, None, "the lane panicked".to_owned(), String::new()),
            }
        }
        summary
    });
    match shared.violation.into_inner() {
        Ok(None) => Ok(summary),
        Ok(Some(violation)) => Err(violation),
        Err(poisoned) => Err(poisoned.into_inner().expect("only a violation is stored")),
    }
}

fn one_lane(shared: &Shared, number: u32) -> Summary {
    let options = shared.options;
    let mut lane = match Lane::start(options.banks as usize) {
        Ok(lane) => lane,
        Err(what) => {
            shared.violated(number, None, what, String::new());
            return Summary::default();
        }
    };
    for round in (number..options.rounds).step_by(options.lanes as usize) {
        if shared.stop.load(Ordering::Relaxed) {
            return lane.summary;
        }
        if let Err(what) = lane.round(options.seed, round) {
            shared.violated(number, Some(round), what, lane.keep());
            return lane.summary;
        }
        shared.progress();
    }
    if let Err(what) = lane.finish() {
        shared.violated(number, None, what, lane.keep());
    }
    lane.summary
}

impl Shared {
    fn progress(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(PROGRESS) {
            let seconds = self.begun.elapsed().as_secs_f64();
            println!(
                "{done} of {} rounds, {seconds:.0} s, {:.2} s a round; nothing lost, nothing twice",
                self.options.rounds,
                seconds / f64::from(done)
            );
        }
    }

    /// Keeps the first violation and stops all lanes.
    fn violated(&self, lane: u32, round: Option<u32>, what: String, folder: String) {
        self.stop.store(true, Ordering::Relaxed);
        let Options { seed, lanes, banks, .. } = self.options;
        let mut first = self.violation.lock().expect("a violation is stored without panicking");
        let _ = first.get_or_insert(Violation { seed, lanes, banks, lane, round, what, folder });
    }
}
