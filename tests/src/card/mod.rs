//! A virtual card that plugs into a real pcscd through vpcd (vsmartcard), where the product meets it
//! like any card: reader, ATR, APDUs.
//!
//! It holds one of two applications: PIV as real cards have it (NIST SP 800-73-4; five tries,
//! PIN-always on 9C, chained and extended commands, YubiKey's ways to new keys), or GIDS (unblocking
//! by challenge and code). OpenSC's and Yubico's tools accept it, which keeps it honest. Tests can
//! pull it out at any APDU, spoil or delay answers, and read what was said to it.

mod apdu;
mod builder;
mod chip;
mod cipher;
mod gids;
pub mod holder;
mod piv;
mod public_key;
#[cfg(test)]
mod tests;
mod tlv;
mod vpcd;

use std::io;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use signature::SignatureError;

pub use builder::{CardBuilder, CardKind, ManagementKey};
use chip::{Application, Chip, Foreign};

/// How long the reader is waited for.
const READER_PATIENCE: Duration = Duration::from_secs(10);

/// What a hand needs between pulling a card out and plugging it in. pcscd looks into its readers
/// every 0.4 s, and a card that leaves and returns between two looks can be lost to it for good.
const HAND: Duration = Duration::from_secs(1);

/// PUK of a card from [`VirtualCard::from_key_file`].
pub const DEFAULT_PUK: &str = "12345678";

/// Administrator's key of a GIDS card for which none was ordered.
pub const DEFAULT_ADMIN_KEY: [u8; 24] = *b"Kapocs test admin key 24";

const PIV_SELECT: &[u8] = &[0x00, 0xa4, 0x04, 0x00, 0x05, 0xa0, 0x00, 0x00, 0x03, 0x08];
const GIDS_SELECT: &[u8] =
    &[0x00, 0xa4, 0x04, 0x00, 0x09, 0xa0, 0x00, 0x00, 0x03, 0x97, 0x42, 0x54, 0x46, 0x59];
const WRONG_PIN: &[u8] = &[0x00, 0x20, 0x00, 0x80, 0x08, 0x39, 0x39, 0x39, 0x39, 0x39, 0x39, 0x39, 0x39];

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

/// What happens at a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// What should.
    Go,
    /// The card is pulled out.
    Pull,
    /// The card takes this much longer.
    Wait(Duration),
    /// The reader gets this instead of the answer: another status word, garbage, or one byte, which
    /// is to it an answer that got lost (none at all makes vpcd wait for ever). At
    /// [`Moment::Arrived`] the command is not executed.
    Answer(Vec<u8>),
}

type Hook = Box<dyn FnMut(&Step) -> Action + Send>;

/// What the thread on the wire and the test share.
struct Shared {
    chip: Mutex<Chip>,
    foreign: bool,
    log: Mutex<Vec<String>>,
    secrets: AtomicUsize,
    hook: Mutex<Option<Hook>>,
}

/// The card. Its memory (tries counter) survives pulling it out; dropping it pulls it out too.
pub struct VirtualCard {
    shared: Arc<Shared>,
    link: Option<(TcpStream, JoinHandle<()>)>,
    was_inserted: bool,
}

impl VirtualCard {
    /// A PIV card with the keys and certificates of a key file, its PIN and a card serial number.
    ///
    /// # Errors
    /// What is wrong with the key file or its PIN.
    pub fn from_key_file(pem: &str, pin: &str, csn: [u8; 16]) -> Result<Self, SignatureError> {
        Self::builder(CardKind::Piv).csn(csn).from_key_file(pem, pin)
    }

    /// Orders a card of this kind.
    pub fn builder(kind: CardKind) -> CardBuilder {
        CardBuilder::new(kind)
    }

    /// A card with an unknown application: another bank's, a bus pass.
    pub fn foreign() -> Self {
        Self { shared: Shared::new(Foreign, true).into(), link: None, was_inserted: false }
    }

    fn with(application: impl Application + 'static) -> Self {
        Self { shared: Shared::new(application, false).into(), link: None, was_inserted: false }
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
    pub fn pull_when(&self, mut hook: impl FnMut(&Step) -> bool + Send + 'static) {
        self.act_when(move |step| if hook(step) { Action::Pull } else { Action::Go });
    }

    /// Does at each step what `hook` says. Replaces an earlier hook.
    pub fn act_when(&self, hook: impl FnMut(&Step) -> Action + Send + 'static) {
        *lock(&self.shared.hook) = Some(Box::new(hook));
    }

    /// What was said so far: `command -> status word` in hex, secrets hidden.
    pub fn log(&self) -> Vec<String> {
        lock(&self.shared.log).clone()
    }

    /// PIN tries left, as the card's memory has it.
    pub fn tries_left(&self) -> u8 {
        lock(&self.shared.chip).counters().pin
    }

    /// PUK tries left; `None` for a card without a PUK.
    pub fn puk_tries_left(&self) -> Option<u8> {
        lock(&self.shared.chip).counters().puk
    }

    /// Tries left of the administrator's code; `None` for a card without one.
    pub fn admin_tries_left(&self) -> Option<u8> {
        lock(&self.shared.chip).counters().admin
    }

    /// Spends every PIN try, as somebody who has forgotten the PIN does before the story begins.
    pub fn block(&self) {
        let mut chip = lock(&self.shared.chip);
        for select in [PIV_SELECT, GIDS_SELECT] {
            let _ = chip.execute(select);
            while chip.counters().pin > 0 && chip.execute(WRONG_PIN).first() == Some(&0x63) {}
        }
        chip.reset();
    }

    /// How many commands with a PIN or PUK in them reached the card so far: VERIFY, CHANGE REFERENCE
    /// DATA and RESET RETRY COUNTER, executed or not.
    pub fn verify_count(&self) -> usize {
        self.shared.secrets.load(Ordering::SeqCst)
    }
}

impl Shared {
    fn new(application: impl Application + 'static, foreign: bool) -> Self {
        Self {
            chip: Mutex::new(Chip::new(application)),
            foreign,
            log: Mutex::default(),
            secrets: AtomicUsize::new(0),
            hook: Mutex::default(),
        }
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
