//! The PIV application of the card: its state and its commands (NIST SP 800-73-4 part 2).

use signature::{Certificate, KeyAlgorithm, PrivateKey};

use super::apdu::{self, Command};
use super::{objects, tlv};

/// Tries of PIN and PUK, as on the bank's cards.
const TRIES: u8 = 5;
/// Longest chained command.
const MAX_CHAIN: usize = 4096;

const OK: u16 = 0x9000;
const WRONG_LENGTH: u16 = 0x6700;
const NOT_ALLOWED: u16 = 0x6982;
const BLOCKED: u16 = 0x6983;
const NO_APPLICATION: u16 = 0x6985;
const WRONG_DATA: u16 = 0x6a80;
const NOT_FOUND: u16 = 0x6a82;
const WRONG_REFERENCE: u16 = 0x6a88;
const UNKNOWN_COMMAND: u16 = 0x6d00;

/// PIN or PUK: 8 bytes, padded with FF, and its counter.
struct Secret {
    value: [u8; 8],
    left: u8,
}

/// The application with everything that a card keeps and everything that a reset clears.
pub(super) struct Applet {
    keys: [(u8, PrivateKey); 2],
    objects: Vec<(Vec<u8>, Vec<u8>)>,
    pin: Secret,
    puk: Secret,
    session: Session,
}

/// What a reset clears.
#[derive(Default)]
struct Session {
    selected: bool,
    verified: bool,
    /// The last command was a good VERIFY: what the PIN-always key 9C wants.
    just_verified: bool,
    /// Data of the chained command so far, and which command it is.
    chain: Vec<u8>,
    chain_header: Option<(u8, u8, u8)>,
    answer: Vec<u8>,
}

impl Applet {
    pub fn new(
        login: (PrivateKey, Certificate),
        signing: (PrivateKey, Certificate),
        pin: &str,
        puk: &str,
        csn: [u8; 16],
    ) -> Self {
        Self {
            objects: objects::all(csn, &login.1, &signing.1),
            keys: [(0x9a, login.0), (0x9c, signing.0)],
            pin: Secret::new(pin),
            puk: Secret::new(puk),
            session: Session::default(),
        }
    }

    pub fn reset(&mut self) {
        self.session = Session::default();
    }

    pub fn tries_left(&self) -> u8 {
        self.pin.left
    }

    /// Executes one APDU and returns the answer with its status word.
    pub fn execute(&mut self, bytes: &[u8]) -> Vec<u8> {
        let Some(command) = apdu::parse(bytes) else { return status(WRONG_LENGTH) };
        if command.ins == 0xc0 {
            return self.next_part(command.le);
        }
        self.session.answer.clear();
        let header = (command.ins, command.p1, command.p2);
        if self.session.chain_header.replace(header) != Some(header) {
            self.session.chain.clear();
        }
        if self.session.chain.len() + command.data.len() > MAX_CHAIN {
            self.session.chain.clear();
            return status(WRONG_LENGTH);
        }
        self.session.chain.extend_from_slice(command.data);
        if command.chained {
            return status(OK);
        }
        self.session.chain_header = None;
        let data = std::mem::take(&mut self.session.chain);
        let just_verified = std::mem::take(&mut self.session.just_verified);
        match self.dispatch(&command, &data, just_verified) {
            Ok(answer) => {
                self.session.answer = answer;
                self.next_part(command.le)
            }
            Err(refusal) => status(refusal),
        }
    }

    /// As much of the waiting answer as the reader takes; 61xx tells that more waits.
    fn next_part(&mut self, le: usize) -> Vec<u8> {
        let length = le.min(self.session.answer.len());
        let mut part: Vec<u8> = self.session.answer.drain(..length).collect();
        part.extend(match self.session.answer.len() {
            0 => status(OK),
            rest => vec![0x61, u8::try_from(rest).unwrap_or(0)],
        });
        part
    }

    fn dispatch(&mut self, command: &Command<'_>, data: &[u8], just_verified: bool) -> Result<Vec<u8>, u16> {
        if (command.ins, command.p1) == (0xa4, 0x04) {
            return self.select(data);
        }
        if !self.session.selected {
            return Err(NO_APPLICATION);
        }
        match (command.ins, command.p1, command.p2) {
            (0x20, 0x00, 0x80) if data.is_empty() => self.pin_state(),
            (0x20, 0x00, 0x80) => self.verify(data),
            (0x20, 0xff, 0x80) if data.is_empty() => {
                self.session.verified = false;
                Ok(vec![])
            }
            (0x20 | 0x24 | 0x2c, _, reference) if !matches!(reference, 0x80 | 0x81) => Err(WRONG_REFERENCE),
            (0x24, 0x00, 0x80) => replace(&mut self.pin, None, data),
            (0x24, 0x00, 0x81) => replace(&mut self.puk, None, data),
            (0x2c, 0x00, 0x80) => replace(&mut self.puk, Some(&mut self.pin), data),
            (0xcb, 0x3f, 0xff) => self.get_data(data),
            (0xf7, 0x00, 0x80) => Ok(tlv::object(&[0x06], &[TRIES, self.pin.left])),
            (0x87, algorithm, slot) => self.authenticate(algorithm, slot, data, just_verified),
            _ => Err(UNKNOWN_COMMAND),
        }
    }

