//! Identification by telephone: the customer's 8-digit identifier and the 6-digit e-PIN, which serves for
//! nothing else.

use domain::UserId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::ground::error::{BankError, Result};
use crate::ground::slow_hash::SlowHash;

/// Wrong e-PINs in a row that lock a user's telephone identification.
pub(crate) const TRIES: u32 = 5;

/// Sets a user's e-PIN; tries count anew.
pub(crate) fn set_epin(db: &Connection, user: &UserId, epin: &SlowHash) -> Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO phone_id (user, salt, epin) VALUES (?1, ?2, ?3)",
        params![user.as_str(), epin.salt, epin.hash],
    )?;
    Ok(())
}

/// Counts a try before it is checked, so that tries at the same time count too, and gives what the e-PIN must
/// fit; `None` when there is no such user or no try left.
pub(crate) fn begin_try(db: &Connection, user: &str) -> Result<Option<SlowHash>> {
    let row = db
        .query_row(
            "UPDATE phone_id SET failures = failures + 1 WHERE user = ?1 AND failures < ?2 RETURNING salt, epin",
            params![user, TRIES],
            |row| Ok(SlowHash { salt: row.get(0)?, hash: row.get(1)? }),
        )
        .optional()?;
    Ok(row)
}

/// Forgives the tries: the e-PIN was right, or the bank unlocks.
///
/// # Errors
/// [`BankError::Data`] when the user has no e-PIN.
pub(crate) fn forgive(db: &Connection, user: &str) -> Result<()> {
    let changed = db.execute("UPDATE phone_id SET failures = 0 WHERE user = ?1", [user])?;
    if changed == 0 { Err(BankError::data("phone_id", format!("no user {user}"))) } else { Ok(()) }
}

/// Whether the user's telephone identification is locked.
pub(crate) fn is_locked(db: &Connection, user: &str) -> Result<bool> {
    let failures: Option<u32> =
        db.query_row("SELECT failures FROM phone_id WHERE user = ?1", [user], |row| row.get(0)).optional()?;
    Ok(failures.is_some_and(|failures| failures >= TRIES))
}
