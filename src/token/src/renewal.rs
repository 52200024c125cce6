//! New keys and certificates on a card of any kind, inside one transaction.

use crate::apdu::Transport;
use crate::profile::{CardProfile, Renewal};
use crate::{Authorisation, KeyPurpose, NewCertificates, Result, StagedKeys, TokenError, card};

/// Makes both new keys.
pub(crate) fn stage(
    profile: &dyn CardProfile,
    transport: &mut dyn Transport,
    by: &Authorisation,
) -> Result<StagedKeys> {
    let renewal = allowed(profile, transport, by)?;
    let mut old = |purpose| profile.key(transport, purpose)?.ok_or(TokenError::KeyMissing(purpose));
    let (login, signing) = (old(KeyPurpose::Login)?, old(KeyPurpose::Signing)?);
    renewal.open(transport, &by.pin)?;
    Ok(StagedKeys { login: renewal.stage(transport, &login)?, signing: renewal.stage(transport, &signing)? })
}

/// Signs with both new keys, the PIN right before each.
pub(crate) fn prove(
    profile: &dyn CardProfile,
    transport: &mut dyn Transport,
    by: &Authorisation,
    login: &[u8; 32],
    signing: &[u8; 32],
) -> Result<[Vec<u8>; 2]> {
    let renewal = allowed(profile, transport, by)?;
    // Asked before, because between PIN and signature nothing may come.
    let login_kind = renewal.staged(transport, KeyPurpose::Login)?;
    let signing_kind = renewal.staged(transport, KeyPurpose::Signing)?;
    let mut proof = |key, algorithm, digest| {
        profile.verify(transport, &by.pin)?;
        renewal.sign_staged(transport, key, algorithm, digest)
    };
    Ok([proof(KeyPurpose::Login, login_kind, login)?, proof(KeyPurpose::Signing, signing_kind, signing)?])
}

/// Puts both new keys in place.
pub(crate) fn install(
    profile: &dyn CardProfile,
    transport: &mut dyn Transport,
    by: &Authorisation,
    new: &NewCertificates,
) -> Result<()> {
    let renewal = allowed(profile, transport, by)?;
    // Both are looked at before anything changes.
    renewal.holds(transport, KeyPurpose::Login, &new.login)?;
    renewal.holds(transport, KeyPurpose::Signing, &new.signing)?;
    renewal.open(transport, &by.pin)?;
    renewal.install(transport, KeyPurpose::Login, &new.login)?;
    renewal.install(transport, KeyPurpose::Signing, &new.signing)
}

/// Everything that can refuse does so here, before the PIN is sent.
fn allowed<'a>(
    profile: &'a dyn CardProfile,
    transport: &mut dyn Transport,
    by: &Authorisation,
) -> Result<&'a dyn Renewal> {
    card::same_card(profile, transport, &by.csn)?;
    let renewal = profile.renewal(transport)?;
    card::may_use(profile, transport, &by.pin, by.last_try_confirmed)?;
    Ok(renewal)
}
