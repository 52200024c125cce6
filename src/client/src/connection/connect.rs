//! Connecting to a bank: the connection file, the bank's rules, the customers of a login.

use crate::bank::{BankInfo, Connected, Information, Session};
use crate::connection::file::{is_same_bank, parse, read};
use crate::state::locked;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use domain::{ConnectionKey, Customer, CustomerKey};
use protocol::ConnectionFile;
use store::OfCustomer;
use store::bank::{Snapshot, SnapshotKind};
use store::connections::{ConnectionKind, ConnectionState, NewConnection, StoredConnection};
use store::customers::StoredCustomer;

use crate::change::Change;
use crate::client::Client;
use crate::connection::kapocs::error::asking;
use crate::connection::kapocs::http::HttpBank;
use crate::error::{ClientError, Result};
use crate::state::{Chosen, Connection, ForCustomer};
use crate::token::choice::{TokenChoice, own_token_key};

/// Key of the setting that remembers the customer shown last.
pub(crate) const LAST_CUSTOMER: &str = "last-customer";

/// The connection of the customer that was shown last, or the first one in use.
pub(crate) fn last_connection(conn: &store::Connection) -> Result<Option<ConnectionKey>> {
    let last: Option<CustomerKey> = store::settings::get(conn, LAST_CUSTOMER)?;
    let of_last = last.and_then(|key| store::customers::get(conn, key).ok()).map(|known| known.connection);
    let all = store::connections::list(conn)?;
    let in_use = |one: &&StoredConnection| one.state == ConnectionState::Active;
    let last = all.iter().filter(in_use).find(|one| Some(one.key) == of_last);
    Ok(last.or_else(|| all.iter().find(in_use)).or(all.first()).map(|one| one.key))
}

impl Client {
    /// Takes a bank's connection file, reaches the bank and keeps its rules.
    ///
    /// A bank that is connected already gets the new file. Another bank becomes a connection of its own beside the
    /// others ([`Client::connections`]); nothing that is there is ever bound to another bank. Only a connection that no
    /// customer has is given up for it: whoever took the wrong file first may take the right one.
    ///
    /// # Errors
    /// [`ClientError::ConnectionFile`] for a file that is none, [`ClientError::Policy`] for one that the administrator
    /// does not allow; the file is kept only once the bank answered under the authority that it names.
    pub async fn connect(&self, file: &Path) -> Result<BankInfo> {
        self.connect_to(file).await.map(|(_, info)| info)
    }

    /// [`Client::connect`] that gives a handle of the connection too, which need not be this one's.
    ///
    /// # Errors
    /// As there.
    pub async fn connect_to(&self, file: &Path) -> Result<(Self, BankInfo)> {
        self.connect_over(file, self.connection_key().ok()).await
    }

    /// [`Client::connect_to`] for a bank that is meant to stand beside the others: no connection that is there is given
    /// up for it, whether anybody uses it or not.
    ///
    /// # Errors
    /// As there.
    pub async fn add_connection(&self, file: &Path) -> Result<(Self, BankInfo)> {
        self.connect_over(file, None).await
    }

    /// Connects a bank, in the place of a connection that may have been made by mistake.
    async fn connect_over(&self, file: &Path, mistaken: Option<ConnectionKey>) -> Result<(Self, BankInfo)> {
        let (content, asked) = read(file)?;
        self.policy().map_err(Clone::clone)?.allow(&asked)?;
        let bank = Arc::new(HttpBank::new(&asked).map_err(asking)?);
        let info = Information::info(&*bank).await?;
        let (key, was) = self.keep_connection(asked, content, mistaken).await?;
        let client = self.take_side(key).await?;
        match was {
            Was::There => {}
            // A session belongs to the address that gave it: it ends there before the other one is asked anything.
            Was::Elsewhere => client.leave_bank().await,
            Was::Mistaken => client.take_token(None),
        }
        client.bar(None);
        // A login that waits for its PIN goes on with the bank that it began with, as long as that is where it was.
        if !matches!(was, Was::There) || client.bank().is_err() {
            client.reach_by(Connected::by(bank));
        }
        client.side.bank.paused.store(false, Ordering::Relaxed);
        client.keep_info(info.clone()).await?;
        if client.session().is_err() {
            client.set_connection(Connection::LoggedOut);
        }
        self.announce_to_all(&Change::Connection);
        Ok((client, info))
    }

