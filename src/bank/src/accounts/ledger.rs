//! The ledger: accounts, double-entry bookings, blocks.
//!
//! Money moves in [`book`] and nowhere else, and a booking's legs always add up to nothing; what leaves
//! the bank stands on a settlement account. Amounts are minor units.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Account, AccountNumber, Balance, Currency, CustomerId, Money, OrderId, PackageId};
use protocol::{AccountInfo, AccountStatus, TransactionKind};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ground::changes;
use crate::ground::database::parse;
use crate::ground::error::{BankError, Result};

/// An account as the ledger keeps it.
#[derive(Clone, Debug)]
pub(crate) struct LedgerAccount {
    /// 24 digits, or the name of a settlement account.
    pub key: String,
    /// Whose, if a customer's.
    pub customer: Option<CustomerId>,
    /// Name of the holder.
    pub holder: String,
    pub name: String,
    pub currency: Currency,
    /// What may happen on it.
    pub status: AccountStatus,
    pub credit_line: i64,
    pub minimum: i64,
}

/// One side of a booking.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub account: String,
    /// Signed minor units.
    pub amount: i64,
    /// The other party as the account's holder sees it.
    pub counterparty: String,
    /// The other party's account as the account's holder sees it.
    pub counterparty_account: Option<String>,
}

/// A movement of money.
#[derive(Clone, Debug)]
pub(crate) struct Booking {
    pub at: DateTime<Utc>,
    pub value_date: NaiveDate,
    pub kind: TransactionKind,
    pub narrative: String,
    /// The order behind it.
    pub order: Option<(PackageId, OrderId)>,
    /// Two or more sides.
    pub legs: Vec<Leg>,
}

const ACCOUNT_COLUMNS: &str = "key, customer, holder, name, currency, status, credit_line, minimum";

/// The account of that key.
pub(crate) fn account(db: &Connection, key: &str) -> Result<Option<LedgerAccount>> {
    let mut query = db.prepare_cached(&format!("SELECT {ACCOUNT_COLUMNS} FROM account WHERE key = ?1"))?;
    let mut rows = query.query([key])?;
    rows.next()?.map(read_account).transpose()
}

/// A customer's accounts in their order.
pub(crate) fn accounts_of(db: &Connection, customer: &CustomerId) -> Result<Vec<LedgerAccount>> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {ACCOUNT_COLUMNS} FROM account WHERE customer = ?1 ORDER BY position"
    ))?;
    let mut rows = query.query([customer.as_str()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read_account(row)?);
    }
    Ok(found)
}

fn read_account(row: &rusqlite::Row<'_>) -> Result<LedgerAccount> {
    let customer: Option<String> = row.get(1)?;
    let status: String = row.get(5)?;
    Ok(LedgerAccount {
        key: row.get(0)?,
        customer: customer.map(|id| parse("account.customer", &id)).transpose()?,
        holder: row.get(2)?,
        name: row.get(3)?,
        currency: parse("account.currency", &row.get::<_, String>(4)?)?,
        status: match status.as_str() {
            "open" => AccountStatus::Open,
            "debit_blocked" => AccountStatus::DebitBlocked,
            _ => AccountStatus::Closed,
        },
        credit_line: row.get(6)?,
        minimum: row.get(7)?,
    })
}

pub(crate) fn open_account(db: &Connection, account: &LedgerAccount, position: i64) -> Result<()> {
    db.execute(
        "INSERT INTO account (key, customer, holder, name, currency, internal, position, credit_line, minimum)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8)",
        params![
            account.key,
            account.customer.as_ref().map(CustomerId::as_str),
            account.holder,
            account.name,
            account.currency.code(),
            position,
            account.credit_line,
            account.minimum
        ],
    )?;
    Ok(())
}

/// The settlement account through which money of a currency leaves or enters by `system`, made on first use.
pub(crate) fn settlement(db: &Connection, system: &str, currency: Currency) -> Result<String> {
    let key = format!("settlement-{system}-{currency}");
    db.execute(
        "INSERT OR IGNORE INTO account (key, holder, name, currency, internal) VALUES (?1, '', ?1, ?2, 1)",
        params![key, currency.code()],
    )?;
    Ok(key)
}

