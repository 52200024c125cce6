//! The reading connections: a few, opened when first needed, each used by one caller at a time.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use crate::{Result, open};

/// Reading connections at most.
const MOST: usize = 4;

/// The pool.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Idle>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct Idle {
    connections: Vec<Connection>,
    opened: usize,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, idle: Mutex::default(), returned: Condvar::new() }
    }

    /// Runs `f` over one moment of the database.
    pub(crate) fn run<T, E, F>(&self, f: F) -> std::result::Result<T, E>
    where
        E: From<crate::StoreError>,
        F: FnOnce(&Connection) -> std::result::Result<T, E>,
    {
        let lent = self.lend()?;
        let Some(conn) = lent.conn.as_ref() else {
            return Err(crate::StoreError::Internal("no reading connection").into());
        };
        // One transaction, so that several queries see the same moment.
        let tx = conn.unchecked_transaction().map_err(|e| E::from(e.into()))?;
        f(&tx)
    }

    fn lock(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lend(&self) -> Result<Lent<'_>> {
        let mut idle = self.lock();
        loop {
            if let Some(conn) = idle.connections.pop() {
                return Ok(Lent { pool: self, conn: Some(conn) });
            }
            if idle.opened < MOST {
                idle.opened += 1;
                drop(idle);
                // The value gives the place back if opening fails.
                let mut lent = Lent { pool: self, conn: None };
                lent.conn = Some(open::reader(&self.path)?);
                return Ok(lent);
            }
            idle = self.returned.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A connection on loan; goes back when dropped, also by a panic.
struct Lent<'a> {
    pool: &'a Readers,
    conn: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut idle = self.pool.lock();
        match self.conn.take() {
            Some(conn) => idle.connections.push(conn),
            None => idle.opened -= 1,
        }
        drop(idle);
        self.pool.returned.notify_one();
    }
}