    /// Keeps the connection file: of the bank that is there, of one that takes the mistaken one's place, or of a new one.
    async fn keep_connection(
        &self,
        asked: ConnectionFile,
        content: String,
        mistaken: Option<ConnectionKey>,
    ) -> Result<(ConnectionKey, Was)> {
        let now = self.now();
        self.write(move |tx| {
            let all = store::connections::list(tx)?;
            let of_same = |one: &StoredConnection| {
                let file = one.content.as_deref().and_then(|content| parse(content).ok());
                file.filter(|file| is_same_bank(file, &asked)).map(|file| (one.clone(), file))
            };
            if let Some((known, file)) = all.iter().find_map(of_same) {
                keep_in(tx, &known, &content, now)?;
                let is_there = file.base_url == asked.base_url && file.ca_pem == asked.ca_pem;
                return Ok((known.key, if is_there { Was::There } else { Was::Elsewhere }));
            }
            if let Some(ours) = all.iter().find(|one| Some(one.key) == mistaken) {
                let is_nobodys = store::customers::of_connection(tx, ours.key)?.is_empty();
                // A store of the time when there was one bank may know it only by what it told.
                if is_nobodys || (ours.content.is_none() && all.len() == 1) {
                    keep_in(tx, ours, &content, now)?;
                    store::connections::rename(tx, ours.key, &free_name(&all, &asked.bank_name, mistaken))?;
                    store::settings::remove(tx, &own_token_key(ours.key))?;
                    return Ok((ours.key, Was::Mistaken));
                }
            }
            let name = free_name(&all, &asked.bank_name, None);
            let new = NewConnection { name, kind: ConnectionKind::Kapocs, content: Some(content) };
            Ok((store::connections::add(tx, &new, now)?, Was::There))
        })
        .await
    }

    /// The handle of a connection that has just been kept: this one's side if it has none yet.
    async fn take_side(&self, key: ConnectionKey) -> Result<Self> {
        if self.connection_key().is_err() && self.house.side(key).is_none() {
            *locked(&self.side.bank.key) = Some(key);
            let _ = self.house.keep_side(key, &self.side);
            return Ok(self.clone());
        }
        if self.connection_key().is_ok_and(|own| own == key) {
            return Ok(self.clone());
        }
        self.of_connection(key).await
    }

    /// Fetches the bank's rules again.
    pub async fn refresh_rules(&self) -> Result<BankInfo> {
        let info = self.bank()?.information()?.info().await?;
        self.keep_info(info.clone()).await?;
        Ok(info)
    }

    async fn keep_info(&self, info: BankInfo) -> Result<()> {
        self.set_skew(info.server_time - Utc::now());
        *locked(&self.side.bank.token_rules) = info.profile.token;
        *locked(&self.side.bank.client_policy) = Some(info.client.clone());
        let now = self.now();
        let connection = self.connection_key()?;
        self.write(move |tx| {
            Ok(store::bank::save_snapshot(tx, connection, SnapshotKind::Server, &info, now)?)
        })
        .await
    }

    /// Reads a connection of the store into this side, which has none yet.
    pub(crate) fn load_connection(&self, key: ConnectionKey) -> Result<()> {
        let (connection, customer, server, own) = self.house.store.read_with(|conn| {
            let connection = store::connections::get(conn, key)?;
            let last: Option<CustomerKey> = store::settings::get(conn, LAST_CUSTOMER)?;
            let customers = store::customers::of_connection(conn, key)?;
            // A bank's only customer is meant where none was shown last.
            let only = customers.first().filter(|_| customers.len() == 1).cloned();
            let customer = customers.into_iter().find(|customer| Some(customer.key) == last).or(only);
            let server: Option<Snapshot<BankInfo>> = store::bank::snapshot(conn, key, SnapshotKind::Server)?;
            let own: Option<TokenChoice> = store::settings::get(conn, &own_token_key(key))?;
            Ok::<_, ClientError>((connection, customer, server, own))
        })?;
        if let Some(choice) = own.filter(|_| !self.house.is_token_named) {
            *locked(&self.side.token) = self.house.token(Some(choice.config()));
        }
        *locked(&self.side.bank.key) = Some(key);
        let _ = self.house.keep_side(key, &self.side);
        if let Some(server) = server {
            *locked(&self.side.bank.token_rules) = server.value.profile.token;
            *locked(&self.side.bank.client_policy) = Some(server.value.client);
        }
        if let Some(customer) = customer {
            *locked(&self.side.customer) = Some(Chosen { id: customer.customer.id, key: Some(customer.key) });
        }
        self.reach_bank(&connection)
    }

