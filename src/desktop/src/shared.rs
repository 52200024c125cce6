//! What every screen may read: the client and what it knows of bank, customer and user.

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};
use client::domain::{Customer, User};
use client::{Client, Rules};

use crate::format;

/// Read-only for screens; the frame renews it when the client tells of a change.
#[derive(Clone)]
pub struct Shared {
    /// The use cases.
    pub client: Client,
    /// The bank's rules for the customer; `None` before the first login.
    pub rules: Option<Arc<Rules>>,
    /// The customer whose data is shown.
    pub customer: Option<Customer>,
    /// Who is logged in.
    pub user: Option<User>,
}

impl Shared {
    /// A moment by the bank's clock, and by this machine's before the bank is known: the one clock of the window.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        self.rules.as_ref().map_or_else(|| format::local(at), |rules| rules.local(at))
    }

    /// Now by that clock.
    #[must_use]
    pub fn now(&self) -> NaiveDateTime {
        self.local(self.client.now())
    }
}
