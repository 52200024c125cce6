//! One program at a time: an advisory lock on a file beside the database, with the holder's process id in it.
//!
//! The system lets the lock go when the process ends, however it ends, so a stale file never locks anybody out.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::{Result, StoreError};

/// The lock, held as long as this value lives.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "the lock is held by keeping the file open")] File);

/// Name of the lock file of a database.
pub(crate) fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

impl Lock {
    /// Takes the lock or says who has it.
    pub(crate) fn take(database: &Path) -> Result<Self> {
        let path = lock_path(database);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(StoreError::file(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { pid: holder(&mut file) }),
            Err(TryLockError::Error(e)) => return Err(StoreError::file(&path)(e)),
        }
        file.set_len(0).map_err(StoreError::file(&path))?;
        file.rewind().map_err(StoreError::file(&path))?;
        write!(file, "{}", std::process::id()).map_err(StoreError::file(&path))?;
        Ok(Self(file))
    }
}

/// The process id in the file; on Windows a locked file cannot be read, then nothing.
fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
