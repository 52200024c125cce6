//! The package document: the bytes that are shown, signed, sent and kept.
//!
//! XML of namespace `urn:kapocs:package:1`, described by `assets/schema/kapocs-package-1.xsd`: a header
//! that says whose orders they are, how many and how much, and one payload of its own namespace:
//! - transfers: a verbatim `pain.001.001.09` `Document`, so a bank can cut it out unchanged ([`payload_range`])
//!   and pass it on. How an order stands in it: [`crate::pain001`].
//! - self-administration: an `Administration` of `urn:kapocs:administration:1`
//!   (`assets/schema/kapocs-administration-1.xsd`) that says each change in words a signer can read; its header
//!   names no account and no sums.
//!
//! The same content always gives the same bytes, and [`read`] takes nothing but what [`write`] can have
//! meant: each element in its place, each count and sum right, each value in its one normal form.
//! One value has two forms in the content and one in the document: the own reference `NOTPROVIDED` is
//! ISO's word for none, so it is read as none.

mod administration_read;
mod administration_write;
mod read;
mod vocabulary;
mod write;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, Utc};
use domain::{AccountNumber, AdminOrder, HctOrder, Money, PackageHeader};

use crate::{FormatError, Result};

pub use read::{payload_range, read, read_any};
pub use write::{administration_to_bytes, to_bytes, write};

/// Namespace and version of the format.
pub const NAMESPACE: &str = "urn:kapocs:package:1";

/// Namespace and version of the payload of self-administration.
pub const ADMINISTRATION_NAMESPACE: &str = "urn:kapocs:administration:1";

/// Bytes that a document may have; 100,000 orders need about 75 million.
pub const SIZE_LIMIT: usize = 256 * 1024 * 1024;

/// Everything that the document of a package of transfers says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageContent {
    /// What all orders share.
    pub header: PackageHeader,
    /// The customer's name: 1–140 characters, no control characters, no space at its ends.
    pub customer_name: String,
    /// When the document was made, which is when its content was closed.
    pub created: DateTime<Utc>,
    /// The orders, at least one, in the order in which they were recorded.
    pub orders: Vec<HctOrder>,
}

/// Everything that the document of a package of self-administration orders says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdministrationContent {
    /// What all orders share: no account, never instant.
    pub header: PackageHeader,
    /// The customer's name: 1–140 characters, no control characters, no space at its ends.
    pub customer_name: String,
    /// When the document was made, which is when its content was closed.
    pub created: DateTime<Utc>,
    /// The orders, at least one, in the order in which they take effect.
    pub orders: Vec<AdminOrder>,
}

/// A document of either kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// Domestic transfers.
    Transfers(PackageContent),
    /// Self-administration.
    Administration(AdministrationContent),
}

impl Document {
    /// What all orders share.
    pub fn header(&self) -> &PackageHeader {
        match self {
            Self::Transfers(content) => &content.header,
            Self::Administration(content) => &content.header,
        }
    }

    /// The customer's name.
    pub fn customer_name(&self) -> &str {
        match self {
            Self::Transfers(content) => &content.customer_name,
            Self::Administration(content) => &content.customer_name,
        }
    }

    /// When its content was closed.
    pub fn created(&self) -> DateTime<Utc> {
        match self {
            Self::Transfers(content) => content.created,
            Self::Administration(content) => content.created,
        }
    }
}

/// How many orders and how much money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Orders.
    pub count: u32,
    /// What leaves each debited account.
    pub debits: BTreeMap<AccountNumber, Money>,
    /// The sum in each currency, by the currency's code.
    pub total: Vec<Money>,
}

/// Counts and adds the orders.
pub fn summary(content: &PackageContent) -> Result<Summary> {
    let too_much = |_| FormatError::CannotWrite { position: 0, element: "Total" };
    let mut debits = BTreeMap::new();
    let mut total = BTreeMap::new();
    for order in &content.orders {
        match debits.entry(order.debit_account) {
            Entry::Vacant(slot) => {
                slot.insert(order.amount);
            }
            Entry::Occupied(mut sum) => {
                let added = Money::checked_add(*sum.get(), order.amount).map_err(too_much)?;
                sum.insert(added);
            }
        }
        let sum =
            total.entry(order.amount.currency()).or_insert_with(|| Money::zero(order.amount.currency()));
        *sum = sum.checked_add(order.amount).map_err(too_much)?;
    }
    let count = u32::try_from(content.orders.len())
        .map_err(|_| FormatError::CannotWrite { position: 0, element: "Count" })?;
    Ok(Summary { count, debits, total: total.into_values().collect() })
}

#[cfg(test)]
mod administration_tests;
#[cfg(test)]
mod tests;
