//! All connections of the store: what there is, naming and putting away, the handle of each, syncing all of them.

use std::sync::Arc;

use domain::{ConnectionKey, Customer, CustomerKey};
use futures_util::future::join_all;
use store::connections::ConnectionState;
use store::customers::{CompanyMark, StoredCustomer};

use crate::change::Change;
use crate::client::Client;
use crate::connection::lock;
use crate::error::{ClientError, Result};
use crate::state::{Connection, ForCustomer, locked};
use crate::token::choice::own_token_key;
use crate::workplace::update::forget_seen;

/// A connection, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionLine {
    /// Which.
    pub key: ConnectionKey,
    /// What people call it.
    pub name: String,
    /// Where it is in its life.
    pub state: ConnectionState,
    /// How it stands with its bank now.
    pub standing: Connection,
    /// When the last sync of one of its customers ended well.
    pub last_sync: Option<chrono::DateTime<chrono::Utc>>,
    /// How many customers it has.
    pub customers: usize,
}

/// A customer and whose customer it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerOf {
    /// Which.
    pub key: CustomerKey,
    /// The connection.
    pub connection: ConnectionKey,
    /// The connection's name.
    pub bank: String,
    /// As the bank told it.
    pub customer: Customer,
    /// Whether another customer of the store is the same company.
    pub company: Option<i64>,
}

/// How syncing one customer ended.
#[derive(Debug)]
pub struct SyncOutcome {
    /// The connection.
    pub connection: ConnectionKey,
    /// Its name.
    pub name: String,
    /// Which customer; `None` where the connection as a whole could not be synced.
    pub customer: Option<Customer>,
    /// What went wrong, if something did.
    pub result: Result<()>,
}

impl Client {
    /// All connections of the store, in their order.
    pub async fn connections(&self) -> Result<Vec<ConnectionLine>> {
        let stored = self
            .read(|conn| {
                let mut lines = Vec::new();
                for connection in store::connections::list(conn)? {
                    let customers = store::customers::of_connection(conn, connection.key)?.len();
                    lines.push((connection, customers));
                }
                Ok(lines)
            })
            .await?;
        let line = |(connection, customers): (store::connections::StoredConnection, usize)| ConnectionLine {
            standing: self.house.side(connection.key).map_or_else(
                || if connection.content.is_some() { Connection::LoggedOut } else { Connection::NoBank },
                |side| side.bank.connection.borrow().clone(),
            ),
            key: connection.key,
            name: connection.name,
            state: connection.state,
            last_sync: connection.last_sync,
            customers,
        };
        Ok(stored.into_iter().map(line).collect())
    }

    /// Customers of all connections that are not put away.
    pub async fn customers_of_all(&self) -> Result<Vec<CustomerOf>> {
        self.read(|conn| {
            let mut all = Vec::new();
            for stored in store::customers::list(conn)? {
                let bank = store::connections::get(conn, stored.connection)?.name;
                all.push(CustomerOf {
                    key: stored.key,
                    connection: stored.connection,
                    bank,
                    customer: stored.customer,
                    company: stored.company.map(|CompanyMark(mark)| mark),
                });
            }
            Ok(all)
        })
        .await
    }

    /// The connection of this handle, if a bank was ever connected.
    pub fn own_connection(&self) -> Option<ConnectionKey> {
        self.connection_key().ok()
    }

    /// A handle on another connection: its own session, locking, bank and tasks; the same store.
    ///
    /// # Errors
    /// [`ClientError::Store`] when there is no such connection.
    pub async fn of_connection(&self, key: ConnectionKey) -> Result<Self> {
        if let Some(side) = self.house.side(key) {
            return Ok(Self::over(Arc::clone(&self.house), side));
        }
        let fresh = Self::over(Arc::clone(&self.house), self.house.empty_side(lock::rules_without_bank()));
        let loading = fresh.clone();
        tokio::task::spawn_blocking(move || loading.load_connection(key))
            .await
            .map_err(|_| ClientError::Internal)??;
        let kept = self.house.side(key).ok_or(ClientError::Internal)?;
        let client = Self::over(Arc::clone(&self.house), kept);
        if Arc::ptr_eq(&client.side, &fresh.side) {
            client.watch_side();
        }
        Ok(client)
    }

    /// A handle for that customer, on its connection.
    ///
    /// # Errors
    /// [`ClientError::Store`] when there is no such customer.
    pub async fn at(&self, customer: CustomerKey) -> Result<Self> {
        let stored = self.read(move |conn| Ok(store::customers::get(conn, customer)?)).await?;
        let client = self.of_connection(stored.connection).await?;
        Ok(client.fixed_to(ForCustomer { id: stored.customer.id, key: customer }))
    }

    /// Calls a connection otherwise.
    ///
    /// # Errors
    /// [`ClientError::Store`] when another one has the name.
    pub async fn rename_connection(&self, key: ConnectionKey, name: &str) -> Result<()> {
        let name = name.to_owned();
        self.write(move |tx| Ok(store::connections::rename(tx, key, &name)?)).await?;
        self.announce_to_all(&Change::Connection);
        Ok(())
    }

