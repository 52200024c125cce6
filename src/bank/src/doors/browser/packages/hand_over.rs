//! The web client at the shared area: taking packages over with their signatures, parking its own.

use chrono::NaiveDate;
use domain::PackageId;
use protocol::{ProblemCode, SharedPackage, SharedState, TakePackage, WithdrawPackage};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::record::{self, Content, State};
use super::submission::{Handed, is_as_examined};
use super::{Answer, at_hand, visible};
use crate::orders::context::Context;
use crate::orders::examined::Examined;
use crate::orders::shared_area::{self, Asker, Parking};

/// Takes a parked package into the web client ("átvesz"); its signatures stay, as its bytes do. Asked again by the
/// same user it changes nothing.
///
/// # Errors
/// Those of [`shared_area::take`].
pub(crate) fn take_from_shared(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    handover: Uuid,
) -> Answer<()> {
    let customer = &asker.access.customer.id;
    let known = record::find(db, customer, package)?;
    let is_here = known.is_some_and(|row| {
        row.handover == Some(handover) && row.state == State::Prepared && row.created_by.id == *asker.user
    });
    if is_here {
        return Ok(());
    }
    let claim = Uuid::new_v4();
    let taken = shared_area::take(db, asker, package, &TakePackage { handover, claim })?;
    let document = taken.document.as_slice();
    let about = shared_area::about(db, asker, package)?;
    let new = Content {
        package,
        document,
        document_sha256: Sha256::digest(document).into(),
        about: &about,
        claim: Some(claim),
        handover: Some(handover),
    };
    record::put(db, asker, &new)?;
    for (cms, signer) in taken.signatures.iter().zip(&taken.shared.signers) {
        record::add_signature(db, asker, package, &signer.id, cms.as_slice())?;
    }
    Ok(())
}

/// Parks a package of the web client ("közösre tesz") with the signatures that it has.
///
/// # Errors
/// Those of [`shared_area::put`]; `not-found`; `package-in-shared-area`, `package-held-elsewhere`,
/// `package-already-sent` when it is not here.
pub(crate) fn put_to_shared(
    db: &Connection,
    context: &Context<'_>,
    asker: &Asker<'_>,
    package: PackageId,
    examined: Examined<'_>,
    expires: Option<NaiveDate>,
) -> Answer<Handed<SharedPackage>> {
    let row = at_hand(db, asker, package)?;
    if !is_as_examined(db, asker, &row, &examined)? {
        return Ok(Handed::Changed);
    }
    let wish = Parking { handover: Uuid::new_v4(), claim: row.claim, package: examined, expires };
    let parked = shared_area::put(db, context, asker, package, &wish)?;
    record::set_state(db, asker, package, State::Shared, Some(wish.handover))?;
    Ok(Handed::On(parked))
}

/// Takes back a package that the asker parked here. Asked again it changes nothing.
///
/// # Errors
/// Those of [`shared_area::withdraw`]; `not-found` for a package that was not parked here.
pub(crate) fn withdraw(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<SharedPackage> {
    let row = visible(db, asker, package)?;
    let handover = row.handover.ok_or(ProblemCode::NotFound)?;
    let back = shared_area::withdraw(db, asker, package, &WithdrawPackage { handover })?;
    if row.state == State::Shared && matches!(back.state, SharedState::Withdrawn | SharedState::Expired) {
        record::set_state(db, asker, package, State::Prepared, None)?;
    }
    Ok(back)
}
