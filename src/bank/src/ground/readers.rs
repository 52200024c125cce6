//! Connections that only read. Each sees the database as the last commit left it and waits for no writer: SQLite's
//! write-ahead log keeps both apart. There are a few of them, opened when they are needed.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::database;
use super::error::{BankError, Result};

/// Connections at most; more questions at the same time wait for one of them. Reading is work for the processor, so
/// more than it has cores would only take turns.
const MOST: usize = 8;

pub(crate) struct Readers {
    path: PathBuf,
    places: Mutex<Places>,
    given_back: Condvar,
}

#[derive(Default)]
struct Places {
    idle: Vec<Connection>,
    /// How many there are, idle or not.
    open: usize,
}

/// A connection in use; its place is free again when this is dropped, and a connection that is still good is kept.
struct Borrowed<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Readers {
    /// Readers of the database in that file.
    pub(crate) fn of(path: PathBuf) -> Self {
        Self { path, places: Mutex::default(), given_back: Condvar::new() }
    }

    /// Runs `work` over one state of the database.
    ///
    /// # Errors
    /// Whatever `work` says; [`BankError::Database`] when the database cannot be opened, or `work` tries to write.
    pub(crate) fn read<T, E: From<BankError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut borrowed = self.borrow();
        let mut connection = match borrowed.connection.take() {
            Some(connection) => connection,
            None => database::open_to_read(&self.path)?,
        };
        let done = within(&mut connection, work);
        borrowed.connection = Some(connection);
        done
    }

    fn borrow(&self) -> Borrowed<'_> {
        let mut places = self.places();
        while places.idle.is_empty() && places.open >= MOST {
            places = self.given_back.wait(places).unwrap_or_else(PoisonError::into_inner);
        }
        let connection = places.idle.pop();
        if connection.is_none() {
            places.open += 1;
        }
        Borrowed { readers: self, connection }
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let mut places = self.readers.places();
        match self.connection.take() {
            Some(connection) => places.idle.push(connection),
            // It could not be opened, or its work panicked.
            None => places.open -= 1,
        }
        drop(places);
        self.readers.given_back.notify_one();
    }
}

/// Runs `work` over a connection that also writes, but not now.
///
/// # Errors
/// As [`Readers::read`].
pub(crate) fn only_read<T, E: From<BankError>>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    connection.pragma_update(None, "query_only", true).map_err(BankError::from)?;
    let done = within(connection, work);
    connection.pragma_update(None, "query_only", false).map_err(BankError::from)?;
    done
}

/// Runs `work` in a transaction that takes no lock and changes nothing.
fn within<T, E: From<BankError>>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let begun: Result<_> =
        connection.transaction_with_behavior(TransactionBehavior::Deferred).map_err(BankError::from);
    work(&begun?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(db: &Connection) -> Result<i64> {
        Ok(db.query_row("SELECT COUNT(*) FROM setting", [], |row| row.get(0))?)
    }

    fn put(db: &Connection, key: &str) -> Result<()> {
        database::set_setting(db, key, &1)
    }

    #[test]
    fn a_question_is_answered_while_somebody_writes_and_never_half_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.sqlite");
        let mut writer = database::open(&path).unwrap();
        put(&writer, "before").unwrap();
        let readers = Readers::of(path);
        let writing = writer.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        put(&writing, "uncommitted").unwrap();
        assert_eq!(readers.read(|db| count(db)).unwrap(), 1);
        writing.commit().unwrap();
        assert_eq!(readers.read(|db| count(db)).unwrap(), 2);
        let seen = readers.read(|db| {
            let first = count(db)?;
            put(&writer, "between")?;
            Ok::<_, BankError>((first, count(db)?))
        });
        assert_eq!(seen.unwrap(), (2, 2), "one question sees one state");
    }

    #[test]
    fn who_asks_changes_nothing_and_so_many_ask_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.sqlite");
        let _writer = database::open(&path).unwrap();
        let readers = Readers::of(path);
        assert!(readers.read(|db| put(db, "no")).is_err());
        let mut alone = database::in_memory();
        assert!(only_read(&mut alone, |db| put(db, "no")).is_err());
        assert_eq!((put(&alone, "yes").is_ok(), count(&alone).unwrap()), (true, 1));
        std::thread::scope(|scope| {
            for _ in 0..4 * MOST {
                scope.spawn(|| readers.read(|db| count(db)).unwrap());
            }
        });
        let places = readers.places();
        assert!(places.open <= MOST);
        assert_eq!(places.idle.len(), places.open);
    }

    #[test]
    fn a_place_is_free_again_when_the_database_could_not_be_opened() {
        let folder = tempfile::tempdir().unwrap();
        let readers = Readers::of(folder.path().join("missing.sqlite"));
        for _ in 0..2 * MOST {
            assert!(readers.read(|db| count(db)).is_err());
        }
        assert_eq!(readers.places().open, 0);
    }
}
