//! What the frame knows of the store: banks and customers, rules, numbers of the navigation, the last sync.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use client::Counts;
use client::{Client, ClientError, ConnectionState, Rules};
use domain::{Customer, CustomerKey};

use crate::house::{Bank, Handle, House};

/// What the frame knows of the store, looked at again after changes.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// The handle that it was looked at with: it stays the customer's for whom it was.
    pub handle: Handle,
    /// That customer.
    pub of: Option<CustomerKey>,
    /// The bank's rules for the customer.
    pub rules: Option<Arc<Rules>>,
    /// Banks and customers of this store.
    pub house: Arc<House>,
    /// Numbers of the navigation.
    pub counts: Counts,
    /// Messages that were not read, of all customers.
    pub unread: BTreeMap<CustomerKey, u32>,
    /// When the last sync ended well.
    pub last_sync: Option<DateTime<Utc>>,
}

impl Facts {
    /// The customer whose data is shown, as the bank told it.
    #[must_use]
    pub(crate) fn customer(&self) -> Option<Customer> {
        self.house.customer(self.of?).map(|one| one.customer.clone())
    }
}

/// What the frame shows of the store for that handle; what cannot be read yet is left out.
pub(crate) async fn look(client: Client) -> Facts {
    let noted = |error: &ClientError| {
        if !matches!(error, ClientError::NoCustomer | ClientError::NoRules) {
            tracing::warn!(%error, "the frame could not be brought up to date");
        }
    };
    let of = client.shown_customer();
    // Whichever customer is chosen later, what was begun for this one stays this one's.
    let client = match of {
        Some(key) => client.at(key).await.inspect_err(noted).unwrap_or(client),
        None => client,
    };
    let house = house(&client).await.inspect_err(noted).unwrap_or_default();
    Facts {
        rules: client.rules().await.inspect_err(noted).ok().map(Arc::new),
        house: Arc::new(house),
        counts: client.counts().await.inspect_err(noted).unwrap_or_default(),
        unread: client.unread_of_all().await.inspect_err(noted).unwrap_or_default(),
        last_sync: client.last_sync().await.inspect_err(noted).ok().flatten(),
        handle: Handle(client),
        of,
    }
}

async fn house(client: &Client) -> client::Result<House> {
    let mut banks = Vec::new();
    for mut line in client.connections().await? {
        let handle = match line.state {
            ConnectionState::Archived => None,
            // What is wrong with one keeps no other away.
            ConnectionState::Active | ConnectionState::Paused => {
                let opened = client.of_connection(line.key).await;
                let failed = |error: &ClientError| tracing::warn!(%error, "a connection cannot be opened");
                opened.inspect_err(failed).ok().map(Handle)
            }
        };
        let mut locked = None;
        if let Some(Handle(side)) = &handle {
            // The line was told before the connection was opened.
            line.standing = side.connection().borrow().clone();
            locked.clone_from(&side.locked().borrow());
        }
        banks.push(Bank { line, locked, handle });
    }
    Ok(House { banks, customers: client.customers_of_all().await? })
}
