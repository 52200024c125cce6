//! The shared area ("közös terület"): what is told of packages that were handed over there, whoever keeps it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AccountNumber, CustomerId, Money, OrderType, PackageId, User};

/// Longest stay in the shared area, in days from today; also what is taken when nothing is said.
pub const MAX_SHARED_DAYS: u16 = 30;

/// Where a handing over stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

crate::names! {
    pub SharedState {
        Waiting = "waiting",
        TakenOver = "taken_over",
        Withdrawn = "withdrawn",
        Expired = "expired",
    }
}

/// Through which door somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The installed client.
    Client,
    /// The web client.
    Web,
}

crate::names! {
    pub Channel {
        Client = "client",
        Web = "web",
    }
}

/// Who did something, through which door and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Who.
    pub user: User,
    /// Through which door.
    pub channel: Channel,
    /// When, by the bank's clock.
    pub at: DateTime<Utc>,
}

/// One handing over, without the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPackage {
    /// Its identifier.
    pub handover: Uuid,
    /// The package.
    pub package: PackageId,
    /// Whose.
    pub customer: CustomerId,
    /// Name that it was given.
    pub name: String,
    /// Type of its orders.
    pub order_type: OrderType,
    /// Number of orders.
    pub count: u32,
    /// Sum.
    pub total: Money,
    /// The account that it debits.
    pub debit_account: AccountNumber,
    /// Day on which it is meant to be sent.
    pub scheduled: Option<NaiveDate>,
    /// SHA-256 of the document, lower-case hex.
    pub document_sha256: String,
    /// Who has signed it.
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
