//! What the bank says of a package that somebody sent who has it from us: from the shared area, or from a file.

use crate::packages::moves::story;
use domain::PackageState;
use domain::package::PackageEvent;
use store::deed::Deed;
use store::packages::StoredPackage;
use store::receipts::StoredReceipt;

use crate::bank::PackageStatus;
use crate::change::PackageEnd;
use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;
use crate::packages::applied::AppliedStatus;
use crate::packages::moves::{log, transition};
use crate::packages::receipt::verify_receipt;

/// Applies the status of a package whose copy here is closed or thrown away, or was not sent from here.
///
/// If the bank's receipt names the bytes that we have, the copy is what is being executed: it becomes a sent package,
/// `None`, and the status goes on to be applied. If it names others, the package was changed there or is changed here:
/// the copy is closed, and what the bank did is written into its story, once.
pub(crate) fn sent_elsewhere(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    package: &StoredPackage,
    status: &PackageStatus,
) -> Result<Option<AppliedStatus>> {
    let id = package.header.id;
    let nothing = AppliedStatus { changed: false, finished: None };
    let body = match verify_receipt(tx, rules, &status.receipt) {
        Ok(body) if body.package == id => body,
        // A receipt that proves nothing tells nothing.
        Ok(_) | Err(ClientError::Receipt(_) | ClientError::Signature(_)) => return Ok(Some(nothing)),
        Err(error) => return Err(error),
    };
    let receipt = StoredReceipt {
        bytes: status.receipt.body.clone(),
        cms: status.receipt.signature.clone(),
        received_at: rules.now,
    };
    let is_news = store::receipts::save(tx, id, &receipt)?;
    if package.state == PackageState::Deleted {
        // It stays thrown away; that it was paid is known to whoever records or imports the same again.
        if is_news {
            let deed = Deed::Received { sequence: body.sequence, received_at: body.received_at };
            log(tx, rules, id, deed)?;
        }
        return Ok(Some(AppliedStatus { changed: is_news, finished: None }));
    }
    let ours = store::documents::of_package(tx, id)?.map(|document| hex::encode(document.sha256));
    if ours.as_deref() == Some(body.document_sha256.as_str()) {
        let _ = transition(tx, rules, id, PackageEvent::Received)?;
        let deed = Deed::Received { sequence: body.sequence, received_at: body.received_at };
        log(tx, rules, id, deed)?;
        return Ok(None);
    }
    if package.state != PackageState::TakenOver {
        let _ = transition(tx, rules, id, PackageEvent::TakeOver)?;
    }
    if is_news {
        let (sha256, received_at) = (body.document_sha256, body.received_at);
        log(tx, rules, id, Deed::SentChanged { sha256, received_at })?;
    }
    let is_told = story(tx, id)?.iter().any(|event| matches!(event.deed, Deed::ChangedDecided { .. }));
    let mut finished = None;
    if status.is_decided && !is_told {
        let (executed, rejected) = status.decided();
        log(tx, rules, id, Deed::ChangedDecided { executed, rejected })?;
        finished = Some(PackageEnd {
            package: id,
            name: package.header.name.to_string(),
            executed,
            rejected,
            // What is here is not what was paid.
            paid: Vec::new(),
            reason: None,
        });
    }
    Ok(Some(AppliedStatus { changed: is_news || finished.is_some(), finished }))
}
