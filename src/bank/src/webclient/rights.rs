//! Who may use the web client, and for whom.

use domain::UserId;
use protocol::CustomerAccess;
use rusqlite::Connection;

use crate::{Result, customers};

/// The customers for whom the user may work in the web client.
pub fn customers_for_web(db: &Connection, user: &UserId) -> Result<Vec<CustomerAccess>> {
    customers::of_user(db, user)
}

/// Whether the user may log in to the web client at all.
pub fn may_use_web(db: &Connection, user: &UserId) -> Result<bool> {
    Ok(!customers_for_web(db, user)?.is_empty())
}

/// Whether the user's virtual chip card may sign for the customer.
pub fn may_sign(access: &CustomerAccess, user: &UserId) -> bool {
    access.authority.rights.iter().any(|right| right.user == *user && right.sign.is_some())
}
