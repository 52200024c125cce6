//! Every way in which a signature, a certificate or a key file can be refused.

use chrono::{DateTime, Utc};

use crate::Purpose;

/// Why this crate refused. Each variant has a stable [`code`](Self::code) whose text for people
/// stands in `locales/*/errors.ftl`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The bytes are not the structure that they should be; the field names the structure.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// A digest, signature or key algorithm other than SHA-256 with RSA (2048 bits or more) or
    /// ECDSA on P-256.
    #[error("unsupported algorithm in {0}")]
    UnsupportedAlgorithm(&'static str),
    /// The file carries its content inside; we want detached signatures only.
    #[error("the signature carries content of its own")]
    NotDetached,
    /// A signature file has exactly one signer.
    #[error("the signature has {0} signers instead of one")]
    SignerCount(usize),
    /// The signer is named by something other than issuer and serial number.
    #[error("the signer is not named by issuer and serial number")]
    UnsupportedSignerIdentifier,
    /// No certificate of the file is the signer's.
    #[error("the signer's certificate is missing from the signature")]
    SignerCertificateMissing,
    /// The signature covers no signed attributes.
    #[error("the signature has no signed attributes")]
    SignedAttributesMissing,
    /// A signed attribute that CAdES-B requires is missing or stands there twice.
    #[error("signed attribute {0} is missing or not single")]
    AttributeNotSingle(&'static str),
    /// The content type attribute does not say `data`.
    #[error("the signed content type is not data")]
    ContentTypeWrong,
    /// The content is not the one that was signed.
    #[error("the content differs from the one that was signed")]
    ContentChanged,
    /// The signed reference (signing-certificate-v2) points at another certificate.
    #[error("the signed certificate reference points at another certificate")]
    SigningCertificateMismatch,
    /// The signature value does not verify with the signer's public key.
    #[error("the signature value is wrong")]
    SignatureInvalid,
    /// The certificate may not be used for this purpose.
    #[error("the certificate may not be used for {0:?}")]
    PurposeForbidden(Purpose),
    /// The chain ends in no trusted certificate.
    #[error("the certificate's issuer is not trusted")]
    UntrustedIssuer,
    /// An issuer in the chain is not a certificate authority, or its depth limit forbids this chain.
    #[error("an issuer of the certificate is not entitled to issue it")]
    IssuerNotEntitled,
    /// The issuer's signature on a certificate is wrong.
    #[error("the issuer's signature on a certificate is wrong")]
    IssuerSignatureInvalid,
    /// A certificate has a critical extension that this crate does not know (RFC 5280, 4.2).
    #[error("a certificate has an unknown critical extension")]
    UnknownCriticalExtension,
    /// A certificate of the chain is not yet valid.
    #[error("a certificate is valid only from {0}")]
    NotYetValid(DateTime<Utc>),
    /// A certificate of the chain has expired.
    #[error("a certificate expired at {0}")]
    Expired(DateTime<Utc>),
    /// A certificate of the chain was revoked.
    #[error("a certificate was revoked")]
    Revoked,
    /// A key and a certificate do not belong together.
    #[error("the key does not belong to the certificate")]
    KeyMismatch,
    /// The key cannot do what was asked, or its generation failed.
    #[error("the key operation failed")]
    KeyOperation,
    /// A key file must hold one login and one signing certificate and their keys.
    #[error("the key file is not complete: {0}")]
    KeyFileIncomplete(&'static str),
    /// The key file asks for more memory or time than any honest one.
    #[error("the key file's protection has absurd parameters")]
    KeyFileParameters,
    /// The PIN does not open the key file.
    #[error("wrong PIN")]
    PinWrong,
    /// A time or name cannot be written into a certificate or signature.
    #[error("cannot be encoded: {0}")]
    Encoding(&'static str),
}

impl SignatureError {
    /// The stable code of this refusal, also the key of its text.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "signature-malformed",
            Self::UnsupportedAlgorithm(_) => "signature-unsupported-algorithm",
            Self::NotDetached => "signature-not-detached",
            Self::SignerCount(_) => "signature-signer-count",
            Self::UnsupportedSignerIdentifier => "signature-unsupported-signer-identifier",
            Self::SignerCertificateMissing => "signature-certificate-missing",
            Self::SignedAttributesMissing => "signature-attributes-missing",
            Self::AttributeNotSingle(_) => "signature-attribute-not-single",
            Self::ContentTypeWrong => "signature-content-type",
            Self::ContentChanged => "signature-content-changed",
            Self::SigningCertificateMismatch => "signature-certificate-mismatch",
            Self::SignatureInvalid => "signature-invalid",
            Self::PurposeForbidden(_) => "signature-purpose-forbidden",
            Self::UntrustedIssuer => "certificate-untrusted",
            Self::IssuerNotEntitled => "certificate-issuer-not-entitled",
            Self::IssuerSignatureInvalid => "certificate-signature-invalid",
            Self::UnknownCriticalExtension => "certificate-critical-extension",
            Self::NotYetValid(_) => "certificate-not-yet-valid",
            Self::Expired(_) => "certificate-expired",
            Self::Revoked => "certificate-revoked",
            Self::KeyMismatch => "key-mismatch",
            Self::KeyOperation => "key-operation",
            Self::KeyFileIncomplete(_) => "key-file-incomplete",
            Self::KeyFileParameters => "key-file-parameters",
            Self::PinWrong => "key-file-pin-wrong",
            Self::Encoding(_) => "signature-encoding",
        }
    }
}