    /// Ends the session of a connection and leaves its bank alone; its data stays where it is shown.
    ///
    /// # Errors
    /// [`ClientError::Store`] for one that is not in use.
    pub async fn pause_connection(&self, key: ConnectionKey) -> Result<()> {
        self.write(move |tx| Ok(store::connections::pause(tx, key)?)).await?;
        self.leave_alone(key).await
    }

    /// Puts a connection away: its data is kept and shown nowhere.
    ///
    /// # Errors
    /// [`ClientError::Store`] while its bank owes an answer.
    pub async fn archive_connection(&self, key: ConnectionKey) -> Result<()> {
        self.write(move |tx| Ok(store::connections::archive(tx, key)?)).await?;
        self.leave_alone(key).await
    }

    /// Takes a connection into use again.
    ///
    /// # Errors
    /// [`ClientError::Store`] for one that is in use.
    pub async fn resume_connection(&self, key: ConnectionKey) -> Result<()> {
        self.write(move |tx| Ok(store::connections::resume(tx, key)?)).await?;
        let client = self.of_connection(key).await?;
        let stored = self.read(move |conn| Ok(store::connections::get(conn, key)?)).await?;
        client.reach_bank(&stored)?;
        self.announce_to_all(&Change::Connection);
        Ok(())
    }

    /// Removes a connection under which nothing was recorded or asked.
    ///
    /// # Errors
    /// [`ClientError::Store`] for any other: it can be archived.
    pub async fn remove_connection(&self, key: ConnectionKey) -> Result<()> {
        // What the store refuses must not have cost a session.
        self.write(move |tx| {
            store::connections::remove(tx, key)?;
            store::settings::remove(tx, &own_token_key(key))?;
            forget_seen(tx, key)
        })
        .await?;
        self.leave_alone(key).await?;
        if let Some(side) = self.house.side(key) {
            *locked(&side.bank.key) = None;
            *locked(&side.customer) = None;
            side.bank.paused.store(false, std::sync::atomic::Ordering::Relaxed);
            let client = Self::over(Arc::clone(&self.house), side);
            // What its own token shows or asks is nobody's here any more.
            client.take_token(None);
            client.set_connection(Connection::NoBank);
        }
        self.house.forget_side(key);
        Ok(())
    }

    async fn leave_alone(&self, key: ConnectionKey) -> Result<()> {
        if let Some(side) = self.house.side(key) {
            let client = Self::over(Arc::clone(&self.house), side);
            client.side.bank.paused.store(true, std::sync::atomic::Ordering::Relaxed);
            client.leave_bank().await;
        }
        self.announce_to_all(&Change::Connection);
        Ok(())
    }

    /// Notes that two customers are one company at several banks, or of one bank.
    pub async fn set_same_company(&self, one: CustomerKey, other: CustomerKey) -> Result<()> {
        self.write(move |tx| Ok(store::customers::set_same_company(tx, one, other)?)).await?;
        self.announce_to_all(&Change::Connection);
        Ok(())
    }

    /// Syncs every customer of the user of every connection that is logged in, all connections at once, and says of each
    /// how it ended. What goes wrong at one stops none of the others.
    pub async fn sync_all(&self) -> Result<Vec<SyncOutcome>> {
        let lines = self.connections().await?;
        let open: Vec<ConnectionLine> =
            lines.into_iter().filter(|line| line.standing.user().is_some()).collect();
        let outcomes = join_all(open.iter().map(|line| self.sync_connection(line))).await;
        Ok(outcomes.into_iter().flatten().collect())
    }

    async fn sync_connection(&self, line: &ConnectionLine) -> Vec<SyncOutcome> {
        let outcome = |customer: Option<Customer>, result: Result<()>| SyncOutcome {
            connection: line.key,
            name: line.name.clone(),
            customer,
            result,
        };
        let asked = async {
            let client = self.of_connection(line.key).await?;
            let customers = client.customers_here().await?;
            // Customers of a colleague at the same seat are not this user's to ask about.
            let theirs = client.session()?.customers;
            client.recover_all().await?;
            Ok((client, customers, theirs))
        };
        let (client, customers, theirs) = match asked.await {
            Ok(found) => found,
            Err(error) => return vec![outcome(None, Err(error))],
        };
        let mut outcomes = Vec::new();
        let is_theirs = |key| theirs.iter().any(|one| one.key == key);
        for StoredCustomer { key, customer, .. } in customers.into_iter().filter(|one| is_theirs(one.key)) {
            let here = client.fixed_to(ForCustomer { id: customer.id.clone(), key });
            let result = here.sync_customer().await;
            // A bank that does not answer answers about none of the others.
            let is_last = result.as_ref().is_err_and(|error| client.ends_all(error));
            outcomes.push(outcome(Some(customer), result));
            if is_last {
                break;
            }
        }
        outcomes
    }

    /// Starts what looks after a side: its token, its unblocking, sleep.
    pub(crate) fn watch_side(&self) {
        self.lock_when_token_leaves();
        self.watch_unblocking();
        self.watch_for_sleep();
    }

    /// Tells everybody, at whichever connection they listen.
    pub(crate) fn announce_to_all(&self, change: &Change) {
        self.announce(change.clone());
        for side in self.house.sides().into_iter().filter(|side| !Arc::ptr_eq(side, &self.side)) {
            Self::over(Arc::clone(&self.house), side).announce(change.clone());
        }
    }
}
