//! The rules that stand between a typed PIN and the token.

use crate::apdu::StatusWord;
use crate::{Pin, PinForm, Result, TokenError};

/// Whether `pin` may be spent while `left` tries remain (`None`: not known).
pub(crate) fn may_spend(left: Option<u8>, form: PinForm, pin: &Pin, last_try_confirmed: bool) -> Result<()> {
    match left {
        Some(0) => Err(TokenError::PinBlocked),
        Some(1) if !last_try_confirmed => Err(TokenError::LastTry),
        _ if !form.fits(pin) => Err(TokenError::PinFormat),
        _ => Ok(()),
    }
}

/// What a card's answer to a PIN means (ISO 7816-4, 7.5.6 to 7.5.8). An answer that did not come leaves
/// open whether the PIN counted.
pub(crate) fn judge(answer: Result<StatusWord>) -> Result<()> {
    let status = answer.map_err(|error| {
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

/// As [`judge`], for the old and the new PIN in one command: what the card dislikes but does not count
/// is the new one.
pub(crate) fn judge_change(answer: Result<StatusWord>) -> Result<()> {
    match judge(answer) {
        Err(TokenError::PinFormat | TokenError::CardRefused { sw: 0x6985 }) => Err(TokenError::NewPinRefused),
        judged => judged,
    }
}
