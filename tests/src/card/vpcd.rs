//! The wire between the card and vpcd: messages of a two-byte length and that many bytes. One byte
//! is a control message (0 power off, 1 power on, 2 reset, 4 give the ATR), anything longer an APDU.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::Ordering;

use super::{Action, Moment, Shared, Step, lock};

/// Answer to reset: T=1, extended APDUs and chaining in the capabilities (ISO 7816-4, 8.1.1.2.7).
const ATR: [u8; 11] = [0x3b, 0x95, 0x13, 0x81, 0x01, 0x80, 0x73, 0xff, 0x01, 0x00, 0x0b];

/// Answer to reset of a card that is no token: T=1, historical bytes without a meaning.
const FOREIGN_ATR: [u8; 11] = [0x3b, 0x86, 0x80, 0x01, 0x4f, 0x54, 0x48, 0x45, 0x52, 0x21, 0x62];

/// Serves the reader until it or the test lets go.
pub(super) fn serve(mut wire: TcpStream, shared: &Shared) -> io::Result<()> {
    lock(&shared.chip).reset();
    let mut number = 0;
    while let Some(message) = receive(&mut wire)? {
        match message[..] {
            [0..=2] => lock(&shared.chip).reset(),
            [4] => send(&mut wire, if shared.foreign { &FOREIGN_ATR } else { &ATR })?,
            _ => {
                if !apdu(&mut wire, shared, &message, number)? {
                    return wire.shutdown(Shutdown::Both);
                }
                number += 1;
            }
        }
    }
    Ok(())
}

/// Handles one APDU; false when the card is pulled at it.
fn apdu(wire: &mut TcpStream, shared: &Shared, command: &[u8], number: usize) -> io::Result<bool> {
    let instruction = command.get(1).copied().unwrap_or_default();
    let has_data = command.len() > 5;
    if has_data && is_secret(instruction) {
        shared.secrets.fetch_add(1, Ordering::SeqCst);
    }
    let at = |moment| {
        let step = Step { number, instruction, has_data, moment };
        let action = lock(&shared.hook).as_mut().map_or(Action::Go, |hook| hook(&step));
        if let Action::Wait(time) = action {
            std::thread::sleep(time);
        }
        action
    };
    let mut answer = match at(Moment::Arrived) {
        Action::Pull => return Ok(false),
        Action::Answer(answer) => answer,
        Action::Go | Action::Wait(_) => lock(&shared.chip).execute(command),
    };
    lock(&shared.log).push(line(command, &answer));
    match at(Moment::Executed) {
        Action::Pull => return Ok(false),
        Action::Answer(other) => answer = other,
        Action::Go | Action::Wait(_) => {}
    }
    send(wire, &answer)?;
    Ok(at(Moment::Answered) != Action::Pull)
}

/// VERIFY, CHANGE REFERENCE DATA and RESET RETRY COUNTER carry PINs and PUKs.
fn is_secret(instruction: u8) -> bool {
    matches!(instruction, 0x20 | 0x24 | 0x2c)
}

/// The log line of an APDU; a command with a secret without its data, PUT DATA (which may write a
/// key) with its beginning only.
fn line(command: &[u8], answer: &[u8]) -> String {
    let status = hex::encode(&answer[answer.len().saturating_sub(2)..]);
    match command {
        [_, instruction, _, _, _, _, ..] if is_secret(*instruction) => {
            format!("{}… -> {status}", hex::encode(&command[..4]))
        }
        [_, 0xdb, ..] => format!("{} and on -> {status}", hex::encode(&command[..command.len().min(10)])),
        _ => format!("{} -> {status}", hex::encode(command)),
    }
}

/// The next message; `None` when the reader closed the connection between two.
fn receive(wire: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 2];
    match wire.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        result => result?,
    }
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    wire.read_exact(&mut message)?;
    Ok(Some(message))
}

fn send(wire: &mut TcpStream, message: &[u8]) -> io::Result<()> {
    let length = u16::try_from(message.len()).map_err(io::Error::other)?;
    wire.write_all(&[&length.to_be_bytes()[..], message].concat())
}
