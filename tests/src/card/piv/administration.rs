//! What the holder of the management key does: authenticate (SP 800-73-4 part 2, A.1 and A.2), make
//! keys, write objects, and, as on YubiKeys since 5.7, move keys between slots.

use signature::PrivateKey;

use super::super::apdu::Command;
use super::super::chip::{Reply, status};
use super::super::{cipher, public_key, tlv};
use super::{Key, Piv, SIGNING};

/// How far the administrator has come.
#[derive(Default)]
pub(super) enum Administrator {
    #[default]
    Unknown,
    /// The card encrypted this witness and waits for it in the clear.
    Witness(Vec<u8>),
    /// The card gave this challenge and waits for it encrypted.
    Challenge(Vec<u8>),
    Authenticated,
}

impl Piv {
    /// GENERAL AUTHENTICATE with the management key: mutual (witness 80, then witness and
    /// challenge) or external (challenge 81, then response 82).
    pub(super) fn authenticate_administrator(&mut self, algorithm: u8, data: &[u8]) -> Reply {
        let key = self.management.as_ref().ok_or(status::WRONG_REFERENCE)?;
        if algorithm != key.algorithm() {
            return Err(status::WRONG_DATA);
        }
        let key = key.cipher();
        let template = tlv::value(data, 0x7c).ok_or(status::WRONG_DATA)?;
        let part = |tag| tlv::value(template, tag);
        let state = std::mem::take(&mut self.session.administrator);
        let (next, tag, answer) = match (state, part(0x80), part(0x81), part(0x82)) {
            (_, Some([]), _, _) => {
                let witness = cipher::random(key.block_len());
                let secret = key.encrypt(&witness);
                (Administrator::Witness(witness), 0x80, secret)
            }
            (_, None, Some([]), _) => {
                let challenge = cipher::random(key.block_len());
                (Administrator::Challenge(challenge.clone()), 0x81, challenge)
            }
            (Administrator::Witness(witness), Some(typed), Some(challenge), _)
                if challenge.len() == key.block_len() =>
            {
                if typed != witness {
                    return Err(status::NOT_ALLOWED);
                }
                (Administrator::Authenticated, 0x82, key.encrypt(challenge))
            }
            (Administrator::Challenge(challenge), _, _, Some(response)) => {
                if response != key.encrypt(&challenge) {
                    return Err(status::NOT_ALLOWED);
                }
                self.session.administrator = Administrator::Authenticated;
                return Ok(vec![]);
            }
            _ => return Err(status::WRONG_DATA),
        };
        self.session.administrator = next;
        Ok(tlv::object(&[0x7c], &tlv::object(&[tag], &answer)))
    }

    /// The commands that only cards with a management key have.
    pub(super) fn administer(&mut self, command: &Command<'_>, data: &[u8]) -> Reply {
        match (command.ins, command.p1, command.p2) {
            (0xfd, 0x00, 0x00) => return Self::version(),
            (0xf8, 0x00, 0x00) => return self.serial(),
            (0x47 | 0xdb | 0xf6, _, _) => {}
            _ => return Err(status::UNKNOWN_COMMAND),
        }
        if !matches!(self.session.administrator, Administrator::Authenticated) {
            return Err(status::NOT_ALLOWED);
        }
        match (command.ins, command.p1, command.p2) {
            (0x47, 0x00, slot) => self.generate(slot, data),
            (0xdb, 0x3f, 0xff) => self.put_data(data),
            (0xf6, to, from) => self.move_key(to, from),
            _ => Err(status::WRONG_DATA),
        }
    }

    /// GENERATE ASYMMETRIC KEY PAIR: algorithm 80, PIN policy AA (02 once, 03 always; without it
    /// only slot 9C is PIN-always).
    fn generate(&mut self, slot: u8, data: &[u8]) -> Reply {
        if !is_key_slot(slot) {
            return Err(status::WRONG_REFERENCE);
        }
        let control = tlv::value(data, 0xac).ok_or(status::WRONG_DATA)?;
        let pin_always = match tlv::value(control, 0xaa) {
            None | Some([0]) => slot == SIGNING,
            Some([2]) => false,
            Some([3]) => true,
            Some(_) => return Err(status::WRONG_DATA),
        };
        let private = match tlv::value(control, 0x80) {
            Some([0x07]) => PrivateKey::generate_rsa().map_err(|_| status::WRONG_DATA)?,
            Some([0x11]) => PrivateKey::generate_p256(),
            _ => return Err(status::WRONG_DATA),
        };
        let answer = public_key::template(&private);
        self.keys.insert(slot, Key { private, pin_always, generated: true });
        Ok(answer)
    }

    /// PUT DATA: name 5C and contents 53; empty contents delete the object.
    fn put_data(&mut self, data: &[u8]) -> Reply {
        match tlv::objects(data)[..] {
            [(0x5c, name @ [0x5f, _, _]), (0x53, [])] => {
                self.objects.remove(name);
            }
            [(0x5c, name @ [0x5f, _, _]), (0x53, contents)] => {
                self.objects.insert(name.to_vec(), tlv::object(&[0x53], contents));
            }
            _ => return Err(status::WRONG_DATA),
        }
        Ok(vec![])
    }

    /// MOVE KEY: with its policies, over whatever is in the target; the target FF deletes.
    fn move_key(&mut self, to: u8, from: u8) -> Reply {
        if to != 0xff && !is_key_slot(to) {
            return Err(status::WRONG_REFERENCE);
        }
        let key = self.keys.remove(&from).ok_or(status::WRONG_REFERENCE)?;
        if to != 0xff {
            self.keys.insert(to, key);
        }
        Ok(vec![])
    }
}

/// The slots of the standard and the twenty for retired keys.
fn is_key_slot(slot: u8) -> bool {
    matches!(slot, 0x9a | 0x9c | 0x9d | 0x9e | 0x82..=0x95)
}
