//! Work of which only so much runs side by side, so that no kind of call takes the bank's threads, processors and
//! memory from the others. Who waits for a place waits without a thread.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::{BankError, Result};
use super::slow_hash;

/// Looks of event streams into the log: hundreds of streams may wake at one change, and calls go before them.
const LOOKS: usize = 2;
/// Packages whose bytes are read, hashed and verified: each is work for a processor, and may be long.
const EXAMINATIONS: usize = 4;

/// A kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Comparing a slow hash that strangers can ask for.
    SlowHash,
    /// An event stream looks what changed.
    Look,
    /// What a call brought is read, hashed and verified.
    Examine,
}

/// The places of every kind.
#[derive(Debug)]
pub(crate) struct Lanes {
    slow_hashes: Arc<Semaphore>,
    looks: Arc<Semaphore>,
    examinations: Arc<Semaphore>,
}

impl Lane {
    /// Work of this kind that runs side by side.
    pub(crate) fn width(self) -> usize {
        match self {
            Self::SlowHash => slow_hash::side_by_side(),
            Self::Look => LOOKS,
            Self::Examine => EXAMINATIONS,
        }
    }
}

impl Lanes {
    /// A place for one piece of work, until it is dropped.
    ///
    /// # Errors
    /// In theory only.
    pub(crate) async fn enter(&self, lane: Lane) -> Result<OwnedSemaphorePermit> {
        let places = match lane {
            Lane::SlowHash => &self.slow_hashes,
            Lane::Look => &self.looks,
            Lane::Examine => &self.examinations,
        };
        Arc::clone(places).acquire_owned().await.map_err(|_| BankError::Interrupted)
    }
}

impl Default for Lanes {
    fn default() -> Self {
        let places = |lane: Lane| Arc::new(Semaphore::new(lane.width()));
        Self {
            slow_hashes: places(Lane::SlowHash),
            looks: places(Lane::Look),
            examinations: places(Lane::Examine),
        }
    }
}
