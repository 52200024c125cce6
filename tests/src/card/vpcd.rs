//! The wire between the card and vpcd: messages of a two-byte length and that many bytes. One byte
//! is a control message (0 power off, 1 power on, 2 reset, 4 give the ATR), anything longer an APDU.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};

use super::{Moment, Shared, Step, lock};

/// Answer to reset: T=1, extended APDUs and chaining in the capabilities (ISO 7816-4, 8.1.1.2.7).
const ATR: [u8; 11] = [0x3b, 0x95, 0x13, 0x81, 0x01, 0x80, 0x73, 0xff, 0x01, 0x00, 0x0b];

/// Serves the reader until it or the test lets go.
pub(super) fn serve(mut wire: TcpStream, shared: &Shared) -> io::Result<()> {
    lock(&shared.applet).reset();
    let mut number = 0;
    while let Some(message) = receive(&mut wire)? {
        match message[..] {
            [0..=2] => lock(&shared.applet).reset(),
            [4] => send(&mut wire, &ATR)?,
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
    let pulled_at = |moment| {
        let step = Step { number, instruction, has_data: command.len() > 5, moment };
        lock(&shared.pull).as_mut().is_some_and(|hook| hook(&step))
    };
    if pulled_at(Moment::Arrived) {
        return Ok(false);
    }
    let answer = lock(&shared.applet).execute(command);
    lock(&shared.log).push(line(command, &answer));
    if pulled_at(Moment::Executed) {
        return Ok(false);
    }
    send(wire, &answer)?;
    Ok(!pulled_at(Moment::Answered))
}

/// The log line of an APDU; VERIFY, CHANGE REFERENCE DATA and RESET RETRY COUNTER without their data.
fn line(command: &[u8], answer: &[u8]) -> String {
    let status = hex::encode(&answer[answer.len().saturating_sub(2)..]);
    match command {
        [_, 0x20 | 0x24 | 0x2c, _, _, _, ..] => format!("{}… -> {status}", hex::encode(&command[..4])),
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
