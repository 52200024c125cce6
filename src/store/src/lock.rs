//! One program at a time: an advisory lock on a file beside the database, with the holder's process id in it.
//!
//! The system lets the lock go when the process ends, however it ends, so a stale file never locks anybody out. The file
//! stays, and remembers that a database was opened here: one that is gone since then is missed, not made anew.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::{Result, StoreError};

/// Follows the process id once a database was opened.
const OPENED: &str = "opened";

/// Bytes of the file that are read: a process id and the word.
const LENGTH: u64 = 40;

/// The lock, held as long as this value lives.
#[derive(Debug)]
pub(crate) struct Lock {
    /// Keeping it open holds the lock.
    file: File,
    path: PathBuf,
    opened: bool,
}

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
        let opened = content(&mut file).is_some_and(|text| says_opened(&text));
        let mut lock = Self { file, path, opened };
        lock.write()?;
        Ok(lock)
    }

    /// Whether a database was opened under this lock before.
    pub(crate) fn had_database(&self) -> bool {
        self.opened
    }

    /// Remembers that a database is open here.
    pub(crate) fn remember(&mut self) -> Result<()> {
        if self.opened {
            return Ok(());
        }
        self.opened = true;
        self.write()
    }

    /// Writes over what is there and cuts off what remains of it: a file that was emptied first would have forgotten
    /// the database if the power failed just then.
    fn write(&mut self) -> Result<()> {
        let text = format!("{} {}", std::process::id(), if self.opened { OPENED } else { "" });
        self.file
            .rewind()
            .and_then(|()| self.file.write_all(text.as_bytes()))
            .and_then(|()| self.file.set_len(text.len() as u64))
            .map_err(StoreError::file(&self.path))
    }
}

/// Whether the text remembers a database, also where the end of an older one was not cut off any more.
fn says_opened(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some_and(|word| word.starts_with(OPENED))
}

/// The process id in the file; on Windows a locked file cannot be read, then nothing.
fn holder(file: &mut File) -> Option<u32> {
    content(file)?.split_whitespace().next()?.parse().ok()
}

fn content(file: &mut File) -> Option<String> {
    let mut text = String::new();
    file.rewind().ok()?;
    let _: usize = file.take(LENGTH).read_to_string(&mut text).ok()?;
    Some(text.trim().to_owned())
}
