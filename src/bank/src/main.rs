//! `kapocs-bank`: makes demo data and serves the reference bank.

use std::path::PathBuf;
use std::process::ExitCode;

use bank::demo;
use bank::serve::{Options, serve};
use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// The reference bank of Kapocs.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a data folder with a demo company, its history and its users' key files.
    Demo {
        /// Folder to make; must not hold a bank yet.
        #[arg(long)]
        data: PathBuf,
        /// Rules: `kh` or `kdb`.
        #[arg(long, default_value = "kh")]
        profile: String,
        /// The same seed gives the same data (keys are always new).
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The bank's time, where the history ends; without it, the system's.
        #[arg(long)]
        now: Option<DateTime<Utc>>,
    },
    /// Serve the bank of a data folder on loopback.
    Serve {
        /// The data folder.
        #[arg(long)]
        data: PathBuf,
        /// HTTPS port; 0 picks a free one.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Port of the control interface; 0 picks a free one.
        #[arg(long, default_value_t = 0)]
        control_port: u16,
        /// File to write when the bank listens.
        #[arg(long)]
        ready_file: Option<PathBuf>,
        /// End when standard input closes.
        #[arg(long)]
        end_with_stdin: bool,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("KAPOCS_BANK_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = match Arguments::parse().command {
        Command::Demo { data, profile, seed, now } => demo::make(&demo::Wish { data, profile, seed, now }),
        Command::Serve { data, port, control_port, ready_file, end_with_stdin } => {
            serve(&Options { data, port, control_port, ready_file, end_with_stdin }).await
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kapocs-bank: {error} ({})", error.code());
            ExitCode::FAILURE
        }
    }
}
