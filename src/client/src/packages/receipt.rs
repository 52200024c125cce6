//! The bank's receipt: what it says, whether it proves it, and what follows from it here.

use crate::reasons::ReceiptProblem;
use chrono::{DateTime, Utc};
use domain::PackageId;
use domain::package::PackageEvent;
use domain::submission::{SubmissionEvent, SubmissionState};
use sha2::{Digest, Sha256};
use signature::{Purpose, TrustStore};
use store::deed::Deed;
use store::receipts::StoredReceipt;
use store::submissions::StoredSubmission;

use crate::bank::SignedReceipt;
use crate::connection::file::connection_of;
use crate::connection::kapocs::receipt::{ReceiptBody, read};
use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;
use crate::packages::moves::{log, story, transition};

/// Moves a submission by an event; an event that comes too late changes nothing.
pub(crate) fn step(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    submission: &StoredSubmission,
    event: SubmissionEvent,
    problem: Option<&str>,
) -> Result<SubmissionState> {
    let current = store::submissions::get(tx, submission.id)?.state;
    let Some(next) = current.apply(event) else { return Ok(current) };
    if next != current || problem.is_some() {
        store::submissions::set_state(tx, submission.id, current, next, problem, rules.now)?;
    }
    Ok(next)
}

/// Verifies the bank's receipt against what was sent, keeps it, and moves submission and package.
pub(crate) fn take_receipt(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    submission: &StoredSubmission,
    receipt: &SignedReceipt,
) -> Result<()> {
    let body = verify_receipt(tx, rules, receipt)?;
    if body.package != submission.package {
        return Err(ClientError::Receipt(ReceiptProblem::OtherPackage));
    }
    if body.document_sha256 != hex::encode(submission.document_sha256) {
        return Err(ClientError::Receipt(ReceiptProblem::OtherBytes));
    }
    let stored =
        StoredReceipt { bytes: receipt.body.clone(), cms: receipt.signature.clone(), received_at: rules.now };
    let _: bool = store::receipts::save(tx, submission.package, &stored)?;
    // The follower may have heard of it before the answer came: the story tells it once.
    let is_news = store::submissions::get(tx, submission.id)?.state != SubmissionState::Received;
    let _ = step(tx, rules, submission, SubmissionEvent::Receipt, None)?;
    let _ = transition(tx, rules, submission.package, PackageEvent::Received)?;
    store::packages::set_error(tx, submission.package, None, rules.now)?;
    if is_news {
        let deed = Deed::Received { sequence: body.sequence, received_at: body.received_at };
        log(tx, rules, submission.package, deed)?;
    }
    Ok(())
}

/// Ends a submission whose package the bank has in other bytes, as its receipt proves, and that a file has carried:
/// whoever has it from there sent it changed. Ours never counts any more, so it is as good as refused; whose it is now is
/// told by [`crate::handover::elsewhere`]. A package that never left but to the bank cannot be there in other bytes:
/// then the receipt proves nothing, and `false` is given.
pub(crate) fn lost_to_others(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    submission: &StoredSubmission,
) -> Result<bool> {
    let carried =
        |deed: &Deed| matches!(deed, Deed::PackageFileWritten { .. } | Deed::PackageFileTaken { .. });
    if !story(tx, submission.package)?.iter().any(|event| carried(&event.deed)) {
        return Ok(false);
    }
    let code = "receipt-other-bytes";
    let _ = step(tx, rules, submission, SubmissionEvent::Refuse, Some(code))?;
    let _ = transition(tx, rules, submission.package, PackageEvent::NotReceived)?;
    log(tx, rules, submission.package, Deed::PackageNotReceived { code: code.to_owned() })?;
    Ok(true)
}

/// What a receipt says, once the bank's signature on it holds.
pub(crate) fn verify_receipt(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    receipt: &SignedReceipt,
) -> Result<ReceiptBody> {
    let connection = connection_of(conn)?;
    let trust = TrustStore::from_pem(&connection.receipt_ca_pem)?;
    let sha256: [u8; 32] = Sha256::digest(&receipt.body).into();
    let _ = signature::verify(&receipt.signature, sha256, &trust, Purpose::Receipt, rules.now)?;
    let body = read(&receipt.body).ok_or(ClientError::Receipt(ReceiptProblem::Unreadable))?;
    if body.bank != connection.bank_id || body.customer != rules.customer.id {
        return Err(ClientError::Receipt(ReceiptProblem::OtherCustomer));
    }
    Ok(body)
}

/// The number of the bank's receipt and when it took the package, if it has.
pub(crate) fn receipt(conn: &store::OfCustomer<'_>, id: PackageId) -> Result<Option<(u64, DateTime<Utc>)>> {
    let latest = store::receipts::latest(conn, id)?;
    let body = latest.and_then(|receipt| read(&receipt.bytes));
    Ok(body.map(|body| (body.sequence, body.received_at)))
}
