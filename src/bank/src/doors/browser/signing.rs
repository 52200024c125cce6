//! Approving a package in the browser: the bank's question and the key's answer.
//!
//! The browser fetches the document, computes its SHA-256 itself, shows what stands in those very bytes, and asks
//! with hash and personal code for the CMS attributes to sign. Amounts, payees and count are bound by the signature
//! because they stand in the document, whose hash is the attribute `messageDigest`; the browser signs nothing whose
//! `messageDigest` is not its own hash. An approval is good once, for a minute, for the session that began it.

use domain::PackageId;
use formats::package_document;
use protocol::{Base64Bytes, ProblemCode};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::problem::{WebProblem, codes};
use super::rights;
use super::visitor::Visitor;
use crate::bank::Bank;
use crate::people::approvals::{Approver, Waiting};
use crate::people::virtual_cards::{self, CardState, Guess};

impl<'a> From<&'a Visitor> for Approver<'a> {
    fn from(visitor: &'a Visitor) -> Self {
        let session = &visitor.session;
        Self { access: &visitor.access, user: &session.user, card: &session.card, session: session.key() }
    }
}

/// What the key has to sign.
pub(super) struct Begun {
    pub ticket: String,
    /// DER of the signed attributes.
    pub attributes: Vec<u8>,
}

pub(super) struct Approved {
    /// SHA-256 of the document that was approved.
    pub document_sha256: [u8; 32],
    /// CMS file.
    pub cms: Base64Bytes,
}

/// Begins an approval: the personal code is compared, and the attributes are made for the card's signing key.
///
/// # Errors
/// `web-document-changed` when `shown_sha256` is not the document's, `web-personal-code-wrong` and what else stands
/// in [`codes`].
pub(super) fn begin(
    bank: &Bank,
    approver: &Approver<'_>,
    package: PackageId,
    document: &[u8],
    shown_sha256: [u8; 32],
    personal_code: &str,
) -> Result<Begun, WebProblem> {
    let now = bank.clock.now();
    let document_sha256: [u8; 32] = Sha256::digest(document).into();
    if document_sha256 != shown_sha256 {
        return Err(WebProblem::new(codes::DOCUMENT_CHANGED));
    }
    may_sign(approver, package, document)?;
    let (card, guess) = bank.write(|db| -> Result<_, WebProblem> {
        let card = own_card(db, approver)?;
        let guess = virtual_cards::begin_guess(db, approver.user, &card.id)?;
        Ok((card, guess))
    })?;
    let Guess::Against(hash) = guess else { return Err(ProblemCode::LoginUserLocked.into()) };
    let right = hash.is_of(personal_code)?;
    bank.write(|db| virtual_cards::settle_guess(db, approver.user, right))?;
    if !right {
        return Err(WebProblem::new(codes::PERSONAL_CODE_WRONG));
    }
    let pending = signature::prepare(&card.signing, document_sha256, now)?;
    let attributes = pending.to_be_signed().to_vec();
    let session = approver.session;
    let ticket = bank.approvals.keep(Waiting { pending, package, document_sha256, session, at: now })?;
    Ok(Begun { ticket, attributes })
}

/// Ends an approval: the CMS file, which the caller has judged by the same verifier as any other signature.
///
/// # Errors
/// `web-approval-unknown` when it is over, used or another session's; `package-signature-invalid` when the answer is
/// not the card's signature.
///
/// It checks a signature, so it stands outside transactions.
pub(super) fn finish(
    bank: &Bank,
    approver: &Approver<'_>,
    package: PackageId,
    ticket: &str,
    signature: &[u8],
) -> Result<Approved, WebProblem> {
    let now = bank.clock.now();
    let waiting = bank
        .approvals
        .take(ticket, approver, package, now)
        .ok_or_else(|| WebProblem::new(codes::APPROVAL_UNKNOWN))?;
    bank.read(|db| own_card(db, approver))?;
    let invalid = |_| WebProblem::from(ProblemCode::PackageSignatureInvalid);
    let cms = waiting.pending.finish(signature, &[]).map_err(invalid)?;
    let document_sha256 = waiting.document_sha256;
    Ok(Approved { document_sha256, cms: cms.into() })
}

fn own_card(db: &Connection, approver: &Approver<'_>) -> Result<virtual_cards::VirtualCard, WebProblem> {
    virtual_cards::find(db, approver.card)?
        .filter(|card| card.state == CardState::Active && card.user == *approver.user)
        .ok_or_else(|| WebProblem::new(codes::CARD_CLOSED))
}

/// Whether the document is this package of the customer and the user has the right to sign for what it debits.
fn may_sign(approver: &Approver<'_>, package: PackageId, document: &[u8]) -> Result<(), WebProblem> {
    let access = approver.access;
    if !rights::may_sign(access, approver.user) {
        return Err(WebProblem::new(codes::SIGNING_NOT_ENABLED));
    }
    let invalid = |_| WebProblem::from(ProblemCode::PackageDocumentInvalid);
    let content = package_document::read(document).map_err(invalid)?;
    if content.header.id != package || content.header.customer != access.customer.id {
        return Err(ProblemCode::PackageIdMismatch.into());
    }
    let debits = package_document::summary(&content).map_err(invalid)?.debits;
    let (authority, accounts) = (&access.authority, debits.keys().copied());
    if authority.may_sign_package(content.header.order_type, approver.user, accounts) {
        Ok(())
    } else {
        Err(ProblemCode::NotPermitted.into())
    }
}

#[cfg(test)]
#[path = "signing_tests.rs"]
mod tests;
