//! `cargo xtask bench`: the figures of the README, or two programs beside each other.

mod import;
mod load;
mod transfers;

use std::process::Command;

use crate::display::Display;
use crate::process::{Profile, build, run};
use crate::{TaskError, setup};

/// What is measured.
#[derive(clap::Args)]
pub struct BenchArguments {
    /// Otherwise all figures of the README.
    #[command(subcommand)]
    what: Option<What>,
}

/// What can be measured by itself.
#[derive(clap::Subcommand)]
enum What {
    /// Import a file of 100,000 transfers by the command line, beside another build of it.
    Import(import::ImportArguments),
    /// Put many customers and strangers before the bank, beside another build of it.
    Load(load::LoadArguments),
}

pub fn bench(arguments: &BenchArguments) -> Result<(), TaskError> {
    match &arguments.what {
        Some(What::Import(arguments)) => import::compare(arguments),
        Some(What::Load(arguments)) => load::measure(arguments),
        None => figures(),
    }
}

fn figures() -> Result<(), TaskError> {
    setup::for_tests()?;
    let packages = ["kapocs-bank", "kapocs-desktop", "kapocs-cli", "kapocs-tests", "kapocs-bare-window"];
    let binaries = build(&packages, Profile::Release)?;
    let display = Display::start()?;
    run("bench", Command::new(binaries.join("bench")).env("DISPLAY", &display.name))
}
