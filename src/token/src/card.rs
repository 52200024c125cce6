//! What we do with a card of any kind, inside one transaction.

use signature::Certificate;

use crate::apdu::Transport;
use crate::profile::{CardProfile, Tries};
use crate::{
    KeyPurpose, PinForm, PinState, Result, SignRequest, TokenError, TokenInfo, TokenKind, TokenProfile,
    UnblockKind, tries,
};

/// Reads everything that is open.
pub(crate) fn read_info(
    profile: &dyn CardProfile,
    card: &mut dyn Transport,
    reader: &str,
) -> Result<TokenInfo> {
    profile.select(card)?;
    let csn = profile.csn(card)?;
    let login = profile.certificate(card, KeyPurpose::Login)?;
    let signing = profile.certificate(card, KeyPurpose::Signing)?;
    let Tries { left, max } = profile.tries(card)?;
    let reader = reader.to_owned();
    Ok(TokenInfo {
        kind: TokenKind::Card,
        reader,
        csn,
        login,
        signing,
        tries_left: left,
        tries_max: max,
        profile: TokenProfile::Piv,
        pin_state: PinState::InUse,
        pin_form: PinForm::DIGITS_6_TO_8,
        unblock: UnblockKind::Unsupported,
        unblock_left: None,
        renewable: false,
    })
}

/// Signs. Everything that can refuse without the PIN does so before it is sent.
pub(crate) fn sign(
    profile: &dyn CardProfile,
    card: &mut dyn Transport,
    request: &SignRequest,
    done: &mut dyn FnMut(Vec<u8>),
) -> Result<()> {
    profile.select(card)?;
    let certificate = profile.certificate(card, request.key)?.ok_or(TokenError::KeyMissing(request.key))?;
    if request.expected.is_some_and(|expected| expected != certificate.fingerprint()) {
        return Err(TokenError::AnotherCard);
    }
    tries::may_spend(profile.tries(card)?.left, request)?;
    for (index, digest) in request.digests.iter().enumerate() {
        if index == 0 || profile.wants_pin_each_time(request.key) {
            profile.verify(card, &request.pin)?;
        }
        let signature = profile.sign(card, request.key, &certificate, digest)?;
        check(&certificate, digest, &signature)?;
        done(signature);
    }
    Ok(())
}

fn check(certificate: &Certificate, digest: &[u8; 32], signature: &[u8]) -> Result<()> {
    if certificate.verifies(digest, signature) {
        Ok(())
    } else {
        Err(TokenError::CardAnswer("wrong signature"))
    }
}
