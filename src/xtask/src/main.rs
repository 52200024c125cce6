//! Developer commands. `cargo xtask demo` and `cargo xtask test` set up what a fresh machine lacks.
//!
//! Nothing here is part of the product and nothing here links it: programs are built by cargo and started as
//! a user would start them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod circles;
mod demo;
mod display;
mod process;
mod screenshots;
mod setup;
mod test;
mod times;
mod torture;
mod windows;

/// Developer commands of Kapocs.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the reference bank and the window with demo data; without a display, do the main job by command line.
    Demo(demo::DemoArguments),
    /// Run everything that CI runs: formatting, lints, licences, all tests; then show where the time went.
    Test,
    /// Draw the gallery of screenshots anew, in both languages.
    Screenshots(screenshots::ScreenshotArguments),
    /// Draw parts of the window in rare states, for somebody to look at.
    Pictures(screenshots::PictureArguments),
    /// Measure the figures of the README, or two builds beside each other, in one run with ratios.
    Bench(bench::BenchArguments),
    /// Kill the client and cut its connection at random moments between "send" and "receipt".
    Torture(torture::TortureArguments),
    /// Build the Windows programs and their installer, or only check that they compile.
    Windows(windows::WindowsArguments),
    /// Find files of a crate that use each other in a circle.
    Circles(circles::CirclesArguments),
    /// Only install what is missing.
    Setup,
}

/// What stops a developer command.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// A step ended with a failure, which it has printed.
    #[error("{0} failed")]
    Step(String),
    /// A program could not be started.
    #[error("cannot run {program}: {source}")]
    Start { program: String, source: std::io::Error },
    /// System packages are missing and cannot be installed from here.
    #[error("system packages are missing; install them with:\n    {0}")]
    Packages(String),
    /// Something is not as it must be.
    #[error("not as it must be: {0}")]
    Unexpected(String),
    /// It needs Debian's own toolchain.
    #[error("the Windows programs are built on Debian (or below it, as in WSL), with: {0}")]
    NotDebian(String),
    /// Files could not be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Demo(arguments) => demo::run_demo(&arguments),
        Command::Test => test::everything(),
        Command::Screenshots(arguments) => screenshots::screenshots(&arguments),
        Command::Pictures(arguments) => screenshots::pictures(&arguments),
        Command::Bench(arguments) => bench::bench(&arguments),
        Command::Torture(arguments) => torture::torture(&arguments),
        Command::Windows(arguments) => windows::windows(&arguments),
        Command::Circles(arguments) => circles::find(&arguments),
        Command::Setup => setup::for_tests(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
