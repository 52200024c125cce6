//! X.509 certificates: the exact bytes beside what we read out of them.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use const_oid::db::rfc5280::ID_KP_CLIENT_AUTH;
use der::{Decode, Encode, Header, Reader, SliceReader};
use sha2::{Digest, Sha256};
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Time;

use crate::public_key::PublicKey;
use crate::{KeyAlgorithm, Result, SignatureError, name, pem};

const WHAT: &str = "certificate";

/// A certificate with a key of a kind that we support. Cloning is cheap.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    parsed: x509_cert::Certificate,
    key: PublicKey,
    key_usage: Option<KeyUsage>,
    extended_key_usage: Option<ExtendedKeyUsage>,
    not_before: DateTime<Utc>,
    not_after: DateTime<Utc>,
}

impl Certificate {
    /// Reads one DER certificate.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`] or, for keys that we do not know,
    /// [`SignatureError::UnsupportedAlgorithm`].
    pub fn from_der(der: &[u8]) -> Result<Self> {
        let malformed = |_: der::Error| SignatureError::Malformed(WHAT);
        let parsed = x509_cert::Certificate::from_der(der).map_err(malformed)?;
        let tbs = &parsed.tbs_certificate;
        let key = PublicKey::from_spki(&tbs.subject_public_key_info)?;
        let key_usage = tbs.get::<KeyUsage>().map_err(malformed)?.map(|(_, usage)| usage);
        let extended_key_usage = tbs.get::<ExtendedKeyUsage>().map_err(malformed)?.map(|(_, usage)| usage);
        let not_before = date(&tbs.validity.not_before)?;
        let not_after = date(&tbs.validity.not_after)?;
        let der = der.to_vec();
        Ok(Self(Arc::new(Inner { der, parsed, key, key_usage, extended_key_usage, not_before, not_after })))
    }

    /// Reads the first CERTIFICATE block of a PEM text.
    ///
    /// # Errors
    /// As [`from_der`](Self::from_der); also when no such block is there.
    pub fn from_pem(text: &str) -> Result<Self> {
        let block = pem::blocks(text)?.into_iter().find(|block| block.label == "CERTIFICATE");
        Self::from_der(&block.ok_or(SignatureError::Malformed("PEM"))?.der)
    }

    /// All CERTIFICATE blocks of a PEM text in their order.
    ///
    /// # Errors
    /// As [`from_der`](Self::from_der).
    pub fn all_from_pem(text: &str) -> Result<Vec<Self>> {
        let blocks = pem::blocks(text)?;
        blocks
            .iter()
            .filter(|block| block.label == "CERTIFICATE")
            .map(|block| Self::from_der(&block.der))
            .collect()
    }

    /// The exact bytes.
    pub fn to_der(&self) -> &[u8] {
        &self.0.der
    }

    /// The certificate as PEM.
    ///
    /// # Errors
    /// [`SignatureError::Encoding`], in theory only.
    pub fn to_pem(&self) -> Result<String> {
        pem::encode("CERTIFICATE", &self.0.der)
    }

    /// Common name of the holder.
    pub fn subject_common_name(&self) -> Option<String> {
        name::attribute(self.subject(), name::COMMON_NAME)
    }

    /// Common name of the issuer.
    pub fn issuer_common_name(&self) -> Option<String> {
        name::attribute(self.issuer(), name::COMMON_NAME)
    }

    /// The holder's user id: the subject's serialNumber attribute (OID 2.5.4.5).
    pub fn user_id(&self) -> Option<String> {
        name::attribute(self.subject(), name::SERIAL_NUMBER)
    }

    /// The certificate's serial number, upper-case hex.
    pub fn serial_hex(&self) -> String {
        self.serial_number().as_bytes().iter().map(|byte| format!("{byte:02X}")).collect()
    }

    /// Start of validity.
    pub fn not_before(&self) -> DateTime<Utc> {
        self.0.not_before
    }

    /// Last moment of validity.
    pub fn not_after(&self) -> DateTime<Utc> {
        self.0.not_after
    }

    /// Kind of the key.
    pub fn key_algorithm(&self) -> KeyAlgorithm {
        self.0.key.algorithm()
    }

    /// SHA-256 of the DER bytes: the identity of the certificate everywhere in Kapocs.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.0.der).into()
    }

    /// The public key as DER SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// [`SignatureError::Encoding`], in theory only.
    pub fn public_key_der(&self) -> Result<Vec<u8>> {
        let spki = &self.0.parsed.tbs_certificate.subject_public_key_info;
        spki.to_der().map_err(|_| SignatureError::Encoding("public key"))
    }

    /// Whether the key may make signatures that bind its holder: keyUsage contentCommitment
    /// (nonRepudiation, RFC 5280, 4.2.1.3).
    pub fn may_sign_documents(&self) -> bool {
        self.0.key_usage.as_ref().is_some_and(KeyUsage::non_repudiation)
    }

    /// Whether the key is for logging in: digitalSignature, extended usage clientAuth, and no right
    /// to bind its holder.
    pub fn may_authenticate(&self) -> bool {
        self.0.key_usage.as_ref().is_some_and(|usage| usage.digital_signature() && !usage.non_repudiation())
            && self.0.extended_key_usage.as_ref().is_some_and(|usage| usage.0.contains(&ID_KP_CLIENT_AUTH))
    }

    /// Whether `signature` is this key's over the SHA-256 digest: PKCS#1 v1.5 block or DER ECDSA value.
    pub fn verifies(&self, digest: &[u8; 32], signature: &[u8]) -> bool {
        self.0.key.verifies(digest, signature)
    }

    pub(crate) fn subject(&self) -> &Name {
        &self.0.parsed.tbs_certificate.subject
    }

    pub(crate) fn issuer(&self) -> &Name {
        &self.0.parsed.tbs_certificate.issuer
    }

    pub(crate) fn serial_number(&self) -> &SerialNumber {
        &self.0.parsed.tbs_certificate.serial_number
    }

    pub(crate) fn key(&self) -> &PublicKey {
        &self.0.key
    }

    pub(crate) fn key_usage(&self) -> Option<&KeyUsage> {
        self.0.key_usage.as_ref()
    }

    pub(crate) fn parsed(&self) -> &x509_cert::Certificate {
        &self.0.parsed
    }

    /// The bytes that the issuer signed, as they stand in the file (not encoded anew).
    pub(crate) fn to_be_signed(&self) -> Result<&[u8]> {
        let read = || -> der::Result<&[u8]> {
            let mut reader = SliceReader::new(&self.0.der)?;
            Header::decode(&mut reader)?;
            reader.tlv_bytes()
        };
        read().map_err(|_| SignatureError::Malformed(WHAT))
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der == other.0.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({:?}, serial {})", self.subject_common_name(), self.serial_hex())
    }
}

fn date(time: &Time) -> Result<DateTime<Utc>> {
    i64::try_from(time.to_unix_duration().as_secs())
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(SignatureError::Malformed(WHAT))
}
