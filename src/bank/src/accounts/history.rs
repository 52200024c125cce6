//! Booked transactions as customers read them, page by page.

use domain::{AccountNumber, AuthorityTable, CustomerId, Money, UserId};
use protocol::{Cursor, ProblemCode, Transaction, TransactionKind, TransactionPage};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::ledger;
use crate::ground::database::{named, parse, time};
use crate::ground::error::Refusal;

/// Whether the user may see the account.
pub(crate) fn may_view(user: &UserId, table: &AuthorityTable, account: AccountNumber) -> bool {
    table.right(user, account).is_some_and(|right| right.view)
}

/// The customer's transactions after a cursor, on accounts that the user may see.
///
/// The cursor remembers which accounts those were: when a user's rights grow, reading starts over, since
/// else the new account's past would be skipped for ever.
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
    let view = view_mark(visible.iter().map(|account| account.key.as_str()));
    let start = match after {
        Some(cursor) => read_cursor(cursor, &view).ok_or(ProblemCode::CursorInvalid)?,
        None => 0,
    };
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
    let next = format!("t{next}-{view}").parse().map_err(|_| ProblemCode::Internal)?;
    Ok(TransactionPage { transactions, next, more })
}

fn view_mark<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    let joined: Vec<&str> = keys.collect();
    hex::encode(&Sha256::digest(joined.join(",").as_bytes())[..6])
}

/// Where to go on; from the start when the cursor belongs to other rights.
fn read_cursor(cursor: &Cursor, view: &str) -> Option<i64> {
    let (number, mark) = cursor.as_str().strip_prefix('t')?.split_once('-')?;
    let number: i64 = number.parse().ok().filter(|n| *n >= 0)?;
    Some(if mark == view { number } else { 0 })
}
