//! Accounts of the customers and their latest balances.

use domain::{Account, AccountNumber, Balance, Currency, Money};
use rusqlite::{OptionalExtension, Row, params};

use crate::values::{micros, moment, parsed, parsed_or_none};
use crate::{OfCustomer, Result, StoreError};

/// An account with the balance that the bank told last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountWithBalance {
    /// The account.
    pub account: Account,
    /// Latest balance, once the bank has told one.
    pub balance: Option<Balance>,
}

/// Sets the customer's accounts in the bank's order. Accounts that are gone leave with their balance; their
/// transactions stay.
pub fn set_all(of: &OfCustomer<'_>, accounts: &[Account]) -> Result<()> {
    const UPSERT: &str = "INSERT INTO accounts (customer, number, name, currency, position)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (customer, number) DO UPDATE SET name = excluded.name, currency = excluded.currency,
            position = excluded.position";
    const GONE: &str = "DELETE FROM accounts WHERE customer = ?1
        AND number NOT IN (SELECT value FROM json_each(?2))";
    let mut upsert = of.prepare_cached(UPSERT)?;
    for (position, account) in (0_i64..).zip(accounts) {
        let number = account.number.digits24();
        upsert.execute(params![of.key(), number, account.name, account.currency.code(), position])?;
    }
    let numbers: Vec<String> = accounts.iter().map(|a| a.number.digits24()).collect();
    of.prepare_cached(GONE)?.execute(params![of.key(), serde_json::to_string(&numbers)?])?;
    Ok(())
}

/// The customer's accounts in the bank's order.
pub fn list(of: &OfCustomer<'_>) -> Result<Vec<Account>> {
    const SQL: &str = "SELECT number, name, currency FROM accounts WHERE customer = ?1 ORDER BY position";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement.query_map([of.key()], account)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// One account of the customer.
pub fn find(of: &OfCustomer<'_>, number: AccountNumber) -> Result<Option<Account>> {
    const SQL: &str = "SELECT number, name, currency FROM accounts WHERE customer = ?1 AND number = ?2";
    let values = params![of.key(), number.digits24()];
    Ok(of.prepare_cached(SQL)?.query_row(values, account).optional()?)
}

/// Whether only others in the store have the account: nothing of this customer may debit it.
pub fn is_anothers(of: &OfCustomer<'_>, number: AccountNumber) -> Result<bool> {
    const SQL: &str = "SELECT EXISTS (SELECT 1 FROM accounts WHERE number = ?2 AND customer <> ?1)
        AND NOT EXISTS (SELECT 1 FROM accounts WHERE number = ?2 AND customer = ?1)";
    let values = params![of.key(), number.digits24()];
    Ok(of.prepare_cached(SQL)?.query_row(values, |row| row.get(0))?)
}

/// The customer's accounts with their latest balances, in the bank's order.
pub fn with_balances(of: &OfCustomer<'_>) -> Result<Vec<AccountWithBalance>> {
    const SQL: &str = "SELECT a.number, a.name, a.currency, b.currency, b.booked, b.available, b.blocked,
            b.pending_debits, b.pending_credits, b.credit_line, b.minimum, b.as_of
        FROM accounts a LEFT JOIN balances b ON b.customer = a.customer AND b.account = a.number
        WHERE a.customer = ?1 ORDER BY a.position";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map([of.key()], |row| {
            let account = account(row)?;
            let balance = balance(row, account.number)?;
            Ok(AccountWithBalance { account, balance })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Keeps what an account holds now; an older word than the one here changes nothing. All amounts must be of one
/// currency.
pub fn save_balance(of: &OfCustomer<'_>, balance: &Balance) -> Result<()> {
    const SQL: &str = "INSERT INTO balances (customer, account, currency, booked, available, blocked, pending_debits,
            pending_credits, credit_line, minimum, as_of) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (customer, account) DO UPDATE SET currency = excluded.currency, booked = excluded.booked,
            available = excluded.available, blocked = excluded.blocked,
            pending_debits = excluded.pending_debits, pending_credits = excluded.pending_credits,
            credit_line = excluded.credit_line, minimum = excluded.minimum, as_of = excluded.as_of
        WHERE excluded.as_of >= balances.as_of";
    let currency = balance.booked.currency();
    let units = |money: Money| {
        if money.currency() == currency { Ok(money.minor_units()) } else { Err(StoreError::MixedCurrency) }
    };
    of.prepare_cached(SQL)?.execute(params![
        of.key(),
        balance.account.digits24(),
        currency.code(),
        units(balance.booked)?,
        units(balance.available)?,
        units(balance.blocked)?,
        units(balance.pending_debits)?,
        units(balance.pending_credits)?,
        units(balance.credit_line)?,
        units(balance.minimum)?,
        micros(balance.as_of),
    ])?;
    Ok(())
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account { number: parsed(row, 0)?, name: row.get(1)?, currency: parsed(row, 2)? })
}

/// Columns 3 to 11 of [`with_balances`].
fn balance(row: &Row<'_>, account: AccountNumber) -> rusqlite::Result<Option<Balance>> {
    let Some(currency) = parsed_or_none::<Currency>(row, 3)? else { return Ok(None) };
    let money = |column: usize| -> rusqlite::Result<Money> {
        Ok(Money::from_minor_units(row.get(column)?, currency))
    };
    Ok(Some(Balance {
        account,
        booked: money(4)?,
        available: money(5)?,
        blocked: money(6)?,
        pending_debits: money(7)?,
        pending_credits: money(8)?,
        credit_line: money(9)?,
        minimum: money(10)?,
        as_of: moment(row, 11)?,
    }))
}