    /// Makes the bank of a connection reachable, unless it is to be left alone.
    pub(crate) fn reach_bank(&self, connection: &StoredConnection) -> Result<()> {
        let paused = connection.state != ConnectionState::Active;
        self.side.bank.paused.store(paused, Ordering::Relaxed);
        let Some(content) = &connection.content else { return Ok(()) };
        if paused {
            // A bank is known, so that nobody is asked for another; a login says why it does not work.
            self.set_connection(Connection::LoggedOut);
            return Ok(());
        }
        let connection = parse(content)?;
        match self.policy().map_err(Clone::clone).and_then(|policy| policy.allow(&connection)) {
            Ok(()) => {
                self.reach_by(Connected::by(Arc::new(HttpBank::new(&connection).map_err(asking)?)));
                self.set_connection(Connection::LoggedOut);
            }
            // What was recorded can still be looked at; the bank is out of reach.
            Err(why) => {
                tracing::error!(%why, "the policy keeps the bank away");
                self.bar(Some(why));
            }
        }
        Ok(())
    }

    /// Keeps the customers, rights and the user of a fresh session, and chooses a customer.
    pub(crate) async fn keep_access(&self, session: &Session, csn: String) -> Result<()> {
        let now = self.now();
        let access = session.customers.clone();
        let user = session.user.clone();
        let chosen = self.customer().ok();
        let keep = chosen.filter(|id| access.iter().any(|a| a.customer.id == *id));
        let customer =
            keep.or_else(|| access.first().map(|a| a.customer.id.clone())).ok_or(ClientError::NoCustomer)?;
        let (connection, id) = (self.connection_key()?, customer.clone());
        let key = self
            .write(move |tx| {
                store::customers::save_user(tx, connection, &user, now)?;
                store::connections::save_token(tx, connection, &csn, now)?;
                let mut chosen = None;
                for a in &access {
                    let key = store::customers::save(tx, connection, &a.customer)?;
                    let _: bool = store::authority::save(&OfCustomer::new(tx, key), &a.authority, now)?;
                    chosen = chosen.or((a.customer.id == id).then_some(key));
                }
                store::settings::set(tx, LAST_CUSTOMER, &chosen)?;
                Ok(chosen)
            })
            .await?;
        *locked(&self.side.customer) = Some(Chosen { id: customer, key });
        self.announce(Change::Connection);
        Ok(())
    }

    /// Customers of this connection.
    pub async fn customers(&self) -> Result<Vec<Customer>> {
        if self.connection_key().is_err() {
            return Ok(Vec::new());
        }
        Ok(self.customers_here().await?.into_iter().map(|stored| stored.customer).collect())
    }

    /// The same with their keys.
    pub(crate) async fn customers_here(&self) -> Result<Vec<StoredCustomer>> {
        let connection = self.connection_key()?;
        self.read(move |conn| Ok(store::customers::of_connection(conn, connection)?)).await
    }

    /// All customers of the bank, whichever is shown.
    pub(crate) async fn all_customers(&self) -> Result<Vec<ForCustomer>> {
        let stored = self.customers_here().await?;
        Ok(stored.into_iter().map(|stored| ForCustomer { id: stored.customer.id, key: stored.key }).collect())
    }

    /// A customer by the store's key.
    pub(crate) async fn customer_of(&self, key: CustomerKey) -> Result<ForCustomer> {
        let stored = self.read(move |conn| Ok(store::customers::get(conn, key)?)).await?;
        Ok(ForCustomer { id: stored.customer.id, key })
    }
}

/// What a connection was before it got its file.
#[derive(Clone, Copy, Debug)]
enum Was {
    /// The bank was where it is now, or was not known.
    There,
    /// The same bank, at another address or under another authority.
    Elsewhere,
    /// Another bank's, which nobody used.
    Mistaken,
}

/// Gives a connection its file and takes it into use.
fn keep_in(
    tx: &store::Connection,
    known: &StoredConnection,
    content: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    store::connections::set_content(tx, known.key, content, now)?;
    if known.state != ConnectionState::Active {
        store::connections::resume(tx, known.key)?;
    }
    Ok(())
}

/// The bank's name, with a number where another connection than `own` has it.
fn free_name(all: &[StoredConnection], bank: &str, own: Option<ConnectionKey>) -> String {
    let bank = if bank.trim().is_empty() { "Bank" } else { bank.trim() };
    let is_free = |name: &String| {
        let mut others = all.iter().filter(|one| Some(one.key) != own);
        !others.any(|one| one.name.eq_ignore_ascii_case(name))
    };
    let numbered = (2..=all.len() + 1).map(|n| format!("{bank} {n}"));
    std::iter::once(bank.to_owned()).chain(numbered).find(is_free).unwrap_or_else(|| bank.to_owned())
}
