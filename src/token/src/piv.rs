//! PIV cards (NIST SP 800-73-4 part 2 for the commands, part 1 for the data objects).

use std::io::Read;

use flate2::read::GzDecoder;
use signature::{Certificate, KeyAlgorithm};
use zeroize::Zeroizing;

use crate::apdu::{Answer, Command, StatusWord, Transport, send, send_once};
use crate::profile::{CardProfile, Tries};
use crate::{KeyPurpose, Pin, Result, TokenError, tlv};

/// Application identifier without its version, so that every version answers.
const AID: [u8; 9] = [0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00];
/// Key reference of the application PIN.
const PIN_REFERENCE: u8 = 0x80;
/// Card holder unique identifier.
const CHUID: [u8; 3] = [0x5f, 0xc1, 0x02];
/// Largest certificate after decompression.
const MAX_CERTIFICATE: u64 = 16 * 1024;
/// `DigestInfo` of SHA-256 up to the digest (RFC 8017, 9.2, note 1).
const SHA256_DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

/// The PIV card application.
pub(crate) struct PivProfile;

impl CardProfile for PivProfile {
    fn select(&self, card: &mut dyn Transport) -> Result<()> {
        let command = Command { ins: 0xa4, p1: 0x04, p2: 0x00, data: &AID, answer: true };
        match send(card, command)?.status {
            StatusWord::OK => Ok(()),
            _ => Err(TokenError::ForeignCard),
        }
    }

    /// The GUID of the CHUID (tag 34), or its cardholder UUID (36) where the GUID is left zero.
    fn csn(&self, card: &mut dyn Transport) -> Result<String> {
        let chuid = object(card, &CHUID)?.unwrap_or_default();
        let number = [0x34, 0x36]
            .into_iter()
            .filter_map(|tag| tlv::find(&chuid, tag))
            .find(|value| value.iter().any(|&byte| byte != 0));
        Ok(hex::encode_upper(number.unwrap_or_default()))
    }

    fn certificate(&self, card: &mut dyn Transport, key: KeyPurpose) -> Result<Option<Certificate>> {
        let Some(object) = object(card, &certificate_object(key))? else { return Ok(None) };
        let Some(stored) = tlv::find(&object, 0x70).filter(|stored| !stored.is_empty()) else {
            return Ok(None);
        };
        let compressed = tlv::find(&object, 0x71).and_then(<[u8]>::first).is_some_and(|info| info & 1 != 0);
        let der = if compressed { inflate(stored)? } else { stored.to_vec() };
        match Certificate::from_der(&der) {
            Ok(certificate) => Ok(Some(certificate)),
            Err(error) => {
                tracing::warn!(?key, %error, "a certificate on the card cannot be used");
                Ok(None)
            }
        }
    }

    fn tries(&self, card: &mut dyn Transport) -> Result<Tries> {
        let mut status = verify_without_pin(card, 0x00)?;
        if status == StatusWord::OK {
            // Someone left the PIN verified, so the card hides its counter. Log out and ask again.
            verify_without_pin(card, 0xff)?;
            status = verify_without_pin(card, 0x00)?;
        }
        let left = if status == StatusWord::BLOCKED { Some(0) } else { status.tries_left() };
        Ok(Tries { left, max: tries_max(card)? })
    }

    fn verify(&self, card: &mut dyn Transport, pin: &Pin) -> Result<()> {
        let digits = pin.expose().as_bytes();
        let mut block = Zeroizing::new([0xff; 8]);
        block.get_mut(..digits.len()).ok_or(TokenError::PinFormat)?.copy_from_slice(digits);
        let command = Command { ins: 0x20, p1: 0x00, p2: PIN_REFERENCE, data: &*block, answer: false };
        let status = send_once(card, command).map_err(|error| {
            tracing::warn!(%error, "no answer to a PIN");
            TokenError::PinOutcomeUnknown
        })?;
        match (status, status.tries_left()) {
            (StatusWord::OK, _) => Ok(()),
            (StatusWord::BLOCKED, _) | (_, Some(0)) => Err(TokenError::PinBlocked),
            (_, Some(left)) => Err(TokenError::PinWrong { left }),
            (StatusWord(0x6700 | 0x6a80), _) => Err(TokenError::PinFormat),
            _ => Err(TokenError::CardRefused { sw: status.0 }),
        }
    }

    /// Slot 9C is PIN-always (SP 800-73-4 part 1, table 5).
    fn wants_pin_each_time(&self, key: KeyPurpose) -> bool {
        key == KeyPurpose::Signing
    }

