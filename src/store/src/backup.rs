//! Copies of the database while it is in use, by SQLite's online backup.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::{Result, StoreError};

/// Pages copied in one step.
const STEP: i32 = 1024;

/// Copies into `<path>.part`, checks the copy, brings it to the disk, then renames.
pub(crate) fn copy(source: &Connection, path: &Path) -> Result<()> {
    let part = part_of(path);
    let done =
        write(source, &part).and_then(|()| std::fs::rename(&part, path).map_err(StoreError::file(path)));
    if done.is_err() {
        // The half copy is of no use; that it cannot be removed changes nothing about the error.
        drop(std::fs::remove_file(&part));
    }
    done
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn write(source: &Connection, part: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(part).map_err(StoreError::file(part))?;
    let mut target = Connection::open(part)?;
    Backup::new(source, &mut target)?.run_to_completion(STEP, Duration::ZERO, None)?;
    // The copied header asks for a log beside the file; a copy is one file.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    let sound: String = target.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    target.close().map_err(|(_, e)| e)?;
    if sound != "ok" {
        return Err(StoreError::DamagedInUse(sound));
    }
    file.sync_all().map_err(StoreError::file(part))
}
