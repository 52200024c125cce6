//! Drafts: whatever is being typed, stored at every pause, so that a form is where it was after a crash. What is typed
//! for a customer is that customer's: another one's form knows nothing of it.

use chrono::{DateTime, Utc};
use domain::Scope;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;
use crate::values::{json, micros, moment, owner};

/// A stored draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft<T> {
    /// Which form, and which thing in it, for instance `order/new`.
    pub key: String,
    /// What was typed.
    pub value: T,
    /// When it was typed last.
    pub updated_at: DateTime<Utc>,
}

/// Keeps what was typed under `key`, instead of what was there.
pub fn save<T: Serialize>(
    conn: &Connection,
    scope: Scope,
    key: &str,
    value: &T,
    now: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str =
        "INSERT OR REPLACE INTO drafts (customer, key, json, updated_at) VALUES (?1, ?2, ?3, ?4)";
    let values = params![owner(scope), key, serde_json::to_string(value)?, micros(now)];
    conn.prepare_cached(SQL)?.execute(values)?;
    Ok(())
}

/// What was typed under `key`.
pub fn load<T: DeserializeOwned>(
    conn: &Connection,
    scope: Scope,
    key: &str,
) -> Result<Option<StoredDraft<T>>> {
    const SQL: &str = "SELECT key, json, updated_at FROM drafts WHERE customer IS ?1 AND key = ?2";
    let found = conn.prepare_cached(SQL)?.query_row(params![owner(scope), key], |row| {
        Ok(StoredDraft { key: row.get(0)?, value: json(row, 1)?, updated_at: moment(row, 2)? })
    });
    Ok(found.optional()?)
}

/// Keys of all drafts that begin with `prefix`, the latest first.
pub fn keys(conn: &Connection, scope: Scope, prefix: &str) -> Result<Vec<String>> {
    const SQL: &str = "SELECT key FROM drafts WHERE customer IS ?1 AND substr(key, 1, length(?2)) = ?2
        ORDER BY updated_at DESC, key";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![owner(scope), prefix], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Forgets a draft, because it was saved as what it drafts, or thrown away.
pub fn remove(conn: &Connection, scope: Scope, key: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM drafts WHERE customer IS ?1 AND key = ?2";
    conn.prepare_cached(SQL)?.execute(params![owner(scope), key])?;
    Ok(())
}
