//! The shared area ("közös terület"): packages parked at the bank, to be taken over by exactly one other seat or by
//! the web client.
//!
//! What the sources leave open is decided here, so it is ours:
//! - Only payment packages can be parked, in any state before sending, with the signatures that they have.
//! - A parked package belongs to nobody: it can neither be sent nor parked again until somebody takes it over, the
//!   one who parked it withdraws it, or its day of expiry ends; the last two give it back as it was.
//! - Taking over names a `claim`, made up by the taker. Asking again with the same claim gives the same package,
//!   so a lost answer loses nothing; every other claim is refused with who was faster and when.
//! - From then on only the holder of the newest claim may send the package or park it again. A copy left anywhere
//!   else, also in a restored backup, is refused by the bank.
//! - Signatures travel with the package and hold as long as its bytes stay the same.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Base64Bytes, shared_schema};

pub use domain::shared::{Channel, Hand, MAX_SHARED_DAYS, SharedPackage, SharedState};

/// Parks a package. The same handover again gives the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SharePackage {
    /// The client's identifier of this handing over.
    pub handover: Uuid,
    /// The claim under which the package was taken over before, if it was.
    #[serde(default)]
    pub claim: Option<Uuid>,
    /// The package document, byte by byte.
    pub document: Base64Bytes,
    /// CMS files over it (DER, detached CAdES-B); none for an unsigned package.
    pub signatures: Vec<Base64Bytes>,
    /// Last day of its stay; without it [`MAX_SHARED_DAYS`] from today.
    #[serde(default)]
    pub expires: Option<NaiveDate>,
}

/// Takes a parked package over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TakePackage {
    /// The handing over that the taker saw.
    pub handover: Uuid,
    /// The taker's identifier of this taking over.
    pub claim: Uuid,
}

/// Withdraws a package that the same user parked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WithdrawPackage {
    /// The handing over to end.
    pub handover: Uuid,
}

/// A handing over with the package itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SharedContent {
    /// About it.
    #[schema(value_type = shared_schema::SharedPackage)]
    pub shared: SharedPackage,
    /// The document's exact bytes.
    pub document: Base64Bytes,
    /// Its signatures.
    pub signatures: Vec<Base64Bytes>,
}

/// What waits in the customer's shared area, and what left it in the last [`MAX_SHARED_DAYS`] days; newest first.
/// Of packages whose debited account the user may not see, nothing is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SharedList {
    /// The handings over.
    #[schema(value_type = Vec<shared_schema::SharedPackage>)]
    pub packages: Vec<SharedPackage>,
}
