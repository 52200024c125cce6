//! Trust: from a signer's certificate to an anchor, over at most one certificate between them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::{
    ID_CE_BASIC_CONSTRAINTS, ID_CE_CERTIFICATE_POLICIES, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE,
    ID_CE_SUBJECT_ALT_NAME,
};
use sha2::{Digest, Sha256};
use x509_cert::ext::pkix::BasicConstraints;

use crate::{Certificate, Result, SignatureError};

/// Critical extensions whose meaning this crate heeds or that carry no restriction on it.
const KNOWN_EXTENSIONS: [ObjectIdentifier; 5] = [
    ID_CE_BASIC_CONSTRAINTS,
    ID_CE_KEY_USAGE,
    ID_CE_EXT_KEY_USAGE,
    ID_CE_SUBJECT_ALT_NAME,
    ID_CE_CERTIFICATE_POLICIES,
];

/// The certificate authorities that are trusted and the certificates that no longer are.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    anchors: Vec<Certificate>,
    revoked: HashSet<[u8; 32]>,
}

impl TrustStore {
    /// A store with these anchors.
    pub fn new(anchors: impl IntoIterator<Item = Certificate>) -> Self {
        Self { anchors: anchors.into_iter().collect(), revoked: HashSet::new() }
    }

    /// Reads every certificate of a PEM text as an anchor.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`] or [`SignatureError::UnsupportedAlgorithm`] for a block that
    /// cannot serve.
    pub fn from_pem(text: &str) -> Result<Self> {
        Ok(Self::new(Certificate::all_from_pem(text)?))
    }

    /// Adds an anchor.
    pub fn add_anchor(&mut self, anchor: Certificate) {
        self.anchors.push(anchor);
    }

    /// The anchors.
    pub fn anchors(&self) -> &[Certificate] {
        &self.anchors
    }

    /// Takes the certificate with this fingerprint out of use.
    pub fn revoke(&mut self, fingerprint: [u8; 32]) {
        self.revoked.insert(fingerprint);
    }

    /// Whether the certificate with this fingerprint was revoked.
    pub fn is_revoked(&self, fingerprint: &[u8; 32]) -> bool {
        self.revoked.contains(fingerprint)
    }

    /// Checks validity, revocation and the chain of `certificate` to an anchor at the moment `at`;
    /// `others` may hold the certificate between them.
    ///
    /// # Errors
    /// The reason of the refusal; when several issuers have the same name, that of the last tried.
    pub fn check(&self, certificate: &Certificate, others: &[Certificate], at: DateTime<Utc>) -> Result<()> {
        self.check_single(certificate, at)?;
        let mut refusal = SignatureError::UntrustedIssuer;
        for anchor in issuers_of(certificate, &self.anchors) {
            match self.check_step(certificate, anchor, 0, at) {
                Ok(()) => return Ok(()),
                Err(error) => refusal = error,
            }
        }
        for middle in issuers_of(certificate, others) {
            for anchor in issuers_of(middle, &self.anchors) {
                let steps = self
                    .check_step(certificate, middle, 0, at)
                    .and_then(|()| self.check_step(middle, anchor, 1, at));
                match steps {
                    Ok(()) => return Ok(()),
                    Err(error) => refusal = error,
                }
            }
        }
        Err(refusal)
    }

    /// One link: `issuer` is sound, entitled and has signed `certificate`. `below` is the number of
    /// authorities under the issuer (pathLenConstraint, RFC 5280, 4.2.1.9).
    fn check_step(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        below: u8,
        at: DateTime<Utc>,
    ) -> Result<()> {
        self.check_single(issuer, at)?;
        let constraints = issuer
            .parsed()
            .tbs_certificate
            .get::<BasicConstraints>()
            .map_err(|_| SignatureError::Malformed("certificate"))?;
        let entitled = constraints.is_some_and(|(_, limits)| {
            limits.ca && limits.path_len_constraint.is_none_or(|limit| below <= limit)
        }) && issuer.key_usage().is_some_and(x509_cert::ext::pkix::KeyUsage::key_cert_sign);
        if !entitled {
            return Err(SignatureError::IssuerNotEntitled);
        }
        let parsed = certificate.parsed();
        if parsed.signature_algorithm != parsed.tbs_certificate.signature
            || parsed.signature_algorithm != issuer.key().signature_algorithm()
        {
            return Err(SignatureError::UnsupportedAlgorithm("certificate"));
        }
        let digest: [u8; 32] = Sha256::digest(certificate.to_be_signed()?).into();
        let signature = parsed.signature.as_bytes().ok_or(SignatureError::Malformed("certificate"))?;
        if issuer.verifies(&digest, signature) { Ok(()) } else { Err(SignatureError::IssuerSignatureInvalid) }
    }

    /// What a certificate must satisfy by itself: in time, not revoked, no extension that we would
    /// have to heed without knowing it.
    fn check_single(&self, certificate: &Certificate, at: DateTime<Utc>) -> Result<()> {
        if self.is_revoked(&certificate.fingerprint()) {
            return Err(SignatureError::Revoked);
        }
        if at < certificate.not_before() {
            return Err(SignatureError::NotYetValid(certificate.not_before()));
        }
        if at > certificate.not_after() {
            return Err(SignatureError::Expired(certificate.not_after()));
        }
        let mut extensions = certificate.parsed().tbs_certificate.extensions.iter().flatten();
        if extensions.any(|extension| extension.critical && !KNOWN_EXTENSIONS.contains(&extension.extn_id)) {
            return Err(SignatureError::UnknownCriticalExtension);
        }
        Ok(())
    }
}

fn issuers_of<'a>(
    certificate: &'a Certificate,
    candidates: &'a [Certificate],
) -> impl Iterator<Item = &'a Certificate> + 'a {
    candidates.iter().filter(|candidate| candidate.subject() == certificate.issuer())
}
