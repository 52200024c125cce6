//! What every screen may read: the client and what it knows of bank, customer and user.

use std::sync::Arc;

use client::domain::{Customer, User};
use client::{Client, Rules};

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