    fn sign(
        &self,
        card: &mut dyn Transport,
        key: KeyPurpose,
        certificate: &Certificate,
        digest: &[u8; 32],
    ) -> Result<Vec<u8>> {
        // Algorithm identifiers of SP 800-78-4, table 6-2.
        let (algorithm, block) = match certificate.key_algorithm() {
            KeyAlgorithm::Rsa { modulus_len: length @ 256 } => (0x07, pkcs1_block(digest, length)),
            KeyAlgorithm::P256 => (0x11, digest.to_vec()),
            KeyAlgorithm::Rsa { .. } => return Err(TokenError::UnsupportedKey),
        };
        let mut template = Vec::new();
        tlv::put(&mut template, 0x82, &[]);
        tlv::put(&mut template, 0x81, &block);
        let mut data = Vec::new();
        tlv::put(&mut data, 0x7c, &template);
        let command = Command { ins: 0x87, p1: algorithm, p2: slot(key), data: &data, answer: true };
        let Answer { data, status } = send(card, command)?;
        match status {
            StatusWord::OK => {}
            StatusWord::NOT_FOUND | StatusWord(0x6a86 | 0x6a88) => return Err(TokenError::KeyMissing(key)),
            _ => return Err(TokenError::CardRefused { sw: status.0 }),
        }
        let signature = tlv::find(&data, 0x7c).and_then(|template| tlv::find(template, 0x82));
        signature.map(<[u8]>::to_vec).ok_or(TokenError::CardAnswer("no signature"))
    }
}

fn slot(key: KeyPurpose) -> u8 {
    match key {
        KeyPurpose::Login => 0x9a,
        KeyPurpose::Signing => 0x9c,
    }
}

fn certificate_object(key: KeyPurpose) -> [u8; 3] {
    match key {
        KeyPurpose::Login => [0x5f, 0xc1, 0x05],
        KeyPurpose::Signing => [0x5f, 0xc1, 0x0a],
    }
}

/// GET DATA; the contents of the object without its outer tag 53.
fn object(card: &mut dyn Transport, name: &[u8]) -> Result<Option<Vec<u8>>> {
    let mut data = Vec::new();
    tlv::put(&mut data, 0x5c, name);
    let Answer { data, status } =
        send(card, Command { ins: 0xcb, p1: 0x3f, p2: 0xff, data: &data, answer: true })?;
    match status {
        StatusWord::OK => {}
        StatusWord::NOT_FOUND => return Ok(None),
        _ => return Err(TokenError::CardRefused { sw: status.0 }),
    }
    tlv::find(&data, 0x53)
        .map(|contents| Some(contents.to_vec()))
        .ok_or(TokenError::CardAnswer("data object"))
}

/// VERIFY without a PIN: P1 = 00 asks for the state, FF logs out (SP 800-73-4 part 2, 3.2.1).
fn verify_without_pin(card: &mut dyn Transport, p1: u8) -> Result<StatusWord> {
    send_once(card, Command { ins: 0x20, p1, p2: PIN_REFERENCE, data: &[], answer: false })
}

/// GET METADATA of the PIN, which newer cards know: tag 06 holds total and remaining tries.
fn tries_max(card: &mut dyn Transport) -> Result<Option<u8>> {
    let Answer { data, status } =
        send(card, Command { ins: 0xf7, p1: 0x00, p2: PIN_REFERENCE, data: &[], answer: true })?;
    if status != StatusWord::OK {
        return Ok(None);
    }
    Ok(tlv::find(&data, 0x06).and_then(|tries| tries.first().copied()))
}

fn inflate(stored: &[u8]) -> Result<Vec<u8>> {
    let mut der = Vec::new();
    let read = GzDecoder::new(stored).take(MAX_CERTIFICATE + 1).read_to_end(&mut der);
    match read {
        Ok(_) if der.len() as u64 <= MAX_CERTIFICATE => Ok(der),
        _ => Err(TokenError::CardAnswer("compressed certificate")),
    }
}

/// EMSA-PKCS1-v1_5 (RFC 8017, 9.2): the card does the bare RSA operation, the padding is ours.
fn pkcs1_block(digest: &[u8; 32], modulus_len: usize) -> Vec<u8> {
    let padding = modulus_len - 3 - SHA256_DIGEST_INFO.len() - digest.len();
    let mut block = vec![0x00, 0x01];
    block.resize(2 + padding, 0xff);
    block.push(0x00);
    block.extend_from_slice(&SHA256_DIGEST_INFO);
    block.extend_from_slice(digest);
    block
}
