//! The handle that every use case hangs on: the store, the session, the bank, announcements. It names no use case.

use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{ConnectionKey, CustomerId, CustomerKey, Scope};
use store::{OfCustomer, Store};
use token::{TokenService, TokenStatus};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::bank::{Capabilities, Capability, Connected, NotOffered};
use crate::change::Change;
use crate::error::{ClientError, Result};
use crate::house::House;
use crate::state::{Chosen, Connection, ForCustomer, OpenSession, Reached, Side, locked};
use crate::workplace::policy::{Policy, PolicyError};

/// Name and version of this program, as the bank sees it.
pub const CLIENT_NAME: &str = concat!("kapocs/", env!("CARGO_PKG_VERSION"));

/// The handle: the house (store, policy, token threads, all connections), one connection's side of it, and the customer
/// for whom something is done. Clones share everything.
#[derive(Clone)]
pub struct Client {
    pub(crate) house: Arc<House>,
    pub(crate) side: Arc<Side>,
    /// The customer of this handle; `None`: the one that is chosen on its side.
    fixed: Option<ForCustomer>,
}

impl Client {
    /// A handle on a side of the house.
    pub(crate) fn over(house: Arc<House>, side: Arc<Side>) -> Self {
        Self { house, side, fixed: None }
    }

    /// The same side, for that customer whichever is chosen on it.
    pub(crate) fn fixed_to(&self, customer: ForCustomer) -> Self {
        Self { fixed: Some(customer), ..self.clone() }
    }

