//! PIN and PUK of a PIV card: 8 bytes padded with FF, with a counter of tries.

use super::super::chip::status;

/// Tries of PIN and PUK, as on the bank's cards.
pub(super) const TRIES: u8 = 5;

/// A PIN or PUK.
pub(super) struct Secret {
    value: [u8; 8],
    left: u8,
    /// Nobody has changed it since the card was made.
    transport: bool,
}

impl Secret {
    pub fn new(digits: &str, transport: bool) -> Self {
        let mut value = [0xff; 8];
        for (place, digit) in value.iter_mut().zip(digits.bytes()) {
            *place = digit;
        }
        Self { value, left: TRIES, transport }
    }

    pub fn left(&self) -> u8 {
        self.left
    }

    /// Whether it is still the one that the card was delivered with and that is to be changed.
    pub fn is_transport(&self) -> bool {
        self.transport
    }

    /// Counts first, compares then, as cards do against power cuts.
    pub fn check(&mut self, typed: [u8; 8]) -> Result<(), u16> {
        if self.left == 0 {
            return Err(status::BLOCKED);
        }
        self.left -= 1;
        if self.value != typed {
            return Err(if self.left == 0 { status::BLOCKED } else { status::tries(self.left) });
        }
        self.left = TRIES;
        Ok(())
    }
}

/// CHANGE REFERENCE DATA (`target` is the proof itself) and RESET RETRY COUNTER: the first half of
/// the data proves, the second becomes the new value and frees the counter.
pub(super) fn replace(proof: &mut Secret, target: Option<&mut Secret>, data: &[u8]) -> Result<Vec<u8>, u16> {
    let (typed, new) = data.split_at_checked(8).ok_or(status::WRONG_DATA)?;
    let typed = typed.try_into().map_err(|_| status::WRONG_DATA)?;
    let value = new.try_into().map_err(|_| status::WRONG_DATA)?;
    proof.check(typed)?;
    *target.unwrap_or(proof) = Secret { value, left: TRIES, transport: false };
    Ok(vec![])
}
