//! Accounts, balances and booked transactions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Account, AccountNumber, Balance, Money, OrderId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Cursor, schema};

/// What may happen on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Debits and credits.
    Open,
    /// Credits only.
    DebitBlocked,
    /// Nothing any more.
    Closed,
}

/// One account with what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountInfo {
    /// Number, name and currency.
    #[schema(value_type = schema::Account)]
    pub account: Account,
    /// What may happen on it.
    pub status: AccountStatus,
    /// What it holds.
    #[schema(value_type = schema::Balance)]
    pub balance: Balance,
}

/// The customer's accounts that the user may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountList {
    /// In the bank's order.
    pub accounts: Vec<AccountInfo>,
}

/// What kind of movement a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransactionKind {
    /// Transfer settled by the instant payment system.
    InstantTransfer,
    /// Transfer settled otherwise.
    Transfer,
    /// Between accounts of one customer.
    OwnTransfer,
    /// VIBER transfer.
    Viber,
    /// Card, cash, fees and other movements that no order of ours caused.
    Other,
}

domain::names! {
    pub TransactionKind {
        InstantTransfer = "instant_transfer",
        Transfer = "transfer",
        OwnTransfer = "own_transfer",
        Viber = "viber",
        Other = "other",
    }
}

/// One booked movement of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Transaction {
    /// Unique at the bank, rising; applying one twice changes nothing.
    pub id: u64,
    /// The account that moved.
    #[schema(value_type = schema::AccountNumber)]
    pub account: AccountNumber,
    /// When it was booked.
    pub booked_at: DateTime<Utc>,
    /// Value date in the bank's zone.
    pub value_date: NaiveDate,
    /// Negative for debits.
    #[schema(value_type = schema::Money)]
    pub amount: Money,
    /// Booked balance right after it.
    #[schema(value_type = schema::Money)]
    pub balance_after: Money,
    /// What kind of movement.
    pub kind: TransactionKind,
    /// The other party's name; its secondary identifier where that was used; else empty.
    pub counterparty: String,
    /// The other party's account, if known and to be shown (never for secondary identifiers
    /// [K&H AFR]).
    #[schema(value_type = Option<schema::AccountNumber>)]
    pub counterparty_account: Option<AccountNumber>,
    /// Text for the payee.
    pub narrative: String,
    /// The package that caused it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub package: Option<PackageId>,
    /// The order that caused it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub order: Option<OrderId>,
}

/// Transactions of all the customer's accounts that the user may see, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransactionPage {
    /// After the cursor of the question.
    pub transactions: Vec<Transaction>,
    /// Where to go on, also when nothing was new.
    pub next: Cursor,
    /// Whether more waits right now.
    pub more: bool,
}
