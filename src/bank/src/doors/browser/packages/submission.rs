//! Signing packages of the web client and sending them: the same bytes, the same signatures and the same judge as
//! for the installed client.

use domain::PackageId;
use domain::authority::{SigningStatus, WebDevice};
use protocol::{Problem, ProblemCode, SignedReceipt, SubmitPackage};
use rusqlite::Connection;

use super::record::{self, State};
use super::{Answer, at_hand, describe, visible};
use crate::ground::folder::Identity;
use crate::orders::context::Context;
use crate::orders::shared_area::Asker;
use crate::orders::{acceptance, packages};

/// Adds the asker's signature over the stored bytes. A second one by the same user changes nothing.
///
/// # Errors
/// `not-permitted` when the user may not sign in the web client, or not for every debited account, or when somebody
/// else signed; the codes of a signature that does not count; those of a package that is not here.
pub(crate) fn add_signature(
    db: &Connection,
    context: &Context<'_>,
    asker: &Asker<'_>,
    package: PackageId,
    cms: &[u8],
) -> Answer<SigningStatus> {
    let row = at_hand(db, asker, package)?;
    let authority = &asker.access.authority;
    let by_card = authority.web.enabled && authority.web_access(asker.user).signing == WebDevice::VirtualCard;
    let accounts = row.about.accounts();
    if !by_card || !authority.may_sign_package(row.about.order_type, asker.user, accounts) {
        return Err(ProblemCode::NotPermitted.into());
    }
    let signers = acceptance::signers(context, asker.access, row.document_sha256, &[cms.to_vec().into()])?;
    if signers.iter().any(|signer| signer != asker.user) {
        let detail = "somebody else signed";
        return Err(Problem::new(ProblemCode::NotPermitted).with_detail(detail).into());
    }
    let known = record::signatures(db, &asker.access.customer.id, package)?;
    if known.iter().all(|signature| signature.signer.id != *asker.user) {
        record::add_signature(db, asker, package, asker.user, cms)?;
    }
    let standing = super::standing(db, asker, &row)?;
    Ok(describe(db, asker, row, standing)?.signing)
}

/// Sends the package with its signatures. Asked again it gives the same receipt.
///
/// # Errors
/// Those of [`packages::submit`]; `not-found`; those of a package that is not here.
pub(crate) fn send(
    db: &Connection,
    context: &Context<'_>,
    identity: &Identity,
    asker: &Asker<'_>,
    package: PackageId,
) -> Answer<SignedReceipt> {
    let row = visible(db, asker, package)?;
    if row.state != State::Sent {
        at_hand(db, asker, package)?;
    }
    let signatures = record::signatures(db, &asker.access.customer.id, package)?;
    let parcel = SubmitPackage {
        attempt: row.attempt,
        claim: row.claim,
        document: row.document.into(),
        signatures: signatures.into_iter().map(|signature| signature.cms.into()).collect(),
    };
    let receipt = packages::submit(db, context, identity, asker.access, asker.user, package, &parcel)?;
    if row.state != State::Sent {
        packages::note_arrival(db, package, "received", context.now)?;
        record::set_state(db, asker, package, State::Sent, None)?;
    }
    Ok(receipt)
}
