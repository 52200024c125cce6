//! Customers, their users and accounts, as the bank tells them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::account::AccountNumber;
use crate::ids::{CustomerId, UserId};
use crate::money::{Currency, Money};

/// Company or private person: banks treat their packages differently [KDB q12].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    /// Company, sole trader, institution.
    Company,
    /// Natural person.
    PrivatePerson,
}

/// The company or person whose accounts they are ("ügyfél").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The bank's number of the customer.
    pub id: CustomerId,
    /// Name as the bank keeps it; the payer's name in every order.
    pub name: String,
    /// Company or private person.
    pub kind: CustomerKind,
}

/// A person with a token and rights ("felhasználó").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The bank's number of the user; also stands in the certificates' subject.
    pub id: UserId,
    /// Full name.
    pub name: String,
}

/// A payment account of a customer ("számla").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Domestic number; FX accounts have one too.
    pub number: AccountNumber,
    /// Short name that the customer gave it.
    pub name: String,
    /// Currency that it is kept in.
    pub currency: Currency,
}

/// What an account held at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// The account.
    pub account: AccountNumber,
    /// Booked balance.
    pub booked: Money,
    /// What can be spent: booked, less blocked, plus credit line, less minimum balance.
    pub available: Money,
    /// Held for orders that are being executed.
    pub blocked: Money,
    /// Debits that wait.
    pub pending_debits: Money,
    /// Credits that wait.
    pub pending_credits: Money,
    /// Agreed credit line.
    pub credit_line: Money,
    /// Balance that must stay.
    pub minimum: Money,
    /// When the bank said so.
    pub as_of: DateTime<Utc>,
}
