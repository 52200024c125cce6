//! What was paid to whom before: the signing sheet's questions about new payees, changed accounts and payments
//! that look like a second copy.
//!
//! Two sources answer: our own orders that have left (unless the bank refused them), and booked debits of the
//! customer's accounts. Orders of the package that is looked at never answer for themselves.

use chrono::NaiveDate;
use domain::text::PartyName;
use domain::{Beneficiary, Money, Order, OrderId, PackageId};
use rusqlite::{OptionalExtension, Row, params};

use crate::order_rows::order;
use crate::values::{bad, day, id, money};
use crate::{OfCustomer, Result, packages};

/// A payment that was made before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierPayment {
    /// Where it is known from.
    pub source: PaymentSource,
    /// Day: booked, decided or sent.
    pub day: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// Where a payment is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentSource {
    /// An order of ours.
    Order {
        /// The order.
        order: OrderId,
        /// Its package.
        package: PackageId,
    },
    /// A booked transaction, by the bank's identifier.
    Transaction {
        /// The bank's identifier.
        bank_id: String,
    },
}

/// Another account that was paid under a payee's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherAccount {
    /// 24 digits if domestic, else IBAN without spaces; or a secondary identifier.
    pub account: String,
    /// When it was paid last.
    pub last_paid: NaiveDate,
}

/// What is known of a payee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeeHistory {
    /// The payee as asked for.
    pub payee: Beneficiary,
    /// The last payment to this account or identifier; `None`: paid for the first time.
    pub last: Option<EarlierPayment>,
    /// Other accounts that were paid under the same name, the latest first. Asked only if `last` is none.
    pub other_accounts: Vec<OtherAccount>,
}

/// An order that looks like a second copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikelyDuplicate {
    /// The order of the package.
    pub order: OrderId,
    /// Its place in the package.
    pub position: u32,
    /// Same payee and amount before, the latest.
    pub earlier: EarlierPayment,
}

/// Earlier payments to payee ?1 by customer ?2 outside package ?3 (a key): source, ids, day, amount, currency.
macro_rules! earlier {
    ($order_rule:literal, $transaction_rule:literal, $rest:literal) => {
        concat!(
            "SELECT o.id, p.id, NULL, date(coalesce(o.decided_at, p.sent_at) / 1000000, 'unixepoch') AS day,
                o.amount, o.currency
            FROM orders o JOIN packages p ON p.key = o.package
            WHERE o.payee = ?1 AND o.bank_state IS NOT NULL AND o.bank_state <> 'rejected'
                AND o.customer = ?2 AND o.package IS NOT ?3 ",
            $order_rule,
            " UNION ALL
            SELECT NULL, NULL, t.bank_id, t.booking_date, -t.amount, t.currency
            FROM transactions t
            WHERE t.counterparty_account = ?1 AND t.amount < 0
                AND t.customer = ?2 AND t.account IN (SELECT number FROM accounts WHERE customer = ?2) ",
            $transaction_rule,
            $rest
        )
    };
}

fn payment(row: &Row<'_>) -> rusqlite::Result<EarlierPayment> {
    let source = match row.get::<_, Option<String>>(2)? {
        Some(bank_id) => PaymentSource::Transaction { bank_id },
        None => PaymentSource::Order { order: OrderId(id(row, 0)?), package: PackageId(id(row, 1)?) },
    };
    Ok(EarlierPayment { source, day: day(row, 3)?, amount: money(row, 4, 5)? })
}

/// What is known of every payee of a package, in the order of their first order. Own accounts are no payees.
pub fn of_package(of: &OfCustomer<'_>, package: PackageId) -> Result<Vec<PayeeHistory>> {
    // With min(position), the other columns are those of that order.
    const PAYEES: &str = "SELECT order_type, content, min(position) AS first FROM orders
        WHERE package = ?1 AND payee IS NOT NULL GROUP BY payee, payee_name ORDER BY first";
    let key = packages::key(of, package)?;
    let mut statement = of.prepare_cached(PAYEES)?;
    let firsts: Vec<Order> = statement.query_map([key], order)?.collect::<rusqlite::Result<_>>()?;
    let payees = firsts.into_iter().filter_map(|order| Some(order.transfer()?.beneficiary.clone()));
    payees
        .filter(|payee| !matches!(payee, Beneficiary::OwnAccount { .. }))
        .map(|payee| known(of, payee, Some(key)))
        .collect()
}

