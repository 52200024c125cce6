//! Checking a signature file against its content, a purpose and a trust store.

use chrono::{DateTime, Utc};
use cms::content_info::CmsVersion;
use cms::signed_data::{SignerIdentifier, SignerInfo};
use const_oid::db::rfc5911::ID_DATA;
use der::Encode;
use sha2::{Digest, Sha256};

use crate::message::Message;
use crate::public_key::is_sha256;
use crate::{Certificate, Purpose, Result, SignatureError, TrustStore, attributes};

/// What a good signature says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The signer's certificate, trusted at the moment of the check.
    pub signer: Certificate,
    /// When the signer claims to have signed. Only the signer vouches for it.
    pub signing_time: DateTime<Utc>,
}

/// Checks a detached CAdES-B signature (`cms_der`, DER) over the content with this SHA-256:
/// structure, signed attributes, signature value, purpose, chain, validity at `at`, revocation.
///
/// # Errors
/// The first reason to refuse. Hostile bytes give [`SignatureError::Malformed`], never a panic.
pub fn verify(
    cms_der: &[u8],
    content_sha256: [u8; 32],
    trust: &TrustStore,
    purpose: Purpose,
    at: DateTime<Utc>,
) -> Result<Verified> {
    let message = Message::from_cms(cms_der)?;
    check_envelope(&message)?;
    let [info] = message.signer_infos.0.as_slice() else {
        return Err(SignatureError::SignerCount(message.signer_infos.0.len()));
    };
    let certificates = message.certificates();
    let signer = find_signer(info, &certificates)?;
    let signing_time = check_signature(info, signer, content_sha256)?;
    if !purpose.permits(signer) {
        return Err(SignatureError::PurposeForbidden(purpose));
    }
    trust.check(signer, &certificates, at)?;
    Ok(Verified { signer: signer.clone(), signing_time })
}

impl Purpose {
    fn permits(self, certificate: &Certificate) -> bool {
        match self {
            Self::Login => certificate.may_authenticate(),
            Self::Document => certificate.may_sign_documents(),
            Self::Receipt => certificate.may_sign_documents() && certificate.user_id().is_none(),
        }
    }
}

fn check_envelope(message: &Message) -> Result<()> {
    if message.encap_content_info.econtent.is_some() {
        return Err(SignatureError::NotDetached);
    }
    if message.encap_content_info.econtent_type != ID_DATA {
        return Err(SignatureError::ContentTypeWrong);
    }
    if message.version != CmsVersion::V1 {
        return Err(SignatureError::Malformed("signature file"));
    }
    if !message.digest_algorithms.iter().all(is_sha256) {
        return Err(SignatureError::UnsupportedAlgorithm("digest algorithms"));
    }
    Ok(())
}

fn find_signer<'a>(info: &SignerInfo, certificates: &'a [Certificate]) -> Result<&'a Certificate> {
    let SignerIdentifier::IssuerAndSerialNumber(id) = &info.sid else {
        return Err(SignatureError::UnsupportedSignerIdentifier);
    };
    certificates
        .iter()
        .find(|certificate| {
            *certificate.issuer() == id.issuer && *certificate.serial_number() == id.serial_number
        })
        .ok_or(SignatureError::SignerCertificateMissing)
}

/// The value and the attributes that it covers; returns the claimed signing time.
fn check_signature(
    info: &SignerInfo,
    signer: &Certificate,
    content_sha256: [u8; 32],
) -> Result<DateTime<Utc>> {
    if info.version != CmsVersion::V1 {
        return Err(SignatureError::Malformed("signer"));
    }
    if !is_sha256(&info.digest_alg) || !signer.key().accepts_algorithm(&info.signature_algorithm) {
        return Err(SignatureError::UnsupportedAlgorithm("signature"));
    }
    let signed = info.signed_attrs.as_ref().ok_or(SignatureError::SignedAttributesMissing)?;
    let bytes = signed.to_der().map_err(|_| SignatureError::Malformed("signed attributes"))?;
    if !signer.verifies(&Sha256::digest(&bytes).into(), info.signature.as_bytes()) {
        return Err(SignatureError::SignatureInvalid);
    }
    attributes::check(signed, signer, content_sha256)
}