pub(crate) fn booked(db: &Connection, key: &str) -> Result<i64> {
    let mut query =
        db.prepare_cached("SELECT balance_after FROM entry WHERE account = ?1 ORDER BY id DESC LIMIT 1")?;
    Ok(query.query_row([key], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Held for orders in execution.
pub(crate) fn blocked(db: &Connection, key: &str) -> Result<i64> {
    let mut query = db.prepare_cached("SELECT COALESCE(SUM(amount), 0) FROM block WHERE account = ?1")?;
    Ok(query.query_row([key], |row| row.get(0))?)
}

/// What can be spent now.
pub(crate) fn available(db: &Connection, account: &LedgerAccount) -> Result<i64> {
    Ok(booked(db, &account.key)? - blocked(db, &account.key)? + account.credit_line - account.minimum)
}

/// Holds money for an order. The caller has checked the cover.
pub(crate) fn block(
    db: &Connection,
    package: PackageId,
    order: OrderId,
    account: &LedgerAccount,
    amount: i64,
) -> Result<()> {
    db.execute(
        "INSERT INTO block (package, order_id, account, amount) VALUES (?1, ?2, ?3, ?4)",
        params![package.to_string(), order.to_string(), account.key, amount],
    )?;
    note_balance(db, account)
}

/// Sets the money of an order free.
pub(crate) fn unblock(
    db: &Connection,
    package: PackageId,
    order: OrderId,
    account: &LedgerAccount,
) -> Result<()> {
    db.execute(
        "DELETE FROM block WHERE package = ?1 AND order_id = ?2",
        params![package.to_string(), order.to_string()],
    )?;
    note_balance(db, account)
}

/// Books; gives the entries' numbers in the order of the legs.
///
/// # Errors
/// [`BankError::Unbalanced`], [`BankError::Database`] (a second booking of an order breaks a constraint).
pub(crate) fn book(db: &Connection, booking: &Booking) -> Result<Vec<i64>> {
    let mut accounts = Vec::with_capacity(booking.legs.len());
    for leg in &booking.legs {
        accounts.push(account(db, &leg.account)?.ok_or_else(|| BankError::data("account", &leg.account))?);
    }
    let sum: i128 = booking.legs.iter().map(|leg| i128::from(leg.amount)).sum();
    let one_currency = accounts.windows(2).all(|pair| pair[0].currency == pair[1].currency);
    if sum != 0 || !one_currency || accounts.len() < 2 {
        return Err(BankError::Unbalanced);
    }
    let (package, order) = booking.order.unzip();
    db.prepare_cached(
        "INSERT INTO booking (booked_at, value_date, kind, narrative, package, order_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        booking.at.timestamp_millis(),
        booking.value_date.to_string(),
        booking.kind.name(),
        booking.narrative,
        package.map(|id| id.to_string()),
        order.map(|id| id.to_string())
    ])?;
    let id = db.last_insert_rowid();
    let mut entries = Vec::with_capacity(accounts.len());
    for (leg, account) in booking.legs.iter().zip(&accounts) {
        let balance = booked(db, &leg.account)? + leg.amount;
        db.prepare_cached(
            "INSERT INTO entry (booking, account, amount, balance_after, counterparty, counterparty_account)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            id,
            leg.account,
            leg.amount,
            balance,
            leg.counterparty,
            leg.counterparty_account
        ])?;
        entries.push(db.last_insert_rowid());
        note_balance(db, account)?;
    }
    Ok(entries)
}

fn note_balance(db: &Connection, account: &LedgerAccount) -> Result<()> {
    match &account.customer {
        Some(customer) => changes::balance(db, customer, &account.key),
        None => Ok(()),
    }
}

/// An account with its balance, as customers see it.
pub(crate) fn info(db: &Connection, account: &LedgerAccount, as_of: DateTime<Utc>) -> Result<AccountInfo> {
    let number: AccountNumber = parse("account.key", &account.key)?;
    let money = |units| Money::from_minor_units(units, account.currency);
    let pending: i64 = db
        .prepare_cached(
            "SELECT COALESCE(SUM(amount), 0) FROM item
             WHERE account = ?1 AND state IN ('received', 'waiting', 'queued')",
        )?
        .query_row([&account.key], |row| row.get(0))?;
    Ok(AccountInfo {
        account: Account { number, name: account.name.clone(), currency: account.currency },
        status: account.status,
        balance: Balance {
            account: number,
            booked: money(booked(db, &account.key)?),
            available: money(available(db, account)?),
            blocked: money(blocked(db, &account.key)?),
            pending_debits: money(pending),
            pending_credits: money(0),
            credit_line: money(account.credit_line),
            minimum: money(account.minimum),
            as_of,
        },
    })
}

/// The sum of all entries by currency: nothing, always.
pub(crate) fn sums(db: &Connection) -> Result<BTreeMap<String, i64>> {
    let mut query = db.prepare(
        "SELECT a.currency, SUM(e.amount) FROM entry e JOIN account a ON a.key = e.account GROUP BY a.currency",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
