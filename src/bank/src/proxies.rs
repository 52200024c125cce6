//! The register of secondary identifiers: which account each stands for. In the real world GIRO keeps it.

use domain::{AccountNumber, SecondaryId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::Result;
use crate::database::parse;

/// The account behind an identifier.
pub fn resolve(db: &Connection, id: &SecondaryId) -> Result<Option<AccountNumber>> {
    db.prepare_cached("SELECT account FROM secondary_id WHERE kind = ?1 AND value = ?2")?
        .query_row(params![id.kind().name(), id.value()], |row| row.get::<_, String>(0))
        .optional()?
        .map(|key| parse("secondary_id.account", &key))
        .transpose()
}

/// Registers an identifier; a registration at another account moves it.
pub fn register(db: &Connection, id: &SecondaryId, account: AccountNumber) -> Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO secondary_id (kind, value, account) VALUES (?1, ?2, ?3)",
        params![id.kind().name(), id.value(), account.digits24()],
    )?;
    Ok(())
}
