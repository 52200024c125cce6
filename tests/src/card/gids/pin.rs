//! The PIN of a GIDS card: 4 to 16 bytes without padding, and its counter.

use super::super::chip::status;
use super::super::tlv;

/// Tries, as on the bank's cards.
const TRIES: u8 = 5;
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=16;

/// The PIN; empty until it is set.
pub(super) struct Pin {
    value: Vec<u8>,
    left: u8,
}

impl Pin {
    pub fn new(pin: &str) -> Self {
        Self { value: pin.as_bytes().to_vec(), left: TRIES }
    }

    pub fn is_set(&self) -> bool {
        !self.value.is_empty()
    }

    pub fn length(&self) -> usize {
        self.value.len()
    }

    pub fn left(&self) -> u8 {
        self.left
    }

    /// Tries left 97 and in all 93.
    pub fn status(&self, name: &[u8]) -> Vec<u8> {
        tlv::object(name, &[tlv::object(&[0x97], &[self.left]), tlv::object(&[0x93], &[TRIES])].concat())
    }

    /// Counts first, compares then. What cannot be a PIN by its length costs nothing; the last wrong
    /// try answers 63C0 and only those after it 6983, as the GidsApplet does.
    pub fn check(&mut self, typed: &[u8]) -> Result<(), u16> {
        if self.left == 0 {
            return Err(status::BLOCKED);
        }
        if !LENGTHS.contains(&typed.len()) {
            return Err(status::tries(self.left));
        }
        self.left -= 1;
        if !self.is_set() || self.value != typed {
            return Err(status::tries(self.left));
        }
        self.left = TRIES;
        Ok(())
    }

    /// A new PIN with a full counter.
    pub fn set(&mut self, new: &[u8]) -> Result<(), u16> {
        if !LENGTHS.contains(&new.len()) {
            return Err(status::WRONG_LENGTH);
        }
        *self = Self { value: new.to_vec(), left: TRIES };
        Ok(())
    }
}
