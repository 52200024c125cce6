//! The administrator of a GIDS card: authentication by challenge and code with a triple DES key, and
//! the unblocking that it opens. Wrong codes are counted, and the last one ends the card's
//! administration for good.

use super::super::chip::{Reply, status};
use super::super::cipher::{self, BlockKey};
use super::super::tlv;
use super::Gids;

/// Reference of the administrator's key.
const REFERENCE: u8 = 0x80;
/// Tries of the code.
const TRIES: u8 = 5;
/// Length of a challenge that a person dictates, and of one between machines.
const EXTERNAL: usize = 8;
const MUTUAL: usize = 16;
/// Each side's part of the session key, with its padding byte.
const SECRET: usize = 8;
const PADDING: u8 = 0x80;

/// The key and its counter.
pub(super) struct Admin {
    key: BlockKey,
    left: u8,
}

/// What the session knows of the administrator.
#[derive(Default)]
pub(super) struct State {
    key_chosen: bool,
    challenge: Option<Challenge>,
    authenticated: bool,
}

/// A challenge that waits for its answer.
pub(super) struct Challenge {
    card: Vec<u8>,
    /// The other side's challenge, in mutual authentication.
    host: Option<Vec<u8>>,
}

impl State {
    pub fn take_challenge(&mut self) -> Option<Challenge> {
        self.challenge.take()
    }

    pub fn is_authenticated(&self) -> bool {
        self.authenticated
    }
}

impl Admin {
    pub fn new(key: &[u8; 24]) -> Self {
        Self { key: BlockKey::tdes(key), left: TRIES }
    }

    pub fn left(&self) -> u8 {
        self.left
    }

    /// The answer to a right code, which frees the counter. In mutual authentication the code
    /// holds both challenges and half a session key, and the answer the same the other way round.
    fn check(&mut self, challenge: &Challenge, code: &[u8]) -> Reply {
        self.left -= 1;
        let answer = match &challenge.host {
            None if code == self.key.encrypt(&challenge.card) => vec![],
            Some(host) if code.len() == 2 * MUTUAL + SECRET => {
                let plain = self.key.decrypt_cbc(code);
                let both = [&challenge.card[..], host].concat();
                if plain[..2 * MUTUAL] != both || plain.last() != Some(&PADDING) {
                    return Err(status::NOT_ALLOWED);
                }
                let mut mine = [&host[..], &challenge.card, &cipher::random(SECRET - 1)].concat();
                mine.push(PADDING);
                tlv::object(&[0x7c], &tlv::object(&[0x82], &self.key.encrypt_cbc(&mine)))
            }
            _ => return Err(status::NOT_ALLOWED),
        };
        self.left = TRIES;
        Ok(answer)
    }
}

impl Gids {
    /// MANAGE SECURITY ENVIRONMENT for external (81) or mutual (C1) authentication.
    pub(super) fn choose_admin_key(&mut self, data: &[u8]) -> Reply {
        if tlv::value(data, 0x83) != Some(&[REFERENCE]) {
            return Err(status::WRONG_DATA);
        }
        self.session.admin.key_chosen = true;
        Ok(vec![])
    }

    /// GENERAL AUTHENTICATE: 81 asks for a challenge (with the other side's own 16 bytes for mutual
    /// authentication), 82 answers the one of the command before.
    pub(super) fn authenticate_admin(&mut self, challenge: Option<Challenge>, data: &[u8]) -> Reply {
        let template = tlv::value(data, 0x7c).ok_or(status::WRONG_DATA)?;
        if !self.session.admin.key_chosen {
            return Err(status::CONDITIONS);
        }
        if self.admin.left == 0 {
            return Err(status::BLOCKED);
        }
        match (tlv::value(template, 0x81), tlv::value(template, 0x82)) {
            (Some(host), None) => {
                let host = match host.len() {
                    0 => None,
                    MUTUAL => Some(host.to_vec()),
                    _ => return Err(status::WRONG_DATA),
                };
                let card = cipher::random(if host.is_some() { MUTUAL } else { EXTERNAL });
                let answer = tlv::object(&[0x7c], &tlv::object(&[0x81], &card));
                self.session.admin.challenge = Some(Challenge { card, host });
                self.session.admin.authenticated = false;
                Ok(answer)
            }
            (None, Some(code)) => {
                let challenge = challenge.ok_or(status::CONDITIONS)?;
                let answer = self.admin.check(&challenge, code)?;
                self.session.admin.authenticated = true;
                Ok(answer)
            }
            _ => Err(status::WRONG_DATA),
        }
    }

    /// RESET RETRY COUNTER by the administrator: a new PIN with a full counter, and everybody is
    /// logged out.
    pub(super) fn unblock(&mut self, new: &[u8]) -> Reply {
        if !self.administrator() {
            return Err(status::NOT_ALLOWED);
        }
        self.pin.set(new)?;
        self.log_out();
        Ok(vec![])
    }
}
