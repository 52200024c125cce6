//! The GIDS application of the card (Microsoft, "Generic Identity Device Specification" 2.0, and the
//! smart card minidriver specification for the files): selection, data, the person's PIN. The
//! administrator's part is in [`admin`], the files in [`files`], the keys in [`keys`].

mod admin;
mod files;
mod keys;
mod pin;
#[cfg(test)]
mod tests;

use signature::{Certificate, PrivateKey};

use super::apdu::Command;
use super::chip::{Application, Counters, Reply, status};
use super::tlv;
use admin::Admin;
use files::Files;
use keys::{Environment, KeyFile};
use pin::Pin;

/// Application identifier with its version.
const AID: [u8; 11] = [0xa0, 0x00, 0x00, 0x03, 0x97, 0x42, 0x54, 0x46, 0x59, 0x02, 0x01];
/// How much of it a truncated SELECT must bring.
const AID_WITHOUT_VERSION: usize = 9;
/// File identifier of the application itself.
const APPLICATION: [u8; 2] = [0x3f, 0xff];
/// Name of the PIN's status.
const PIN_STATUS: [u8; 2] = [0x7f, 0x71];

/// What a container's key is for, in the minidriver's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// AT_KEYEXCHANGE, certificate in `kxcNN`.
    KeyExchange,
    /// AT_SIGNATURE, certificate in `kscNN`.
    Signature,
}

/// A key with its certificate.
pub(super) struct Container {
    key: PrivateKey,
    certificate: Certificate,
    purpose: Purpose,
}

impl Container {
    pub fn new((key, certificate): (PrivateKey, Certificate), purpose: Purpose) -> Self {
        Self { key, certificate, purpose }
    }
}

/// The application with everything that a card keeps and everything that a reset clears.
pub(super) struct Gids {
    files: Files,
    keys: Vec<KeyFile>,
    pin: Pin,
    admin: Admin,
    /// Made, but not yet put into use: the person has set no PIN.
    initializing: bool,
    session: Session,
}

/// What a reset clears.
#[derive(Default)]
struct Session {
    selected: bool,
    /// The file that ACTIVATE FILE is about.
    current: Option<[u8; 2]>,
    verified: bool,
    admin: admin::State,
    environment: Option<Environment>,
}

impl Gids {
    /// A card in use, or without a PIN one that is in initialization mode.
    pub fn new(containers: [Container; 2], pin: Option<&str>, admin_key: &[u8; 24], csn: [u8; 16]) -> Self {
        Self {
            files: Files::new(&containers, csn),
            keys: (0x81..)
                .zip(containers)
                .map(|(reference, container)| KeyFile::new(reference, container))
                .collect(),
            pin: Pin::new(pin.unwrap_or_default()),
            admin: Admin::new(admin_key),
            initializing: pin.is_none(),
            session: Session::default(),
        }
    }

    fn select_application(&mut self, data: &[u8]) -> Reply {
        if data.len() < AID_WITHOUT_VERSION || !AID.starts_with(data) {
            return Err(status::NOT_FOUND);
        }
        self.session = Session { selected: true, ..Session::default() };
        let features = tlv::object(&[0x73], &tlv::object(&[0x40], &[0xc0]));
        Ok(tlv::object(&[0x61], &[tlv::object(&[0x4f], &AID), features].concat()))
    }

    /// SELECT by file identifier: the application, a data file or a key file.
    fn select_file(&mut self, p2: u8, data: &[u8]) -> Reply {
        let identifier: [u8; 2] = data.try_into().map_err(|_| status::WRONG_LENGTH)?;
        let is_key = self.keys.iter().any(|key| key.identifier() == identifier);
        if identifier != APPLICATION && !is_key && !Files::exists(identifier) {
            return Err(status::NOT_FOUND);
        }
        self.session.current = Some(identifier);
        if p2 != 0x04 {
            return Ok(vec![]);
        }
        let descriptor = if is_key { 0x18 } else { 0x39 };
        let parts = [tlv::object(&[0x82], &[descriptor]), tlv::object(&[0x83], &identifier)];
        Ok(tlv::object(&[0x62], &parts.concat()))
    }

    /// ACTIVATE FILE: for the application itself it ends the initialization mode.
    fn activate(&mut self) -> Reply {
        match self.session.current {
            None | Some(APPLICATION) if self.initializing && !self.pin.is_set() => Err(status::CONDITIONS),
            None | Some(APPLICATION) => {
                self.initializing = false;
                self.log_out();
                Ok(vec![])
            }
            Some(_) => Err(status::NO_COMMAND_NOW),
        }
    }

