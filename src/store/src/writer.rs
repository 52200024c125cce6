//! The one thread that writes. It runs each request in one IMMEDIATE transaction, in the order they came.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Result, StoreError};

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The writer thread; dropping it ends the thread after the work that waits, and closes the database.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(conn: Connection) -> Result<Self> {
        let (jobs, waiting) = channel();
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || work(conn, waiting))
            .map_err(|_| StoreError::Internal("no thread for the writer"))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs `f` in a transaction on the writer's thread and waits for its answer.
    pub(crate) fn run<T, E, F>(&self, f: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Transaction<'_>) -> std::result::Result<T, E> + Send + 'static,
    {
        let (Some(jobs), Some(thread)) = (&self.jobs, &self.thread) else {
            return Err(StoreError::Internal("the writer has ended").into());
        };
        if thread.thread().id() == thread::current().id() {
            return Err(StoreError::Internal("a write inside a write").into());
        }
        let (answer, answered) = sync_channel(1);
        let job: Job = Box::new(move |conn| {
            // Who asked may be gone; the work is done all the same.
            drop(answer.send(transact(conn, f)));
        });
        if jobs.send(job).is_err() {
            return Err(StoreError::Internal("the writer has ended").into());
        }
        answered.recv().unwrap_or_else(|_| Err(StoreError::Internal("the work ended abnormally").into()))
    }
}

fn transact<T, E, F>(conn: &mut Connection, f: F) -> std::result::Result<T, E>
where
    E: From<StoreError>,
    F: FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
{
    let sql = |e: rusqlite::Error| E::from(StoreError::from(e));
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
    let value = f(&tx)?;
    tx.commit().map_err(sql)?;
    Ok(value)
}

fn work(mut conn: Connection, waiting: Receiver<Job>) {
    for job in waiting {
        // A panic ends its own request only: unwinding rolls the transaction back, the asker gets an error.
        drop(catch_unwind(AssertUnwindSafe(|| job(&mut conn))));
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            drop(thread.join());
        }
    }
}
