//! The files of a GIDS card: the table of files leads to the containers, the containers to their
//! certificates, a certificate's own words to what its key is for.

use flate2::read::ZlibDecoder;

use crate::apdu::{Answer, Command, StatusWord, Transport, send};
use crate::certificates::inflate;
use crate::profile::CardKey;
use crate::{KeyPurpose, Result, TokenError, tlv};

/// File and data object of the card's serial number.
pub(crate) const CARD_ID: (u16, u32) = (0xa012, 0xdf20);
/// File and data object of the table of files.
const MASTER_FILE: (u16, u32) = (0xa000, 0xdf1f);
/// Bytes of a record there: directory 9, name 9, nothing 2, data object 4, file 4 (little-endian).
const FILE_RECORD: usize = 28;
/// Bytes of a container's record: name 80, flags, reserved, size of the signature key 2, of the exchange
/// key 2 (little-endian).
const CONTAINER_RECORD: usize = 86;
/// Flag of a container that is in use.
const VALID: u8 = 0x01;
/// Key reference of the first container.
const FIRST_KEY: u8 = 0x81;
/// Containers that are looked at; cards have a dozen or so.
const MAX_CONTAINERS: u8 = 32;
/// Directory of the minidriver's files.
const DIRECTORY: &str = "mscp";

/// GET DATA: the contents of a data object in a file.
pub(crate) fn data(card: &mut dyn Transport, file: u16, object: u32) -> Result<Option<Vec<u8>>> {
    let [file_high, file_low] = file.to_be_bytes();
    let [.., high, low] = object.to_be_bytes();
    let command =
        Command { ins: 0xcb, p1: file_high, p2: file_low, data: &[0x5c, 2, high, low], answer: true };
    let Answer { data, status } = send(card, command)?;
    match status {
        StatusWord::OK => {}
        StatusWord::NOT_FOUND | StatusWord(0x6a88) => return Ok(None),
        _ => return Err(TokenError::CardRefused { sw: status.0 }),
    }
    let contents = tlv::find(&data, object).ok_or(TokenError::CardAnswer("data object"))?;
    Ok(Some(contents.to_vec()))
}

/// The key whose certificate says that it is for this purpose.
pub(crate) fn key(card: &mut dyn Transport, purpose: KeyPurpose) -> Result<Option<CardKey>> {
    let table = data(card, MASTER_FILE.0, MASTER_FILE.1)?.unwrap_or_default();
    // The table begins with its version.
    let files = table.get(1..).unwrap_or_default();
    let Some((file, object)) = find(files, "cmapfile") else { return Ok(None) };
    let containers = data(card, file, object)?.unwrap_or_default();
    for (number, container) in (0..MAX_CONTAINERS).zip(containers.chunks_exact(CONTAINER_RECORD)) {
        let Some(name) = certificate_file(number, container) else { continue };
        let Some((file, object)) = find(files, &name) else { continue };
        let Some(stored) = data(card, file, object)? else { continue };
        let Some(key) = CardKey::new(purpose, &unpacked(&stored)?, FIRST_KEY + number) else { continue };
        let fits = match purpose {
            KeyPurpose::Login => key.certificate.may_authenticate(),
            KeyPurpose::Signing => key.certificate.may_sign_documents(),
        };
        if fits {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

/// Where the table says that a file lies.
fn find(files: &[u8], wanted: &str) -> Option<(u16, u32)> {
    files.chunks_exact(FILE_RECORD).find_map(|record| {
        let (directory, rest) = record.split_at(9);
        let (name, rest) = rest.split_at(9);
        let here = is_name(directory, DIRECTORY) && is_name(name, wanted);
        let object = u32::from_le_bytes(rest.get(2..6)?.try_into().ok()?);
        let file = u32::from_le_bytes(rest.get(6..10)?.try_into().ok()?);
        here.then(|| Some((u16::try_from(file).ok()?, object))).flatten()
    })
}

/// Names are filled up with NUL, and their case does not count.
fn is_name(padded: &[u8], name: &str) -> bool {
    let end = padded.iter().position(|&byte| byte == 0).unwrap_or(padded.len());
    padded[..end].eq_ignore_ascii_case(name.as_bytes())
}

/// The certificate's file of a container in use, named after the kind of its key.
fn certificate_file(number: u8, container: &[u8]) -> Option<String> {
    let &[flags, _, sign_low, sign_high, exchange_low, exchange_high] = container.get(80..86)? else {
        return None;
    };
    let kind = match (flags & VALID, [sign_low, sign_high], [exchange_low, exchange_high]) {
        (0, _, _) | (_, [0, 0], [0, 0]) => return None,
        (_, _, [0, 0]) => "ksc",
        _ => "kxc",
    };
    Some(format!("{kind}{number:02x}"))
}

/// A certificate's file: 01 00, the length of the DER (little-endian), the DER compressed by zlib. Some cards
/// keep the bare DER.
fn unpacked(stored: &[u8]) -> Result<Vec<u8>> {
    match stored {
        [0x01, 0x00, low, high, packed @ ..] => {
            let der = inflate(ZlibDecoder::new(packed))?;
            if der.len() == usize::from(u16::from_le_bytes([*low, *high])) {
                Ok(der)
            } else {
                Err(TokenError::CardAnswer("compressed certificate"))
            }
        }
        _ => Ok(stored.to_vec()),
    }
}
