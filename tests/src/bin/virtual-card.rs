//! Plugs a virtual PIV card, made of a key file, into the machine's smart card service through vpcd.
//! `cargo xtask demo --card` starts it; it is no part of the product.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use harness::card::VirtualCard;
use signature::keyfile::{KeyFile, KeySlot};

/// A virtual PIV card that stays in the reader until this program ends.
#[derive(Parser)]
struct Arguments {
    /// Key file with both certificates and their keys.
    #[arg(long)]
    key_file: PathBuf,
    /// File descriptor from which the PIN is read (first line).
    #[arg(long, required_unless_present = "pin_file", conflicts_with = "pin_file")]
    pin_fd: Option<u32>,
    /// File from which the PIN is read (first line).
    #[arg(long)]
    pin_file: Option<PathBuf>,
    /// Where vpcd listens.
    #[arg(long, default_value = "127.0.0.1:35963")]
    address: SocketAddr,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let pem = std::fs::read_to_string(&arguments.key_file)?;
    let pin_path = match (arguments.pin_fd, arguments.pin_file) {
        (Some(descriptor), _) => PathBuf::from(format!("/dev/fd/{descriptor}")),
        (None, Some(path)) => path,
        (None, None) => return Err("the PIN is missing".into()),
    };
    let mut pin = String::new();
    BufReader::new(std::fs::File::open(pin_path)?).read_line(&mut pin)?;
    // The card's serial number follows from its login certificate: stable, and different per user.
    let fingerprint = KeyFile::parse(&pem)?.certificate(KeySlot::Login).fingerprint();
    let (csn, _) = fingerprint.split_first_chunk().ok_or("fingerprint")?;
    let mut card = VirtualCard::from_key_file(&pem, pin.trim_end(), *csn)?;
    card.insert(arguments.address)?;
    println!("card {} is in the reader at {}", hex::encode_upper(csn), arguments.address);
    card.wait();
    Err("the reader let the card go".into())
}
