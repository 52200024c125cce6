//! Whether an account covers what is to be debited: what it has available, less what is signed, planned and due besides.
//! Said before anything is signed; the bank refuses an instant order without cover and lets the others wait for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{AccountNumber, Explain, Money, Order, PackageId, Timing};

use crate::client::Client;
use crate::error::Result;
use crate::orders::rules::Rules;

/// Orders that their account does not cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The account.
    pub account: AccountNumber,
    /// The first day on which it is not enough.
    pub day: NaiveDate,
    /// Available when the bank was last asked.
    pub available: Money,
    /// What else is signed, planned and due until that day.
    pub reserved: Money,
    /// What these orders take until that day.
    pub needed: Money,
    /// How much is missing.
    pub missing: Money,
}

impl Explain for Shortage {
    fn code(&self) -> &'static str {
        if self.reserved.amount().is_zero() { "cover-short" } else { "cover-short-reserved" }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let sum = |money: Money| format!("{} {}", money.amount(), money.currency().code());
        vec![
            ("account", self.account.to_string()),
            ("date", self.day.to_string()),
            ("available", sum(self.available)),
            ("reserved", sum(self.reserved)),
            ("needed", sum(self.needed)),
            ("missing", sum(self.missing)),
        ]
    }
}

impl Client {
    /// Accounts that do not cover several packages together, as they are about to be signed together.
    pub async fn cover_of(&self, packages: Vec<PackageId>) -> Result<Vec<Shortage>> {
        self.viewing()?;
        let scope = self.scope()?;
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            let mut orders = Vec::new();
            for id in &packages {
                let scheduled = store::packages::get(conn, *id)?.header.scheduled;
                let stored = store::orders::page(conn, *id, store::Page::ALL)?;
                orders.extend(stored.into_iter().map(|stored| (stored.order, scheduled)));
            }
            shortages(conn, &rules, orders.iter().map(|(order, day)| (order, *day)), &packages)
        })
        .await
    }
}

/// Accounts that do not cover these orders, each planned for a day or not. What stands in the packages that they are of
/// counts once. What the bank has not told the balance of is not judged.
pub(crate) fn shortages<'o>(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    orders: impl IntoIterator<Item = (&'o Order, Option<NaiveDate>)>,
    of: &[PackageId],
) -> Result<Vec<Shortage>> {
    let today = rules.today();
    let mut needs: BTreeMap<AccountNumber, BTreeMap<NaiveDate, Money>> = BTreeMap::new();
    let payments = orders.into_iter().filter_map(|(order, scheduled)| Some((order.transfer()?, scheduled)));
    for (payment, scheduled) in payments {
        let dated = match payment.timing {
            Timing::On { date } => Some(date),
            Timing::Soon | Timing::Instant => None,
        };
        let day = dated.max(scheduled).unwrap_or(today).max(today);
        let of_day = needs.entry(payment.debit_account).or_default().entry(day);
        let sum = of_day.or_insert(Money::zero(payment.amount.currency()));
        if let Ok(more) = sum.checked_add(payment.amount) {
            *sum = more;
        }
    }
    if needs.is_empty() {
        return Ok(Vec::new());
    }
    let due = store::cover::due(conn, of, today)?;
    let none = BTreeMap::new();
    let mut found = Vec::new();
    for row in store::accounts::with_balances(conn)? {
        let account = row.account.number;
        let (Some(balance), Some(needs)) = (row.balance, needs.get(&account)) else { continue };
        let reserved = due.get(&account).unwrap_or(&none);
        found.extend(shortage(account, balance.available, needs, reserved));
    }
    Ok(found)
}

/// The first day on which the account is short of what is needed until then.
fn shortage(
    account: AccountNumber,
    available: Money,
    needs: &BTreeMap<NaiveDate, Money>,
    due: &BTreeMap<NaiveDate, Money>,
) -> Option<Shortage> {
    let until = |days: &BTreeMap<NaiveDate, Money>, day: NaiveDate| {
        days.range(..=day)
            .try_fold(Money::zero(available.currency()), |sum, (_, one)| sum.checked_add(*one))
            .ok()
    };
    needs.keys().find_map(|day| {
        let (needed, reserved) = (until(needs, *day)?, until(due, *day)?);
        let missing = needed.checked_add(reserved).ok()?.checked_sub(available).ok()?;
        let is_short = missing.amount() > rust_decimal::Decimal::ZERO;
        is_short.then_some(Shortage { account, day: *day, available, reserved, needed, missing })
    })
}
