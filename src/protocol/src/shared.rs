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

use chrono::{DateTime, NaiveDate, Utc};
use domain::{AccountNumber, CustomerId, Money, OrderType, PackageId, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Base64Bytes, schema};

/// Longest stay in the shared area, in days from today; also what is taken when nothing is said.
pub const MAX_SHARED_DAYS: u16 = 30;

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

/// Where a handing over stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SharedState {
    /// Waits to be taken over.
    Waiting,
    /// Somebody took it over.
    TakenOver,
    /// Its owner took it back.
    Withdrawn,
    /// Its day has passed; it is its owner's again.
    Expired,
}

domain::names! {
    pub SharedState {
        Waiting = "waiting",
        TakenOver = "taken_over",
        Withdrawn = "withdrawn",
        Expired = "expired",
    }
}

/// Through which door somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The installed client.
    Client,
    /// The web client.
    Web,
}

domain::names! {
    pub Channel {
        Client = "client",
        Web = "web",
    }
}

/// Who did something, through which door and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hand {
    /// Who.
    #[schema(value_type = schema::User)]
    pub user: User,
    /// Through which door.
    pub channel: Channel,
    /// When, by the bank's clock.
    pub at: DateTime<Utc>,
}

/// One handing over, without the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SharedPackage {
    /// Its identifier.
    pub handover: Uuid,
    /// The package.
    #[schema(value_type = uuid::Uuid)]
    pub package: PackageId,
    /// Whose.
    #[schema(value_type = String)]
    pub customer: CustomerId,
    /// Name that it was given.
    pub name: String,
    /// Type of its orders.
    #[schema(value_type = String)]
    pub order_type: OrderType,
    /// Number of orders.
    pub count: u32,
    /// Sum.
    #[schema(value_type = schema::Money)]
    pub total: Money,
    /// The account that it debits.
    #[schema(value_type = schema::AccountNumber)]
    pub debit_account: AccountNumber,
    /// Day on which it is meant to be sent.
    pub scheduled: Option<NaiveDate>,
    /// SHA-256 of the document, lower-case hex.
    pub document_sha256: String,
    /// Who has signed it.
    #[schema(value_type = Vec<schema::User>)]
    pub signers: Vec<User>,
    /// Where it stands.
    pub state: SharedState,
    /// Who parked it.
    pub put: Hand,
    /// It stays until this moment.
    pub expires: DateTime<Utc>,
    /// Who ended its stay, if somebody did.
    pub ended: Option<Hand>,
}

/// A handing over with the package itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SharedContent {
    /// About it.
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
    pub packages: Vec<SharedPackage>,
}
