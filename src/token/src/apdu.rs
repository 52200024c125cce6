//! Commands and answers of ISO 7816-4 over any transport: short APDUs, command chaining, GET
//! RESPONSE after 61xx, a corrected length after 6Cxx. Buffers are wiped; loops are bounded.

use zeroize::Zeroizing;

use crate::{Result, TokenError};

/// Most data bytes of a short command.
const SHORT_DATA: usize = 255;
/// Most rounds of GET RESPONSE for one command; the largest object of a PIV card needs about 16.
const MAX_ROUNDS: usize = 64;

/// Something that carries bytes to the card and back.
pub(crate) trait Transport {
    /// Sends one APDU and returns the whole answer, status word included.
    ///
    /// # Errors
    /// What broke the connection.
    fn transmit(&mut self, apdu: &[u8]) -> Result<Zeroizing<Vec<u8>>>;
}

/// A status word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct StatusWord(pub u16);

impl StatusWord {
    pub const OK: Self = Self(0x9000);
    pub const BLOCKED: Self = Self(0x6983);
    pub const NOT_FOUND: Self = Self(0x6a82);

    /// Tries left of a 63Cx answer.
    pub fn tries_left(self) -> Option<u8> {
        (self.0 & 0xfff0 == 0x63c0).then_some(self.low() & 0x0f)
    }

    fn high(self) -> u8 {
        self.0.to_be_bytes()[0]
    }

    fn low(self) -> u8 {
        self.0.to_be_bytes()[1]
    }
}

/// A command of any data length.
#[derive(Clone, Copy)]
pub(crate) struct Command<'a> {
    pub ins: u8,
    pub p1: u8,
    pub p2: u8,
    pub data: &'a [u8],
    /// Whether an answer with data is expected (Le = 256).
    pub answer: bool,
}

/// The data and status word of an answer.
pub(crate) struct Answer {
    pub data: Zeroizing<Vec<u8>>,
    pub status: StatusWord,
}

/// Sends one logical command and collects its whole answer. The command may be repeated (6Cxx), so
/// never send a PIN with this: see [`send_once`].
pub(crate) fn send(card: &mut dyn Transport, command: Command<'_>) -> Result<Answer> {
    let mut chunks = command.data.chunks(SHORT_DATA).peekable();
    let mut last: &[u8] = &[];
    while let Some(chunk) = chunks.next() {
        if chunks.peek().is_none() {
            last = chunk;
            break;
        }
        let answer =
            split(card.transmit(&encode(0x10, &Command { data: chunk, answer: false, ..command }, 0))?)?;
        if answer.status != StatusWord::OK {
            return Ok(answer);
        }
    }
    let command = Command { data: last, ..command };
    let mut answer = split(card.transmit(&encode(0, &command, 0))?)?;
    if answer.status.high() == 0x6c && command.answer {
        answer = split(card.transmit(&encode(0, &command, answer.status.low()))?)?;
    }
    collect(card, answer)
}

/// Sends a short command exactly once and takes the status as it comes.
pub(crate) fn send_once(card: &mut dyn Transport, command: Command<'_>) -> Result<StatusWord> {
    Ok(split(card.transmit(&encode(0, &command, 0))?)?.status)
}

/// Follows 61xx with GET RESPONSE until the answer is whole.
fn collect(card: &mut dyn Transport, first: Answer) -> Result<Answer> {
    let mut whole = first;
    for _ in 0..MAX_ROUNDS {
        if whole.status.high() != 0x61 {
            return Ok(whole);
        }
        let next = split(card.transmit(&[0, 0xc0, 0, 0, whole.status.low()])?)?;
        whole.data.extend_from_slice(&next.data);
        whole.status = next.status;
    }
    Err(TokenError::CardAnswer("an answer without end"))
}

fn encode(class: u8, command: &Command<'_>, le: u8) -> Zeroizing<Vec<u8>> {
    let mut apdu = Zeroizing::new(Vec::with_capacity(6 + command.data.len()));
    apdu.extend_from_slice(&[class, command.ins, command.p1, command.p2]);
    if let Ok(length @ 1..) = u8::try_from(command.data.len()) {
        apdu.push(length);
        apdu.extend_from_slice(command.data);
    }
    if command.answer {
        apdu.push(le);
    }
    apdu
}

fn split(mut answer: Zeroizing<Vec<u8>>) -> Result<Answer> {
    let &[.., high, low] = answer.as_slice() else {
        return Err(TokenError::CardAnswer("shorter than a status word"));
    };
    let length = answer.len() - 2;
    answer.truncate(length);
    Ok(Answer { data: answer, status: StatusWord(u16::from_be_bytes([high, low])) })
}
