//! New keys on PIV cards that keep their management key behind the PIN and can move keys between slots
//! (YubiKeys since firmware 5.7; Yubico's "PIV commands" and "PIN-only mode").
//!
//! The new keys are made in two slots for retired keys. Putting one in place deletes the old key, moves the
//! new one and writes its certificate; each of the three steps finds out whether it was done before, so an
//! interrupted renewal is simply repeated.

use signature::{Certificate, KeyAlgorithm};
use zeroize::Zeroizing;

use crate::apdu::{Answer, Command, StatusWord, Transport, send, send_once};
use crate::management::ManagementKey;
use crate::piv_objects::{P_256, RSA_2048, certificate_object, general_authenticate, object, slot};
use crate::piv_pin::{metadata, verify};
use crate::profile::{CardKey, Renewal};
use crate::{KeyPurpose, Pin, Result, TokenError, pkcs1, spki, tlv};

/// First firmware that moves and deletes keys.
const MOVES_KEYS: [u8; 3] = [5, 7, 0];
/// Data about the card's administration.
const ADMIN_DATA: [u8; 3] = [0x5f, 0xff, 0x00];
/// Its flag for a management key that lies in the printed information, readable with the PIN.
const KEY_BEHIND_PIN: u8 = 0x02;
/// Printed information.
const PRINTED: [u8; 3] = [0x5f, 0xc1, 0x09];
/// Key reference of the management key.
const MANAGEMENT: u8 = 0x9b;
/// The target of a move that deletes.
const NOWHERE: u8 = 0xff;
/// PIN policies of a new key: once in a session, or before each use.
const PIN_ONCE: u8 = 0x02;
const PIN_ALWAYS: u8 = 0x03;

/// Whether the card can make new keys beside the old ones, and lets its holder do so.
pub(crate) fn is_possible(card: &mut dyn Transport) -> Result<bool> {
    let version = send(card, Command { ins: 0xfd, p1: 0x00, p2: 0x00, data: &[], answer: true })?;
    if version.status != StatusWord::OK || version.data.len() != 3 || version.data[..] < MOVES_KEYS[..] {
        return Ok(false);
    }
    let told = match object(card, &ADMIN_DATA) {
        Ok(told) => told.unwrap_or_default(),
        Err(TokenError::CardRefused { .. } | TokenError::CardAnswer(_)) => return Ok(false),
        Err(error) => return Err(error),
    };
    let flags = tlv::find(&told, 0x80).and_then(|admin| tlv::find(admin, 0x81)).and_then(<[u8]>::first);
    Ok(flags.is_some_and(|flags| flags & KEY_BEHIND_PIN != 0))
}

/// Renewal on such a card.
pub(crate) struct PivRenewal;

impl Renewal for PivRenewal {
    fn open(&self, card: &mut dyn Transport, pin: &Pin) -> Result<()> {
        verify(card, pin)?;
        let printed = object(card, &PRINTED)?.unwrap_or_default();
        let key = tlv::find(&printed, 0x88).and_then(|protected| tlv::find(protected, 0x89));
        let key = Zeroizing::new(key.ok_or(TokenError::Unsupported)?.to_vec());
        let told = metadata(card, MANAGEMENT)?.unwrap_or_default();
        let algorithm = tlv::find(&told, 0x01).and_then(<[u8]>::first).copied();
        authenticate(card, &ManagementKey::new(&key, algorithm)?)
    }

    fn stage(&self, card: &mut dyn Transport, old: &CardKey) -> Result<Vec<u8>> {
        let algorithm = match old.certificate.key_algorithm() {
            KeyAlgorithm::Rsa { modulus_len: 256 } => RSA_2048,
            KeyAlgorithm::P256 => P_256,
            KeyAlgorithm::Rsa { .. } => return Err(TokenError::UnsupportedKey),
        };
        let policy = match old.purpose {
            KeyPurpose::Login => PIN_ONCE,
            KeyPurpose::Signing => PIN_ALWAYS,
        };
        // AC { 80 algorithm, AA PIN policy }
        let control = [0xac, 6, 0x80, 1, algorithm, 0xaa, 1, policy];
        let command =
            Command { ins: 0x47, p1: 0x00, p2: staging_slot(old.purpose), data: &control, answer: true };
        let Answer { data, status } = send(card, command)?;
        accepted(status)?;
        spki::from_components(tlv::find(&data, 0x7f49).unwrap_or_default())
    }

