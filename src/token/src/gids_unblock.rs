//! Unblocking a GIDS card: the card asks, the bank's administrator key answers, and the PIN is set anew
//! in the same breath (Microsoft, smart card minidriver specification, "challenge/response").
//!
//! A card throws its challenge away at the next command that is no answer to it, and each wrong answer
//! counts towards the card's end.

use crate::apdu::{Answer, Command, StatusWord, Transport, send, send_once};
use crate::{Pin, Result, TokenError, tlv, tries};

/// Reference of the person's PIN.
pub(crate) const PIN_REFERENCE: u8 = 0x80;
/// Reference of the administrator's key.
const ADMIN_KEY: u8 = 0x80;
/// Bytes of a challenge: one block of the cipher, 8 with triple DES, 16 with AES.
const CHALLENGE: std::ops::RangeInclusive<usize> = 8..=16;

/// The card does not allow the command in its present state.
const CONDITIONS: StatusWord = StatusWord(0x6985);

/// Makes the card ask.
pub(crate) fn challenge(card: &mut dyn Transport) -> Result<Vec<u8>> {
    let key = [0x83, 1, ADMIN_KEY];
    let set = Command { ins: 0x22, p1: 0x81, p2: 0xa4, data: &key, answer: false };
    possible(send_once(card, set)?)?;
    let ask = Command { ins: 0x87, p1: 0x00, p2: 0x00, data: &[0x7c, 2, 0x81, 0], answer: true };
    let Answer { data, status } = send(card, ask)?;
    possible(status)?;
    tlv::find(&data, 0x7c)
        .and_then(|template| tlv::find(template, 0x81))
        .filter(|challenge| CHALLENGE.contains(&challenge.len()))
        .map(<[u8]>::to_vec)
        .ok_or(TokenError::CardAnswer("challenge"))
}

/// Answers and sets the PIN.
pub(crate) fn answer(card: &mut dyn Transport, code: &[u8], new: &Pin) -> Result<()> {
    if !CHALLENGE.contains(&code.len()) {
        return Err(TokenError::PinFormat);
    }
    let mut response = Vec::new();
    tlv::put(&mut response, 0x82, code);
    let mut data = Vec::new();
    tlv::put(&mut data, 0x7c, &response);
    let authenticate = Command { ins: 0x87, p1: 0x00, p2: 0x00, data: &data, answer: false };
    let status = send_once(card, authenticate).map_err(|error| match error {
        // The service refuses before it sends: the card has forgotten its challenge.
        TokenError::Reset => TokenError::UnblockLapsed,
        _ => TokenError::PinOutcomeUnknown,
    })?;
    match (status, status.tries_left()) {
        (StatusWord::OK, _) => {}
        (StatusWord::BLOCKED, _) | (_, Some(0)) => return Err(TokenError::UnblockDead),
        (CONDITIONS, _) => return Err(TokenError::UnblockLapsed),
        (StatusWord(0x6982), left) | (_, left @ Some(_)) => {
            return Err(TokenError::UnblockCodeWrong { left });
        }
        _ => return Err(TokenError::CardRefused { sw: status.0 }),
    }
    let new = new.expose().as_bytes();
    let reset = Command { ins: 0x2c, p1: 0x02, p2: PIN_REFERENCE, data: new, answer: false };
    tries::judge_change(send_once(card, reset))
}

/// What a card says when it is asked for a challenge.
fn possible(status: StatusWord) -> Result<()> {
    match status {
        StatusWord::OK => Ok(()),
        StatusWord::BLOCKED => Err(TokenError::UnblockDead),
        // A new card: there is no PIN to unblock.
        StatusWord(0x6986) => Err(TokenError::PinNotSet),
        // No such key, or none for this way of asking.
        StatusWord::NOT_FOUND | CONDITIONS | StatusWord(0x6a80 | 0x6a81 | 0x6a86 | 0x6a88 | 0x6d00) => {
            Err(TokenError::Unsupported)
        }
        _ => Err(TokenError::CardRefused { sw: status.0 }),
    }
}
