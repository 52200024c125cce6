//! What the frame knows of the store: rules, customers, numbers of the navigation, the last sync.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use client::Counts;
use client::{Client, ClientError, Rules};
use domain::Customer;

/// What the frame knows of the store, looked at again after changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// The bank's rules for the customer.
    pub rules: Option<Arc<Rules>>,
    /// Customers of this store.
    pub customers: Vec<Customer>,
    /// Numbers of the navigation.
    pub counts: Counts,
    /// When the last sync ended well.
    pub last_sync: Option<DateTime<Utc>>,
}

impl Facts {
    /// The customer whose data is shown.
    #[must_use]
    pub(crate) fn customer(&self, client: &Client) -> Option<Customer> {
        let id = client.customer().ok()?;
        self.customers.iter().find(|customer| customer.id == id).cloned()
    }
}

/// What the frame shows of the store; what cannot be read yet is left out.
pub(crate) async fn look(client: Client) -> Facts {
    let noted = |error: &ClientError| {
        if !matches!(error, ClientError::NoCustomer | ClientError::NoRules) {
            tracing::warn!(%error, "the frame could not be brought up to date");
        }
    };
    Facts {
        rules: client.rules().await.inspect_err(noted).ok().map(Arc::new),
        customers: client.customers().await.inspect_err(noted).unwrap_or_default(),
        counts: client.counts().await.inspect_err(noted).unwrap_or_default(),
        last_sync: client.last_sync().await.inspect_err(noted).ok().flatten(),
    }
}
