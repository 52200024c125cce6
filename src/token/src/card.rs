//! What we do with a card of any kind, inside one transaction.

use signature::Certificate;

use crate::apdu::Transport;
use crate::profile::{CardProfile, PinStatus, Unblocking};
use crate::{
    KeyPurpose, Pin, PinChange, PinState, Result, SignRequest, TokenError, TokenInfo, TokenKind,
    UnblockQuestion, tries,
};

/// Selects the application of the first kind that the card has.
pub(crate) fn recognise(
    kinds: &[&'static dyn CardProfile],
    card: &mut dyn Transport,
) -> Result<&'static dyn CardProfile> {
    for &kind in kinds {
        match kind.select(card) {
            Ok(()) => return Ok(kind),
            Err(TokenError::ForeignCard) => {}
            Err(error) => return Err(error),
        }
    }
    Err(TokenError::ForeignCard)
}

/// Reads everything that is open.
pub(crate) fn read_info(
    profile: &dyn CardProfile,
    card: &mut dyn Transport,
    reader: &str,
) -> Result<TokenInfo> {
    let csn = profile.csn(card)?;
    let mut certificate =
        |purpose| Ok::<_, TokenError>(profile.key(card, purpose)?.map(|key| key.certificate));
    let login = certificate(KeyPurpose::Login)?;
    let signing = certificate(KeyPurpose::Signing)?;
    let PinStatus { left, max, state } = profile.pin_status(card)?;
    let Unblocking { kind: unblock, left: unblock_left } = profile.unblocking(card)?;
    let renewable = match profile.renewal(card) {
        Ok(_) => true,
        Err(TokenError::Unsupported) => false,
        Err(error) => return Err(error),
    };
    Ok(TokenInfo {
        kind: TokenKind::Card,
        reader: reader.to_owned(),
        csn,
        login,
        signing,
        tries_left: left,
        tries_max: max,
        profile: profile.kind(),
        pin_state: state,
        pin_form: profile.pin_form(),
        unblock,
        unblock_left,
        renewable,
    })
}

/// Signs. Everything that can refuse without the PIN does so before it is sent.
pub(crate) fn sign(
    profile: &dyn CardProfile,
    card: &mut dyn Transport,
    request: &SignRequest,
    done: &mut dyn FnMut(Vec<u8>),
) -> Result<()> {
    let key = profile.key(card, request.key)?.ok_or(TokenError::KeyMissing(request.key))?;
    if request.expected.is_some_and(|expected| expected != key.certificate.fingerprint()) {
        return Err(TokenError::AnotherCard);
    }
    may_use(profile, card, &request.pin, request.last_try_confirmed)?;
    for (index, digest) in request.digests.iter().enumerate() {
        if index == 0 || profile.wants_pin_each_time(request.key) {
            profile.verify(card, &request.pin)?;
        }
        let signature = profile.sign(card, &key, digest)?;
        check(&key.certificate, digest, &signature)?;
        done(signature);
    }
    Ok(())
}

/// Sets the first PIN or changes it. Everything that can refuse without a PIN does so before one is sent.
pub(crate) fn change_pin(
    profile: &dyn CardProfile,
    card: &mut dyn Transport,
    change: &PinChange,
) -> Result<()> {
    same_card(profile, card, &change.csn)?;
    let form = profile.pin_form();
    if !form.fits(&change.new) {
        return Err(TokenError::PinFormat);
    }
    let status = profile.pin_status(card)?;
    if status.state == PinState::Unset {
        return profile.change_pin(card, None, &change.new);
    }
    let old = change.old.as_ref().ok_or(TokenError::PinFormat)?;
    tries::may_spend(status.left, form, old, change.last_try_confirmed)?;
    profile.change_pin(card, Some(old), &change.new)
}

/// The question of a token that is to be unblocked.
pub(crate) fn question(profile: &dyn CardProfile, card: &mut dyn Transport) -> Result<UnblockQuestion> {
    let csn = profile.csn(card)?;
    let Unblocking { kind, left } = profile.unblocking(card)?;
    if left == Some(0) {
        return Err(TokenError::UnblockDead);
    }
    // Last, because a card may throw its challenge away at any other command.
    let random = hex::encode_upper(profile.unblock_random(card)?);
    Ok(UnblockQuestion { kind, csn, random })
}

/// Refuses any card but the one that the person saw.
pub(crate) fn same_card(profile: &dyn CardProfile, card: &mut dyn Transport, csn: &str) -> Result<()> {
    if profile.csn(card)? == csn { Ok(()) } else { Err(TokenError::AnotherCard) }
}

/// Whether a PIN may be sent for the use of a key.
pub(crate) fn may_use(
    profile: &dyn CardProfile,
    card: &mut dyn Transport,
    pin: &Pin,
    last_try_confirmed: bool,
) -> Result<()> {
    let status = profile.pin_status(card)?;
    match status.state {
        PinState::Unset => Err(TokenError::PinNotSet),
        // A blocked transport PIN cannot be changed, so that is what the person must hear.
        PinState::Transport if status.left != Some(0) => Err(TokenError::PinNotSet),
        _ => tries::may_spend(status.left, profile.pin_form(), pin, last_try_confirmed),
    }
}

/// A card that signs wrong is broken or an impostor.
fn check(certificate: &Certificate, digest: &[u8; 32], signature: &[u8]) -> Result<()> {
    if certificate.verifies(digest, signature) {
        Ok(())
    } else {
        Err(TokenError::CardAnswer("wrong signature"))
    }
}
