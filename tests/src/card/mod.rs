//! A virtual PIV card that plugs into a real pcscd through vpcd (vsmartcard), where the product
//! meets it like any card: reader, ATR, APDUs.
//!
//! It follows NIST SP 800-73-4 as real cards do (five tries, PIN-always on 9C, chained and extended
//! commands); opensc and yubico-piv-tool accept it, which keeps it honest. Tests can pull it out at
//! any APDU and read what was said to it.

mod apdu;
mod applet;
pub mod holder;
mod objects;
mod tlv;
mod vpcd;

use std::io;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use signature::SignatureError;
use signature::keyfile::{KeyFile, KeySlot};

use applet::Applet;

/// How long the reader is waited for.
const READER_PATIENCE: Duration = Duration::from_secs(10);

/// What a hand needs between pulling a card out and plugging it in. pcscd looks into its readers
/// every 0.4 s, and a card that leaves and returns between two looks can be lost to it for good.
const HAND: Duration = Duration::from_secs(1);

/// PUK of a card from [`VirtualCard::from_key_file`].
pub const DEFAULT_PUK: &str = "12345678";

/// One APDU at one of the moments at which a card can be pulled.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Number of the APDU since insertion, from 0.
    pub number: usize,
    /// Instruction byte: 20 VERIFY, 87 GENERAL AUTHENTICATE, CB GET DATA, …
    pub instruction: u8,
    /// Whether the command carries data (a VERIFY with a PIN, not the question for the counter).
    pub has_data: bool,
    /// Where in the APDU's life we are.
    pub moment: Moment,
}

/// Moments of an APDU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It arrived and was not executed.
    Arrived,
    /// It was executed and not answered.
    Executed,
    /// It was answered.
    Answered,
}

type Hook = Box<dyn FnMut(&Step) -> bool + Send>;

/// What the thread on the wire and the test share.
struct Shared {
    applet: Mutex<Applet>,
    log: Mutex<Vec<String>>,
    pull: Mutex<Option<Hook>>,
}

/// The card. Its memory (tries counter) survives pulling it out; dropping it pulls it out too.
pub struct VirtualCard {
    shared: Arc<Shared>,
    link: Option<(TcpStream, JoinHandle<()>)>,
    was_inserted: bool,
}

impl VirtualCard {
    /// A card with the keys and certificates of a key file, its PIN and a card serial number.
    ///
    /// # Errors
    /// What is wrong with the key file or its PIN.
    pub fn from_key_file(pem: &str, pin: &str, csn: [u8; 16]) -> Result<Self, SignatureError> {
        let file = KeyFile::parse(pem)?;
        let slot = |slot| Ok((file.unlock(pin, slot)?, file.certificate(slot).clone()));
        let applet = Applet::new(slot(KeySlot::Login)?, slot(KeySlot::Signing)?, pin, DEFAULT_PUK, csn);
        let shared = Shared { applet: Mutex::new(applet), log: Mutex::default(), pull: Mutex::default() };
        Ok(Self { shared: Arc::new(shared), link: None, was_inserted: false })
    }

    /// Plugs the card into the reader that listens at `address`; waits for a reader that is just
    /// starting.
    ///
    /// # Errors
    /// When no reader listens there.
    pub fn insert(&mut self, address: SocketAddr) -> io::Result<()> {
        self.remove();
        if std::mem::replace(&mut self.was_inserted, true) {
            std::thread::sleep(HAND);
        }
        let stream = connect(address)?;
        let (wire, shared) = (stream.try_clone()?, Arc::clone(&self.shared));
        let thread = std::thread::Builder::new().name("virtual-card".to_owned()).spawn(move || {
            if let Err(error) = vpcd::serve(wire, &shared) {
                lock(&shared.log).push(format!("-- {error}"));
            }
        })?;
        self.link = Some((stream, thread));
        Ok(())
    }

    /// Pulls the card out, whatever it is doing.
    pub fn remove(&mut self) {
        let Some((stream, thread)) = self.link.take() else { return };
        // An error only says that the reader has let go before us.
        drop(stream.shutdown(Shutdown::Both));
        if thread.join().is_err() {
            lock(&self.shared.log).push("-- the card's thread panicked".to_owned());
        }
    }

    /// Waits until the reader lets the card go (the service ended) or a pull hook took it out.
    pub fn wait(&mut self) {
        if let Some((_, thread)) = self.link.take()
            && thread.join().is_err()
        {
            lock(&self.shared.log).push("-- the card's thread panicked".to_owned());
        }
    }

    /// Pulls the card out at the first step for which `hook` says so. Replaces an earlier hook.
    pub fn pull_when(&self, hook: impl FnMut(&Step) -> bool + Send + 'static) {
        *lock(&self.shared.pull) = Some(Box::new(hook));
    }

    /// What was said so far: `command -> status word` in hex, secrets hidden.
    pub fn log(&self) -> Vec<String> {
        lock(&self.shared.log).clone()
    }

    /// PIN tries left, as the card's memory has it.
    pub fn tries_left(&self) -> u8 {
        lock(&self.shared.applet).tries_left()
    }
}

impl Drop for VirtualCard {
    fn drop(&mut self) {
        self.remove();
    }
}

/// A panicked test must not hide its reason behind a poisoned lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let start = Instant::now();
    loop {
        match TcpStream::connect(address) {
            Err(error)
                if error.kind() == io::ErrorKind::ConnectionRefused && start.elapsed() < READER_PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(50));
            }
            result => return result,
        }
    }
}