    /// Changes from now on. A receiver that falls behind misses some and should look at everything again.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.side.changes.subscribe()
    }

    /// How the client stands with the bank, now and after each change.
    pub fn connection(&self) -> watch::Receiver<Connection> {
        self.side.bank.connection.subscribe()
    }

    /// What is plugged in, now and after each change.
    pub fn token_status(&self) -> watch::Receiver<TokenStatus> {
        self.token().status()
    }

    /// Now, by the bank's clock as far as we have heard it.
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + TimeDelta::milliseconds(self.side.bank.skew.load(Ordering::Relaxed))
    }

    /// Now by the bank's clock; `None` before it was heard, or in doubt after a sleep.
    pub(crate) fn bank_time(&self) -> Option<DateTime<Utc>> {
        let bank = &self.side.bank;
        let is_known = bank.heard_clock.load(Ordering::Relaxed) && !bank.ask_clock.load(Ordering::Relaxed);
        is_known.then(|| self.now())
    }

    /// The customer whose data is shown.
    ///
    /// # Errors
    /// [`ClientError::NoCustomer`] before the first login.
    pub fn customer(&self) -> Result<CustomerId> {
        if let Some(customer) = &self.fixed {
            return Ok(customer.id.clone());
        }
        locked(&self.side.customer).clone().map(|chosen| chosen.id).ok_or(ClientError::NoCustomer)
    }

    /// The customer for whom something is done now. Keep it over every wait: another one may be chosen meanwhile.
    ///
    /// # Errors
    /// [`ClientError::NoCustomer`] before the first login, or for one that the store does not know.
    pub(crate) fn for_customer(&self) -> Result<ForCustomer> {
        if let Some(customer) = &self.fixed {
            return Ok(customer.clone());
        }
        let chosen = locked(&self.side.customer).clone().ok_or(ClientError::NoCustomer)?;
        let key = chosen.key.ok_or(ClientError::NoCustomer)?;
        Ok(ForCustomer { id: chosen.id, key })
    }

    /// Whether it is that customer whose data is shown: news of another one name nothing of it here.
    pub fn shows(&self, customer: CustomerKey) -> bool {
        self.customer_key().is_ok_and(|shown| shown == customer)
    }

    /// The store's key of the customer whose data is shown.
    ///
    /// # Errors
    /// As [`Client::for_customer`].
    pub(crate) fn customer_key(&self) -> Result<CustomerKey> {
        self.for_customer().map(|customer| customer.key)
    }

    /// Whose partners, templates and drafts are at hand: the common ones, and the chosen customer's own.
    pub(crate) fn seen_by(&self) -> Scope {
        self.customer_key().ok().into()
    }

    /// The store's key of the bank's connection.
    ///
    /// # Errors
    /// [`ClientError::NoBank`] before a bank was connected.
    pub(crate) fn connection_key(&self) -> Result<ConnectionKey> {
        locked(&self.side.bank.key).ok_or(ClientError::NoBank)
    }

    /// Chooses the customer whose data is shown.
    pub fn choose_customer(&self, customer: CustomerId) {
        let key = self.key_of(&customer).unwrap_or_else(|error| {
            tracing::error!(%error, "the chosen customer could not be looked up");
            None
        });
        *locked(&self.side.customer) = Some(Chosen { id: customer, key });
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

    /// The key of a customer of the connection, if the store knows it.
    fn key_of(&self, customer: &CustomerId) -> Result<Option<CustomerKey>> {
        let Ok(connection) = self.connection_key() else { return Ok(None) };
        let found = self.house.store.read(|conn| store::customers::find(conn, connection, customer))?;
        Ok(found.map(|stored| stored.key))
    }

    /// The token that logs in at this connection.
    pub(crate) fn token(&self) -> TokenService {
        locked(&self.side.token).clone()
    }

    /// What the administrator of this machine has set.
    ///
    /// # Errors
    /// [`PolicyError`] when it cannot be followed; then no bank is talked to.
    pub fn policy(&self) -> std::result::Result<&Policy, &PolicyError> {
        self.house.policy.as_ref()
    }

    /// Why the administrator's policy keeps this store from its bank, if it does.
    pub fn barred(&self) -> Option<PolicyError> {
        self.policy().err().cloned().or_else(|| locked(&self.side.bank.barred).clone())
    }

    /// Whether the administrator lets the program update itself. Under a policy that cannot be read it does not.
    pub fn may_update(&self) -> bool {
        self.policy().is_ok_and(|policy| policy.updates)
    }

    pub(crate) fn bar(&self, why: Option<PolicyError>) {
        *locked(&self.side.bank.barred) = why;
    }

    /// What the connection offers: what is not among it is neither shown nor begun. Of a bank that is out of reach
    /// nothing is known to be missing.
    pub fn capabilities(&self) -> Capabilities {
        let bank = locked(&self.side.bank.bank).clone();
        bank.map_or_else(Capabilities::all, |bank| bank.capabilities())
    }

    /// # Errors
    /// [`ClientError::NotOffered`] when the connection does not offer that.
    pub(crate) fn offers(&self, capability: Capability) -> Result<()> {
        if self.capabilities().has(capability) { Ok(()) } else { Err(NotOffered(capability).into()) }
    }

    /// The bank within reach.
    ///
    /// # Errors
    /// Why it is not.
    pub(crate) fn bank(&self) -> Result<Arc<Reached>> {
        let bank = locked(&self.side.bank.bank).clone();
        bank.ok_or_else(|| match self.barred() {
            Some(why) => ClientError::Policy(why),
            None if self.side.bank.paused.load(Ordering::Relaxed) => ClientError::ConnectionPaused,
            None => ClientError::NoBank,
        })
    }

    /// Reaches the bank by these ways from now on, whatever its connection's kind would do. For connections whose kind
    /// is not one of ours, and for tests.
    pub fn reach_by(&self, bank: Connected) {
        self.reach(Reached { ways: bank, file: None });
    }

    pub(crate) fn reach(&self, bank: Reached) {
        *locked(&self.side.bank.bank) = Some(Arc::new(bank));
    }

    pub(crate) fn set_skew(&self, skew: TimeDelta) {
        self.side.bank.skew.store(skew.num_milliseconds(), Ordering::Relaxed);
        self.side.bank.heard_clock.store(true, Ordering::Relaxed);
    }

    pub(crate) fn open_session_now(&self) -> Option<OpenSession> {
        locked(&self.side.session.open).clone()
    }

    /// Changes a session, if it is still the open one.
    pub(crate) fn change_session(&self, session: &OpenSession, change: impl FnOnce(&mut OpenSession)) {
        if let Some(open) = locked(&self.side.session.open).as_mut().filter(|open| open.is(session)) {
            change(open);
        }
    }

    pub(crate) fn set_connection(&self, connection: Connection) {
        let changed = self.side.bank.connection.send_if_modified(|current| {
            let changed = *current != connection;
            *current = connection;
            changed
        });
        if changed {
            self.announce(Change::Connection);
        }
    }

    pub(crate) fn changes_sender(&self) -> &broadcast::Sender<Change> {
        &self.side.changes
    }

    pub(crate) fn follower(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        locked(&self.side.tasks.follower)
    }

    pub(crate) fn asking(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        locked(&self.side.tasks.asking)
    }

    pub(crate) async fn sending(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.side.sending.lock().await
    }

    /// A weak handle for background tasks, so that they end with the last client.
    pub(crate) fn downgrade(&self) -> WeakClient {
        WeakClient(Arc::downgrade(&self.house), Arc::downgrade(&self.side))
    }

    /// Runs a write transaction off the caller's thread.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&store::Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let store = self.house.store.clone();
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
        let store = self.house.store.clone();
        tokio::task::spawn_blocking(move || store.read_with(work)).await.map_err(|_| ClientError::Internal)?
    }

    /// Runs a write transaction over a customer's data off the caller's thread.
    pub(crate) async fn write_of<T, F>(&self, customer: CustomerKey, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&OfCustomer<'_>) -> Result<T> + Send + 'static,
    {
        self.write(move |tx| work(&OfCustomer::new(tx, customer))).await
    }

    /// Runs a reading of a customer's data off the caller's thread.
    pub(crate) async fn read_of<T, F>(&self, customer: CustomerKey, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&OfCustomer<'_>) -> Result<T> + Send + 'static,
    {
        self.read(move |conn| work(&OfCustomer::new(conn, customer))).await
    }

    /// [`Client::write_of`] for the customer whose data is shown.
    pub(crate) async fn write_here<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&OfCustomer<'_>) -> Result<T> + Send + 'static,
    {
        self.write_of(self.customer_key()?, work).await
    }

    /// [`Client::read_of`] for the customer whose data is shown.
    pub(crate) async fn read_here<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&OfCustomer<'_>) -> Result<T> + Send + 'static,
    {
        self.read_of(self.customer_key()?, work).await
    }

    /// Runs any blocking work off the caller's thread.
    pub(crate) async fn blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Store) -> Result<T> + Send + 'static,
    {
        let store = self.house.store.clone();
        tokio::task::spawn_blocking(move || work(&store)).await.map_err(|_| ClientError::Internal)?
    }

    pub(crate) fn announce(&self, change: Change) {
        // Nobody listening is no failure: the command line asks instead.
        let _ = self.changes_sender().send(change);
    }
}

/// A handle that does not keep the client alive.
pub(crate) struct WeakClient(std::sync::Weak<House>, std::sync::Weak<Side>);

impl WeakClient {
    pub(crate) fn upgrade(&self) -> Option<Client> {
        Some(Client::over(self.0.upgrade()?, self.1.upgrade()?))
    }
}
