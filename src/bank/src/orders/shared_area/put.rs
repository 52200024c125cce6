//! Parking a package ("közösre tesz").

use chrono::{DateTime, Days, NaiveTime, Utc};
use domain::PackageId;
use formats::package_document::{self, PackageContent};
use protocol::shared::MAX_SHARED_DAYS;
use protocol::{Base64Bytes, Problem, ProblemCode, SharePackage, SharedPackage};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::record::{self, About, Handover, NewHandover};
use super::{Asker, possession};
use crate::ground::error::Refusal;
use crate::ground::time::{local, moment};
use crate::orders::context::Context;
use crate::orders::refusal::document_problem;
use crate::orders::{acceptance, packages};

/// Parks a package. The same handing over with the same bytes again changes nothing and tells how it fares.
///
/// # Errors
/// `package-id-conflict` for a handing over whose identifier was used for something else; `package-already-sent`,
/// `package-in-shared-area`, `package-held-elsewhere`; `package-document-invalid` and its like;
/// `shared-type-not-taken`, `not-permitted`, `shared-expiry-invalid`; the codes of a signature that does not count.
pub(crate) fn put(
    db: &Connection,
    context: &Context<'_>,
    asker: &Asker<'_>,
    package: PackageId,
    wish: &SharePackage,
) -> std::result::Result<SharedPackage, Refusal> {
    let customer = &asker.access.customer.id;
    let digest: [u8; 32] = Sha256::digest(wish.document.as_slice()).into();
    if let Some(known) = record::by_handover(db, wish.handover, asker.now)? {
        let same = known.shared.customer == *customer
            && known.shared.package == package
            && known.shared.document_sha256 == hex::encode(digest)
            && record::signatures(db, &known)? == wish.signatures;
        if !same {
            return Err(ProblemCode::PackageIdConflict.into());
        }
        return if asker.may_view(&known.about) {
            Ok(known.shared)
        } else {
            Err(ProblemCode::NotPermitted.into())
        };
    }
    if packages::is_known(db, package)? {
        return Err(ProblemCode::PackageAlreadySent.into());
    }
    possession::holds(db, customer, package, wish.claim, asker.now)?;
    let content = package_document::read(wish.document.as_slice()).map_err(document_problem)?;
    if !content.header.order_type.is_payment() {
        return Err(ProblemCode::SharedTypeNotTaken.into());
    }
    let about = check_content(db, asker, package, &content)?;
    let signers = acceptance::signers(context, asker.access, digest, &wish.signatures)?;
    let signatures: Vec<(_, &Base64Bytes)> = signers.into_iter().zip(&wish.signatures).collect();
    let new = NewHandover {
        handover: wish.handover,
        package,
        claim: wish.claim,
        document: wish.document.as_slice(),
        digest,
        about: &about,
        signatures: &signatures,
        expires: stays_until(wish, asker.now)?,
    };
    // One that is over but not noted yet would stand in the way of the new one.
    possession::expire_due(db, asker.now)?;
    record::insert(db, asker, &new)?;
    stored(record::by_handover(db, wish.handover, asker.now)?)
}

fn stored(found: Option<Handover>) -> std::result::Result<SharedPackage, Refusal> {
    found.map(|handover| handover.shared).ok_or_else(|| ProblemCode::SharedUnknown.into())
}

fn check_content(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    content: &PackageContent,
) -> std::result::Result<About, Refusal> {
    let customer = &asker.access.customer.id;
    if content.header.id != package || content.header.customer != *customer {
        return Err(ProblemCode::PackageIdMismatch.into());
    }
    let about = About::of(content)?;
    if !asker.may_handle(&about) {
        return Err(ProblemCode::NotPermitted.into());
    }
    let mut known = db.prepare_cached("SELECT 1 FROM item WHERE customer = ?1 AND order_id = ?2")?;
    for order in &content.orders {
        if known.exists(params![customer.as_str(), order.id().to_string()])? {
            return Err(Problem::new(ProblemCode::PackageOrderDuplicate).with_item(order.id()).into());
        }
    }
    Ok(about)
}

/// The end of its last day, by the bank's wall clock.
fn stays_until(wish: &SharePackage, now: DateTime<Utc>) -> std::result::Result<DateTime<Utc>, Refusal> {
    let today = local(now).date();
    let invalid = || ProblemCode::SharedExpiryInvalid;
    let latest = today.checked_add_days(Days::new(MAX_SHARED_DAYS.into())).ok_or_else(invalid)?;
    let last = wish.expires.unwrap_or(latest);
    if last < today || last > latest {
        return Err(invalid().into());
    }
    Ok(moment(last.succ_opt().ok_or_else(invalid)?.and_time(NaiveTime::MIN)))
}
