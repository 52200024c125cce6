//! Payments that deserve a second look before they are signed, judged by the past that the store knows.

use std::collections::HashMap;

use chrono::Days;
use domain::{AccountNumber, Beneficiary, Money, Order, OrderId, PackageId};
use store::history::{LikelyDuplicate, PayeeHistory};

use crate::error::Result;
use crate::orders::rules::Rules;

/// Days back in which an equal payment is a likely duplicate.
const DUPLICATE_DAYS: u64 = 30;

/// Why an order deserves a second look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttentionKind {
    /// The payee was paid to another account before.
    ChangedAccount {
        /// The account used last.
        before: String,
    },
    /// The payee has never been paid from here.
    FirstPayment,
    /// The same payee got the same amount lately.
    LikelyDuplicate {
        /// When.
        at: chrono::NaiveDate,
    },
    /// The same payee gets the same amount in another package that has not been executed yet.
    AlsoPrepared {
        /// The package's name.
        package: String,
    },
    /// The same payee and amount stand twice in this package.
    TwiceHere,
}

/// An order to look at, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    /// Why.
    pub kind: AttentionKind,
    /// Payee.
    pub payee: String,
    /// Account or identifier.
    pub target: String,
    /// Amount.
    pub amount: Money,
}

/// Everything in the document that deserves a second look, judged by the past that the store knows.
pub(super) fn attention(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    orders: &[Order],
) -> Result<Vec<Attention>> {
    let since = rules.today() - Days::new(DUPLICATE_DAYS);
    let past: HashMap<String, PayeeHistory> =
        store::history::of_package(conn, id)?.into_iter().map(|h| (h.payee.target(), h)).collect();
    let earlier: HashMap<OrderId, LikelyDuplicate> = store::history::likely_duplicates(conn, id, since)?
        .into_iter()
        .map(|duplicate| (duplicate.order, duplicate))
        .collect();
    let mut elsewhere: HashMap<OrderId, String> = store::doubles::unsent(conn, id)?
        .into_iter()
        .map(|double| (double.order, double.name.to_string()))
        .collect();
    let (mut changed, mut duplicates, mut first) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen: HashMap<(String, i64), u32> = HashMap::new();
    for order in orders.iter().filter_map(Order::transfer) {
        let target = order.beneficiary.target();
        let flag = |kind| Attention {
            kind,
            payee: order.beneficiary.label(),
            target: target.clone(),
            amount: order.amount,
        };
        let times = seen.entry((target.clone(), order.amount.minor_units())).or_default();
        *times += 1;
        if *times == 2 {
            duplicates.push(flag(AttentionKind::TwiceHere));
        }
        if let Some(duplicate) = earlier.get(&order.id) {
            duplicates.push(flag(AttentionKind::LikelyDuplicate { at: duplicate.earlier.day }));
        }
        if let Some(package) = elsewhere.remove(&order.id) {
            duplicates.push(flag(AttentionKind::AlsoPrepared { package }));
        }
        // Money that stays the customer's own needs no question about its payee.
        if matches!(order.beneficiary, Beneficiary::OwnAccount { .. }) {
            continue;
        }
        match past.get(&target) {
            Some(PayeeHistory { last: Some(_), .. }) => {}
            Some(PayeeHistory { other_accounts, .. }) if !other_accounts.is_empty() => {
                let before = other_accounts.first().map(|o| shown_account(&o.account)).unwrap_or_default();
                changed.push(flag(AttentionKind::ChangedAccount { before }));
            }
            _ => first.push(flag(AttentionKind::FirstPayment)),
        }
    }
    changed.extend(duplicates);
    changed.extend(first);
    Ok(changed)
}

/// A stored account as people read it.
fn shown_account(stored: &str) -> String {
    stored.parse::<AccountNumber>().map_or_else(|_| stored.to_owned(), |number| number.to_string())
}
