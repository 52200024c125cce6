//! Connections: ways to banks, any number of them, and what may be done with one when.
//!
//! A connection is *active*, *paused* (its data is shown, its bank is left alone) or *archived* (its data is kept and
//! shown nowhere). Only one that nothing was recorded under can be removed: what was signed and sent is kept for ever.

use chrono::{DateTime, Utc};
use domain::ConnectionKey;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::values::{micros, moment, moment_or_none, named};
use crate::{Result, StoreError};

/// By what kind of way a bank is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectionKind {
    /// The Kapocs protocol; its data is the bank's connection file.
    Kapocs,
}

domain::names! {
    pub ConnectionKind {
        Kapocs = "kapocs",
    }
}

/// Where a connection is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectionState {
    /// In use.
    Active,
    /// Its data is shown, its bank is left alone.
    Paused,
    /// Its data is kept and shown nowhere.
    Archived,
}

domain::names! {
    pub ConnectionState {
        Active = "active",
        Paused = "paused",
        Archived = "archived",
    }
}

/// A connection that is to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConnection {
    /// What people call it; no other connection's, in any letter case.
    pub name: String,
    /// By what kind of way.
    pub kind: ConnectionKind,
    /// What that kind reaches the bank by, word for word; `None` for a bank that is known only by what it told.
    pub content: Option<String>,
}

/// A connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredConnection {
    /// Which.
    pub key: ConnectionKey,
    /// What people call it.
    pub name: String,
    /// By what kind of way.
    pub kind: ConnectionKind,
    /// What that kind reaches the bank by; `None` for a bank that is known only by what it told.
    pub content: Option<String>,
    /// Where it is in its life.
    pub state: ConnectionState,
    /// When it was added, or its data was changed last.
    pub connected_at: DateTime<Utc>,
    /// When the last sync of one of its customers ended well.
    pub last_sync: Option<DateTime<Utc>>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT key, name, kind, content, state, connected_at,
                (SELECT max(c.last_sync) FROM customers c WHERE c.connection = connections.key)
            FROM connections ",
            $rest
        )
    };
}

fn connection(row: &Row<'_>) -> rusqlite::Result<StoredConnection> {
    Ok(StoredConnection {
        key: ConnectionKey(row.get(0)?),
        name: row.get(1)?,
        kind: named(row, 2, ConnectionKind::from_name)?,
        content: row.get(3)?,
        state: named(row, 4, ConnectionState::from_name)?,
        connected_at: moment(row, 5)?,
        last_sync: moment_or_none(row, 6)?,
    })
}

/// Adds an active connection behind the others. A name that one has already is refused ([`StoreError::Exists`]).
pub fn add(conn: &Connection, new: &NewConnection, now: DateTime<Utc>) -> Result<ConnectionKey> {
    const SQL: &str = "INSERT INTO connections (name, kind, content, state, position, connected_at)
        SELECT ?1, ?2, ?3, 'active', coalesce(max(position), 0) + 1, ?4 FROM connections";
    let NewConnection { name, kind, content } = new;
    conn.prepare_cached(SQL)?.execute(params![name.trim(), kind.name(), content, micros(now)])?;
    Ok(ConnectionKey(conn.last_insert_rowid()))
}

