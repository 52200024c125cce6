//! Finding tokens in a module's slots, and what they tell without a PIN.

use std::time::{Duration, Instant};

use cryptoki::context::Pkcs11;
use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use cryptoki::session::Session;
use cryptoki::slot::{Slot, TokenInfo};
use signature::Certificate;

use super::module::meaning;
use crate::{KeyPurpose, PinForm, PinState, Result, TokenError};

/// How long a module may take to notice that its token is gone (OpenSC looks once in a second).
const REMOVAL_DELAY: Duration = Duration::from_secs(2);
const REMOVAL_PAUSE: Duration = Duration::from_millis(100);

/// A token as found.
pub(super) struct Found {
    pub slot: Slot,
    /// The slot's description, mostly the reader's name.
    pub reader: String,
    /// Serial number, letters in upper case.
    pub csn: String,
    /// 0 locked, 1 last try; otherwise the interface does not tell.
    pub tries_left: Option<u8>,
    pub pin_state: PinState,
    pub pin_form: PinForm,
    certificates: Vec<OwnCertificate>,
}

/// A certificate on the token.
pub(super) struct OwnCertificate {
    /// `CKA_ID`, the same as that of its private key.
    pub id: Vec<u8>,
    pub certificate: Certificate,
}

impl Found {
    /// The certificate for a purpose, told by its key usage; of several (after a renewal) the one that holds
    /// longest.
    pub fn certificate(&self, key: KeyPurpose) -> Option<&OwnCertificate> {
        let serves = |certificate: &Certificate| match key {
            KeyPurpose::Login => certificate.may_authenticate(),
            KeyPurpose::Signing => certificate.may_sign_documents(),
        };
        self.certificates
            .iter()
            .filter(|own| serves(&own.certificate))
            .max_by_key(|own| own.certificate.not_after())
    }

    fn is_usable(&self) -> bool {
        [KeyPurpose::Login, KeyPurpose::Signing].iter().any(|&key| self.certificate(key).is_some())
    }
}

/// The tokens that can be meant: those of this label or serial number, otherwise those that hold certificates for
/// our purposes. Never empty.
///
/// # Errors
/// The most telling reason why there is none.
pub(super) fn tokens(calls: &Pkcs11, wanted: Option<&str>) -> Result<Vec<Found>> {
    let mut refusal = TokenError::NoReader;
    if !calls.get_all_slots().map_err(meaning)?.is_empty() {
        refusal = TokenError::NoCard;
    }
    let mut found = Vec::new();
    for slot in calls.get_slots_with_token().map_err(meaning)? {
        match look(calls, slot, wanted) {
            Ok(Some(token)) if wanted.is_some() || token.is_usable() => found.push(token),
            Ok(Some(_)) => refusal = TokenError::ForeignCard,
            Ok(None) | Err(TokenError::Removed) => {}
            Err(error) => refusal = error,
        }
    }
    if found.is_empty() { Err(refusal) } else { Ok(found) }
}

/// Reads the token in a slot; `None` for another than the wanted one and for one that nobody has initialised.
fn look(calls: &Pkcs11, slot: Slot, wanted: Option<&str>) -> Result<Option<Found>> {
    let info = calls.get_token_info(slot).map_err(meaning)?;
    let serial = trimmed(info.serial_number());
    if !info.token_initialized()
        || wanted
            .is_some_and(|wanted| wanted != trimmed(info.label()) && !wanted.eq_ignore_ascii_case(serial))
    {
        return Ok(None);
    }
    let reader = calls.get_slot_info(slot).map_err(meaning)?;
    let session = calls.open_ro_session(slot).map_err(meaning)?;
    Ok(Some(Found {
        slot,
        reader: trimmed(reader.slot_description()).to_owned(),
        csn: serial.to_ascii_uppercase(),
        tries_left: tries(&info),
        pin_state: pin_state(&info),
        pin_form: pin_form(&info),
        certificates: certificates(&session)?,
    }))
}

/// Some modules pad with zero bytes where the standard asks for blanks.
fn trimmed(text: &str) -> &str {
    text.trim_matches(['\0', ' '])
}

fn tries(info: &TokenInfo) -> Option<u8> {
    match (info.user_pin_locked(), info.user_pin_final_try()) {
        (true, _) => Some(0),
        (false, true) => Some(1),
        (false, false) => None,
    }
}

fn pin_state(info: &TokenInfo) -> PinState {
    match (info.user_pin_initialized(), info.user_pin_to_be_changed()) {
        (false, _) => PinState::Unset,
        (true, true) => PinState::Transport,
        (true, false) => PinState::InUse,
    }
}

/// Lengths in bytes; a module that tells no greatest length allows any.
fn pin_form(info: &TokenInfo) -> PinForm {
    let length = |length: usize| u8::try_from(length).unwrap_or(u8::MAX);
    let max = match info.max_pin_length() {
        0 => u8::MAX,
        max => length(max),
    };
    PinForm { min: length(info.min_pin_length()).max(1), max, digits_only: false }
}

fn certificates(session: &Session) -> Result<Vec<OwnCertificate>> {
    let objects = session.find_objects(&[Attribute::Class(ObjectClass::CERTIFICATE)]).map_err(meaning)?;
    let mut certificates = Vec::new();
    for object in objects {
        let attributes =
            session.get_attributes(object, &[AttributeType::Id, AttributeType::Value]).map_err(meaning)?;
        let (mut id, mut der) = (Vec::new(), Vec::new());
        for attribute in attributes {
            match attribute {
                Attribute::Id(bytes) => id = bytes,
                Attribute::Value(bytes) => der = bytes,
                _ => {}
            }
        }
        match Certificate::from_der(&der) {
            Ok(certificate) => certificates.push(OwnCertificate { id, certificate }),
            Err(error) => tracing::debug!(%error, "a certificate on the token is none of ours"),
        }
    }
    Ok(certificates)
}

/// What the token tells of its tries now.
pub(super) fn tries_left(calls: &Pkcs11, slot: Slot) -> Option<u8> {
    calls.get_token_info(slot).ok().as_ref().and_then(tries)
}

/// A token that is pulled while it works shows as almost any error. So strange errors are believed only when the
/// token is still there.
pub(super) fn explain(calls: &Pkcs11, slot: Slot, error: TokenError) -> TokenError {
    match error {
        TokenError::Reader(_) | TokenError::Module(_) | TokenError::KeyMissing(_) | TokenError::Removed
            if is_gone(calls, slot) =>
        {
            TokenError::Removed
        }
        other => other,
    }
}

/// Whether the token was pulled. A module notices that only a little later, and until it does so its other calls
/// are better left alone: OpenSC 0.23 that is asked for its token's state in that moment waits for itself for ever.
pub(super) fn is_gone(calls: &Pkcs11, slot: Slot) -> bool {
    let start = Instant::now();
    while start.elapsed() < REMOVAL_DELAY {
        match calls.get_slot_info(slot) {
            Ok(slot) if slot.token_present() => std::thread::sleep(REMOVAL_PAUSE),
            _ => return true,
        }
    }
    false
}
