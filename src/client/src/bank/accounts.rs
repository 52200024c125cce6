//! Accounts, balances and booked transactions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Account, AccountNumber, Balance, CustomerId, Money, OrderId};

use super::{Answer, Changes, Cursor, SessionKey};

/// What the customer's accounts hold and what moved on them.
pub trait Accounts: Send + Sync {
    /// Accounts with balances.
    fn accounts<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
    ) -> Answer<'a, Vec<AccountNow>>;
    /// Booked transactions of all accounts after a cursor, the oldest first.
    fn transactions<'a>(
        &'a self,
        session: &'a SessionKey,
        customer: &'a CustomerId,
        since: Option<&'a Cursor>,
    ) -> Answer<'a, Changes<Booking>>;
}

/// One account with what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountNow {
    /// Number, name and currency.
    pub account: Account,
    /// What it holds.
    pub balance: Balance,
}

/// One booked movement of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Unique at the bank; applying one twice changes nothing.
    pub id: String,
    /// The account that moved.
    pub account: AccountNumber,
    /// When it was booked.
    pub booked_at: DateTime<Utc>,
    /// Value date in the bank's zone.
    pub value_date: NaiveDate,
    /// Negative for debits.
    pub amount: Money,
    /// What kind of movement, by the stable name that texts are looked up by.
    pub kind: &'static str,
    /// The other party's name; its secondary identifier where that was used.
    pub counterparty: Option<String>,
    /// The other party's account, if known and to be shown.
    pub counterparty_account: Option<AccountNumber>,
    /// Text for the payee.
    pub narrative: String,
    /// The order that caused it.
    pub order: Option<OrderId>,
}