    fn staged(&self, card: &mut dyn Transport, key: KeyPurpose) -> Result<u8> {
        let told = metadata(card, staging_slot(key))?.ok_or(TokenError::KeyMissing(key))?;
        match tlv::find(&told, 0x01) {
            Some(&[algorithm @ (RSA_2048 | P_256)]) => Ok(algorithm),
            _ => Err(TokenError::UnsupportedKey),
        }
    }

    fn sign_staged(
        &self,
        card: &mut dyn Transport,
        key: KeyPurpose,
        algorithm: u8,
        digest: &[u8; 32],
    ) -> Result<Vec<u8>> {
        let block = if algorithm == RSA_2048 { pkcs1::block(digest, 256) } else { digest.to_vec() };
        general_authenticate(card, key, algorithm, staging_slot(key), &block)
    }

    fn holds(&self, card: &mut dyn Transport, key: KeyPurpose, new: &Certificate) -> Result<()> {
        let wanted = new.public_key_der().map_err(|_| TokenError::KeyMissing(key))?;
        for slot in [staging_slot(key), slot(key)] {
            if public_key(card, slot)?.is_some_and(|found| found == wanted) {
                return Ok(());
            }
        }
        Err(TokenError::KeyMissing(key))
    }

    fn install(&self, card: &mut dyn Transport, key: KeyPurpose, new: &Certificate) -> Result<()> {
        let (place, staged) = (slot(key), staging_slot(key));
        let wanted = new.public_key_der().map_err(|_| TokenError::KeyMissing(key))?;
        let in_place = public_key(card, place)?;
        if in_place.as_ref() != Some(&wanted) {
            // A key is only moved to an empty slot.
            if in_place.is_some() {
                move_key(card, NOWHERE, place)?;
            }
            move_key(card, place, staged)?;
        }
        write_certificate(card, key, new)
    }
}

/// Where a new key waits: slots for retired keys (SP 800-73-4 part 1, table 4b).
fn staging_slot(key: KeyPurpose) -> u8 {
    match key {
        KeyPurpose::Login => 0x82,
        KeyPurpose::Signing => 0x83,
    }
}

/// GENERAL AUTHENTICATE as the holder of the management key: the card's challenge comes back encrypted
/// (SP 800-73-4 part 2, A.1).
fn authenticate(card: &mut dyn Transport, key: &ManagementKey) -> Result<()> {
    let ask =
        Command { ins: 0x87, p1: key.algorithm(), p2: MANAGEMENT, data: &[0x7c, 2, 0x81, 0], answer: true };
    let Answer { data, status } = send(card, ask)?;
    accepted(status)?;
    let challenge = tlv::find(&data, 0x7c).and_then(|template| tlv::find(template, 0x81)).unwrap_or_default();
    let mut response = Vec::new();
    tlv::put(&mut response, 0x82, &key.encrypt(challenge)?);
    let mut template = Vec::new();
    tlv::put(&mut template, 0x7c, &response);
    accepted(send_once(card, Command { data: &template, answer: false, ..ask })?)
}

/// The public key in a slot, when one is there that we know.
fn public_key(card: &mut dyn Transport, slot: u8) -> Result<Option<Vec<u8>>> {
    let told = metadata(card, slot)?;
    Ok(told.and_then(|told| spki::from_components(tlv::find(&told, 0x04)?).ok()))
}

/// MOVE KEY. Its source is empty afterwards, so it is safe to be told once.
fn move_key(card: &mut dyn Transport, to: u8, from: u8) -> Result<()> {
    accepted(send_once(card, Command { ins: 0xf6, p1: to, p2: from, data: &[], answer: false })?)
}

/// PUT DATA of a certificate, uncompressed (SP 800-73-4 part 1, appendix A).
fn write_certificate(card: &mut dyn Transport, key: KeyPurpose, certificate: &Certificate) -> Result<()> {
    let mut contents = Vec::new();
    tlv::put(&mut contents, 0x70, certificate.to_der());
    tlv::put(&mut contents, 0x71, &[0]);
    tlv::put(&mut contents, 0xfe, &[]);
    let mut data = Vec::new();
    tlv::put(&mut data, 0x5c, &certificate_object(key));
    tlv::put(&mut data, 0x53, &contents);
    accepted(send(card, Command { ins: 0xdb, p1: 0x3f, p2: 0xff, data: &data, answer: false })?.status)
}

fn accepted(status: StatusWord) -> Result<()> {
    if status == StatusWord::OK { Ok(()) } else { Err(TokenError::CardRefused { sw: status.0 }) }
}
