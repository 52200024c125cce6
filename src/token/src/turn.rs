//! Whose turn it is at a reader. Several token threads of one program may be told of the same reader: one by name,
//! another one as any. One of them is at a card at a time and the others wait, so that none resets or changes a card
//! under another one's hands, as other programs may.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::{Result, TokenError};

/// The readers as the token threads of one program share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readers(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    table: Mutex<Table>,
    freed: Condvar,
}

/// Readers at which a thread is, and how many threads have chosen a reader by name.
#[derive(Debug, Default)]
struct Table {
    taken: BTreeSet<String>,
    chosen: BTreeMap<String, usize>,
}

impl Readers {
    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn at a reader.
    ///
    /// # Errors
    /// [`TokenError::ReaderBusy`] when another thread keeps it for longer than `patience`.
    pub fn turn(&self, reader: &str, patience: Duration) -> Result<Turn> {
        let is_taken = |table: &mut Table| table.taken.contains(reader);
        let waited = self.0.freed.wait_timeout_while(self.table(), patience, is_taken);
        let (mut table, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if !table.taken.insert(reader.to_owned()) {
            return Err(TokenError::ReaderBusy);
        }
        Ok(Turn { readers: self.clone(), reader: reader.to_owned() })
    }

    /// Chooses a reader by name: threads that take any reader look into the others first.
    pub fn choose(&self, reader: String) -> Chosen {
        *self.table().chosen.entry(reader.clone()).or_default() += 1;
        Chosen { readers: self.clone(), reader }
    }

    /// Whether some thread has chosen the reader by name.
    pub fn is_chosen(&self, reader: &str) -> bool {
        self.table().chosen.contains_key(reader)
    }
}

/// How a walk over the readers ended.
pub(crate) struct Walk<T> {
    pub result: Result<T>,
    /// Nothing was done, and another thread was at one of the readers: the card may be in that one.
    pub again: bool,
}

/// Walks again over readers of which another thread keeps one, until a walk is one that must not be repeated or
/// `patience` is over.
pub(crate) fn until_free<T>(patience: Duration, mut walk: impl FnMut() -> Walk<T>) -> Result<T> {
    let start = Instant::now();
    loop {
        let Walk { result, again } = walk();
        if result.is_ok() || !again || start.elapsed() >= patience {
            return result;
        }
    }
}

/// The right to speak to the card in a reader, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    readers: Readers,
    reader: String,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.readers.table().taken.remove(&self.reader);
        self.readers.0.freed.notify_all();
    }
}

/// A reader that a thread has chosen by name, until it is dropped.
#[derive(Debug)]
pub(crate) struct Chosen {
    readers: Readers,
    reader: String,
}

impl Chosen {
    pub fn name(&self) -> &str {
        &self.reader
    }
}

impl Drop for Chosen {
    fn drop(&mut self) {
        let mut table = self.readers.table();
        if let Some(count) = table.chosen.get_mut(&self.reader) {
            *count -= 1;
            if *count == 0 {
                table.chosen.remove(&self.reader);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn one_thread_at_a_time_is_at_a_reader_and_another_reader_is_free() {
        let (readers, inside, most) = (Readers::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let _turn = readers.turn("A", Duration::from_secs(30)).unwrap();
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(most.load(Ordering::SeqCst), 1);
        let _here = readers.turn("A", Duration::ZERO).unwrap();
        assert!(readers.turn("B", Duration::ZERO).is_ok());
        let busy = readers.turn("A", Duration::from_millis(5)).map(drop);
        assert_eq!(busy, Err(TokenError::ReaderBusy));
        assert!(Readers::default().turn("A", Duration::ZERO).is_ok(), "another program knows nothing of it");
    }

    #[test]
    fn what_needs_a_pin_waits_for_the_others_work_and_for_nothing_else() {
        let readers = Readers::default();
        let long = Duration::from_secs(3600);
        let (mut others, mut walks) = (Some(readers.turn("A", Duration::ZERO).unwrap()), 0);
        let mut walk = |error: Option<TokenError>| {
            walks += 1;
            if walks == 3 {
                others = None;
            }
            let turn = readers.turn("A", Duration::ZERO);
            let again = turn.is_err();
            Walk { result: error.map_or(turn.map(drop), Err), again }
        };
        assert_eq!(until_free(long, || walk(None)), Ok(()));
        // Now nobody else is there: another program's hold on the card is not waited for.
        assert_eq!(until_free(long, || walk(Some(TokenError::ReaderBusy))), Err(TokenError::ReaderBusy));
        assert_eq!(walks, 4);
        let _others = readers.turn("A", Duration::ZERO).unwrap();
        let kept = || Walk { result: readers.turn("A", Duration::ZERO).map(drop), again: true };
        assert_eq!(until_free(Duration::ZERO, kept), Err(TokenError::ReaderBusy), "patience ends");
    }

    #[test]
    fn a_reader_is_chosen_as_long_as_anybody_wants_it() {
        let readers = Readers::default();
        let (one, other) = (readers.choose("C".to_owned()), readers.choose("C".to_owned()));
        drop(one);
        assert!(readers.is_chosen("C") && !readers.is_chosen("D"));
        drop(other);
        assert!(!readers.is_chosen("C"));
    }
}
