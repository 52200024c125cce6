//! The bank of this store: its connection file, what it told about itself, how far syncing got.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::values::{json, micros, moment, moment_or_none};
use crate::{Result, StoreError};

/// The connection to the bank, as its connection file gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankConnection {
    /// Content of the connection file, word for word.
    pub content: String,
    /// When it was taken.
    pub connected_at: DateTime<Utc>,
    /// When the last sync ended well.
    pub last_sync: Option<DateTime<Utc>>,
}

/// Something that the bank publishes and the client works from while offline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SnapshotKind {
    /// The bank's rules ([`domain::BankProfile`]).
    Profile,
    /// Banking days ([`domain::Calendar`]).
    Calendar,
    /// Routing table and other directories.
    Directory,
    /// The server: name, versions, policy, certificates.
    Server,
}

impl SnapshotKind {
    fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Calendar => "calendar",
            Self::Directory => "directory",
            Self::Server => "server",
        }
    }
}

/// What the bank published, and when it was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot<T> {
    /// The content.
    pub value: T,
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
}

/// The connection, if the store has one.
pub fn connection(conn: &Connection) -> Result<Option<BankConnection>> {
    const SQL: &str = "SELECT content, connected_at, last_sync FROM bank_connection";
    let found = conn.prepare_cached(SQL)?.query_row([], |row| {
        Ok(BankConnection {
            content: row.get(0)?,
            connected_at: moment(row, 1)?,
            last_sync: moment_or_none(row, 2)?,
        })
    });
    Ok(found.optional()?)
}

/// Sets the connection. What was synced stays; a store belongs to one bank.
pub fn set_connection(conn: &Connection, content: &str, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "INSERT INTO bank_connection (only_row, content, connected_at) VALUES (1, ?1, ?2)
        ON CONFLICT (only_row) DO UPDATE SET content = excluded.content, connected_at = excluded.connected_at";
    conn.prepare_cached(SQL)?.execute(params![content, micros(now)])?;
    Ok(())
}

/// Remembers that a sync ended well.
pub fn set_last_sync(conn: &Connection, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE bank_connection SET last_sync = ?1";
    match conn.prepare_cached(SQL)?.execute([micros(now)])? {
        0 => Err(StoreError::NotFound("bank connection")),
        _ => Ok(()),
    }
}

/// Keeps what the bank published.
pub fn save_snapshot<T: Serialize>(
    conn: &Connection,
    kind: SnapshotKind,
    value: &T,
    now: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "INSERT OR REPLACE INTO bank_snapshots (kind, json, fetched_at) VALUES (?1, ?2, ?3)";
    conn.prepare_cached(SQL)?.execute(params![kind.name(), serde_json::to_string(value)?, micros(now)])?;
    Ok(())
}

/// What the bank published last, if it was ever fetched.
pub fn snapshot<T: DeserializeOwned>(conn: &Connection, kind: SnapshotKind) -> Result<Option<Snapshot<T>>> {
    const SQL: &str = "SELECT json, fetched_at FROM bank_snapshots WHERE kind = ?1";
    let found = conn
        .prepare_cached(SQL)?
        .query_row([kind.name()], |row| Ok(Snapshot { value: json(row, 0)?, fetched_at: moment(row, 1)? }));
    Ok(found.optional()?)
}

/// The bank's opaque cursor of that name (for instance `packages/<customer>`), if one was kept.
pub fn cursor(conn: &Connection, name: &str) -> Result<Option<String>> {
    const SQL: &str = "SELECT value FROM cursors WHERE name = ?1";
    Ok(conn.prepare_cached(SQL)?.query_row([name], |row| row.get(0)).optional()?)
}

/// Drops a cursor, so that its list is read from the beginning.
pub fn forget_cursor(conn: &Connection, name: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM cursors WHERE name = ?1")?.execute([name])?;
    Ok(())
}

/// Keeps a cursor; do it in the transaction that applies the changes before it.
pub fn set_cursor(conn: &Connection, name: &str, value: &str) -> Result<()> {
    const SQL: &str = "INSERT OR REPLACE INTO cursors (name, value) VALUES (?1, ?2)";
    conn.prepare_cached(SQL)?.execute([name, value])?;
    Ok(())
}
