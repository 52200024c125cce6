//! Signing inside one session: login, signatures, logout.

use cryptoki::context::Pkcs11;
use cryptoki::error::Error;
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, SessionState, UserType};
use cryptoki::types::AuthPin;
use signature::{Certificate, KeyAlgorithm};

use super::module::meaning;
use super::slots::{Found, OwnCertificate, explain};
use super::{pin_refusal, secret};
use crate::{KeyPurpose, Result, SignRequest, TokenError, pkcs1, tlv};

/// A login that ends with its owner: the token forgets the PIN.
struct Login<'a>(&'a Session);

impl Drop for Login<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.logout() {
            // A pulled token has forgotten the PIN by itself; closing the last session logs out too.
            tracing::debug!(%error, "the token was not logged out of cleanly");
        }
    }
}

/// Signs with a key of `token`, whose certificate and tries were judged before.
pub(super) fn sign(
    calls: &Pkcs11,
    token: &Found,
    request: &SignRequest,
    done: &mut dyn FnMut(Vec<u8>),
) -> Result<()> {
    let own = token.certificate(request.key).ok_or(TokenError::KeyMissing(request.key))?;
    let session = calls.open_ro_session(token.slot).map_err(meaning)?;
    let refused = |error| pin_refusal(calls, token, error, TokenError::PinFormat);
    let pin = secret(&request.pin);
    let _login = log_in(&session, &pin).map_err(refused)?;
    let pulled = |error| explain(calls, token.slot, error);
    let (key, pin_each_time) = private_key(&session, own, request.key).map_err(pulled)?;
    for digest in &request.digests {
        let (mechanism, block) = prepared(&own.certificate, digest)?;
        let raw = if pin_each_time {
            // Only a signing operation that was begun can be authorised, and only its parts can follow.
            session.sign_init(&mechanism, key).map_err(|error| pulled(meaning(error)))?;
            session.login(UserType::ContextSpecific, Some(&pin)).map_err(refused)?;
            session.sign_update(&block).and_then(|()| session.sign_final())
        } else {
            session.sign(&mechanism, key, &block)
        };
        let raw = raw.map_err(|error| pulled(meaning(error)))?;
        let signature = finished(&own.certificate, raw)?;
        if !own.certificate.verifies(digest, &signature) {
            return Err(TokenError::CardAnswer("wrong signature"));
        }
        done(signature);
    }
    Ok(())
}

/// Sends the PIN, once. A login that is still open from before would let any PIN pass, so it is ended first.
fn log_in<'a>(session: &'a Session, pin: &AuthPin) -> std::result::Result<Login<'a>, Error> {
    if session.get_session_info()?.session_state() == SessionState::RoUser {
        session.logout()?;
    }
    session.login(UserType::User, Some(pin))?;
    Ok(Login(session))
}

/// The key of a certificate, and whether it wants the PIN anew for each use.
fn private_key(session: &Session, own: &OwnCertificate, key: KeyPurpose) -> Result<(ObjectHandle, bool)> {
    let template = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(own.id.clone())];
    let found = session.find_objects(&template).map_err(meaning)?;
    let &object = found.first().ok_or(TokenError::KeyMissing(key))?;
    let attributes = session.get_attributes(object, &[AttributeType::AlwaysAuthenticate]).map_err(meaning)?;
    Ok((object, attributes.contains(&Attribute::AlwaysAuthenticate(true))))
}

/// Mechanism and input for a digest; `CKM_RSA_PKCS` adds only the padding.
fn prepared(certificate: &Certificate, digest: &[u8; 32]) -> Result<(Mechanism<'static>, Vec<u8>)> {
    match certificate.key_algorithm() {
        KeyAlgorithm::Rsa { .. } => Ok((Mechanism::RsaPkcs, pkcs1::digest_info(digest))),
        KeyAlgorithm::P256 => Ok((Mechanism::Ecdsa, digest.to_vec())),
    }
}

/// The signature as the rest of the program has it. `CKM_ECDSA` gives r and s of equal length one after the other
/// (PKCS #11 v2.40, 2.3.1), where X.509 has a SEQUENCE of two INTEGERs.
fn finished(certificate: &Certificate, raw: Vec<u8>) -> Result<Vec<u8>> {
    match certificate.key_algorithm() {
        KeyAlgorithm::Rsa { .. } => Ok(raw),
        KeyAlgorithm::P256 if raw.len() == 64 => {
            let (r, s) = raw.split_at(32);
            Ok(tlv::ecdsa_value(r, s))
        }
        KeyAlgorithm::P256 => Err(TokenError::CardAnswer("length of a signature")),
    }
}
