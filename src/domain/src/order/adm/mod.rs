//! Self-administration orders ("önadminisztráció"): what a customer changes about the service itself, signed like a
//! payment and taking effect when the bank receives it [K&H webElectra] [K&H AFR] [K&H web manual]. The set and shape
//! of actions are ours: the banks' own are not public.
//!
//! [`AdminAction::check`] and [`AdminAction::apply`] are pure, so that the client judges and shows an order before it
//! is signed exactly as the bank judges and applies it.

mod apply;
mod check;
mod error;
mod kind;
mod together;

use serde::{Deserialize, Serialize};

use crate::account::AccountNumber;
use crate::authority::{AccountRight, UserContact, WebAccess};
use crate::ids::{OrderId, UserId};
use crate::secondary_id::SecondaryId;

pub use apply::confirm_by;
pub use check::{Circumstances, can_be_signed};
pub use error::AdminError;
pub use together::apply_all;

/// Digits of a one-time code. Ours: no bank's public text says.
pub const CODE_DIGITS: usize = 6;

/// One instruction about the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminOrder {
    /// Our identifier; in JSON `order`, because a change may have an `id` of its own beside it.
    #[serde(rename = "order")]
    pub id: OrderId,
    /// What is to change.
    #[serde(flatten)]
    pub action: AdminAction,
}

/// What a self-administration order changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum AdminAction {
    /// "Internet banking szolgáltatás igénylése": the web client for this customer, and who may use it how. Users
    /// that are not named stay as they are. The login setting holds at every customer for whom the user has
    /// rights, the signing setting at this one only [K&H webElectra].
    InternetBanking {
        /// Whether the customer uses the web client.
        enabled: bool,
        /// Settings of the chosen users.
        users: Vec<WebAccess>,
    },
    /// Telephone, e-mail, notifications of a user.
    UserData {
        /// Whose.
        user: UserId,
        /// The new data, whole.
        contact: UserContact,
    },
    /// All rights of one user at this customer; none takes the user out of the table.
    UserRights {
        /// Whose.
        user: UserId,
        /// Every right that the user has afterwards.
        rights: Vec<AccountRight>,
    },
    /// Takes an account that the bank has opened for the customer into the service.
    NewAccount {
        /// One of [`crate::AuthorityTable::new_accounts`].
        account: AccountNumber,
        /// Rights on it.
        rights: Vec<AccountRight>,
    },
    /// Suspends or enables a token or virtual chip card.
    Device {
        /// Whose.
        user: UserId,
        /// Which, by [`crate::authority::UserDevice::id`].
        device: String,
        /// Suspend (true) or enable again (false).
        suspend: bool,
    },
    /// "Hibapontok törlése": forgives failed logins and unlocks the user.
    ClearErrorPoints {
        /// Whose.
        user: UserId,
    },
    /// A secondary identifier of an account.
    SecondaryId {
        /// The account that it stands for.
        account: AccountNumber,
        /// The identifier.
        id: SecondaryId,
        /// What happens to it.
        step: SecondaryIdStep,
    },
}

/// What happens to a secondary identifier [K&H AFR].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum SecondaryIdStep {
    /// Registers it, with the one-time code that the bank sent to it; tax numbers need none.
    Register {
        /// Digits of the code.
        code: Option<String>,
    },
    /// The yearly confirmation.
    Confirm,
    /// Takes it out of the central database.
    Delete,
}

#[cfg(test)]
mod tests;
