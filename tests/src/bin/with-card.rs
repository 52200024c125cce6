//! Runs a program inside a private smart card service with a virtual card in its reader; `cargo xtask demo --card`
//! uses it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use harness::card::{CardKind, VirtualCard};
use harness::pcscd::Pcscd;
use serde::Deserialize;

/// A virtual card for one program.
#[derive(Parser)]
struct Arguments {
    /// Key file whose keys the card holds.
    #[arg(long)]
    key_file: PathBuf,
    /// File with the card's PIN.
    #[arg(long)]
    pin_file: PathBuf,
    /// The card's application.
    #[arg(long, value_enum, default_value_t = Kind::Piv)]
    kind: Kind,
    /// What the bank wrote into the card when it was made, as `kapocs-bank card-secrets` prints it.
    #[arg(long)]
    secrets: Option<PathBuf>,
    /// In which state the card is when it is plugged in.
    #[arg(long, value_enum, default_value_t = State::InUse)]
    state: State,
    /// The program and its arguments; `{reader}` stands for the reader's name.
    #[arg(last = true, required = true)]
    command: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// PIV.
    Piv,
    /// GIDS.
    Gids,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum State {
    /// Its holder's PIN is set.
    InUse,
    /// Fresh from the bank: the first PIN is to be set.
    New,
    /// Five wrong PINs were typed.
    Blocked,
}

/// The bank's half of a card's secrets.
#[derive(Deserialize)]
struct Secrets {
    csn: String,
    admin_key: String,
    puk: String,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("with-card: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let pem = std::fs::read_to_string(&arguments.key_file)?;
    let pin = std::fs::read_to_string(&arguments.pin_file)?;
    let service = Pcscd::start()?;
    let mut card = card(arguments, &pem, pin.trim())?;
    if arguments.state == State::Blocked {
        card.block();
    }
    card.insert(service.slot())?;
    let (program, rest) = arguments.command.split_first().ok_or("no program")?;
    // The service looks for cards every 0.4 seconds.
    std::thread::sleep(std::time::Duration::from_secs(1));
    let rest = rest.iter().map(|argument| argument.replace("{reader}", &service.reader()));
    let status = service.command(program).args(rest).status()?;
    card.remove();
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn card(arguments: &Arguments, pem: &str, pin: &str) -> Result<VirtualCard, Box<dyn std::error::Error>> {
    let mut order = match arguments.kind {
        Kind::Piv => VirtualCard::builder(CardKind::Piv).renewable(),
        Kind::Gids => VirtualCard::builder(CardKind::Gids),
    };
    if let Some(path) = &arguments.secrets {
        let secrets: Secrets = serde_json::from_str(&std::fs::read_to_string(path)?)?;
        let (mut csn, mut admin_key) = ([0; 16], [0; 24]);
        hex::decode_to_slice(&secrets.csn, &mut csn)?;
        hex::decode_to_slice(&secrets.admin_key, &mut admin_key)?;
        order = order.csn(csn).admin_key(admin_key).puk(&secrets.puk);
    }
    if arguments.state == State::New {
        order = order.new_card();
    }
    Ok(order.from_key_file(pem, pin)?)
}
