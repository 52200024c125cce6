//! The shared area ("közös terület").

use chrono::NaiveDate;
use domain::shared::SharedPackage;
use domain::{CustomerId, PackageId};
use uuid::Uuid;

use super::{Answer, SessionKey};

/// Parking packages to be taken over by exactly one other seat.
pub trait SharedArea: Send + Sync {
    /// What waits and what left lately, newest first.
    fn list<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
    ) -> Answer<'a, Vec<SharedPackage>>;
    /// The newest handing over of a package with its document; `None`: it was never parked.
    fn look<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
    ) -> Answer<'a, Option<ParkedPackage>>;
    /// Parks a package; idempotent by its handover.
    fn put<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        content: PutPackage,
    ) -> Answer<'a, SharedPackage>;
    /// Takes the parked package over that was seen under `handover`; idempotent by `claim`.
    fn take<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        handover: Uuid,
        claim: Uuid,
    ) -> Answer<'a, ParkedPackage>;
    /// Withdraws a package that the user parked; idempotent.
    fn withdraw<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        package: PackageId,
        handover: Uuid,
    ) -> Answer<'a, SharedPackage>;
}

/// A package as it is parked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutPackage {
    /// Our identifier of this handing over.
    pub handover: Uuid,
    /// The claim under which the package was taken over before, if it was.
    pub claim: Option<Uuid>,
    /// The document's exact bytes.
    pub document: Vec<u8>,
    /// CMS files over them; none for an unsigned package.
    pub signatures: Vec<Vec<u8>>,
    /// Last day of its stay; without it as long as the area allows.
    pub expires: Option<NaiveDate>,
}

/// A handing over with the package itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedPackage {
    /// About it.
    pub shared: SharedPackage,
    /// The document's exact bytes.
    pub document: Vec<u8>,
    /// CMS files over them.
    pub signatures: Vec<Vec<u8>>,
}
