//! The rule that stands between a typed PIN and the token.

use crate::{Result, SignRequest, TokenError};

/// Whether the PIN of `request` may be spent while `left` tries remain (`None`: not known).
pub(crate) fn may_spend(left: Option<u8>, request: &SignRequest) -> Result<()> {
    match left {
        Some(0) => Err(TokenError::PinBlocked),
        Some(1) if !request.last_try_confirmed => Err(TokenError::LastTry),
        _ if !request.pin.is_well_formed() => Err(TokenError::PinFormat),
        _ => Ok(()),
    }
}
