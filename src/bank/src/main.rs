//! `kapocs-bank`: makes demo data and serves the reference bank.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bank::bank::Bank;
use bank::demo;
use bank::doors::serve::{Options, serve};
use bank::ground::folder::Folder;
use bank::people::cards::{self, CardKind};
use bank::releases::command::{self, ReleaseCommand};
use bank::{BankError, Result};
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
        /// Data folder of another demo bank: people of both have one token for both, under one authority.
        #[arg(long, value_name = "FOLDER")]
        tokens_of: Option<PathBuf>,
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
        /// HTTPS port of the operator desk; 0 picks a free one.
        #[arg(long, default_value_t = 0)]
        desk_port: u16,
        /// HTTPS port of the web client; 0 picks a free one.
        #[arg(long, default_value_t = 0)]
        web_port: u16,
        /// File to write when the bank listens.
        #[arg(long)]
        ready_file: Option<PathBuf>,
        /// End when standard input closes.
        #[arg(long)]
        end_with_stdin: bool,
    },
    /// Releases of the client program: key, add, renew, list, check.
    Release {
        #[command(subcommand)]
        command: ReleaseCommand,
    },
    /// Note that a card was handed out to a user. The bank may be running.
    RegisterCard {
        /// The data folder.
        #[arg(long)]
        data: PathBuf,
        /// The user's 8-digit identifier.
        #[arg(long)]
        user: String,
        /// The card's serial number, hex.
        #[arg(long)]
        csn: String,
        /// What is spoken with it.
        #[arg(long)]
        kind: CardKind,
    },
    /// Print a card's admin key and PUK as one line of JSON, for whoever personalises it.
    CardSecrets {
        /// The data folder.
        #[arg(long)]
        data: PathBuf,
        /// The card's serial number, hex.
        #[arg(long)]
        csn: String,
        /// Which PUK; a new card has number 0.
        #[arg(long, default_value_t = 0)]
        number: u32,
    },
}

fn register_card(data: &Path, user: &str, csn: &str, kind: CardKind) -> Result<()> {
    let bank = Bank::open(&Folder::new(data))?;
    let user = user.parse().map_err(|e| BankError::data("user", e))?;
    bank.write(|db| cards::put(db, csn, &user, kind, false, bank.clock.now()))
}

fn print_secrets(data: &Path, csn: &str, number: u32) -> Result<()> {
    let (secrets, csn) = (Folder::new(data).read_card_secrets()?, cards::csn(csn)?);
    let admin_key = hex::encode_upper(*secrets.admin_key(&csn)?);
    let facts = serde_json::json!({ "csn": csn, "admin_key": admin_key, "puk": *secrets.puk(&csn, number)? });
    println!("{facts}");
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("KAPOCS_BANK_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // That nobody reads the log would be told to the same closed end, and telling it would end the bank.
    log.log_internal_errors(false).init();
    let done = match Arguments::parse().command {
        Command::Demo { data, profile, seed, now, tokens_of } => {
            demo::make(&demo::Wish { data, profile, seed, now, tokens_of })
        }
        Command::Serve { data, port, control_port, desk_port, web_port, ready_file, end_with_stdin } => {
            serve(&Options { data, port, control_port, desk_port, web_port, ready_file, end_with_stdin })
                .await
        }
        Command::Release { command } => command::run(command),
        Command::RegisterCard { data, user, csn, kind } => register_card(&data, &user, &csn, kind),
        Command::CardSecrets { data, csn, number } => print_secrets(&data, &csn, number),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kapocs-bank: {error} ({})", error.code());
            ExitCode::FAILURE
        }
    }
}
