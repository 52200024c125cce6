//! The bank under load: `tests/load`, built as fast as what is given out.

use std::process::Command;

use crate::TaskError;
use crate::process::{Profile, build, run};

/// What the load driver is told, see `--help` after `--`.
#[derive(clap::Args)]
pub struct LoadArguments {
    /// For the driver: `--against PROGRAM`, `--runs`, `--seconds`, `--rate`, `--streams`, `--customers`, `--idle`,
    /// `--registrations`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Measures and prints the waits and the memory of the bank of this checkout, and of another one beside it.
pub fn measure(arguments: &LoadArguments) -> Result<(), TaskError> {
    let binaries = build(&["kapocs-bank", "kapocs-load"], Profile::Measure)?;
    let mut driver = Command::new(binaries.join("load"));
    run("load", driver.arg("--bank").arg(binaries.join("kapocs-bank")).args(&arguments.arguments))
}
