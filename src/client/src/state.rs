//! What the open client holds in memory: its session, its bank and the tasks that run beside it.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::profile::TokenRules;
use domain::unblock::UnblockQuestion;
use domain::{ConnectionKey, CustomerId, CustomerKey, User};
use protocol::ConnectionFile;
use token::TokenService;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::bank::{Connected, ProgramVersions, SessionKey};
use crate::change::Change;
use crate::connection::clock::{LockClock, Locked};
use crate::workplace::policy::PolicyError;

/// How the client stands with the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// No bank has been connected to this store.
    NoBank,
    /// A bank is known; nobody is logged in.
    LoggedOut,
    /// Logged in and in touch.
    LoggedIn {
        /// Who.
        user: User,
    },
    /// Logged in, but the bank cannot be reached just now.
    Interrupted {
        /// Who.
        user: User,
    },
}

impl Connection {
    /// Who is logged in.
    pub fn user(&self) -> Option<&User> {
        match self {
            Self::LoggedIn { user } | Self::Interrupted { user } => Some(user),
            Self::NoBank | Self::LoggedOut => None,
        }
    }
}

/// The customer whose data is shown: by the bank's own identifier, and by the store's key once it is known there.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub id: CustomerId,
    pub key: Option<CustomerKey>,
}

/// A customer for whom something is done, both ways of calling it.
#[derive(Clone, Debug)]
pub(crate) struct ForCustomer {
    pub id: CustomerId,
    pub key: CustomerKey,
}

/// A bank within reach.
#[derive(Debug)]
pub(crate) struct Reached {
    pub ways: Connected,
    /// The connection file that leads there; none for ways that no file describes.
    pub file: Option<ConnectionFile>,
}

impl Deref for Reached {
    type Target = Connected;

    fn deref(&self) -> &Connected {
        &self.ways
    }
}

/// An open session, the bank that gave it and the token that it is bound to.
#[derive(Clone, Debug)]
pub(crate) struct OpenSession {
    pub key: SessionKey,
    /// What is asked under the key is asked here: another bank that has taken this one's place never gets it.
    pub bank: Arc<Reached>,
    pub user: User,
    /// The customers for whom the user may do something here.
    pub customers: Vec<ForCustomer>,
    /// Fingerprint of the signing certificate that was in the token at login.
    pub signing: Option<[u8; 32]>,
    /// Fingerprint of the one that is about to take its place.
    pub renewed: Option<[u8; 32]>,
}

impl OpenSession {
    /// Whether both are the same session.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.bank, &other.bank) && self.key == other.key
    }
}

/// What one connection holds in memory: its session with its own locking, its bank, its tasks.
pub(crate) struct Side {
    /// The token that logs in here; a thread that other connections may use in turn.
    pub token: Mutex<TokenService>,
    /// The task that locks the session when the token leaves.
    pub token_watch: Mutex<Option<JoinHandle<()>>>,
    /// The task that passes on what an unblocking of that token asks.
    pub question_watch: Mutex<Option<JoinHandle<()>>>,
    pub session: SessionSide,
    pub bank: BankSide,
    pub tasks: Tasks,
    pub customer: Mutex<Option<Chosen>>,
    pub question: watch::Sender<Option<UnblockQuestion>>,
    pub changes: broadcast::Sender<Change>,
    /// One package at a time leaves for the bank.
    pub sending: tokio::sync::Mutex<()>,
}

/// A client that is let go without a logout must not leave the bank's event stream open.
impl Drop for Side {
    fn drop(&mut self) {
        let of_session = [&self.tasks.follower, &self.session.clock_task, &self.tasks.asking];
        for task in of_session.into_iter().chain([&self.token_watch, &self.question_watch]) {
            if let Some(task) = locked(task).take() {
                task.abort();
            }
        }
    }
}

impl Side {
    /// A side with nobody logged in and no bank.
    pub(crate) fn new(token: TokenService, token_rules: TokenRules) -> Self {
        Self {
            token: Mutex::new(token),
            token_watch: Mutex::new(None),
            question_watch: Mutex::new(None),
            session: SessionSide::new(),
            bank: BankSide::new(token_rules),
            tasks: Tasks::default(),
            customer: Mutex::new(None),
            question: watch::Sender::new(None),
            changes: broadcast::Sender::new(256),
            sending: tokio::sync::Mutex::new(()),
        }
    }
}

/// The session and the lock that ends it.
pub(crate) struct SessionSide {
    pub open: Mutex<Option<OpenSession>>,
    /// When the open session locks itself, and the task that waits for it.
    pub clock: Mutex<Option<LockClock>>,
    pub clock_task: Mutex<Option<JoinHandle<()>>>,
    pub locked: watch::Sender<Option<Locked>>,
}

impl SessionSide {
    pub fn new() -> Self {
        Self {
            open: Mutex::new(None),
            clock: Mutex::new(None),
            clock_task: Mutex::new(None),
            locked: watch::Sender::new(None),
        }
    }
}

/// The bank, and what is known of it without asking.
pub(crate) struct BankSide {
    /// The store's connection to it, once there is one.
    pub key: Mutex<Option<ConnectionKey>>,
    pub bank: Mutex<Option<Arc<Reached>>>,
    /// The connection is paused or put away: its bank is left alone.
    pub paused: AtomicBool,
    /// Why the bank of this store is not talked to.
    pub barred: Mutex<Option<PolicyError>>,
    pub connection: watch::Sender<Connection>,
    /// Which versions of the program the bank takes, as last heard.
    pub client_policy: Mutex<Option<ProgramVersions>>,
    /// The bank's rules of tokens, kept at hand because a window asks for them at every key.
    pub token_rules: Mutex<TokenRules>,
    /// Bank clock minus ours, in milliseconds, as last heard.
    pub skew: AtomicI64,
    /// The bank's clock was heard since the start.
    pub heard_clock: AtomicBool,
    /// A sleep has made that doubtful.
    pub ask_clock: AtomicBool,
}

impl BankSide {
    pub fn new(token_rules: TokenRules) -> Self {
        Self {
            key: Mutex::new(None),
            bank: Mutex::new(None),
            paused: AtomicBool::new(false),
            barred: Mutex::new(None),
            connection: watch::Sender::new(Connection::NoBank),
            client_policy: Mutex::new(None),
            token_rules: Mutex::new(token_rules),
            skew: AtomicI64::new(0),
            heard_clock: AtomicBool::new(false),
            ask_clock: AtomicBool::new(false),
        }
    }
}

/// Tasks that run as long as somebody is logged in.
#[derive(Default)]
pub(crate) struct Tasks {
    pub follower: Mutex<Option<JoinHandle<()>>>,
    /// The task that asks again for answers about the shared area.
    pub asking: Mutex<Option<JoinHandle<()>>>,
    /// Customers who could not be brought up to date, and whom a task tries again.
    pub again: Mutex<BTreeSet<CustomerKey>>,
}

/// A panic while holding one of these small locks leaves a whole value behind, so the lock stays usable.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
