//! Server-sent events: a hint that something changed. The change itself is read by cursor, so a lost
//! event loses nothing.

use chrono::{DateTime, Utc};
use domain::{AccountNumber, CustomerId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::schema;

/// The `data` of one server-sent event; its `id` is a [`crate::Cursor`] for `Last-Event-ID`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A package or one of its orders changed; also the first sight of a new one.
    PackageChanged {
        /// Whose.
        #[schema(value_type = String)]
        customer: CustomerId,
        /// Which.
        #[schema(value_type = uuid::Uuid)]
        package: PackageId,
    },
    /// A balance changed: blocked, booked or both.
    BalanceChanged {
        /// Whose.
        #[schema(value_type = String)]
        customer: CustomerId,
        /// Which account.
        #[schema(value_type = schema::AccountNumber)]
        account: AccountNumber,
    },
    /// Something was parked in the shared area, taken over, withdrawn, or expired.
    SharedAreaChanged {
        /// Whose.
        #[schema(value_type = String)]
        customer: CustomerId,
        /// Which package.
        #[schema(value_type = uuid::Uuid)]
        package: PackageId,
    },
    /// The customer's authority table is another one.
    AuthorityChanged {
        /// Whose.
        #[schema(value_type = String)]
        customer: CustomerId,
    },
    /// A message came, or was read elsewhere.
    MessagesChanged {
        /// Whose.
        #[schema(value_type = String)]
        customer: CustomerId,
    },
    /// The session ends; log in again. Carries no id.
    SessionEnds {
        /// When.
        at: DateTime<Utc>,
    },
}

impl Event {
    /// The SSE field `event`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PackageChanged { .. } => "package_changed",
            Self::BalanceChanged { .. } => "balance_changed",
            Self::SharedAreaChanged { .. } => "shared_area_changed",
            Self::AuthorityChanged { .. } => "authority_changed",
            Self::MessagesChanged { .. } => "messages_changed",
            Self::SessionEnds { .. } => "session_ends",
        }
    }
}
