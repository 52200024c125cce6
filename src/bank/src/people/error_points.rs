//! Error points: what a user collects by wrong secrets and by statements that no honest client sends. Five of them
//! close the web to the user until the bank unlocks.

use domain::UserId;
use rusqlite::{Connection, params};

use super::customers;
use crate::ground::database::parse;
use crate::ground::error::{BankError, Result};

/// Points that lock a user.
pub(crate) const POINTS: u32 = 5;

/// Gives an error point, which may lock the user.
pub(crate) fn add(db: &Connection, user: &UserId) -> Result<()> {
    db.execute(
        "UPDATE bank_user SET error_points = error_points + 1, locked = locked OR error_points + 1 >= ?2
         WHERE id = ?1",
        params![user.as_str(), POINTS],
    )?;
    customers::user_changed(db, user, None)
}

/// A good login forgets the points.
pub(crate) fn forget(db: &Connection, user: &UserId) -> Result<()> {
    let forgotten = "UPDATE bank_user SET error_points = 0 WHERE id = ?1 AND error_points > 0";
    if db.execute(forgotten, [user.as_str()])? > 0 {
        customers::user_changed(db, user, None)?;
    }
    Ok(())
}

/// Forgives a user's error points and unlocks the user, without a word to customers: the caller tells them.
pub(crate) fn forgive(db: &Connection, id: &UserId) -> Result<()> {
    db.execute("UPDATE bank_user SET error_points = 0, locked = 0 WHERE id = ?1", [id.as_str()])?;
    Ok(())
}

/// Locks or unlocks a user for the web; unlocking also forgives the error points.
pub(crate) fn set_locked(db: &Connection, id: &str, locked: bool) -> Result<()> {
    let changed = db.execute(
        "UPDATE bank_user SET locked = ?2, error_points = CASE WHEN ?2 THEN error_points ELSE 0 END WHERE id = ?1",
        params![id, locked],
    )?;
    if changed == 0 {
        return Err(BankError::data("bank_user", format!("no user {id}")));
    }
    customers::user_changed(db, &parse("bank_user.id", id)?, None)
}
