//! Attempts to send a package that must not be taken any more, because a client was told that they never arrived.
//!
//! Only the sender's side can say so: a user of the customer who may record or sign on every account that the package
//! debits. Which those are the bank learns from the package itself, so the word is kept with the accounts for which it
//! can hold. Foreign words about somebody's package, whose ids can be guessed, change nothing.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{AccountNumber, CustomerId, PackageId, UserId};
use protocol::{CustomerAccess, ProblemCode};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::rights;
use crate::ground::database::{from_json, to_json};
use crate::ground::error::{Refusal, Result};

/// Void attempts of a customer in a day: more is no lost answer.
const A_DAY: u32 = 1_000;

/// This attempt of the user's side will not be taken any more.
///
/// # Errors
/// `not-permitted` for a user who can be nobody's sender at the customer; `rate-limited` after [`A_DAY`] of them.
pub(crate) fn void(
    db: &Connection,
    access: &CustomerAccess,
    user: &UserId,
    package: PackageId,
    attempt: Uuid,
    now: DateTime<Utc>,
) -> std::result::Result<(), Refusal> {
    let since = (now - TimeDelta::days(1)).timestamp_millis();
    let lately: u32 = db
        .prepare_cached("SELECT COUNT(*) FROM void_attempt WHERE customer = ?1 AND at > ?2")?
        .query_row(params![access.customer.id.as_str(), since], |row| row.get(0))?;
    if lately >= A_DAY {
        return Err(ProblemCode::RateLimited.into());
    }
    let accounts = rights::handled(&access.authority, user);
    if accounts.is_empty() {
        return Err(ProblemCode::NotPermitted.into());
    }
    db.prepare_cached(
        "INSERT OR IGNORE INTO void_attempt (customer, package, attempt, accounts, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        access.customer.id.as_str(),
        package.to_string(),
        attempt.to_string(),
        to_json(&accounts)?,
        now.timestamp_millis()
    ])?;
    Ok(())
}

/// Whether the sender's side was told that this attempt never arrived.
///
/// # Errors
/// Only the database's.
pub(crate) fn is_void(
    db: &Connection,
    customer: &CustomerId,
    package: PackageId,
    attempt: Uuid,
    debited: &[AccountNumber],
) -> Result<bool> {
    let mut query = db.prepare_cached(
        "SELECT accounts FROM void_attempt WHERE customer = ?1 AND package = ?2 AND attempt = ?3",
    )?;
    let mut rows = query.query(params![customer.as_str(), package.to_string(), attempt.to_string()])?;
    while let Some(row) = rows.next()? {
        let accounts: Vec<AccountNumber> = from_json("void_attempt.accounts", &row.get::<_, String>(0)?)?;
        if debited.iter().all(|account| accounts.contains(account)) {
            return Ok(true);
        }
    }
    Ok(false)
}
