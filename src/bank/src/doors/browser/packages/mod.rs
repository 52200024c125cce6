//! Packages that a customer prepares in the web client: the bank keeps them for the browser, byte by byte as they
//! will be signed and sent.
//!
//! All web users of the customer who may see the debited accounts work on the same packages. [`change`] makes and
//! changes them, [`hand_over`] brings them from and to the shared area, [`submission`] signs and sends, [`record`] is
//! the table. Whoever calls says who asks by [`crate::orders::shared_area::Asker`] with [`protocol::Channel::Web`].

mod change;
mod hand_over;
mod record;
mod submission;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use domain::authority::SigningStatus;
use domain::{PackageId, User};
use formats::package_document::{self, PackageContent};
use protocol::{ProblemCode, SharedPackage, SharedState};
use rusqlite::Connection;

use crate::ground::error::{Refusal, Result};
use crate::orders::packages;
use crate::orders::refusal::document_problem;
use crate::orders::shared_area::{self, About, Asker};
use record::{Row, State};

pub(super) use change::{create, delete, put_order, remove_order, rename, set_scheduled};
pub(super) use hand_over::{put_to_shared, take_from_shared, withdraw};
pub(super) use submission::{Handed, add_signature, parcel, send};

type Answer<T> = std::result::Result<T, Refusal>;

/// Where a package of the web client is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Here: it can be changed, signed, sent, parked.
    Prepared,
    /// Waits in the shared area.
    Shared(Box<SharedPackage>),
    /// Somebody took it over from the shared area; the handing over says who and when.
    Elsewhere(Box<SharedPackage>),
    /// The bank has it: ask for its status.
    Sent,
    Deleted,
}

/// A signature on a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    pub signer: User,
    /// The CMS file.
    pub cms: Vec<u8>,
    /// When it came into the web client, by the bank's clock.
    pub at: DateTime<Utc>,
}

/// A package without its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WebPackage {
    pub package: PackageId,
    /// Name, count, sum, debited accounts, planned day.
    pub about: About,
    pub standing: Standing,
    /// Its signatures, oldest first.
    pub signatures: Vec<Signature>,
    /// How far they are.
    pub signing: SigningStatus,
    /// Whether the asker has signed it.
    pub signed_by_me: bool,
    /// SHA-256 of the document.
    pub document_sha256: [u8; 32],
    /// Whether it came from the shared area.
    pub is_taken_over: bool,
    /// Who made it here, or took it over.
    pub created_by: User,
    pub created_at: DateTime<Utc>,
    /// When its bytes, signatures or state changed last.
    pub updated_at: DateTime<Utc>,
}

/// A package with its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Details {
    pub package: WebPackage,
    /// What its document says.
    pub content: PackageContent,
}

/// The customer's packages that are here or wait in the shared area, newest first; only what the asker may see.
///
/// # Errors
/// Only the database's, and documents that cannot be read.
pub(super) fn list(db: &Connection, asker: &Asker<'_>) -> Answer<Vec<WebPackage>> {
    let mut found = Vec::new();
    for row in record::all(db, &asker.access.customer.id)? {
        if !asker.may_view(&row.about) {
            continue;
        }
        let standing = standing(db, asker, &row)?;
        if matches!(standing, Standing::Prepared | Standing::Shared(_)) {
            found.push(describe(db, asker, row, standing)?);
        }
    }
    Ok(found)
}

/// One package with its orders, wherever it is.
///
/// # Errors
/// `not-found`, also for packages that the asker may not see.
pub(super) fn get(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<Details> {
    let row = visible(db, asker, package)?;
    let content = package_document::read(&row.document).map_err(document_problem)?;
    let standing = standing(db, asker, &row)?;
    Ok(Details { package: describe(db, asker, row, standing)?, content })
}

/// The document's exact bytes.
///
/// # Errors
/// `not-found`, also for packages that the asker may not see.
pub(super) fn document_of(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<Vec<u8>> {
    Ok(visible(db, asker, package)?.document)
}

/// SHA-256 of the document.
///
/// # Errors
/// As [`document_of`].
pub(super) fn sha256_of(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<[u8; 32]> {
    Ok(visible(db, asker, package)?.document_sha256)
}

fn describe(db: &Connection, asker: &Asker<'_>, row: Row, standing: Standing) -> Answer<WebPackage> {
    let signatures = record::signatures(db, &asker.access.customer.id, row.package)?;
    let signers = signatures.iter().map(|signature| signature.signer.id.clone()).collect();
    let signing = asker.access.authority.judge_package(row.about.order_type, &row.about.debits, &signers);
    Ok(WebPackage {
        package: row.package,
        standing,
        signed_by_me: signers.contains(asker.user),
        signing,
        signatures,
        document_sha256: row.document_sha256,
        is_taken_over: row.claim.is_some(),
        about: row.about,
        created_by: row.created_by,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn visible(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<Row> {
    record::find(db, &asker.access.customer.id, package)?
        .filter(|row| asker.may_view(&row.about))
        .ok_or_else(|| ProblemCode::NotFound.into())
}

/// Where the package is now. A row says what was done with it here; what became of it in the shared area, only the
/// handing over says.
fn standing(db: &Connection, asker: &Asker<'_>, row: &Row) -> Result<Standing> {
    match row.state {
        State::Prepared => Ok(Standing::Prepared),
        State::Sent => Ok(Standing::Sent),
        State::Deleted => Ok(Standing::Deleted),
        State::Shared if packages::is_known(db, row.package)? => Ok(Standing::Sent),
        State::Shared => {
            let Some(newest) = shared_area::newest(db, asker, row.package)? else {
                return Ok(Standing::Prepared);
            };
            let is_ours = row.handover == Some(newest.handover);
            Ok(match newest.state {
                SharedState::Waiting => Standing::Shared(Box::new(newest)),
                SharedState::Withdrawn | SharedState::Expired if is_ours => Standing::Prepared,
                _ => Standing::Elsewhere(Box::new(newest)),
            })
        }
    }
}

/// The package, if it is here and the asker may work on it.
fn at_hand(db: &Connection, asker: &Asker<'_>, package: PackageId) -> Answer<Row> {
    let row = visible(db, asker, package)?;
    if !asker.may_handle(&row.about) {
        return Err(ProblemCode::NotPermitted.into());
    }
    match standing(db, asker, &row)? {
        Standing::Prepared => Ok(row),
        Standing::Shared(shared) => {
            Err(shared_area::blame(ProblemCode::PackageInSharedArea, Some(&shared.put)).into())
        }
        Standing::Elsewhere(shared) => {
            Err(shared_area::blame(ProblemCode::PackageHeldElsewhere, shared.ended.as_ref()).into())
        }
        Standing::Sent => Err(ProblemCode::PackageAlreadySent.into()),
        Standing::Deleted => Err(ProblemCode::NotFound.into()),
    }
}
