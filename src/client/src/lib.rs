//! What a clerk can do: one module a use case. The window and the command line call these and nothing below.
//!
//! A [`Client`] is a cheap handle on one local store, one token and one bank. Its calls are asynchronous: the
//! store's work runs on blocking threads, the token has its own thread, the bank is asked over the network, so
//! no caller waits on a thread that draws. What happens by itself (events of the bank, a token pulled out)
//! is told through [`Client::changes`].

mod accounts;
pub mod admin;
mod audit;
pub mod bank;
mod connect;
pub mod demo;
mod error;
mod expiry;
mod export;
pub mod folders;
mod follow;
mod http;
mod import;
mod lists;
mod lock;
mod master;
mod messages;
mod moment;
mod outbox;
mod overview;
mod package;
mod partner_files;
mod plan;
pub mod policy;
mod record;
mod renew;
mod resume;
mod rules;
mod sent;
mod session;
mod settings;
mod shared;
mod sheet;
mod sign;
mod split;
mod sync;
pub mod texts;
mod token_choice;
mod token_life;
pub mod update;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::CustomerId;
use domain::profile::TokenRules;
use domain::unblock::UnblockQuestion;
use protocol::ClientPolicy;
use store::Store;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

pub use accounts::AccountRow;
pub use admin::{AdminChange, AdminLine, AdminOverview, AdminPackage, AdminSheet};
pub use connect::connection_file;
pub use domain;
pub use error::ClientError;
pub use expiry::{CertificateWarning, ExpiryLevel, days_left, expiry};
pub use export::ExportFormat;
pub use formats;

pub use http::HttpBank;
pub use import::{ImportChoice, ImportReport, ImportedRow, Preview};
pub use lists::{ListedPackage, PackageFilter};
pub use lock::{LockReason, Locked};
pub use master::{PartnerDraft, PartnerProblem, draft_for_partner};
pub use messages::ShownMessage;
pub use outbox::{Pacing, SendOutcome};
pub use overview::{Deadlines, Overview, Waiting, WaitingKind};
pub use package::{Action, PackageDetail, ShownOrder, ShownSignature};
pub use partner_files::{
    Changed, Choices, Clash, Compared, Conflict, PartnerChoices, PartnerPreview, PartnersTaken,
    PartnersWritten, Resolution,
};
pub use plan::{PlannedPackage, PlannedRoute, SendingPlan};
pub use protocol;
pub use record::{OrderCheck, PackageChoice, PayeeHint, Saved};
pub use renew::{RenewalState, RenewalStep, Renewed};
pub use rules::Rules;
pub use sent::{SentDetail, SentPackage, TimelineEntry, TimelineKind};
pub use session::{Connection, LoggedIn};
pub use shared::{
    Handed, PackageFilePreview, SharedLine, SharedLook, SharedNews, SharedNewsKind, Taken, WhereItIs,
};
pub use sheet::{Attention, AttentionKind, SigningSheet};
pub use sign::{Signed, SignedMany, SigningProgress};
pub use signature::Certificate;
pub use store;
pub use token::{
    KeyPurpose, Pin, PinForm, PinState, ReaderSeen, TokenConfig, TokenError, TokenInfo, TokenKind,
    TokenProfile, TokenService, TokenStatus, UnblockKind,
};
pub use token_choice::TokenChoice;
pub use token_life::PinChangeRequest;

use bank::Bank;
use lock::LockClock;
use policy::{Policy, PolicyError};
use session::OpenSession;

/// Name and version of this program, as the bank sees it.
pub const CLIENT_NAME: &str = concat!("kapocs/", env!("CARGO_PKG_VERSION"));

/// Result of this crate's functions.
pub type Result<T> = std::result::Result<T, ClientError>;

/// Something changed that a screen may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Packages or their orders: here or at the bank.
    Packages,
    /// Accounts or balances.
    Accounts,
    /// Partners or templates.
    MasterData,
    /// Who may do what.
    Authority,
    /// Messages of the bank and to it.
    Messages,
    /// The connection or the session.
    Connection,
    /// The bank takes this version of the program no more: worth asking for a newer one.
    Outdated,
    /// A sync with the bank ended well.
    Synced,
    /// The shared area, as far as it is known here.
    SharedArea,
    /// Something in the shared area is worth a notice.
    Shared(SharedNews),
    /// The session locks itself soon, unless somebody touches the program (and at the bank's absolute limit even then).
    SessionEndsSoon {
        /// Time that is left.
        left: std::time::Duration,
    },
    /// A package became final at the bank: worth a notice.
    Finished {
        /// Its name.
        name: String,
        /// Orders executed.
        executed: u32,
        /// Orders refused.
        rejected: u32,
    },
}

