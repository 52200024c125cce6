//! Plugs a virtual card, PIV or GIDS, made of a key file, into the machine's smart card service through vpcd.
//! `cargo xtask demo --card` starts it; it is no part of the product.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use harness::card::{CardKind, DEFAULT_PUK, VirtualCard};
use signature::keyfile::{KeyFile, KeySlot};

/// A virtual card that stays in the reader until this program ends.
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
    /// Application on the card.
    #[arg(long, value_enum, default_value_t = Kind::Piv)]
    kind: Kind,
    /// A card fresh from the bank: PIV with the PIN as a transport PIN, GIDS without a PIN.
    #[arg(long)]
    new: bool,
    /// A PIV card that makes new keys, like a YubiKey 5.7.
    #[arg(long)]
    renewable: bool,
    /// Triple DES key of a GIDS card's administrator: 48 hex digits.
    #[arg(long, value_parser = admin_key)]
    admin_key: Option<[u8; 24]>,
    /// PUK of a PIV card.
    #[arg(long, default_value = DEFAULT_PUK)]
    puk: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Piv,
    Gids,
}

fn admin_key(text: &str) -> Result<[u8; 24], String> {
    let bytes = hex::decode(text).map_err(|error| error.to_string())?;
    bytes.try_into().map_err(|_| "48 hex digits are needed".to_owned())
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
    let mut order = VirtualCard::builder(match arguments.kind {
        Kind::Piv => CardKind::Piv,
        Kind::Gids => CardKind::Gids,
    });
    order = order.csn(*csn).puk(&arguments.puk);
    if let Some(key) = arguments.admin_key {
        order = order.admin_key(key);
    }
    if arguments.new {
        order = order.new_card();
    }
    if arguments.renewable {
        order = order.renewable();
    }
    let mut card = order.from_key_file(&pem, pin.trim_end())?;
    card.insert(arguments.address)?;
    println!("card {} is in the reader at {}", hex::encode_upper(csn), arguments.address);
    card.wait();
    Err("the reader let the card go".into())
}
