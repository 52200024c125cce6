//! The store: one file, one writer, some readers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::CustomerKey;
use rusqlite::{Connection, Transaction};

use crate::lock::Lock;
use crate::readers::Readers;
use crate::writer::Writer;
use crate::{OfCustomer, Result, StoreError, backup, open};

/// The open database. Clones share it; the last one dropped closes it.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

// Fields are dropped in this order: readers first, so that the writer, closing last, can tidy the log away,
// and the lock only then.
#[derive(Debug)]
struct Inner {
    readers: Readers,
    writer: Writer,
    path: PathBuf,
    _lock: Lock,
}

impl Store {
    /// Looks at the database at `path` without opening or changing it, also while another program works on it: its
    /// schema version, nothing when there is none.
    ///
    /// # Errors
    /// As [`Store::open`], but for a database in use.
    pub fn inspect(path: &Path) -> Result<Option<u32>> {
        open::version(path)
    }

    /// Opens the database at `path`, makes it if there is none, and brings its schema up to date.
    ///
    /// A file that is not ours, damaged, of a newer schema or in use by another process is refused with the
    /// error of that name and not changed; so is the place of one that was here and is gone or empty. Before a migration a copy is written beside it
    /// (`<name>.schema-<version>.backup`).
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(StoreError::file(folder))?;
        }
        let mut lock = Lock::take(path)?;
        let writer = Writer::start(open::writer(path, lock.had_database())?)?;
        lock.remember()?;
        let inner =
            Inner { readers: Readers::new(path.to_owned()), writer, path: path.to_owned(), _lock: lock };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Where the database lies.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Runs `f` in one transaction on the writer's thread and waits. An error from `f` undoes all of it.
    ///
    /// When this returns `Ok`, the change is on the disk.
    pub fn write<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        self.write_with(f)
    }

    /// [`Store::write`] for work with an error type of its own, such as a use case that refuses half-way.
    pub fn write_with<T, E, F>(&self, f: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> std::result::Result<T, E> + Send + 'static,
    {
        self.inner.writer.run(f)
    }

    /// Runs `f` over one moment of the database, on the caller's thread. Writing is refused.
    pub fn read<T, F>(&self, f: F) -> Result<T>
    where
        F: FnOnce(&Connection) -> Result<T>,
    {
        self.read_with(f)
    }

    /// [`Store::read`] for work with an error type of its own.
    pub fn read_with<T, E, F>(&self, f: F) -> std::result::Result<T, E>
    where
        E: From<StoreError>,
        F: FnOnce(&Connection) -> std::result::Result<T, E>,
    {
        self.inner.readers.run(f)
    }

    /// [`Store::write`] of one customer's data.
    pub fn write_of<T, F>(&self, customer: CustomerKey, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&OfCustomer<'_>) -> Result<T> + Send + 'static,
    {
        self.write(move |tx| f(&OfCustomer::new(tx, customer)))
    }

    /// [`Store::read`] of one customer's data.
    pub fn read_of<T, F>(&self, customer: CustomerKey, f: F) -> Result<T>
    where
        F: FnOnce(&OfCustomer<'_>) -> Result<T>,
    {
        self.read(|conn| f(&OfCustomer::new(conn, customer)))
    }

    /// Writes a copy of the store to `path`, replacing a file there only by a whole copy.
    ///
    /// Work goes on meanwhile; the copy shows one moment.
    pub fn backup_to(&self, path: &Path) -> Result<()> {
        self.read(|conn| backup::copy(conn, path))
    }
}
