//! Bringing what stands in the write-ahead log into the database file, beside those who write.
//!
//! SQLite by itself does it within a commit, so one of its callers waits for the disk on behalf of all. Here a
//! connection of its own does it now and then; writers and readers go on meanwhile. Only when that could not keep up
//! for [`database::CHECKPOINT_PAGES`] pages does a commit do it after all, so that the log never grows without an end.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use super::database;
use super::error::Result;

/// The connection that does it.
pub(crate) struct Checkpointer(Mutex<Connection>);

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Done {
    /// Pages that stood in the log.
    pub log: i64,
    /// Those of them that are in the database file now.
    pub brought: i64,
}

impl Checkpointer {
    /// Of the database in that file, which is open already.
    ///
    /// # Errors
    /// [`super::error::BankError::Database`].
    pub(crate) fn of(path: &Path) -> Result<Self> {
        Ok(Self(Mutex::new(database::open_to_checkpoint(path)?)))
    }

    /// Brings as much as nobody needs to stay. It waits for nobody, and nobody for it.
    ///
    /// # Errors
    /// [`super::error::BankError::Database`].
    pub(crate) fn run(&self) -> Result<Done> {
        let db = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = |row: &rusqlite::Row<'_>| Ok(Done { log: row.get(1)?, brought: row.get(2)? });
        Ok(db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], read)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(db: &Connection, key: usize) {
        database::set_setting(db, &key.to_string(), &"x".repeat(2_000)).unwrap();
    }

    #[test]
    fn commits_only_write_the_log_and_it_is_brought_into_the_file_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.sqlite");
        let writer = database::open(&path).unwrap();
        let checkpointer = Checkpointer::of(&path).unwrap();
        checkpointer.run().unwrap();
        let size = || std::fs::metadata(&path).unwrap().len();
        let before = size();
        // More pages than SQLite by itself would let stand.
        (0..1_500).for_each(|n| put(&writer, n));
        assert_eq!(size(), before);
        let done = checkpointer.run().unwrap();
        assert!(done.log > 1_000 && done.brought == done.log, "{done:?}");
        assert!(size() > before);
        // The next commit begins the log anew.
        put(&writer, 0);
        assert!(checkpointer.run().unwrap().log < 100);
    }

    #[test]
    fn an_open_question_keeps_nobody_from_writing_and_its_state_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.sqlite");
        let writer = database::open(&path).unwrap();
        let checkpointer = Checkpointer::of(&path).unwrap();
        let mut reader = database::open_to_read(&path).unwrap();
        let question = reader.transaction().unwrap();
        let count =
            || -> i64 { question.query_row("SELECT COUNT(*) FROM setting", [], |row| row.get(0)).unwrap() };
        let seen = count();
        put(&writer, 1);
        let done = checkpointer.run().unwrap();
        assert!(done.brought <= done.log);
        put(&writer, 2);
        assert_eq!(count(), seen);
    }
}
