//! The bank's SQLite file and the small conversions that every query needs.

use std::path::Path;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{BankError, Result};
use super::private;

/// Version of `schema.sql`, kept in SQLite's `user_version`.
const VERSION: i64 = 8;

/// Statements that a connection keeps ready: about as many as the bank has.
const STATEMENTS: usize = 256;

/// Pages in the write-ahead log (40 MB) at which a commit brings them into the database itself: see `checkpoints.rs`.
pub(super) const CHECKPOINT_PAGES: u32 = 10_000;
/// A log that was longer is cut to so many bytes when it begins anew.
const LOG_BYTES: u32 = 16 << 20;

/// Opens the database of a data folder, making it if it is new.
///
/// Every commit is on the disk before it returns (`synchronous=FULL`): a receipt that left the bank is
/// never forgotten. It is the owner's alone.
///
/// # Errors
/// [`BankError::Database`]; [`BankError::Io`]; [`BankError::Data`] for a file of another version.
pub(crate) fn open(path: &Path) -> Result<Connection> {
    private::claim(path).map_err(BankError::io(path.display()))?;
    // SQLite gives the files beside it the same rights when it makes them; those of an earlier run are made here.
    for ending in ["-wal", "-shm"] {
        let beside = path
            .with_file_name(format!("{}{ending}", path.file_name().unwrap_or_default().to_string_lossy()));
        if beside.exists() {
            private::claim(&beside).map_err(BankError::io(beside.display()))?;
        }
    }
    prepare(Connection::open(path)?)
}

/// Another connection to an open database, only for reading.
///
/// # Errors
/// [`BankError::Database`].
pub(crate) fn open_to_read(path: &Path) -> Result<Connection> {
    let db = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    db.execute_batch("PRAGMA busy_timeout = 5000;")?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

/// Another connection to an open database, which only brings its log into the file.
///
/// # Errors
/// [`BankError::Database`].
pub(super) fn open_to_checkpoint(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    // It knows only then that there is a log.
    let _: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(db)
}

/// A database in memory, for tests.
#[cfg(test)]
pub(crate) fn in_memory() -> Connection {
    prepare(Connection::open_in_memory().unwrap()).unwrap()
}

fn prepare(db: Connection) -> Result<Connection> {
    db.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;
         PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}; PRAGMA journal_size_limit = {LOG_BYTES};"
    ))?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version {
        VERSION => Ok(db),
        0 => {
            let schema = include_str!("schema.sql");
            db.execute_batch(&format!("BEGIN; {schema} PRAGMA user_version = {VERSION}; COMMIT;"))?;
            Ok(db)
        }
        other => Err(BankError::data(
            "bank.sqlite",
            format!("made by another version of the program ({other}, not {VERSION}): make the demo anew"),
        )),
    }
}

pub(crate) fn setting<T: DeserializeOwned>(db: &Connection, key: &str) -> Result<Option<T>> {
    let text: Option<String> =
        db.query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0)).optional()?;
    text.map(|text| from_json(key, &text)).transpose()
}

pub(crate) fn set_setting<T: Serialize>(db: &Connection, key: &str, value: &T) -> Result<()> {
    db.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)", params![key, to_json(value)?])?;
    Ok(())
}

/// A column's JSON.
pub(crate) fn from_json<T: DeserializeOwned>(column: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| BankError::data(column, e))
}

/// A value as a column's JSON.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| BankError::data("json", e))
}

/// A column's text as a checked value.
pub(crate) fn parse<T: FromStr>(column: &str, text: &str) -> Result<T> {
    text.parse().map_err(|_| BankError::data(column, text))
}

/// A column's name as one of an enum's values.
pub(crate) fn named<T>(column: &str, text: &str, from_name: impl Fn(&str) -> Option<T>) -> Result<T> {
    from_name(text).ok_or_else(|| BankError::data(column, text))
}

pub(crate) fn time(millis: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| BankError::data("time", millis))
}