/// The handle; clones share everything.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    store: Store,
    /// What the administrator has set, or why it cannot be followed.
    policy: std::result::Result<Policy, PolicyError>,
    /// Why the bank of this store is not talked to.
    barred: Mutex<Option<PolicyError>>,
    token: TokenService,
    bank: Mutex<Option<Arc<dyn Bank>>>,
    session: Mutex<Option<OpenSession>>,
    customer: Mutex<Option<CustomerId>>,
    follower: Mutex<Option<JoinHandle<()>>>,
    /// When the open session locks itself, and the task that waits for it.
    clock: Mutex<Option<LockClock>>,
    clock_task: Mutex<Option<JoinHandle<()>>>,
    /// The task that asks again for answers about the shared area.
    asking: Mutex<Option<JoinHandle<()>>>,
    locked: watch::Sender<Option<Locked>>,
    /// Which versions of the program the bank takes, as last heard.
    client_policy: Mutex<Option<ClientPolicy>>,
    /// The bank's rules of tokens, kept at hand because a window asks for them at every key.
    token_rules: Mutex<TokenRules>,
    question: watch::Sender<Option<UnblockQuestion>>,
    connection: watch::Sender<Connection>,
    changes: broadcast::Sender<Change>,
    /// Bank clock minus ours, in milliseconds, as last heard.
    skew: AtomicI64,
    /// A sleep has made that doubtful.
    ask_clock: AtomicBool,
    /// One package at a time leaves for the bank.
    sending: tokio::sync::Mutex<()>,
}

/// A client that is let go without a logout must not leave the bank's event stream open.
impl Drop for Inner {
    fn drop(&mut self) {
        for task in [&self.follower, &self.clock_task, &self.asking] {
            if let Some(task) = locked(task).take() {
                task.abort();
            }
        }
    }
}

/// Where the client keeps its data and which token it uses.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the store; made if missing.
    pub data: PathBuf,
    /// The token. A card in any reader leaves it open: then the one that was chosen last is used, see
    /// [`Client::choose_token`].
    pub token: TokenConfig,
}

impl Client {
    /// Opens the store and starts the token's thread. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`ClientError::Store`] for a damaged, newer or locked store, which is left as it is; [`ClientError::Folder`]
    /// for one on a network drive.
    pub fn open(options: Options) -> Result<Self> {
        Self::open_under(options, Policy::of_system())
    }

    /// Like [`Client::open`] under another policy than this machine's.
    ///
    /// # Errors
    /// As there.
    pub fn open_under(options: Options, policy: std::result::Result<Policy, PolicyError>) -> Result<Self> {
        folders::refuse_network(&options.data)?;
        std::fs::create_dir_all(&options.data).map_err(ClientError::file(&options.data))?;
        let store = Store::open(&store_path(&options.data))?;
        let config = store.read_with(|conn| token_choice::at_start(conn, options.token))?;
        let token = TokenService::start(config);
        let client = Self(Arc::new(Inner {
            store,
            policy,
            barred: Mutex::new(None),
            token,
            bank: Mutex::new(None),
            session: Mutex::new(None),
            customer: Mutex::new(None),
            follower: Mutex::new(None),
            clock: Mutex::new(None),
            clock_task: Mutex::new(None),
            asking: Mutex::new(None),
            locked: watch::Sender::new(None),
            client_policy: Mutex::new(None),
            token_rules: Mutex::new(lock::rules_without_bank()),
            question: watch::Sender::new(None),
            connection: watch::Sender::new(Connection::NoBank),
            changes: broadcast::Sender::new(256),
            skew: AtomicI64::new(0),
            ask_clock: AtomicBool::new(false),
            sending: tokio::sync::Mutex::new(()),
        }));
        client.load_connection()?;
        client.lock_when_token_leaves();
        client.watch_unblocking();
        client.watch_for_sleep();
        Ok(client)
    }