fn known(of: &OfCustomer<'_>, asked: Beneficiary, except: Option<i64>) -> Result<PayeeHistory> {
    const LAST: &str = earlier!("", "", " ORDER BY day DESC LIMIT 1");
    let (target, name) = (asked.key(), asked.name().map(PartyName::as_str));
    let last = of.prepare_cached(LAST)?.query_row(params![target, of.key(), except], payment).optional()?;
    let other_accounts = match (&last, name) {
        (None, Some(name)) => accounts_of_name(of, name, &target, except)?,
        _ => Vec::new(),
    };
    Ok(PayeeHistory { payee: asked, last, other_accounts })
}

fn accounts_of_name(
    of: &OfCustomer<'_>,
    name: &str,
    target: &str,
    except: Option<i64>,
) -> Result<Vec<OtherAccount>> {
    const SQL: &str = "SELECT account, max(day) AS last FROM (
            SELECT o.payee AS account, date(coalesce(o.decided_at, p.sent_at) / 1000000, 'unixepoch') AS day
            FROM orders o JOIN packages p ON p.key = o.package
            WHERE o.payee_name = ?1 COLLATE NOCASE AND o.bank_state IS NOT NULL AND o.bank_state <> 'rejected'
                AND o.customer = ?2 AND o.package IS NOT ?3
            UNION ALL
            SELECT t.counterparty_account, t.booking_date FROM transactions t
            WHERE t.counterparty_name = ?1 COLLATE NOCASE AND t.amount < 0
                AND t.customer = ?2 AND t.account IN (SELECT number FROM accounts WHERE customer = ?2))
        WHERE account <> ?4 GROUP BY account ORDER BY last DESC LIMIT 10";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![name, of.key(), except, target], |row| {
            Ok(OtherAccount { account: row.get(0)?, last_paid: day(row, 1)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Orders of a package whose payee got the same amount on `since` or later, in the package's order. Reckon
/// `since` as 30 days before today.
pub fn likely_duplicates(
    of: &OfCustomer<'_>,
    package: PackageId,
    since: NaiveDate,
) -> Result<Vec<LikelyDuplicate>> {
    const ORDERS: &str = "SELECT id, position, payee, amount FROM orders
        WHERE package = ?1 AND payee IS NOT NULL AND amount IS NOT NULL ORDER BY position";
    const LAST: &str = earlier!(
        "AND o.amount = ?4 AND day >= ?5",
        "AND t.amount = -?4 AND t.booking_date >= ?5",
        " ORDER BY day DESC LIMIT 1"
    );
    let key = packages::key(of, package)?;
    let since = since.to_string();
    let mut last = of.prepare_cached(LAST)?;
    let mut orders = of.prepare_cached(ORDERS)?;
    let mut rows = orders.query([key])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (payee, amount): (String, i64) = (row.get(2)?, row.get(3)?);
        let earlier = last.query_row(params![payee, of.key(), key, amount, since], payment).optional()?;
        if let Some(earlier) = earlier {
            let position = u32::try_from(row.get::<_, i64>(1)?).map_err(bad)?;
            found.push(LikelyDuplicate { order: OrderId(id(row, 0)?), position, earlier });
        }
    }
    Ok(found)
}

/// The last payments to a payee, the latest first.
///
/// A transaction that books an executed order of ours (same amount within three days) is not listed beside it.
pub fn last_payments(
    of: &OfCustomer<'_>,
    payee_asked: &Beneficiary,
    limit: u32,
) -> Result<Vec<EarlierPayment>> {
    const SQL: &str = earlier!(
        "",
        "AND NOT EXISTS (
            SELECT 1 FROM orders o JOIN packages p ON p.key = o.package
            WHERE o.payee = ?1 AND o.amount = -t.amount AND o.bank_state IS NOT NULL AND o.bank_state <> 'rejected'
                AND o.customer = ?2 AND abs(julianday(t.booking_date)
                    - julianday(coalesce(o.decided_at, p.sent_at) / 1000000, 'unixepoch')) <= 3)",
        " ORDER BY day DESC LIMIT ?4"
    );
    let target = payee_asked.key();
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![target, of.key(), None::<i64>, limit], payment)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
