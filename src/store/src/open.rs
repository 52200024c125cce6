//! Opening the file: is it ours, is it whole, do we know its schema; then settings of every connection.
//!
//! Nothing is written before the file has passed: a damaged, foreign or newer database stays byte for byte.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::migrate::{self, SCHEMA_VERSION};
use crate::{Result, StoreError, backup, collation, words};

/// "KAPC" in the header's application id.
const APPLICATION_ID: i32 = 0x4B41_5043;

/// First bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// How long a connection waits for another one.
const BUSY: Duration = Duration::from_secs(10);

/// Bytes of a page of a new store. An order takes half a kilobyte: pages of twice the usual size waste less of
/// themselves, and what an import writes takes half as many calls.
const PAGE: u32 = 8192;

/// Makes sure that the database at `path` exists, is ours and is of this program's schema; gives the writer. One that
/// was there before and is gone, or whose log is still there, is not made anew: opening an empty file would delete
/// what the log holds, and an empty store would look as if nothing had ever been sent.
pub(crate) fn writer(path: &Path, was_there: bool) -> Result<Connection> {
    let version = if has_content(path)? {
        inspect(path)?
    } else if was_there || has_content(&log_of(path))? {
        return Err(StoreError::Missing(path.to_owned()));
    } else {
        create_private(path)?;
        0
    };
    let mut conn = connection(path)?;
    if version == 0 {
        conn.pragma_update(None, "page_size", PAGE)?;
    }
    conn.pragma_update(None, "journal_mode", "WAL")?;
    if version > 0 && version < SCHEMA_VERSION {
        backup::copy(&conn, &before_migration(path, version))?;
    }
    migrate::run(&mut conn)?;
    Ok(conn)
}

/// The schema version of the database at `path`, if there is one. Nothing is changed. One of which only the log is left is
/// missing: it is not the same as none.
pub(crate) fn version(path: &Path) -> Result<Option<u32>> {
    if has_content(path)? {
        return inspect(path).map(Some);
    }
    match has_content(&log_of(path))? {
        true => Err(StoreError::Missing(path.to_owned())),
        false => Ok(None),
    }
}

/// A reading connection to a database that [`writer`] has prepared.
pub(crate) fn reader(path: &Path) -> Result<Connection> {
    let conn = connection(path)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// SQLite's write-ahead log of a database.
fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Where the copy made before a migration lies.
fn before_migration(path: &Path, version: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".schema-{version}.backup"));
    name.into()
}

/// A connection with our settings, collation and functions.
fn connection(path: &Path) -> Result<Connection> {
    let conn = bare(path)?;
    conn.set_prepared_statement_cache_capacity(128);
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cache_size", -16_000)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(conn)
}

fn bare(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY)?;
    collation::register(&conn)?;
    words::register(&conn)?;
    Ok(conn)
}

fn has_content(path: &Path) -> Result<bool> {
    match std::fs::metadata(path) {
        Ok(data) => Ok(data.len() > 0),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(StoreError::file(path)(e)),
    }
}

/// An empty file that only this user can read; SQLite gives its log files the same rights.
fn create_private(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(StoreError::file(path))
}

/// Looks at an existing file without changing it and gives its schema version.
fn inspect(path: &Path) -> Result<u32> {
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    match read {
        Ok(()) if head == *MAGIC => {}
        Ok(()) => return Err(StoreError::NotADatabase(path.to_owned())),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            return Err(StoreError::NotADatabase(path.to_owned()));
        }
        Err(e) => return Err(StoreError::file(path)(e)),
    }
    let conn = bare(path)?;
    // Closing a sound connection would copy the log into the file; a damaged file must stay as it is.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check(&conn, path).map_err(|e| match e {
        StoreError::DamagedInUse(detail) => StoreError::Damaged { path: path.to_owned(), detail },
        StoreError::Sqlite(rusqlite::Error::SqliteFailure(f, Some(detail)))
            if f.code == ErrorCode::Unknown =>
        {
            // SQLite answers a schema that it cannot read with a general error.
            StoreError::Damaged { path: path.to_owned(), detail }
        }
        other => other,
    })
}

fn check(conn: &Connection, path: &Path) -> Result<u32> {
    let application: i32 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version = migrate::version(conn)?;
    let tables: u32 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    // A file in which our first migration never happened: sound, empty, of nobody.
    if application == 0 && version == 0 && tables == 0 {
        return Ok(0);
    }
    if application != APPLICATION_ID {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    if version > SCHEMA_VERSION {
        return Err(StoreError::Newer { found: version, known: SCHEMA_VERSION });
    }
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged { path: path.to_owned(), detail: verdict });
    }
    Ok(version)
}