/// All connections, in their order.
pub fn list(conn: &Connection) -> Result<Vec<StoredConnection>> {
    const SQL: &str = select!("ORDER BY position, key");
    let rows = conn.prepare_cached(SQL)?.query_map([], connection)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// One connection.
pub fn get(conn: &Connection, key: ConnectionKey) -> Result<StoredConnection> {
    const SQL: &str = select!("WHERE key = ?1");
    let found = conn.prepare_cached(SQL)?.query_row([key.0], connection).optional()?;
    found.ok_or(StoreError::NotFound("connection"))
}

/// Sets what the connection reaches its bank by; what was synced stays. It must be of the same bank.
pub fn set_content(conn: &Connection, key: ConnectionKey, content: &str, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE connections SET content = ?2, connected_at = ?3 WHERE key = ?1";
    one(conn.prepare_cached(SQL)?.execute(params![key.0, content, micros(now)])?)
}

/// Calls the connection otherwise. A name that another one has is refused ([`StoreError::Exists`]).
pub fn rename(conn: &Connection, key: ConnectionKey, name: &str) -> Result<()> {
    const SQL: &str = "UPDATE connections SET name = ?2 WHERE key = ?1";
    one(conn.prepare_cached(SQL)?.execute(params![key.0, name.trim()])?)
}

/// Leaves the bank of an active connection alone.
pub fn pause(conn: &Connection, key: ConnectionKey) -> Result<()> {
    step(conn, key, &[ConnectionState::Active], ConnectionState::Paused)
}

/// Takes a paused or archived connection into use again.
pub fn resume(conn: &Connection, key: ConnectionKey) -> Result<()> {
    step(conn, key, &[ConnectionState::Paused, ConnectionState::Archived], ConnectionState::Active)
}

/// Puts a connection away with all its data. While the bank owes an answer, it is refused
/// ([`StoreError::ConnectionBusy`]): put away, nobody would ask for it.
pub fn archive(conn: &Connection, key: ConnectionKey) -> Result<()> {
    const BUSY: &str = "SELECT EXISTS (
            SELECT 1 FROM submissions s JOIN packages p ON p.key = s.package JOIN customers c ON c.key = p.customer
            WHERE c.connection = ?1 AND s.state IN ('created', 'sending', 'unknown'))
        OR EXISTS (SELECT 1 FROM handovers h JOIN customers c ON c.key = h.customer
            WHERE c.connection = ?1 AND h.state = 'asked')
        OR EXISTS (SELECT 1 FROM renewals WHERE connection = ?1 AND state IN ('asked', 'answered', 'installed'))";
    if conn.prepare_cached(BUSY)?.query_row([key.0], |row| row.get(0))? {
        return Err(StoreError::ConnectionBusy);
    }
    step(conn, key, &[ConnectionState::Active, ConnectionState::Paused], ConnectionState::Archived)
}

/// Removes a connection with what its bank told. One under which anything was recorded or asked is refused
/// ([`StoreError::ConnectionKept`]); it can be archived.
pub fn remove(conn: &Connection, key: ConnectionKey) -> Result<()> {
    const KEPT: &str = "SELECT EXISTS (
            SELECT 1 FROM packages p JOIN customers c ON c.key = p.customer WHERE c.connection = ?1)
        OR EXISTS (SELECT 1 FROM handovers h JOIN customers c ON c.key = h.customer WHERE c.connection = ?1)
        OR EXISTS (SELECT 1 FROM renewals WHERE connection = ?1)
        OR EXISTS (SELECT 1 FROM messages m JOIN customers c ON c.key = m.customer
            WHERE c.connection = ?1 AND m.author IS NOT NULL)
        OR EXISTS (SELECT 1 FROM partners p JOIN customers c ON c.key = p.customer WHERE c.connection = ?1)
        OR EXISTS (SELECT 1 FROM templates t JOIN customers c ON c.key = t.customer WHERE c.connection = ?1)";
    // The search index hangs on no key.
    const SEARCH: &str = "DELETE FROM transaction_search WHERE rowid IN (
        SELECT t.key FROM transactions t JOIN customers c ON c.key = t.customer WHERE c.connection = ?1)";
    if conn.prepare_cached(KEPT)?.query_row([key.0], |row| row.get(0))? {
        return Err(StoreError::ConnectionKept);
    }
    conn.prepare_cached(SEARCH)?.execute([key.0])?;
    one(conn.prepare_cached("DELETE FROM connections WHERE key = ?1")?.execute([key.0])?)
}

/// Remembers that a token of that serial number has logged in there.
pub fn save_token(conn: &Connection, key: ConnectionKey, csn: &str, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "INSERT INTO connection_tokens (connection, csn, last_login) VALUES (?1, ?2, ?3)
        ON CONFLICT (connection, csn) DO UPDATE SET last_login = excluded.last_login";
    conn.prepare_cached(SQL)?.execute(params![key.0, csn, micros(now)])?;
    Ok(())
}

/// Serial numbers of the tokens that have logged in there, the latest first.
pub fn tokens(conn: &Connection, key: ConnectionKey) -> Result<Vec<String>> {
    const SQL: &str = "SELECT csn FROM connection_tokens WHERE connection = ?1 ORDER BY last_login DESC, csn";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement.query_map([key.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn step(conn: &Connection, key: ConnectionKey, from: &[ConnectionState], to: ConnectionState) -> Result<()> {
    const SQL: &str = "UPDATE connections SET state = ?2 WHERE key = ?1";
    let found = get(conn, key)?.state;
    if !from.contains(&found) {
        let expected = from.first().map_or("", |state| state.name());
        return Err(StoreError::StateChanged { expected, found: found.name().to_owned() });
    }
    one(conn.prepare_cached(SQL)?.execute(params![key.0, to.name()])?)
}

/// One row must have changed.
fn one(changed: usize) -> Result<()> {
    match changed {
        0 => Err(StoreError::NotFound("connection")),
        _ => Ok(()),
    }
}
