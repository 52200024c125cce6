//! Settings of the program: a value as JSON under each key.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::values::json;

/// The value of a setting, if it was ever set.
pub fn get<T: DeserializeOwned>(conn: &Connection, key: &str) -> Result<Option<T>> {
    const SQL: &str = "SELECT value FROM settings WHERE key = ?1";
    Ok(conn.prepare_cached(SQL)?.query_row([key], |row| json(row, 0)).optional()?)
}

/// Sets a setting.
pub fn set<T: Serialize>(conn: &Connection, key: &str, value: &T) -> Result<()> {
    const SQL: &str = "INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)";
    conn.prepare_cached(SQL)?.execute(params![key, serde_json::to_string(value)?])?;
    Ok(())
}

/// Forgets a setting, so that its default counts again.
pub fn remove(conn: &Connection, key: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM settings WHERE key = ?1")?.execute([key])?;
    Ok(())
}
