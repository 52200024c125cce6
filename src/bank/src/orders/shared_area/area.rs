//! What waits in the shared area: listing it, taking over ("átvesz"), withdrawing one's own.

use chrono::TimeDelta;
use domain::PackageId;
use protocol::shared::MAX_SHARED_DAYS;
use protocol::{
    Problem, ProblemCode, SharedContent, SharedList, SharedPackage, SharedState, TakePackage, WithdrawPackage,
};
use rusqlite::Connection;
use uuid::Uuid;

use super::Asker;
use super::possession::blame;
use super::record::{self, About, Handover};
use crate::ground::error::{Refusal, Result};

/// What waits, and what left in the last [`MAX_SHARED_DAYS`] days; newest first, and only what the user may see.
pub(crate) fn list(db: &Connection, asker: &Asker<'_>) -> Result<SharedList> {
    let since = asker.now - TimeDelta::days(MAX_SHARED_DAYS.into());
    let packages = record::lately(db, &asker.access.customer.id, since, asker.now)?
        .into_iter()
        .filter(|handover| asker.may_view(&handover.about))
        .map(|handover| handover.shared)
        .collect();
    Ok(SharedList { packages })
}

/// The newest handing over of a package, if it was ever parked and the user may see it.
pub(crate) fn newest(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
) -> Result<Option<SharedPackage>> {
    let found = record::newest(db, &asker.access.customer.id, package, asker.now)?;
    Ok(found.filter(|handover| asker.may_view(&handover.about)).map(|handover| handover.shared))
}

/// The same with its document.
///
/// # Errors
/// `shared-unknown`, also for packages that the user may not see.
pub(crate) fn content(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
) -> std::result::Result<SharedContent, Refusal> {
    let found = record::newest(db, &asker.access.customer.id, package, asker.now)?
        .filter(|handover| asker.may_view(&handover.about))
        .ok_or(ProblemCode::SharedUnknown)?;
    Ok(record::with_document(db, found)?)
}

/// What stands in a parked package's document, as it was noted when it was parked.
///
/// # Errors
/// As [`content`].
pub(crate) fn about(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
) -> std::result::Result<About, Refusal> {
    let found = record::newest(db, &asker.access.customer.id, package, asker.now)?
        .filter(|handover| asker.may_view(&handover.about))
        .ok_or(ProblemCode::SharedUnknown)?;
    Ok(found.about)
}

/// Takes a package over. The claim that won gets the same content again, whatever has happened since.
///
/// # Errors
/// `shared-unknown`; `not-permitted`; `shared-taken-over` and `shared-withdrawn` with who and when;
/// `shared-expired`; `request-invalid` for a claim that was used for another handing over.
pub(crate) fn take(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    wish: &TakePackage,
) -> std::result::Result<SharedContent, Refusal> {
    let found = visible(db, asker, package, wish.handover)?;
    if !asker.may_handle(&found.about) {
        return Err(ProblemCode::NotPermitted.into());
    }
    if found.taken_claim == Some(wish.claim) {
        return Ok(record::with_document(db, found)?);
    }
    if found.shared.state != SharedState::Waiting {
        return Err(ended(&found).into());
    }
    if record::by_claim(db, wish.claim, asker.now)?.is_some() {
        let detail = "the claim belongs to another handing over";
        return Err(Problem::new(ProblemCode::RequestInvalid).with_detail(detail).into());
    }
    record::end(db, asker, &found, SharedState::TakenOver, Some(wish.claim))?;
    let taken = visible(db, asker, package, wish.handover)?;
    Ok(record::with_document(db, taken)?)
}

/// Takes one's own package back. Withdrawing it again, or after its day, says that it is back.
///
/// # Errors
/// `shared-unknown`; `shared-not-yours`; `shared-taken-over` with who and when.
pub(crate) fn withdraw(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    wish: &WithdrawPackage,
) -> std::result::Result<SharedPackage, Refusal> {
    let found = visible(db, asker, package, wish.handover)?;
    if found.shared.put.user.id != *asker.user {
        return Err(blame(ProblemCode::SharedNotYours, Some(&found.shared.put)).into());
    }
    match found.shared.state {
        SharedState::Withdrawn | SharedState::Expired => return Ok(found.shared),
        SharedState::TakenOver => return Err(ended(&found).into()),
        SharedState::Waiting => {}
    }
    record::end(db, asker, &found, SharedState::Withdrawn, None)?;
    Ok(visible(db, asker, package, wish.handover)?.shared)
}

/// Why a handing over that does not wait cannot be taken.
fn ended(handover: &Handover) -> Problem {
    let hand = handover.shared.ended.as_ref();
    match handover.shared.state {
        SharedState::Withdrawn => blame(ProblemCode::SharedWithdrawn, hand),
        SharedState::Expired => Problem::new(ProblemCode::SharedExpired).with_time(handover.shared.expires),
        SharedState::Waiting | SharedState::TakenOver => blame(ProblemCode::SharedTakenOver, hand),
    }
}

fn visible(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    handover: Uuid,
) -> std::result::Result<Handover, Refusal> {
    record::by_handover(db, handover, asker.now)?
        .filter(|found| found.shared.customer == asker.access.customer.id && found.shared.package == package)
        .filter(|found| asker.may_view(&found.about))
        .ok_or_else(|| ProblemCode::SharedUnknown.into())
}
