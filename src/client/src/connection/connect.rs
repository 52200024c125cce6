//! Connecting a store to its bank: the connection file, the bank's rules, the customers of a login.

use crate::bank::Bank;
use crate::connection::file::{is_same_bank, parse, read};
use crate::state::locked;
use std::path::Path;
use std::sync::Arc;

use domain::{Customer, CustomerKey};
use protocol::{ConnectionFile, ServerInfo, Session};
use store::OfCustomer;
use store::bank::{Snapshot, SnapshotKind};
use store::connections::{ConnectionKind, NewConnection};

use crate::change::Change;
use crate::client::Client;
use crate::connection::kapocs::http::HttpBank;
use crate::error::{ClientError, Result};
use crate::state::{Chosen, Connection, ForCustomer};

/// Key of the setting that remembers the customer shown last.
const LAST_CUSTOMER: &str = "last-customer";

impl Client {
    /// Takes a bank's connection file, reaches the bank and keeps its rules.
    ///
    /// # Errors
    /// [`ClientError::ConnectionFile`] for a file that is none, [`ClientError::Policy`] for one that the administrator
    /// does not allow, [`ClientError::AnotherBank`] when the store has another bank's data; the file is kept only once
    /// the bank answered under the authority that it names.
    pub async fn connect(&self, file: &Path) -> Result<ServerInfo> {
        let (content, connection) = read(file)?;
        self.policy().map_err(Clone::clone)?.allow(&connection)?;
        self.is_of_our_bank(&connection).await?;
        let bank = HttpBank::new(&connection)?;
        let info = Bank::info(&bank).await?;
        self.bar(None);
        self.set_bank(Arc::new(bank));
        let name = connection.bank_name.clone();
        self.keep_connection(name, content).await?;
        self.keep_info(info.clone()).await?;
        self.set_connection(Connection::LoggedOut);
        Ok(info)
    }

    /// A store with a bank's data is never bound to another one: cursors, accounts and packages would be taken for the
    /// other bank's. The same bank may change its file.
    async fn is_of_our_bank(&self, asked: &ConnectionFile) -> Result<()> {
        let known = self
            .read(|conn| {
                let Some(known) = store::connections::list(conn)?.into_iter().next() else { return Ok(None) };
                let has_data = !store::customers::of_connection(conn, known.key)?.is_empty();
                Ok(known.content.filter(|_| has_data))
            })
            .await?;
        let Some(known) = known else { return Ok(()) };
        let known = parse(&known)?;
        if is_same_bank(&known, asked) {
            return Ok(());
        }
        Err(ClientError::AnotherBank { known: known.bank_name, asked: asked.bank_name.clone() })
    }

    /// Fetches the bank's rules again.
    pub async fn refresh_rules(&self) -> Result<ServerInfo> {
        let info = self.bank()?.info().await?;
        self.keep_info(info.clone()).await?;
        Ok(info)
    }

    /// Keeps the connection file: of the bank that is there, or of a new one.
    async fn keep_connection(&self, name: String, content: String) -> Result<()> {
        let (known, now) = (self.connection_key().ok(), self.now());
        let key = self
            .write(move |tx| match known {
                Some(key) => {
                    store::connections::set_content(tx, key, &content, now)?;
                    Ok(key)
                }
                None => {
                    let new = NewConnection { name, kind: ConnectionKind::Kapocs, content: Some(content) };
                    Ok(store::connections::add(tx, &new, now)?)
                }
            })
            .await?;
        *locked(&self.0.bank.key) = Some(key);
        Ok(())
    }

    async fn keep_info(&self, info: ServerInfo) -> Result<()> {
        self.set_skew(info.server_time - chrono::Utc::now());
        *locked(&self.0.bank.token_rules) = info.profile.token;
        *locked(&self.0.bank.client_policy) = Some(info.client.clone());
        let now = self.now();
        let connection = self.connection_key()?;
        self.write(move |tx| {
            Ok(store::bank::save_snapshot(tx, connection, SnapshotKind::Server, &info, now)?)
        })
        .await
    }

    /// Reads the connection that the store has, at start.
    pub(crate) fn load_connection(&self) -> Result<()> {
        let Some((connection, customer, server)) = self.0.store.read_with(|conn| {
            let Some(connection) = store::connections::list(conn)?.into_iter().next() else {
                return Ok(None);
            };
            let last: Option<CustomerKey> = store::settings::get(conn, LAST_CUSTOMER)?;
            let customers = store::customers::of_connection(conn, connection.key)?;
            let customer = customers.into_iter().find(|customer| Some(customer.key) == last);
            let server: Option<Snapshot<ServerInfo>> =
                store::bank::snapshot(conn, connection.key, SnapshotKind::Server)?;
            Ok::<_, ClientError>(Some((connection, customer, server)))
        })?
        else {
            return Ok(());
        };
        *locked(&self.0.bank.key) = Some(connection.key);
        if let Some(server) = server {
            *locked(&self.0.bank.token_rules) = server.value.profile.token;
            *locked(&self.0.bank.client_policy) = Some(server.value.client);
        }
        if let Some(content) = connection.content {
            let connection = parse(&content)?;
            match self.policy().map_err(Clone::clone).and_then(|policy| policy.allow(&connection)) {
                Ok(()) => {
                    self.set_bank(Arc::new(HttpBank::new(&connection)?));
                    self.set_connection(Connection::LoggedOut);
                }
                // What was recorded can still be looked at; the bank is out of reach.
                Err(why) => {
                    tracing::error!(%why, "the policy keeps the bank away");
                    self.bar(Some(why));
                }
            }
        }
        if let Some(customer) = customer {
            *locked(&self.0.customer) = Some(Chosen { id: customer.customer.id, key: Some(customer.key) });
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
        *locked(&self.0.customer) = Some(Chosen { id: customer, key });
        self.announce(Change::Connection);
        Ok(())
    }

    /// Customers that this store knows.
    pub async fn customers(&self) -> Result<Vec<Customer>> {
        let stored = self.read(|conn| Ok(store::customers::list(conn)?)).await?;
        Ok(stored.into_iter().map(|stored| stored.customer).collect())
    }

    /// All customers of the bank, whichever is shown.
    pub(crate) async fn all_customers(&self) -> Result<Vec<ForCustomer>> {
        let connection = self.connection_key()?;
        let stored = self.read(move |conn| Ok(store::customers::of_connection(conn, connection)?)).await?;
        Ok(stored.into_iter().map(|stored| ForCustomer { id: stored.customer.id, key: stored.key }).collect())
    }

    /// A customer by the store's key.
    pub(crate) async fn customer_of(&self, key: CustomerKey) -> Result<ForCustomer> {
        let stored = self.read(move |conn| Ok(store::customers::get(conn, key)?)).await?;
        Ok(ForCustomer { id: stored.customer.id, key })
    }
}
