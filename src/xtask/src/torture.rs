//! `cargo xtask torture`: exactly once, for as many rounds as wanted; the test run does a short form of it.

use std::process::Command;

use crate::process::{Profile, build, run};
use crate::{TaskError, setup};

/// How much torture.
#[derive(clap::Args)]
pub struct TortureArguments {
    /// Rounds.
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Banks at once: with 2, every client sends to both.
    #[arg(long, default_value_t = 1)]
    banks: u32,
    /// Repeat a run that failed.
    #[arg(long)]
    seed: Option<u64>,
}

/// Kills and cuts at random moments.
pub fn torture(arguments: &TortureArguments) -> Result<(), TaskError> {
    setup::for_tests()?;
    let binaries = build(&["kapocs-bank", "kapocs-cli", "kapocs-tests"], Profile::Dev)?;
    let mut command = Command::new(binaries.join("torture"));
    let _ = command.args(["--rounds", &arguments.rounds.to_string()]);
    let _ = command.args(["--banks", &arguments.banks.to_string()]);
    if let Some(seed) = arguments.seed {
        let _ = command.args(["--seed", &seed.to_string()]);
    }
    run("torture", &mut command)
}
