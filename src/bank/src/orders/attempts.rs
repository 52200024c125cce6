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

/// Void attempts of a user at a customer in a day: more is no lost answer. Counted by user: nobody's words use up
/// those of a colleague.
const A_DAY: u32 = 1_000;

/// This attempt of the user's side will not be taken any more.
///
/// # Errors
/// `not-permitted` for a user who can be nobody's sender at the customer; `rate-limited` after [`A_DAY`] of them. What is
/// known already is answered as before, however many there were: a client that asks again learns what it asks.
pub(crate) fn void(
    db: &Connection,
    access: &CustomerAccess,
    user: &UserId,
    package: PackageId,
    attempt: Uuid,
    now: DateTime<Utc>,
) -> std::result::Result<(), Refusal> {
    let accounts = rights::handled(&access.authority, user);
    if accounts.is_empty() {
        return Err(ProblemCode::NotPermitted.into());
    }
    let (customer, package, attempt, accounts) =
        (access.customer.id.as_str(), package.to_string(), attempt.to_string(), to_json(&accounts)?);
    let is_known = db
        .prepare_cached(
            "SELECT 1 FROM void_attempt WHERE customer = ?1 AND package = ?2 AND attempt = ?3 AND accounts = ?4",
        )?
        .exists([customer, &package, &attempt, &accounts])?;
    if is_known {
        return Ok(());
    }
    let since = (now - TimeDelta::days(1)).timestamp_millis();
    let lately: u32 = db
        .prepare_cached("SELECT COUNT(*) FROM void_attempt WHERE customer = ?1 AND user = ?2 AND at > ?3")?
        .query_row(params![customer, user.as_str(), since], |row| row.get(0))?;
    if lately >= A_DAY {
        return Err(ProblemCode::RateLimited.into());
    }
    db.prepare_cached(
        "INSERT INTO void_attempt (customer, package, attempt, accounts, user, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![customer, package, attempt, accounts, user.as_str(), now.timestamp_millis()])?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::customers;
    use crate::testing::{CLERK, SIGNER_A, World};

    #[test]
    fn a_user_has_so_many_words_a_day_and_a_known_one_is_always_heard() {
        let world = World::new("kh");
        let now = world.bank.clock.now();
        let access = world.read(|db| Ok(customers::find(db, &world.customer)?.unwrap()));
        let package = PackageId(Uuid::from_u128(1));
        let void_at = |user: &str, attempt: u32, now| -> std::result::Result<(), Refusal> {
            let attempt = Uuid::from_u128(attempt.into());
            world.bank.write(|db| void(db, &access, &user.parse().unwrap(), package, attempt, now))
        };
        let limited = |result: std::result::Result<(), Refusal>| match result {
            Ok(()) => false,
            Err(Refusal::Problem(problem)) => problem.code == ProblemCode::RateLimited,
            Err(Refusal::Failure(error)) => panic!("{error}"),
        };
        for attempt in 0..A_DAY {
            assert!(!limited(void_at(CLERK, attempt, now)), "{attempt}");
        }
        assert!(limited(void_at(CLERK, A_DAY, now)));
        assert!(!limited(void_at(CLERK, 7, now)), "a known word costs nothing");
        assert!(!limited(void_at(SIGNER_A, A_DAY, now)), "a colleague has words of its own");
        let tomorrow = now + TimeDelta::days(1);
        assert!(!limited(void_at(CLERK, A_DAY + 1, tomorrow)));
    }
}
