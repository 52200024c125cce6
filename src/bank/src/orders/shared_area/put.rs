//! Parking a package ("közösre tesz").

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::PackageId;
use formats::package_document::PackageContent;
use protocol::shared::MAX_SHARED_DAYS;
use protocol::{Base64Bytes, Problem, ProblemCode, SharePackage, SharedPackage};
use rusqlite::{Connection, params};
use signature::TrustStore;
use uuid::Uuid;

use super::record::{self, About, Handover, NewHandover};
use super::{Asker, possession};
use crate::ground::error::Refusal;
use crate::ground::time::{local, moment};
use crate::orders::context::Context;
use crate::orders::examined::Examined;
use crate::orders::{acceptance, packages};

/// A package that somebody wants to park, its bytes examined.
pub(crate) struct Parking<'a> {
    pub(crate) handover: Uuid,
    /// Under which it is held.
    pub(crate) claim: Option<Uuid>,
    pub(crate) package: Examined<'a>,
    /// Last day of its stay; without it the longest.
    pub(crate) expires: Option<NaiveDate>,
}

impl<'a> Parking<'a> {
    pub(crate) fn of(wish: &'a SharePackage, trust: &TrustStore, now: DateTime<Utc>) -> Self {
        let SharePackage { handover, claim, document, signatures, expires } = wish;
        let package = Examined::of(document.as_slice(), signatures, trust, now);
        Self { handover: *handover, claim: *claim, package, expires: *expires }
    }
}

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
    wish: &Parking<'_>,
) -> std::result::Result<SharedPackage, Refusal> {
    let customer = &asker.access.customer.id;
    let digest = wish.package.sha256();
    if let Some(known) = record::by_handover(db, wish.handover, asker.now)? {
        let same = known.shared.customer == *customer
            && known.shared.package == package
            && known.shared.document_sha256 == hex::encode(digest)
            && record::signatures(db, &known)?.iter().map(Base64Bytes::as_slice).eq(wish
                .package
                .signatures
                .each()?
                .iter()
                .map(|signature| signature.cms));
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
    let content = &wish.package.read()?.content;
    if !content.header.order_type.is_payment() {
        return Err(ProblemCode::SharedTypeNotTaken.into());
    }
    let about = check_content(db, asker, package, content)?;
    let signatures = acceptance::signers(db, context, asker.access, &wish.package.signatures)?;
    let new = NewHandover {
        handover: wish.handover,
        package,
        claim: wish.claim,
        document: wish.package.document,
        digest,
        about: &about,
        signatures: &signatures,
        expires: stays_until(wish.expires, asker.now)?,
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
fn stays_until(last: Option<NaiveDate>, now: DateTime<Utc>) -> std::result::Result<DateTime<Utc>, Refusal> {
    let today = local(now).date();
    let invalid = || ProblemCode::SharedExpiryInvalid;
    let latest = today.checked_add_days(Days::new(MAX_SHARED_DAYS.into())).ok_or_else(invalid)?;
    let last = last.unwrap_or(latest);
    if last < today || last > latest {
        return Err(invalid().into());
    }
    Ok(moment(last.succ_opt().ok_or_else(invalid)?.and_time(NaiveTime::MIN)))
}
