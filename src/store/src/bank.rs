//! What a connection's bank told about itself, and how far syncing got with each customer.

use chrono::{DateTime, Utc};
use domain::ConnectionKey;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::values::{json, micros, moment};
use crate::{OfCustomer, Result};

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

/// Keeps what the connection's bank published.
pub fn save_snapshot<T: Serialize>(
    conn: &Connection,
    connection: ConnectionKey,
    kind: SnapshotKind,
    value: &T,
    now: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str =
        "INSERT OR REPLACE INTO bank_snapshots (connection, kind, json, fetched_at) VALUES (?1, ?2, ?3, ?4)";
    let values = params![connection.0, kind.name(), serde_json::to_string(value)?, micros(now)];
    conn.prepare_cached(SQL)?.execute(values)?;
    Ok(())
}

/// What the connection's bank published last, if it was ever fetched.
pub fn snapshot<T: DeserializeOwned>(
    conn: &Connection,
    connection: ConnectionKey,
    kind: SnapshotKind,
) -> Result<Option<Snapshot<T>>> {
    const SQL: &str = "SELECT json, fetched_at FROM bank_snapshots WHERE connection = ?1 AND kind = ?2";
    let found = conn.prepare_cached(SQL)?.query_row(params![connection.0, kind.name()], |row| {
        Ok(Snapshot { value: json(row, 0)?, fetched_at: moment(row, 1)? })
    });
    Ok(found.optional()?)
}

/// What the bank of the customer's connection published last, if it was ever fetched.
pub fn snapshot_of<T: DeserializeOwned>(
    of: &OfCustomer<'_>,
    kind: SnapshotKind,
) -> Result<Option<Snapshot<T>>> {
    snapshot(of, crate::customers::get(of, of.customer())?.connection, kind)
}

/// The bank's opaque cursor of that name (for instance `packages`), if one was kept for the customer.
pub fn cursor(of: &OfCustomer<'_>, name: &str) -> Result<Option<String>> {
    const SQL: &str = "SELECT value FROM cursors WHERE customer = ?1 AND name = ?2";
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), name], |row| row.get(0)).optional()?)
}

/// Drops a cursor, so that its list is read from the beginning.
pub fn forget_cursor(of: &OfCustomer<'_>, name: &str) -> Result<()> {
    const SQL: &str = "DELETE FROM cursors WHERE customer = ?1 AND name = ?2";
    of.prepare_cached(SQL)?.execute(params![of.key(), name])?;
    Ok(())
}

/// Keeps a cursor; do it in the transaction that applies the changes before it.
pub fn set_cursor(of: &OfCustomer<'_>, name: &str, value: &str) -> Result<()> {
    const SQL: &str = "INSERT OR REPLACE INTO cursors (customer, name, value) VALUES (?1, ?2, ?3)";
    of.prepare_cached(SQL)?.execute(params![of.key(), name, value])?;
    Ok(())
}