    /// Changes from now on. A receiver that falls behind misses some and should look at everything again.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.0.changes.subscribe()
    }

    /// How the client stands with the bank, now and after each change.
    pub fn connection(&self) -> watch::Receiver<Connection> {
        self.0.connection.subscribe()
    }

    /// What is plugged in, now and after each change.
    pub fn token_status(&self) -> watch::Receiver<TokenStatus> {
        self.0.token.status()
    }

    /// Now, by the bank's clock as far as we have heard it.
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + TimeDelta::milliseconds(self.0.skew.load(Ordering::Relaxed))
    }

    /// The customer whose data is shown.
    ///
    /// # Errors
    /// [`ClientError::NoCustomer`] before the first login.
    pub fn customer(&self) -> Result<CustomerId> {
        locked(&self.0.customer).clone().ok_or(ClientError::NoCustomer)
    }

    /// Chooses the customer whose data is shown.
    pub fn choose_customer(&self, customer: CustomerId) {
        *locked(&self.0.customer) = Some(customer);
        for change in [
            Change::Packages,
            Change::SharedArea,
            Change::Accounts,
            Change::MasterData,
            Change::Authority,
            Change::Messages,
            Change::Connection,
        ] {
            self.announce(change);
        }
    }

    pub(crate) fn token(&self) -> &TokenService {
        &self.0.token
    }

    /// What the administrator of this machine has set.
    ///
    /// # Errors
    /// [`PolicyError`] when it cannot be followed; then no bank is talked to.
    pub fn policy(&self) -> std::result::Result<&Policy, &PolicyError> {
        self.0.policy.as_ref()
    }

    /// Why the administrator's policy keeps this store from its bank, if it does.
    pub fn barred(&self) -> Option<PolicyError> {
        self.policy().err().cloned().or_else(|| locked(&self.0.barred).clone())
    }

    /// Whether the administrator lets the program update itself. Under a policy that cannot be read it does not.
    pub fn may_update(&self) -> bool {
        self.policy().is_ok_and(|policy| policy.updates)
    }

    pub(crate) fn bar(&self, why: Option<PolicyError>) {
        *locked(&self.0.barred) = why;
    }

    pub(crate) fn bank(&self) -> Result<Arc<dyn Bank>> {
        let bank = locked(&self.0.bank).clone();
        bank.ok_or_else(|| self.barred().map_or(ClientError::NoBank, ClientError::Policy))
    }

    pub(crate) fn set_bank(&self, bank: Arc<dyn Bank>) {
        *locked(&self.0.bank) = Some(bank);
    }

    pub(crate) fn set_skew(&self, skew: TimeDelta) {
        self.0.skew.store(skew.num_milliseconds(), Ordering::Relaxed);
    }

    pub(crate) fn open_session_now(&self) -> Option<OpenSession> {
        locked(&self.0.session).clone()
    }

    /// Replaces the session and gives back the one before.
    pub(crate) fn set_session(&self, session: Option<OpenSession>) -> Option<OpenSession> {
        std::mem::replace(&mut *locked(&self.0.session), session)
    }

    /// Changes the session that is open.
    pub(crate) fn change_session(&self, change: impl FnOnce(&mut OpenSession)) {
        if let Some(open) = locked(&self.0.session).as_mut() {
            change(open);
        }
    }

    pub(crate) fn set_connection(&self, connection: Connection) {
        let changed = self.0.connection.send_if_modified(|current| {
            let changed = *current != connection;
            *current = connection;
            changed
        });
        if changed {
            self.announce(Change::Connection);
        }
    }

    pub(crate) fn changes_sender(&self) -> &broadcast::Sender<Change> {
        &self.0.changes
    }

    pub(crate) fn follower(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        locked(&self.0.follower)
    }

    pub(crate) fn asking(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        locked(&self.0.asking)
    }

    pub(crate) async fn sending(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.sending.lock().await
    }

    /// A weak handle for background tasks, so that they end with the last client.
    pub(crate) fn downgrade(&self) -> WeakClient {
        WeakClient(Arc::downgrade(&self.0))
    }

    /// Runs a write transaction off the caller's thread.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&store::Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let store = self.0.store.clone();
        tokio::task::spawn_blocking(move || store.write_with(work))
            .await
            .map_err(|_| ClientError::Internal)?
    }

    /// Runs a reading off the caller's thread.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&store::Connection) -> Result<T> + Send + 'static,
    {
        let store = self.0.store.clone();
        tokio::task::spawn_blocking(move || store.read_with(work)).await.map_err(|_| ClientError::Internal)?
    }

    /// Runs any blocking work off the caller's thread.
    pub(crate) async fn blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Store) -> Result<T> + Send + 'static,
    {
        let store = self.0.store.clone();
        tokio::task::spawn_blocking(move || work(&store)).await.map_err(|_| ClientError::Internal)?
    }
}

/// A handle that does not keep the client alive.
pub(crate) struct WeakClient(std::sync::Weak<Inner>);

impl WeakClient {
    pub(crate) fn upgrade(&self) -> Option<Client> {
        self.0.upgrade().map(Client)
    }
}

/// The store's file in a data folder.
pub fn store_path(data: &Path) -> PathBuf {
    data.join("kapocs.sqlite")
}

/// A panic while holding one of these small locks leaves a whole value behind, so the lock stays usable.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
