//! Booked transactions as customers read them, page by page.

use domain::{AuthorityTable, CustomerId, Money, UserId};
use protocol::{Cursor, Transaction, TransactionKind, TransactionPage};
use rusqlite::{Connection, params};

use super::ledger;
use super::view::{View, may_view};
use crate::ground::database::{named, parse, time};
use crate::ground::error::Refusal;

/// Letter of this list's cursors.
const LIST: char = 't';

/// The customer's transactions after a cursor, on accounts that the user may see.
///
/// # Errors
/// `cursor-invalid`.
pub(crate) fn page(
    db: &Connection,
    user: &UserId,
    customer: &CustomerId,
    authority: &AuthorityTable,
    after: Option<&Cursor>,
    limit: u32,
) -> std::result::Result<TransactionPage, Refusal> {
    let mut visible = Vec::new();
    for account in ledger::accounts_of(db, customer)? {
        if may_view(user, authority, parse("account.key", &account.key)?) {
            visible.push(account);
        }
    }
    let view = View::of(visible.iter().map(|account| account.key.clone()).collect());
    let start = view.start(LIST, after)?;
    let mut query = db.prepare_cached(
        "SELECT e.id, e.account, b.booked_at, b.value_date, e.amount, e.balance_after, b.kind, e.counterparty,
                e.counterparty_account, b.narrative, b.package, b.order_id
         FROM account a JOIN entry e ON e.account = a.key JOIN booking b ON b.id = e.booking
         WHERE a.customer = ?1 AND e.id > ?2 ORDER BY e.id LIMIT ?3",
    )?;
    let mut rows = query.query(params![customer.as_str(), start, limit + 1])?;
    let (mut transactions, mut next, mut seen, mut more) = (Vec::new(), start, 0, false);
    while let Some(row) = rows.next()? {
        if seen == limit {
            more = true;
            break;
        }
        seen += 1;
        next = row.get(0)?;
        let key: String = row.get(1)?;
        let Some(account) = visible.iter().find(|account| account.key == key) else { continue };
        let money = |units| Money::from_minor_units(units, account.currency);
        let optional = |column: usize| row.get::<_, Option<String>>(column);
        transactions.push(Transaction {
            id: u64::try_from(next).unwrap_or(0),
            account: parse("entry.account", &key)?,
            booked_at: time(row.get(2)?)?,
            value_date: parse("booking.value_date", &row.get::<_, String>(3)?)?,
            amount: money(row.get(4)?),
            balance_after: money(row.get(5)?),
            kind: named("booking.kind", &row.get::<_, String>(6)?, TransactionKind::from_name)?,
            counterparty: row.get(7)?,
            counterparty_account: optional(8)?
                .map(|key| parse("entry.counterparty_account", &key))
                .transpose()?,
            narrative: row.get(9)?,
            package: optional(10)?.map(|id| parse("booking.package", &id)).transpose()?,
            order: optional(11)?.map(|id| parse("booking.order_id", &id)).transpose()?,
        });
    }
    Ok(TransactionPage { transactions, next: view.cursor(LIST, next)?, more })
}
