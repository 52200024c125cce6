//! Signing packages of the web client and sending them: the same bytes, the same signatures and the same judge as
//! for the installed client.

use chrono::{DateTime, Utc};
use domain::PackageId;
use domain::authority::{SigningStatus, WebDevice};
use protocol::{Base64Bytes, Problem, ProblemCode, SignedReceipt};
use rusqlite::Connection;
use signature::TrustStore;

use super::record::{self, Row, State};
use super::{Answer, at_hand, describe, visible};
use crate::ground::folder::Identity;
use crate::orders::acceptance;
use crate::orders::context::Context;
use crate::orders::examined::{Examined, Signatures};
use crate::orders::packages::{self, Brought};
use crate::orders::shared_area::Asker;

/// A package with its signatures as they are kept here, to be examined before it is sent or parked.
pub(crate) struct Parcel {
    document: Vec<u8>,
    signatures: Vec<Base64Bytes>,
}

impl Parcel {
    pub(crate) fn examined(&self, trust: &TrustStore, now: DateTime<Utc>) -> Examined<'_> {
        Examined::of(&self.document, &self.signatures, trust, now)
    }
}

/// The package's bytes and signatures.
///
/// # Errors
/// `not-found`, also for packages that the asker may not see.
pub(crate) fn parcel(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<Parcel> {
    let row = visible(db, asker, package)?;
    let signatures = record::signatures(db, &asker.access.customer.id, package)?;
    let signatures = signatures.into_iter().map(|signature| signature.cms.into()).collect();
    Ok(Parcel { document: row.document, signatures })
}

/// What became of a package that was examined before the transaction.
#[derive(Debug)]
pub(crate) enum Handed<T> {
    /// It was handed on.
    On(T),
    /// Package or signatures are not those that were examined: somebody changed them between the look and the
    /// transaction. Nothing was done, and another look may be taken.
    Changed,
}

/// Whether package and signatures are still those that were examined.
///
/// # Errors
/// The codes of signatures that cannot be read.
pub(super) fn is_as_examined(
    db: &Connection,
    asker: &Asker<'_>,
    row: &Row,
    examined: &Examined<'_>,
) -> Answer<bool> {
    let kept = record::signatures(db, &asker.access.customer.id, row.package)?;
    let kept = kept.iter().map(|signature| signature.cms.as_slice());
    Ok(row.document_sha256 == examined.sha256()
        && kept.eq(examined.signatures.each()?.iter().map(|signature| signature.cms)))
}

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
    signatures: &Signatures<'_>,
) -> Answer<SigningStatus> {
    let row = at_hand(db, asker, package)?;
    let authority = &asker.access.authority;
    let by_card = authority.web.enabled && authority.web_access(asker.user).signing == WebDevice::VirtualCard;
    let accounts = row.about.accounts();
    if !by_card || !authority.may_sign_package(row.about.order_type, asker.user, accounts) {
        return Err(ProblemCode::NotPermitted.into());
    }
    if signatures.over != row.document_sha256 {
        return Err(ProblemCode::PackageSignatureInvalid.into());
    }
    let signed = acceptance::signers(db, context, asker.access, signatures)?;
    if signed.iter().any(|(_, signer)| signer != asker.user) {
        let detail = "somebody else signed";
        return Err(Problem::new(ProblemCode::NotPermitted).with_detail(detail).into());
    }
    let known = record::signatures(db, &asker.access.customer.id, package)?;
    if let Some((cms, signer)) = signed.first()
        && known.iter().all(|signature| signature.signer.id != *signer)
    {
        record::add_signature(db, asker, package, signer, cms)?;
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
    examined: Examined<'_>,
) -> Answer<Handed<SignedReceipt>> {
    let row = visible(db, asker, package)?;
    if row.state != State::Sent {
        at_hand(db, asker, package)?;
    }
    if !is_as_examined(db, asker, &row, &examined)? {
        return Ok(Handed::Changed);
    }
    let brought = Brought { attempt: row.attempt, claim: row.claim, package: examined };
    let receipt = packages::submit(db, context, identity, asker.access, asker.user, package, &brought)?;
    if row.state != State::Sent {
        packages::note_arrival(db, package, "received", context.now)?;
        record::set_state(db, asker, package, State::Sent, None)?;
    }
    Ok(Handed::On(receipt))
}
