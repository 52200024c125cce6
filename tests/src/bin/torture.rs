//! `torture --rounds N [--seed S] [--lanes L] [--banks B]`: see `harness::torture`. Ends with a failure at the first
//! violation and prints what is needed to repeat it. `torture send` is the child that is killed.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Parser, Subcommand};
use domain::{ConnectionKey, PackageId};
use harness::torture::{Job, Options, Seat, run, send_at};

/// Kill the client and cut its connection at random moments between "send" and the receipt.
#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    child: Option<Child>,
    /// Rounds.
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Repeat a run; otherwise every run is another one.
    #[arg(long)]
    seed: Option<u64>,
    /// Clients beside each other.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=16))]
    lanes: u32,
    /// Banks of each client.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=4))]
    banks: u32,
}

#[derive(Subcommand)]
enum Child {
    /// Send packages to several banks at once.
    Send {
        /// `connection:package,package` for each bank.
        #[arg(required = true, value_parser = job)]
        jobs: Vec<Job>,
        /// Folder of the store.
        #[arg(long)]
        data: PathBuf,
        /// The user's key file.
        #[arg(long)]
        token_file: PathBuf,
    },
}

fn job(text: &str) -> Result<Job, String> {
    let (place, packages) = text.split_once(':').ok_or("no colon")?;
    let key = place.parse().map(ConnectionKey).map_err(|_| "no connection's key")?;
    let packages = packages.split(',').map(|one| one.parse().map_err(|_| format!("{one} is no package")));
    Ok((key, packages.collect::<Result<Vec<PackageId>, String>>()?))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.child {
        Some(Child::Send { jobs, data, token_file }) => send(&Seat { data, key_file: token_file }, jobs),
        None => torture(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn send(seat: &Seat, jobs: Vec<Job>) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
    runtime.block_on(send_at(seat, jobs))
}

fn torture(arguments: &Arguments) -> Result<(), String> {
    let by_time = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |d| d.as_millis() as u64);
    let seed = arguments.seed.unwrap_or_else(by_time);
    let &Arguments { rounds, lanes, banks, .. } = arguments;
    println!("torture: {rounds} rounds, seed {seed}, {lanes} lanes, {banks} banks each");
    let summary = run(Options { rounds, seed, lanes, banks }).map_err(|violation| violation.to_string())?;
    println!("{summary}");
    Ok(())
}
