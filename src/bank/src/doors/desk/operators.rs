//! Operators and their passwords.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::log::{self, Event, Line};
use crate::bank::Bank;
use crate::ground::error::Result;
use crate::ground::slow_hash::SlowHash;

/// Wrong passwords in a row that lock an operator.
const TRIES: u32 = 5;
const LOCK: TimeDelta = TimeDelta::minutes(15);

/// Adds an operator or sets another password.
///
/// # Errors
/// [`crate::ground::error::BankError::Database`].
pub(crate) fn add(db: &Connection, name: &str, password: &str) -> Result<()> {
    let hash = SlowHash::of(password)?;
    db.execute(
        "INSERT OR REPLACE INTO operator (name, salt, password) VALUES (?1, ?2, ?3)",
        params![name, hash.salt, hash.hash],
    )?;
    Ok(())
}

/// Whether name and password are an operator's, who is not locked. Takes as long for names that do not exist.
pub(super) fn log_in(bank: &Bank, name: &str, password: &str, now: DateTime<Utc>) -> Result<bool> {
    // The slow part stands between two transactions, so that nobody waits for it.
    let known = bank.write(|db| begin_try(db, name, now))?;
    let right = known.clone().unwrap_or_else(SlowHash::of_nobody).is_of(password)? && known.is_some();
    bank.write(|db| {
        if right {
            db.execute("UPDATE operator SET failures = 0, locked_until = 0 WHERE name = ?1", [name])?;
        }
        let event = if right { Event::LoggedIn } else { Event::LoginRefused };
        log::write(db, &Line::of(name, event), now)
    })?;
    Ok(right)
}

/// Counts a try before it is checked, so that tries at the same time count too. `None`: unknown or locked.
fn begin_try(db: &Connection, name: &str, now: DateTime<Utc>) -> Result<Option<SlowHash>> {
    let row = db
        .query_row(
            "UPDATE operator SET
                locked_until = CASE WHEN failures + 1 >= ?2 THEN ?3 ELSE locked_until END,
                failures = CASE WHEN failures + 1 >= ?2 THEN 0 ELSE failures + 1 END
             WHERE name = ?1 AND locked_until <= ?4 RETURNING salt, password",
            params![name, TRIES, (now + LOCK).timestamp_millis(), now.timestamp_millis()],
            |row| Ok(SlowHash { salt: row.get(0)?, hash: row.get(1)? }),
        )
        .optional()?;
    Ok(row)
}