    /// SELECT by the whole identifier or a truncated one (ISO 7816-4, 8.2.1.2).
    fn select(&mut self, data: &[u8]) -> Result<Vec<u8>, u16> {
        if data.len() < 5 || !objects::AID.starts_with(data) {
            return Err(NOT_FOUND);
        }
        self.session = Session { selected: true, ..Session::default() };
        Ok(objects::property_template())
    }

    fn pin_state(&self) -> Result<Vec<u8>, u16> {
        match (self.pin.left, self.session.verified) {
            (0, _) => Err(BLOCKED),
            (_, true) => Ok(vec![]),
            (left, false) => Err(0x63c0 | u16::from(left)),
        }
    }

    fn verify(&mut self, data: &[u8]) -> Result<Vec<u8>, u16> {
        let typed = data.try_into().map_err(|_| WRONG_DATA)?;
        self.session.verified = false;
        self.pin.check(typed)?;
        self.session.verified = true;
        self.session.just_verified = true;
        Ok(vec![])
    }

    fn get_data(&self, data: &[u8]) -> Result<Vec<u8>, u16> {
        let name = tlv::value(data, 0x5c).ok_or(WRONG_DATA)?;
        self.objects
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, object)| object.clone())
            .ok_or(NOT_FOUND)
    }

    fn authenticate(
        &self,
        algorithm: u8,
        slot: u8,
        data: &[u8],
        just_verified: bool,
    ) -> Result<Vec<u8>, u16> {
        let (_, key) = self.keys.iter().find(|(found, _)| *found == slot).ok_or(WRONG_REFERENCE)?;
        if !self.session.verified || (slot == 0x9c && !just_verified) {
            return Err(NOT_ALLOWED);
        }
        let block =
            tlv::value(data, 0x7c).and_then(|template| tlv::value(template, 0x81)).ok_or(WRONG_DATA)?;
        let signature = match (key.algorithm(), algorithm) {
            (KeyAlgorithm::Rsa { modulus_len: 256 }, 0x07) => {
                key.rsa_private_operation(block).map_err(|_| WRONG_DATA)?.to_vec()
            }
            (KeyAlgorithm::P256, 0x11) => {
                let digest = block.try_into().map_err(|_| WRONG_DATA)?;
                key.sign_digest(digest).map_err(|_| WRONG_DATA)?
            }
            _ => return Err(WRONG_DATA),
        };
        Ok(tlv::object(&[0x7c], &tlv::object(&[0x82], &signature)))
    }
}

impl Secret {
    fn new(digits: &str) -> Self {
        let mut value = [0xff; 8];
        for (place, digit) in value.iter_mut().zip(digits.bytes()) {
            *place = digit;
        }
        Self { value, left: TRIES }
    }

    /// Counts first, compares then, as cards do against power cuts.
    fn check(&mut self, typed: [u8; 8]) -> Result<(), u16> {
        if self.left == 0 {
            return Err(BLOCKED);
        }
        self.left -= 1;
        if self.value != typed {
            return Err(if self.left == 0 { BLOCKED } else { 0x63c0 | u16::from(self.left) });
        }
        self.left = TRIES;
        Ok(())
    }
}

/// CHANGE REFERENCE DATA (`target` is the proof itself) and RESET RETRY COUNTER: the first half of
/// the data proves, the second becomes the new value and frees the counter.
fn replace(proof: &mut Secret, target: Option<&mut Secret>, data: &[u8]) -> Result<Vec<u8>, u16> {
    let (typed, new) = data.split_at_checked(8).ok_or(WRONG_DATA)?;
    let (typed, value) = (typed.try_into().map_err(|_| WRONG_DATA)?, new.try_into().map_err(|_| WRONG_DATA)?);
    proof.check(typed)?;
    *target.unwrap_or(proof) = Secret { value, left: TRIES };
    Ok(vec![])
}

fn status(word: u16) -> Vec<u8> {
    word.to_be_bytes().to_vec()
}
