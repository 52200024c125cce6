//! What a PIV card holds and where: slots, data objects, and the bare private operation of a key (NIST SP 800-73-4).

use zeroize::Zeroizing;

use crate::apdu::{Answer, Command, StatusWord, Transport, send};
use crate::{KeyPurpose, Result, TokenError, tlv};

/// Algorithm identifiers (SP 800-78-4, table 6-2).
pub(crate) const RSA_2048: u8 = 0x07;
pub(crate) const P_256: u8 = 0x11;

/// GENERAL AUTHENTICATE: the bare private operation of a slot on a block or digest.
pub(crate) fn general_authenticate(
    card: &mut dyn Transport,
    key: KeyPurpose,
    algorithm: u8,
    slot: u8,
    block: &[u8],
) -> Result<Vec<u8>> {
    let mut template = Vec::new();
    tlv::put(&mut template, 0x82, &[]);
    tlv::put(&mut template, 0x81, block);
    let mut data = Vec::new();
    tlv::put(&mut data, 0x7c, &template);
    let command = Command { ins: 0x87, p1: algorithm, p2: slot, data: &data, answer: true };
    let Answer { data, status } = send(card, command)?;
    match status {
        StatusWord::OK => {}
        StatusWord::NOT_FOUND | StatusWord(0x6a86 | 0x6a88) => return Err(TokenError::KeyMissing(key)),
        _ => return Err(TokenError::CardRefused { sw: status.0 }),
    }
    let signature = tlv::find(&data, 0x7c).and_then(|template| tlv::find(template, 0x82));
    signature.map(<[u8]>::to_vec).ok_or(TokenError::CardAnswer("no signature"))
}

pub(crate) fn slot(key: KeyPurpose) -> u8 {
    match key {
        KeyPurpose::Login => 0x9a,
        KeyPurpose::Signing => 0x9c,
    }
}

pub(crate) fn certificate_object(key: KeyPurpose) -> [u8; 3] {
    match key {
        KeyPurpose::Login => [0x5f, 0xc1, 0x05],
        KeyPurpose::Signing => [0x5f, 0xc1, 0x0a],
    }
}

/// GET DATA; the contents of the object without its outer tag 53.
pub(crate) fn object(card: &mut dyn Transport, name: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
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
        .map(|contents| Some(Zeroizing::new(contents.to_vec())))
        .ok_or(TokenError::CardAnswer("data object"))
}
