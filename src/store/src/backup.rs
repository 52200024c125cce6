//! Copies of the database while it is in use, by SQLite's online backup.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;
use tempfile::NamedTempFile;

use crate::{Result, StoreError};

/// Pages copied in one step.
const STEP: i32 = 1024;

/// Copies into a file beside `path` under a name that nobody has, checks the copy, brings it to the disk, then renames.
pub(crate) fn copy(source: &Connection, path: &Path) -> Result<()> {
    let path = &place(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    // Made for its user alone, and gone again if anything fails.
    let beside = NamedTempFile::with_prefix_in(".kapocs-", folder.unwrap_or(Path::new(".")))
        .map_err(StoreError::file(path))?;
    write(source, beside.path())?;
    beside.as_file().sync_all().map_err(StoreError::file(path))?;
    beside.persist(path).map(drop).map_err(|error| StoreError::file(path)(error.error))
}

/// Where the copy lies in truth: a symbolic link stays one, and what it leads to is replaced. One that leads nowhere, as to
/// a drive that is not there, is an error: whoever made it would look for the copy elsewhere.
fn place(path: &Path) -> Result<PathBuf> {
    match std::fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => Ok(path.to_owned()),
        Err(error) => Err(StoreError::file(path)(error)),
    }
}

fn write(source: &Connection, copy: &Path) -> Result<()> {
    let mut target = Connection::open(copy)?;
    Backup::new(source, &mut target)?.run_to_completion(STEP, Duration::ZERO, None)?;
    // The copied header asks for a log beside the file; a copy is one file.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    let sound: String = target.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    target.close().map_err(|(_, e)| e)?;
    if sound == "ok" { Ok(()) } else { Err(StoreError::DamagedInUse(sound)) }
}
