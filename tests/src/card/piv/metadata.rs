//! GET METADATA, GET VERSION and GET SERIAL as YubiKeys answer them (Yubico, "PIV commands").

use signature::KeyAlgorithm;

use super::super::chip::{Reply, status};
use super::super::{public_key, tlv};
use super::secret::{Secret, TRIES};
use super::{Key, MANAGEMENT, Piv};

/// Algorithm of a PIN or PUK in metadata: none.
const NO_ALGORITHM: u8 = 0xff;
/// The firmware that a card with a management key says it has: the first that moves keys.
const VERSION: [u8; 3] = [5, 7, 0];
/// PIN policies: once per session, or before each use.
const PIN_ONCE: u8 = 2;
const PIN_ALWAYS: u8 = 3;
/// Touch policy: never.
const NO_TOUCH: u8 = 1;

impl Piv {
    /// GET METADATA of PIN, PUK, management key or a slot.
    pub(super) fn metadata(&self, reference: u8) -> Reply {
        match (reference, &self.management, self.keys.get(&reference)) {
            (0x80, _, _) => Ok(secret(&self.pin)),
            (0x81, _, _) => Ok(secret(&self.puk)),
            (MANAGEMENT, Some(key), _) => Ok([
                tlv::object(&[0x01], &[key.algorithm()]),
                tlv::object(&[0x02], &[0, NO_TOUCH]),
                tlv::object(&[0x05], &[0]),
            ]
            .concat()),
            (_, _, Some(key)) => Ok(slot(key)),
            _ => Err(status::WRONG_REFERENCE),
        }
    }

    /// GET VERSION.
    pub(super) fn version() -> Reply {
        Ok(VERSION.to_vec())
    }

    /// GET SERIAL: the first four bytes of the card's serial number.
    pub(super) fn serial(&self) -> Reply {
        Ok(self.csn[..4].to_vec())
    }
}

fn secret(secret: &Secret) -> Vec<u8> {
    [
        tlv::object(&[0x01], &[NO_ALGORITHM]),
        tlv::object(&[0x05], &[u8::from(secret.is_transport())]),
        tlv::object(&[0x06], &[TRIES, secret.left()]),
    ]
    .concat()
}

fn slot(key: &Key) -> Vec<u8> {
    let algorithm = match key.private.algorithm() {
        KeyAlgorithm::Rsa { .. } => 0x07,
        KeyAlgorithm::P256 => 0x11,
    };
    let policy = if key.pin_always { PIN_ALWAYS } else { PIN_ONCE };
    [
        tlv::object(&[0x01], &[algorithm]),
        tlv::object(&[0x02], &[policy, NO_TOUCH]),
        tlv::object(&[0x03], &[if key.generated { 1 } else { 2 }]),
        tlv::object(&[0x04], &public_key::components(&key.private)),
    ]
    .concat()
}
