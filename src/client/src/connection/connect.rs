//! Connecting to a bank: the connection file, the bank's rules, the customers of a login.

use crate::bank::{Access, BankInfo, Connected, Information, Session};
use crate::connection::file::{is_same_bank, is_same_way, parse, read};
use crate::state::locked;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use domain::{ConnectionKey, Customer, CustomerId, CustomerKey};
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
use crate::state::{Chosen, Connection, ForCustomer, Reached};
use crate::token::choice::{TokenChoice, own_token_key};
use crate::workplace::update::forget_seen;

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
        let (key, was) = self.keep_connection(asked.clone(), content, mistaken, info.clone()).await?;
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
            client.reach(Reached { ways: Connected::by(bank), file: Some(asked) });
        }
        client.side.bank.paused.store(false, Ordering::Relaxed);
        client.note_info(&info);
        if client.session().is_err() {
            client.set_connection(Connection::LoggedOut);
        }
        self.announce_to_all(&Change::Connection);
        Ok((client, info))
    }

    /// Keeps the connection file with the rules that the bank told, both or neither: of the bank that is there, of one
    /// that takes the mistaken one's place, or of a new one.
    async fn keep_connection(
        &self,
        asked: ConnectionFile,
        content: String,
        mistaken: Option<ConnectionKey>,
        info: BankInfo,
    ) -> Result<(ConnectionKey, Was)> {
        let now = info.server_time;
        self.write(move |tx| {
            let kept = keep_file(tx, &asked, &content, mistaken, now)?;
            store::bank::save_snapshot(tx, kept.0, SnapshotKind::Server, &info, now)?;
            Ok(kept)
        })
        .await
    }

    /// The handle of a connection that has just been kept: this one's side if it has none yet.
    async fn take_side(&self, key: ConnectionKey) -> Result<Self> {
        if self.connection_key().is_err() && self.house.side(key).is_none() {
            // It may have been here before, with a token and customers of its own.
            let loading = self.clone();
            tokio::task::spawn_blocking(move || loading.load_connection(key))
                .await
                .map_err(|_| ClientError::Internal)??;
            self.lock_when_token_leaves();
            self.watch_unblocking();
            return Ok(self.clone());
        }
        if self.connection_key().is_ok_and(|own| own == key) {
            return Ok(self.clone());
        }
        self.of_connection(key).await
    }

    /// Fetches the bank's rules again. Those of a bank that was left meanwhile are kept nowhere.
    pub async fn refresh_rules(&self) -> Result<BankInfo> {
        let bank = self.bank()?;
        let info = bank.information()?.info().await?;
        let (connection, asked, told) = (self.connection_key()?, Arc::clone(&bank), info.clone());
        let is_kept = self
            .write(move |tx| {
                let is_its = leads_to(tx, connection, &asked)?;
                if is_its {
                    let now = told.server_time;
                    store::bank::save_snapshot(tx, connection, SnapshotKind::Server, &told, now)?;
                }
                Ok(is_its)
            })
            .await?;
        if is_kept && self.is_here(&bank) {
            self.note_info(&info);
        }
        Ok(info)
    }

    /// Takes what a bank told of itself into use.
    fn note_info(&self, info: &BankInfo) {
        self.set_skew(info.server_time - Utc::now());
        *locked(&self.side.bank.token_rules) = info.profile.token;
        *locked(&self.side.bank.client_policy) = Some(info.client.clone());
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
                let ways = Connected::by(Arc::new(HttpBank::new(&connection).map_err(asking)?));
                self.reach(Reached { ways, file: Some(connection) });
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

    /// Keeps the customers, rights and the user of a fresh session, and chooses a customer. Gives the session's
    /// customers; none were kept under a connection that leads to another bank by now.
    pub(crate) async fn keep_access(
        &self,
        bank: &Arc<Reached>,
        session: &Session,
        csn: String,
    ) -> Result<Option<Vec<ForCustomer>>> {
        let now = self.now();
        let access = session.customers.clone();
        let user = session.user.clone();
        let (connection, asked) = (self.connection_key()?, Arc::clone(bank));
        let shown = self.customer().ok();
        let is_told = |id: &CustomerId| access.iter().any(|one| one.customer.id == *id);
        let first = || access.first().map(|one| one.customer.id.clone());
        let shown = shown.filter(is_told).or_else(first).ok_or(ClientError::NoCustomer)?;
        let chosen = shown.clone();
        let kept = self
            .write(move |tx| {
                if !leads_to(tx, connection, &asked)? {
                    return Ok(None);
                }
                store::customers::save_user(tx, connection, &user, now)?;
                store::connections::save_token(tx, connection, &csn, now)?;
                let mut kept = Vec::with_capacity(access.len());
                for Access { customer, authority } in access {
                    let key = store::customers::save(tx, connection, &customer)?;
                    let _: bool = store::authority::save(&OfCustomer::new(tx, key), &authority, now)?;
                    kept.push(ForCustomer { id: customer.id, key });
                }
                store::settings::set(tx, LAST_CUSTOMER, &key_in(&kept, &chosen))?;
                Ok(Some(kept))
            })
            .await?;
        if let Some(kept) = &kept {
            let key = key_in(kept, &shown);
            *locked(&self.side.customer) = Some(Chosen { id: shown, key });
            self.announce(Change::Connection);
        }
        Ok(kept)
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

/// Keeps a connection file in the connection that it belongs to, and says what that was before.
fn keep_file(
    tx: &store::Connection,
    asked: &ConnectionFile,
    content: &str,
    mistaken: Option<ConnectionKey>,
    now: DateTime<Utc>,
) -> Result<(ConnectionKey, Was)> {
    let all = store::connections::list(tx)?;
    let of_same = |one: &StoredConnection| {
        let file = one.content.as_deref().and_then(|content| parse(content).ok());
        file.filter(|file| is_same_bank(file, asked)).map(|file| (one.clone(), file))
    };
    if let Some((known, file)) = all.iter().find_map(of_same) {
        keep_in(tx, &known, content, now)?;
        return Ok((known.key, if is_same_way(&file, asked) { Was::There } else { Was::Elsewhere }));
    }
    if let Some(ours) = all.iter().find(|one| Some(one.key) == mistaken) {
        let is_nobodys = store::customers::of_connection(tx, ours.key)?.is_empty();
        // A store of the time when there was one bank may know it only by what it told.
        if is_nobodys || (ours.content.is_none() && all.len() == 1) {
            keep_in(tx, ours, content, now)?;
            store::connections::rename(tx, ours.key, &free_name(&all, &asked.bank_name, mistaken))?;
            // Its token and its releases were the other bank's.
            store::settings::remove(tx, &own_token_key(ours.key))?;
            forget_seen(tx, ours.key)?;
            return Ok((ours.key, Was::Mistaken));
        }
    }
    let name = free_name(&all, &asked.bank_name, None);
    let new = NewConnection { name, kind: ConnectionKind::Kapocs, content: Some(content.to_owned()) };
    Ok((store::connections::add(tx, &new, now)?, Was::There))
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

fn key_in(customers: &[ForCustomer], id: &CustomerId) -> Option<CustomerKey> {
    customers.iter().find(|one| one.id == *id).map(|one| one.key)
}

/// Whether a connection leads to this bank yet: its file may have been exchanged while the bank was asked.
fn leads_to(conn: &store::Connection, connection: ConnectionKey, bank: &Reached) -> Result<bool> {
    let Some(asked) = &bank.file else { return Ok(true) };
    let content = store::connections::get(conn, connection)?.content;
    Ok(content.and_then(|content| parse(&content).ok()).is_some_and(|file| is_same_way(&file, asked)))
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

#[cfg(test)]
#[path = "connect_tests.rs"]
mod tests;
