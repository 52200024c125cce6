//! Applying what the bank says of a sent package.

use domain::PackageState;
use domain::package::PackageEvent;

use crate::bank::PackageStatus;
use crate::change::PackageEnd;
use crate::error::{ClientError, Result};
use crate::handover::elsewhere::sent_elsewhere;
use crate::orders::rules::Rules;
use crate::packages::applied::AppliedStatus;
use crate::packages::moves::transition;
use crate::packages::receipt::{lost_to_others, take_receipt};
use crate::reasons::ReceiptProblem;

/// Applies what the bank says of a package. Packages of other seats are not ours to show and are passed over.
pub(crate) fn apply_status(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    status: &PackageStatus,
) -> Result<AppliedStatus> {
    let nothing = AppliedStatus { changed: false, finished: None };
    let Some(mut package) = store::packages::find(tx, status.package)? else { return Ok(nothing) };
    let before = package.state;
    if before == PackageState::Sending {
        // The receipt that the submission waits for; a receipt that proves nothing leaves it waiting.
        let open =
            store::submissions::of_package(tx, status.package)?.into_iter().find(|s| !s.state.is_over());
        if let Some(submission) = open {
            match take_receipt(tx, rules, &submission, &status.receipt) {
                Err(ClientError::Receipt(ReceiptProblem::OtherBytes))
                    if lost_to_others(tx, rules, &submission)? =>
                {
                    package = store::packages::get(tx, status.package)?;
                }
                Err(ClientError::Receipt(_) | ClientError::Signature(_)) => return Ok(nothing),
                other => other?,
            }
        }
    }
    // Closed here, thrown away or still prepared: another seat had it from the shared area or from a file.
    if (package.state.is_prepared()
        || matches!(package.state, PackageState::TakenOver | PackageState::Deleted))
        && let Some(applied) = sent_elsewhere(tx, rules, &package, status)?
    {
        return Ok(applied);
    }
    if !store::packages::get(tx, status.package)?.state.is_sent() {
        return Ok(nothing);
    }
    let mut changed = false;
    for (order, told) in &status.orders {
        if store::orders::find(tx, *order)?.is_some_and(|o| o.package == status.package) {
            changed |= store::orders::set_status(tx, *order, told)?;
        }
    }
    let mut finished = None;
    if status.is_decided && store::packages::get(tx, status.package)?.state == PackageState::Sent {
        let (executed, rejected) = status.decided();
        let _ = transition(tx, rules, status.package, PackageEvent::Finish { executed, rejected })?;
        finished = Some(PackageEnd {
            package: status.package,
            name: package.header.name.to_string(),
            executed,
            rejected,
            paid: store::outcomes::paid(tx, status.package)?,
            reason: store::outcomes::reason(tx, status.package)?,
        });
    }
    let after = store::packages::get(tx, status.package)?.state;
    Ok(AppliedStatus { changed: changed || after != before, finished })
}