    /// GET DATA about the application: status of the PIN, or a public key.
    fn application_data(&self, data: &[u8]) -> Reply {
        if let Some(wanted) = tlv::value(data, 0x70) {
            let reference = tlv::value(wanted, 0x84).ok_or(status::WRONG_DATA)?;
            let key = self.keys.iter().find(|key| [key.reference()] == reference);
            return key.map(KeyFile::public_key).ok_or(status::WRONG_REFERENCE);
        }
        match tlv::value(data, 0x5c) {
            Some(name) if name == PIN_STATUS => Ok(self.pin.status(&PIN_STATUS)),
            Some(_) => Err(status::WRONG_REFERENCE),
            None => Err(status::WRONG_DATA),
        }
    }

    fn get_data(&self, file: [u8; 2], data: &[u8]) -> Reply {
        if !Files::readable(file, self.user(), self.administrator())? {
            return Err(status::NOT_ALLOWED);
        }
        let name = tlv::value(data, 0x5c).ok_or(status::WRONG_DATA)?;
        self.files.get(file, name)
    }

    fn put_data(&mut self, file: [u8; 2], data: &[u8]) -> Reply {
        if !Files::writable(file, self.user(), self.administrator())? {
            return Err(status::NOT_ALLOWED);
        }
        self.files.put(file, data)
    }

    fn pin_state(&self) -> Reply {
        match self.pin.left() {
            _ if self.initializing => Ok(vec![]),
            0 => Err(status::BLOCKED),
            left => Err(status::tries(left)),
        }
    }

    fn verify(&mut self, typed: &[u8]) -> Reply {
        self.session.verified = false;
        self.pin.check(typed)?;
        self.session.verified = true;
        Ok(vec![])
    }

    /// CHANGE REFERENCE DATA with old and new PIN, split where the old one ends.
    fn change_pin(&mut self, data: &[u8]) -> Reply {
        let (old, new) = data.split_at(self.pin.length().min(data.len()));
        self.verify(old)?;
        self.pin.set(new)?;
        Ok(vec![])
    }

    /// CHANGE REFERENCE DATA with the new PIN only: the first one, or with the old one verified.
    fn set_pin(&mut self, new: &[u8]) -> Reply {
        if !self.initializing && !self.session.verified {
            return Err(status::NOT_ALLOWED);
        }
        self.pin.set(new)?;
        Ok(vec![])
    }

    fn log_out(&mut self) {
        self.session.verified = false;
        self.session.admin = admin::State::default();
    }

    fn user(&self) -> bool {
        self.session.verified
    }

    fn administrator(&self) -> bool {
        self.session.admin.is_authenticated()
    }
}

impl Application for Gids {
    fn reset(&mut self) {
        self.session = Session::default();
    }

    fn run(&mut self, command: &Command<'_>, data: &[u8]) -> Reply {
        // A challenge is good for the very next command only (minidriver specification,
        // CardGetChallenge).
        let challenge = self.session.admin.take_challenge();
        let (ins, p1, p2) = (command.ins, command.p1, command.p2);
        if (ins, p1) == (0xa4, 0x04) {
            return self.select_application(data);
        }
        if !self.session.selected {
            return Err(status::CONDITIONS);
        }
        match (ins, p1, p2) {
            (0x2c | 0x87, _, _) if self.initializing => Err(status::NO_COMMAND_NOW),
            (0xa4, 0x00, _) => self.select_file(p2, data),
            (0x44, 0x00, 0x00) => self.activate(),
            (0xcb, 0x3f, 0xff) => self.application_data(data),
            (0xcb, _, _) => self.get_data([p1, p2], data),
            (0xdb, _, _) => self.put_data([p1, p2], data),
            (0x20, 0x00, 0x82) => {
                self.log_out();
                Ok(vec![])
            }
            (0x20 | 0x24 | 0x2c, _, reference) if reference != 0x80 => Err(status::WRONG_REFERENCE),
            (0x20, 0x00, _) if data.is_empty() => self.pin_state(),
            (0x20, 0x00, _) => self.verify(data),
            (0x24, 0x00, _) => self.change_pin(data),
            (0x24, 0x01, _) => self.set_pin(data),
            (0x2c, 0x02, _) => self.unblock(data),
            (0x22, 0x81 | 0xc1, 0xa4) => self.choose_admin_key(data),
            (0x22, 0x41, 0xb6) => self.choose_key(data),
            (0x2a, 0x9e, 0x9a) => self.sign(data),
            (0x87, 0x00, 0x00) => self.authenticate_admin(challenge, data),
            _ => Err(status::UNKNOWN_COMMAND),
        }
    }

    fn counters(&self) -> Counters {
        Counters { pin: self.pin.left(), puk: None, admin: Some(self.admin.left()) }
    }
}
