//! Connecting a store to its bank: the connection file, the bank's rules, the customers of a login.

use crate::bank::Bank;
use crate::connection::file::{is_same_bank, parse, read};
use crate::state::locked;
use std::path::Path;
use std::sync::Arc;

use domain::{Customer, CustomerId};
use protocol::{ConnectionFile, ServerInfo, Session};
use store::bank::{Snapshot, SnapshotKind};

use crate::change::Change;
use crate::client::Client;
use crate::connection::kapocs::http::HttpBank;
use crate::error::{ClientError, Result};
use crate::state::Connection;

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
        self.keep_info(info.clone(), Some(content)).await?;
        self.set_connection(Connection::LoggedOut);
        Ok(info)
    }

    /// A store with a bank's data is never bound to another one: cursors, accounts and packages would be taken for the
    /// other bank's. The same bank may change its file.
    async fn is_of_our_bank(&self, asked: &ConnectionFile) -> Result<()> {
        let known = self
            .read(|conn| {
                let has_data = !store::customers::list(conn)?.is_empty();
                Ok(store::bank::connection(conn)?.filter(|_| has_data))
            })
            .await?;
        let Some(known) = known else { return Ok(()) };
        let known = parse(&known.content)?;
        if is_same_bank(&known, asked) {
            return Ok(());
        }
        Err(ClientError::AnotherBank { known: known.bank_name, asked: asked.bank_name.clone() })
    }

    /// Fetches the bank's rules again.
    pub async fn refresh_rules(&self) -> Result<ServerInfo> {
        let info = self.bank()?.info().await?;
        self.keep_info(info.clone(), None).await?;
        Ok(info)
    }

    async fn keep_info(&self, info: ServerInfo, content: Option<String>) -> Result<()> {
        self.set_skew(info.server_time - chrono::Utc::now());
        *locked(&self.0.bank.token_rules) = info.profile.token;
        *locked(&self.0.bank.client_policy) = Some(info.client.clone());
        let now = self.now();
        self.write(move |tx| {
            if let Some(content) = content {
                store::bank::set_connection(tx, &content, now)?;
            }
            store::bank::save_snapshot(tx, SnapshotKind::Server, &info, now)?;
            Ok(())
        })
        .await
    }

    /// Reads the connection that the store has, at start.
    pub(crate) fn load_connection(&self) -> Result<()> {
        let (connection, customer, server) = self.0.store.read_with(|conn| {
            let connection = store::bank::connection(conn)?;
            let customer: Option<CustomerId> = store::settings::get(conn, LAST_CUSTOMER)?;
            let server: Option<Snapshot<ServerInfo>> = store::bank::snapshot(conn, SnapshotKind::Server)?;
            Ok::<_, ClientError>((connection, customer, server))
        })?;
        if let Some(server) = server {
            *locked(&self.0.bank.token_rules) = server.value.profile.token;
            *locked(&self.0.bank.client_policy) = Some(server.value.client);
        }
        if let Some(connection) = connection {
            let connection = parse(&connection.content)?;
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
            *locked(&self.0.customer) = Some(customer);
        }
        Ok(())
    }

    /// Keeps the customers, rights and the user of a fresh session, and chooses a customer.
    pub(crate) async fn keep_access(&self, session: &Session) -> Result<()> {
        let now = self.now();
        let access = session.customers.clone();
        let user = session.user.clone();
        let chosen = self.customer().ok();
        let keep = chosen.filter(|id| access.iter().any(|a| a.customer.id == *id));
        let customer =
            keep.or_else(|| access.first().map(|a| a.customer.id.clone())).ok_or(ClientError::NoCustomer)?;
        *locked(&self.0.customer) = Some(customer.clone());
        self.write(move |tx| {
            store::customers::save_user(tx, &user, now)?;
            for a in &access {
                store::customers::save(tx, &a.customer)?;
                let _: bool = store::authority::save(tx, &a.customer.id, &a.authority, now)?;
            }
            store::settings::set(tx, LAST_CUSTOMER, &customer)?;
            Ok(())
        })
        .await?;
        self.announce(Change::Connection);
        Ok(())
    }

    /// Customers that this store knows.
    pub async fn customers(&self) -> Result<Vec<Customer>> {
        self.read(|conn| Ok(store::customers::list(conn)?)).await
    }
}
