//! The PIV application of the card: its state and the commands of NIST SP 800-73-4 part 2 that a
//! holder uses. What YubiKeys add is in [`metadata`], what an administrator does in
//! [`administration`].

mod administration;
mod metadata;
mod objects;
mod secret;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use signature::{Certificate, KeyAlgorithm, PrivateKey};

use super::apdu::Command;
use super::builder::ManagementKey;
use super::chip::{Application, Counters, Reply, status};
use super::tlv;
use administration::Administrator;
use secret::{Secret, replace};

/// Slot of the login key (PIV authentication).
const LOGIN: u8 = 0x9a;
/// Slot of the signing key (digital signature).
const SIGNING: u8 = 0x9c;
/// Slot name of the management key.
const MANAGEMENT: u8 = 0x9b;

/// What the card is made of.
pub(super) struct Plan {
    pub login: (PrivateKey, Certificate),
    pub signing: (PrivateKey, Certificate),
    pub pin: String,
    pub puk: String,
    pub csn: [u8; 16],
    /// The PIN is a transport PIN.
    pub new_card: bool,
    /// Has a management key and the commands for new keys.
    pub management: Option<ManagementKey>,
    /// Knows nothing beyond the standard.
    pub plain: bool,
}

/// The application with everything that a card keeps and everything that a reset clears.
pub(super) struct Piv {
    keys: BTreeMap<u8, Key>,
    objects: BTreeMap<Vec<u8>, Vec<u8>>,
    pin: Secret,
    puk: Secret,
    csn: [u8; 16],
    management: Option<ManagementKey>,
    plain: bool,
    session: Session,
}

/// A private key in a slot.
struct Key {
    private: PrivateKey,
    /// Wants the PIN right before each use.
    pin_always: bool,
    /// Was made on the card.
    generated: bool,
}

/// What a reset clears.
#[derive(Default)]
struct Session {
    selected: bool,
    verified: bool,
    /// The last command was a good VERIFY: what a PIN-always key wants.
    just_verified: bool,
    administrator: Administrator,
}

impl Piv {
    pub fn new(plan: Plan) -> Self {
        let mut objects = objects::all(plan.csn, &plan.login.1, &plan.signing.1);
        if let Some(key) = &plan.management {
            objects.extend(objects::management(key.bytes()));
        }
        let imported = |private, pin_always| Key { private, pin_always, generated: false };
        Self {
            keys: [(LOGIN, imported(plan.login.0, false)), (SIGNING, imported(plan.signing.0, true))].into(),
            objects,
            pin: Secret::new(&plan.pin, plan.new_card),
            puk: Secret::new(&plan.puk, false),
            csn: plan.csn,
            management: plan.management,
            plain: plan.plain,
            session: Session::default(),
        }
    }

    /// SELECT by the whole identifier or a truncated one (ISO 7816-4, 8.2.1.2).
    fn select(&mut self, data: &[u8]) -> Reply {
        if data.len() < 5 || !objects::AID.starts_with(data) {
            return Err(status::NOT_FOUND);
        }
        self.session = Session { selected: true, ..Session::default() };
        Ok(objects::property_template())
    }

    fn pin_state(&self) -> Reply {
        match (self.pin.left(), self.session.verified) {
            (0, _) => Err(status::BLOCKED),
            (_, true) => Ok(vec![]),
            (left, false) => Err(status::tries(left)),
        }
    }

    fn verify(&mut self, data: &[u8]) -> Reply {
        let typed = data.try_into().map_err(|_| status::WRONG_DATA)?;
        self.session.verified = false;
        self.pin.check(typed)?;
        self.session.verified = true;
        self.session.just_verified = true;
        Ok(vec![])
    }

    fn get_data(&self, data: &[u8]) -> Reply {
        let name = tlv::value(data, 0x5c).ok_or(status::WRONG_DATA)?;
        if objects::wants_pin(name) && !self.session.verified {
            return Err(status::NOT_ALLOWED);
        }
        self.objects.get(name).cloned().ok_or(status::NOT_FOUND)
    }

    /// GENERAL AUTHENTICATE with a private key: a signature.
    fn sign(&self, algorithm: u8, slot: u8, data: &[u8], just_verified: bool) -> Reply {
        let key = self.keys.get(&slot).ok_or(status::WRONG_REFERENCE)?;
        if !self.session.verified || (key.pin_always && !just_verified) {
            return Err(status::NOT_ALLOWED);
        }
        let block = tlv::value(data, 0x7c)
            .and_then(|template| tlv::value(template, 0x81))
            .ok_or(status::WRONG_DATA)?;
        let signature = match (key.private.algorithm(), algorithm) {
            (KeyAlgorithm::Rsa { modulus_len: 256 }, 0x07) => {
                key.private.rsa_private_operation(block).map_err(|_| status::WRONG_DATA)?.to_vec()
            }
            (KeyAlgorithm::P256, 0x11) => {
                let digest = block.try_into().map_err(|_| status::WRONG_DATA)?;
                key.private.sign_digest(digest).map_err(|_| status::WRONG_DATA)?
            }
            _ => return Err(status::WRONG_DATA),
        };
        Ok(tlv::object(&[0x7c], &tlv::object(&[0x82], &signature)))
    }
}

impl Application for Piv {
    fn reset(&mut self) {
        self.session = Session::default();
    }

    fn run(&mut self, command: &Command<'_>, data: &[u8]) -> Reply {
        let just_verified = std::mem::take(&mut self.session.just_verified);
        if (command.ins, command.p1) == (0xa4, 0x04) {
            return self.select(data);
        }
        if !self.session.selected {
            return Err(status::CONDITIONS);
        }
        match (command.ins, command.p1, command.p2) {
            (0x20, 0x00, 0x80) if data.is_empty() => self.pin_state(),
            (0x20, 0x00, 0x80) => self.verify(data),
            (0x20, 0xff, 0x80) if data.is_empty() => {
                self.session.verified = false;
                Ok(vec![])
            }
            (0x20 | 0x24 | 0x2c, _, reference) if !matches!(reference, 0x80 | 0x81) => {
                Err(status::WRONG_REFERENCE)
            }
            (0x24, 0x00, 0x80) => replace(&mut self.pin, None, data),
            (0x24, 0x00, 0x81) => replace(&mut self.puk, None, data),
            (0x2c, 0x00, 0x80) => replace(&mut self.puk, Some(&mut self.pin), data),
            (0xcb, 0x3f, 0xff) => self.get_data(data),
            (0xf7, 0x00, reference) if !self.plain => self.metadata(reference),
            (0x87, algorithm, MANAGEMENT) if self.management.is_some() => {
                self.authenticate_administrator(algorithm, data)
            }
            (0x87, algorithm, slot) => self.sign(algorithm, slot, data, just_verified),
            _ if self.management.is_some() => self.administer(command, data),
            _ => Err(status::UNKNOWN_COMMAND),
        }
    }

    fn counters(&self) -> Counters {
        Counters { pin: self.pin.left(), puk: Some(self.puk.left()), admin: None }
    }
}
