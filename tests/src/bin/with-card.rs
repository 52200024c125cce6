//! Runs a program inside a private smart card service with a virtual card in its reader; `cargo xtask demo --card`
//! uses it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use harness::card::VirtualCard;
use harness::pcscd::Pcscd;

/// A virtual card for one program.
#[derive(Parser)]
struct Arguments {
    /// Key file whose keys the card holds.
    #[arg(long)]
    key_file: PathBuf,
    /// File with the card's PIN.
    #[arg(long)]
    pin_file: PathBuf,
    /// The program and its arguments; `{reader}` stands for the reader's name.
    #[arg(last = true, required = true)]
    command: Vec<String>,
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
    let mut card = VirtualCard::from_key_file(&pem, pin.trim(), *b"Kapocs demo card")?;
    card.insert(service.slot())?;
    let (program, rest) = arguments.command.split_first().ok_or("no program")?;
    // The service looks for cards every 0.4 seconds.
    std::thread::sleep(std::time::Duration::from_secs(1));
    let rest = rest.iter().map(|argument| argument.replace("{reader}", &service.reader()));
    let status = service.command(program).args(rest).status()?;
    card.remove();
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
