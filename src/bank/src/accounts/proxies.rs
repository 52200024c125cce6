//! The register of secondary identifiers: which account each stands for. In the real world GIRO keeps it.

use chrono::NaiveDate;
use domain::{AccountNumber, SecondaryId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ground::database::parse;
use crate::ground::error::Result;

/// The account behind an identifier.
pub(crate) fn resolve(db: &Connection, id: &SecondaryId) -> Result<Option<AccountNumber>> {
    db.prepare_cached("SELECT account FROM secondary_id WHERE kind = ?1 AND value = ?2")?
        .query_row(params![id.kind().name(), id.value()], |row| row.get::<_, String>(0))
        .optional()?
        .map(|key| parse("secondary_id.account", &key))
        .transpose()
}

/// Registers an identifier; a registration at another account moves it.
pub(crate) fn register(db: &Connection, id: &SecondaryId, account: AccountNumber) -> Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO secondary_id (kind, value, account) VALUES (?1, ?2, ?3)",
        params![id.kind().name(), id.value(), account.digits24()],
    )?;
    Ok(())
}

/// Registers a customer's own identifier, or confirms it, until that day.
pub(crate) fn register_until(
    db: &Connection,
    id: &SecondaryId,
    account: AccountNumber,
    confirm_by: NaiveDate,
) -> Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO secondary_id (kind, value, account, confirm_by) VALUES (?1, ?2, ?3, ?4)",
        params![id.kind().name(), id.value(), account.digits24(), confirm_by.to_string()],
    )?;
    Ok(())
}

/// The identifier stands for nothing any more.
pub(crate) fn remove(db: &Connection, id: &SecondaryId) -> Result<()> {
    db.execute("DELETE FROM secondary_id WHERE kind = ?1 AND value = ?2", [id.kind().name(), id.value()])?;
    Ok(())
}

/// Takes out what should have been confirmed before today; whether there was any.
pub(crate) fn lapse(db: &Connection, today: NaiveDate) -> Result<bool> {
    let lapsed =
        db.prepare_cached("DELETE FROM secondary_id WHERE confirm_by < ?1")?.execute([today.to_string()])?;
    Ok(lapsed > 0)
}
