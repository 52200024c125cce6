//! `torture --rounds N [--seed S] [--lanes L]`: see `harness::torture`. Ends with a failure at the first
//! violation and prints what is needed to repeat it.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use harness::torture::{Options, run};

/// Kill the client and cut its connection at random moments between "send" and the receipt.
#[derive(Parser)]
struct Arguments {
    /// Rounds.
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Repeat a run; otherwise every run is another one.
    #[arg(long)]
    seed: Option<u64>,
    /// Banks and clients beside each other.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=16))]
    lanes: u32,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let by_time = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |d| d.as_millis() as u64);
    let seed = arguments.seed.unwrap_or_else(by_time);
    println!("torture: {} rounds, seed {seed}, {} lanes", arguments.rounds, arguments.lanes);
    match run(Options { rounds: arguments.rounds, seed, lanes: arguments.lanes }) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(violation) => {
            eprintln!("{violation}");
            ExitCode::FAILURE
        }
    }
}
