//! Electronic signatures of Kapocs: CAdES-B (ETSI EN 319 122-1), detached, one signer per file.
//!
//! Signing has two phases so that any signer fits, a card as well as a key file: [`prepare`] gives
//! the digest that the key must sign, [`Pending::finish`] makes the CMS file of the answer.
//! [`verify`] accepts such files, from us or from other programs, against a [`TrustStore`].
//! [`prepare_request`] and [`CertificateRequest`] do the same for asking for certificates (PKCS#10).
//! Beside them: [`Certificate`], [`PrivateKey`], the encrypted [`keyfile`] that serves as software
//! token, and (feature `issue`) the certificate authority of the reference bank.
//!
//! The crate knows no clock, no file and no network: times and bytes come from the caller.

#![warn(missing_docs)]

mod attributes;
mod cades;
mod certificate;
mod chain;
mod error;
#[cfg(any(feature = "issue", test))]
pub mod issue;
pub mod keyfile;
mod keys;
mod message;
mod name;
mod pem;
mod public_key;
mod purpose;
mod request;
#[cfg(test)]
mod tests;
mod verify;

pub use cades::{Pending, prepare};
pub use certificate::Certificate;
pub use chain::TrustStore;
pub use error::SignatureError;
pub use keys::PrivateKey;
pub use public_key::KeyAlgorithm;
pub use purpose::Purpose;
pub use request::{CertificateRequest, PendingRequest, prepare_request};
pub use verify::{Verified, verify};

/// Result of this crate's functions.
pub type Result<T> = std::result::Result<T, SignatureError>;
