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
//! One value has several forms: the order's own id and `NOTPROVIDED`, ISO's word for none, are both read as no own
//! reference. Documents that were signed before have the second.

mod payload;
mod read;
mod write;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, Utc};
use domain::{AccountNumber, Money, Order, PackageHeader};

use crate::{FormatError, Result};

pub use read::{payload_range, read};
pub use write::{to_bytes, write};

/// Namespace and version of the format.
pub const NAMESPACE: &str = "urn:kapocs:package:1";

/// Namespace and version of the payload of self-administration.
pub const ADMINISTRATION_NAMESPACE: &str = "urn:kapocs:administration:1";

/// Bytes that a document may have; 100,000 orders need about 75 million.
pub const SIZE_LIMIT: usize = 256 * 1024 * 1024;

/// Everything that the document of a package says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageContent {
    /// What all orders share.
    pub header: PackageHeader,
    /// The customer's name: 1–140 characters, no control characters, no space at its ends.
    pub customer_name: String,
    /// When the document was made, which is when its content was closed.
    pub created: DateTime<Utc>,
    /// The orders, all of the header's type, at least one, in the order in which they were recorded or take effect.
    pub orders: Vec<Order>,
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

/// Counts and adds the orders; what moves no money adds nothing.
pub fn summary(content: &PackageContent) -> Result<Summary> {
    let too_much = |_| FormatError::CannotWrite { position: 0, element: "Total" };
    let mut debits = BTreeMap::new();
    let mut total = BTreeMap::new();
    for transfer in content.orders.iter().filter_map(Order::transfer) {
        match debits.entry(transfer.debit_account) {
            Entry::Vacant(slot) => {
                slot.insert(transfer.amount);
            }
            Entry::Occupied(mut sum) => {
                let added = Money::checked_add(*sum.get(), transfer.amount).map_err(too_much)?;
                sum.insert(added);
            }
        }
        let currency = transfer.amount.currency();
        let sum = total.entry(currency).or_insert_with(|| Money::zero(currency));
        *sum = sum.checked_add(transfer.amount).map_err(too_much)?;
    }
    let count = u32::try_from(content.orders.len())
        .map_err(|_| FormatError::CannotWrite { position: 0, element: "Count" })?;
    Ok(Summary { count, debits, total: total.into_values().collect() })
}

#[cfg(test)]
mod administration_tests;
#[cfg(test)]
mod tests;
