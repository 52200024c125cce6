//! What is common to all applications of the card: taking commands apart, putting chained ones
//! together, handing out long answers in parts (ISO 7816-4, 5.3.3 and 5.3.4).

use super::apdu::{self, Command};

/// Longest chained command.
const MAX_CHAIN: usize = 4096;

/// Status words (ISO 7816-4, 5.6).
pub(super) mod status {
    pub const OK: u16 = 0x9000;
    pub const WRONG_LENGTH: u16 = 0x6700;
    pub const NOT_ALLOWED: u16 = 0x6982;
    pub const BLOCKED: u16 = 0x6983;
    pub const CONDITIONS: u16 = 0x6985;
    pub const NO_COMMAND_NOW: u16 = 0x6986;
    pub const WRONG_DATA: u16 = 0x6a80;
    pub const NOT_FOUND: u16 = 0x6a82;
    pub const WRONG_REFERENCE: u16 = 0x6a88;
    pub const UNKNOWN_COMMAND: u16 = 0x6d00;

    /// 63Cx: wrong, and this many tries are left.
    pub fn tries(left: u8) -> u16 {
        0x63c0 | u16::from(left)
    }
}

/// Answer of a command, or the status word that refuses it.
pub(super) type Reply = Result<Vec<u8>, u16>;

/// Tries left; `None` for a secret that the application does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counters {
    pub pin: u8,
    pub puk: Option<u8>,
    pub admin: Option<u8>,
}

/// An application on the card.
pub(super) trait Application: Send {
    /// Forgets what a reset clears.
    fn reset(&mut self);

    /// Executes a whole command; `data` is the data of all its parts.
    fn run(&mut self, command: &Command<'_>, data: &[u8]) -> Reply;

    /// Tries left.
    fn counters(&self) -> Counters;
}

/// The card's one application and the state of the conversation with it.
pub(super) struct Chip {
    application: Box<dyn Application>,
    /// Data of the chained command so far, and which command it is.
    chain: Vec<u8>,
    chain_header: Option<(u8, u8, u8)>,
    answer: Vec<u8>,
}

impl Chip {
    pub fn new(application: impl Application + 'static) -> Self {
        Self { application: Box::new(application), chain: vec![], chain_header: None, answer: vec![] }
    }

    pub fn reset(&mut self) {
        self.application.reset();
        self.chain.clear();
        self.chain_header = None;
        self.answer.clear();
    }

    pub fn counters(&self) -> Counters {
        self.application.counters()
    }

    /// Executes one APDU and returns the answer with its status word.
    pub fn execute(&mut self, bytes: &[u8]) -> Vec<u8> {
        let Some(command) = apdu::parse(bytes) else { return word(status::WRONG_LENGTH) };
        if command.ins == 0xc0 {
            return self.next_part(command.le);
        }
        self.answer.clear();
        let header = (command.ins, command.p1, command.p2);
        if self.chain_header.replace(header) != Some(header) {
            self.chain.clear();
        }
        if self.chain.len() + command.data.len() > MAX_CHAIN {
            self.chain.clear();
            return word(status::WRONG_LENGTH);
        }
        self.chain.extend_from_slice(command.data);
        if command.chained {
            return word(status::OK);
        }
        self.chain_header = None;
        let data = std::mem::take(&mut self.chain);
        match self.application.run(&command, &data) {
            Ok(answer) => {
                self.answer = answer;
                self.next_part(command.le)
            }
            Err(refusal) => word(refusal),
        }
    }

    /// As much of the waiting answer as the reader takes; 61xx tells that more waits.
    fn next_part(&mut self, le: usize) -> Vec<u8> {
        let length = le.min(self.answer.len());
        let mut part: Vec<u8> = self.answer.drain(..length).collect();
        part.extend(match self.answer.len() {
            0 => word(status::OK),
            rest => vec![0x61, u8::try_from(rest).unwrap_or(0)],
        });
        part
    }
}

/// A card that is neither a token nor anything that we know: it has no application for us.
pub(super) struct Foreign;

impl Application for Foreign {
    fn reset(&mut self) {}

    fn run(&mut self, command: &Command<'_>, _data: &[u8]) -> Reply {
        Err(if command.ins == 0xa4 { status::NOT_FOUND } else { status::UNKNOWN_COMMAND })
    }

    fn counters(&self) -> Counters {
        Counters::default()
    }
}

fn word(status: u16) -> Vec<u8> {
    status.to_be_bytes().to_vec()
}
