//! A package as somebody brings it, examined before anybody waits for the database: its bytes are hashed, its document
//! is read, its signatures are verified. That is work on whatever is sent, so it stands outside the bank's transactions:
//! they get what came of it, and have no trust store by which they could verify anything ([`super::context`]).
//!
//! What is wrong is kept and told when the transaction comes to it: a package that the bank has already gets its
//! receipt again, whatever has become of certificates since.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{AccountNumber, Money};
use formats::package_document::{self, PackageContent};
use protocol::{Base64Bytes, Problem, ProblemCode};
use sha2::{Digest, Sha256};
use signature::{Certificate, Purpose, SignatureError, TrustStore};

use super::refusal::document_problem;

/// Signatures that come with one package. Ours: no authority table asks for more than a few, and each that comes is
/// verified.
pub(crate) const MAX_SIGNATURES: usize = 16;

/// Document and signatures of a package, with what they turned out to be.
pub(crate) struct Examined<'a> {
    pub(crate) document: &'a [u8],
    read: Result<Read, Box<Problem>>,
    pub(crate) signatures: Signatures<'a>,
}

/// What a document says.
pub(crate) struct Read {
    pub(crate) content: PackageContent,
    /// What leaves each debited account.
    pub(crate) debits: BTreeMap<AccountNumber, Money>,
}

/// Signatures over bytes of one hash.
pub(crate) struct Signatures<'a> {
    /// SHA-256 of the bytes.
    pub(crate) over: [u8; 32],
    each: Result<Vec<Signature<'a>>, Box<Problem>>,
}

/// One signature: whose certificate it verifies with, if it does.
pub(crate) struct Signature<'a> {
    pub(crate) cms: &'a [u8],
    pub(crate) signer: Result<Certificate, Box<Problem>>,
}

impl<'a> Examined<'a> {
    pub(crate) fn of(
        document: &'a [u8],
        signatures: &'a [Base64Bytes],
        trust: &TrustStore,
        now: DateTime<Utc>,
    ) -> Self {
        let over = Sha256::digest(document).into();
        let read = read(document);
        Self { document, read, signatures: Signatures::verified(over, signatures, trust, now) }
    }

    /// SHA-256 of the document.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        self.signatures.over
    }

    /// What the document says.
    ///
    /// # Errors
    /// `package-document-invalid`, `package-sums-disagree`, `package-order-duplicate`.
    pub(crate) fn read(&self) -> Result<&Read, Box<Problem>> {
        self.read.as_ref().map_err(Clone::clone)
    }
}

impl<'a> Signatures<'a> {
    pub(crate) fn verified(
        over: [u8; 32],
        signatures: &'a [Base64Bytes],
        trust: &TrustStore,
        now: DateTime<Utc>,
    ) -> Self {
        if signatures.len() > MAX_SIGNATURES {
            let problem = Problem::new(ProblemCode::PackageAgainstRules).with_detail("too many signatures");
            return Self { over, each: Err(Box::new(problem)) };
        }
        let verified = |cms: &'a Base64Bytes| {
            let signer = signature::verify(cms.as_slice(), over, trust, Purpose::Document, now)
                .map(|verified| verified.signer)
                .map_err(|e| Box::new(Problem::new(signature_code(&e)).with_detail(e)));
            Signature { cms: cms.as_slice(), signer }
        };
        Self { over, each: Ok(signatures.iter().map(verified).collect()) }
    }

    /// Each of them.
    ///
    /// # Errors
    /// `package-against-rules` when there are more than [`MAX_SIGNATURES`].
    pub(crate) fn each(&self) -> Result<&[Signature<'a>], Box<Problem>> {
        self.each.as_deref().map_err(Clone::clone)
    }
}

fn read(document: &[u8]) -> Result<Read, Box<Problem>> {
    let content = package_document::read(document).map_err(document_problem)?;
    let debits = package_document::summary(&content).map_err(document_problem)?.debits;
    Ok(Read { content, debits })
}

/// Which problem a refused package signature is.
fn signature_code(error: &SignatureError) -> ProblemCode {
    match error {
        SignatureError::PurposeForbidden(_) => ProblemCode::PackageSignatureWrongKey,
        SignatureError::Revoked
        | SignatureError::Expired(_)
        | SignatureError::NotYetValid(_)
        | SignatureError::UntrustedIssuer
        | SignatureError::IssuerNotEntitled
        | SignatureError::IssuerSignatureInvalid
        | SignatureError::UnknownCriticalExtension => ProblemCode::PackageSignerCertificate,
        _ => ProblemCode::PackageSignatureInvalid,
    }
}

#[cfg(test)]
#[path = "examined_tests.rs"]
mod tests;
