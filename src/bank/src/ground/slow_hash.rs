//! Secrets that people remember (operators' passwords, customers' e-PINs), kept as scrypt hashes.
//!
//! Hashing has threads of its own, at most [`THREADS`] and one fewer than there are processors: whoever asks, and
//! however many ask at once, no more run side by side and nobody else's work waits for a processor. It bounds the
//! memory, too. A hash needs 16 MB, and what a thread gives back stays with that thread for its next one: on threads
//! that come and go with the calls, dozens of strangers would leave so much with each.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;

use rand_core::{OsRng, RngCore};
use scrypt::Params;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::error::{BankError, Result};

/// Memory and time of one guess: 16 MB, some hundredths of a second (log2 N, r, p).
const COST: (u8, u32, u32) = (14, 8, 1);
const LENGTH: usize = 32;
/// Hashes that are made side by side, at most.
const THREADS: usize = 4;

/// The threads' queue. It lives as long as the program.
static QUEUE: LazyLock<Option<Mutex<Sender<Order>>>> = LazyLock::new(|| {
    let (queue, orders) = channel();
    let orders = Arc::new(Mutex::new(orders));
    let begun = (0..side_by_side()).filter(|number| {
        let orders = Arc::clone(&orders);
        thread::Builder::new().name(format!("slow-hash-{number}")).spawn(move || work(&orders)).is_ok()
    });
    (begun.count() > 0).then(|| Mutex::new(queue))
});

/// A secret's salt and hash.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SlowHash {
    /// Random, its own.
    pub salt: Vec<u8>,
    /// scrypt of secret and salt.
    pub hash: Vec<u8>,
}

/// What a thread is to do, and where its answer goes.
struct Order {
    secret: Zeroizing<Vec<u8>>,
    salt: Vec<u8>,
    answer: SyncSender<Result<[u8; LENGTH]>>,
}

impl SlowHash {
    /// The hash of a secret under a new salt.
    ///
    /// # Errors
    /// [`BankError::Interrupted`] when the system gives no threads.
    pub(crate) fn of(secret: &str) -> Result<Self> {
        let mut salt = vec![0; 16];
        OsRng.fill_bytes(&mut salt);
        Ok(Self { hash: hashed(secret, &salt)?.to_vec(), salt })
    }

    /// Takes as long as [`is_of`](Self::is_of) and fits nothing: so that nobody learns by the clock who exists.
    pub(crate) fn of_nobody() -> Self {
        Self { salt: vec![0; 16], hash: Vec::new() }
    }

    /// Whether it is the secret's.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub(crate) fn is_of(&self, secret: &str) -> Result<bool> {
        Ok(hashed(secret, &self.salt)?.as_slice().ct_eq(&self.hash).into())
    }
}

/// How many hashes are made side by side on this machine.
pub(crate) fn side_by_side() -> usize {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    processors.saturating_sub(1).clamp(1, THREADS)
}

/// Has one of the threads hash, and waits for it.
fn hashed(secret: &str, salt: &[u8]) -> Result<[u8; LENGTH]> {
    let (answer, answered) = sync_channel(1);
    let order = Order { secret: Zeroizing::new(secret.as_bytes().to_vec()), salt: salt.to_vec(), answer };
    let queue = QUEUE.as_ref().ok_or(BankError::Interrupted)?;
    let sent = queue.lock().unwrap_or_else(PoisonError::into_inner).send(order);
    sent.map_err(|_| BankError::Interrupted)?;
    answered.recv().map_err(|_| BankError::Interrupted)?
}

/// A thread: one order after the other.
fn work(orders: &Mutex<Receiver<Order>>) {
    loop {
        let next = orders.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(order) = next else { return };
        // Who asked may have gone meanwhile; the answer is then nobody's.
        let _ = order.answer.send(scrypt(&order.secret, &order.salt));
    }
}

fn scrypt(secret: &[u8], salt: &[u8]) -> Result<[u8; LENGTH]> {
    let (log_n, r, p) = COST;
    let mut hash = [0; LENGTH];
    let params = Params::new(log_n, r, p, LENGTH).map_err(|e| BankError::data("scrypt", e))?;
    scrypt::scrypt(secret, salt, &params, &mut hash).map_err(|e| BankError::data("scrypt", e))?;
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_hash_knows_its_secret_only() {
        let hash = SlowHash::of("123456").unwrap();
        assert!(hash.is_of("123456").unwrap());
        assert!(!hash.is_of("123457").unwrap());
        assert!(hash != SlowHash::of("123456").unwrap(), "the salt is its own");
        assert!(!SlowHash::of_nobody().is_of("").unwrap());
    }

    #[test]
    fn many_who_ask_at_once_all_get_their_own_answer() {
        let right: Vec<bool> = thread::scope(|scope| {
            let asking: Vec<_> = (0..12)
                .map(|n: u32| {
                    scope.spawn(move || {
                        let hash = SlowHash::of(&n.to_string()).unwrap();
                        hash.is_of(&n.to_string()).unwrap() && !hash.is_of(&(n + 1).to_string()).unwrap()
                    })
                })
                .collect();
            asking.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(right.iter().all(|right| *right));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn hashing_has_so_many_threads_however_many_ask() {
        thread::scope(|scope| {
            for n in 0..12 {
                scope.spawn(move || SlowHash::of(&format!("{n}")).unwrap());
            }
        });
        let names: HashSet<String> = std::fs::read_dir("/proc/self/task")
            .unwrap()
            .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok())
            .filter(|name| name.starts_with("slow-hash-"))
            .collect();
        assert_eq!(names.len(), side_by_side());
        assert!((1..=THREADS).contains(&side_by_side()));
    }
}
