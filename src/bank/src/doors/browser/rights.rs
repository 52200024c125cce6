//! Who may use the web client, and for whom: what the customers' authority tables say of it, set by
//! self-administration orders.
//!
//! The web client is enabled by customer. The right to log in is the user's, the same at every customer; the right to
//! sign is the user's at one customer [K&H webElectra].

use domain::UserId;
use domain::authority::WebDevice;
use protocol::CustomerAccess;
use rusqlite::Connection;

use crate::ground::error::Result;
use crate::people::customers;

/// The customers for whom the user may work in the web client.
pub(crate) fn customers_for_web(db: &Connection, user: &UserId) -> Result<Vec<CustomerAccess>> {
    let mut found = customers::of_user(db, user)?;
    let logs_in = |access: &CustomerAccess| access.authority.web_access(user).login == WebDevice::VirtualCard;
    if !found.iter().any(logs_in) {
        return Ok(Vec::new());
    }
    found.retain(|access| access.authority.web.enabled);
    Ok(found)
}

/// Whether the user may log in to the web client at all.
pub(crate) fn may_use_web(db: &Connection, user: &UserId) -> Result<bool> {
    Ok(!customers_for_web(db, user)?.is_empty())
}

/// Whether the user's virtual chip card may sign for the customer.
pub(crate) fn may_sign(access: &CustomerAccess, user: &UserId) -> bool {
    access.authority.web.enabled && access.authority.web_access(user).signing == WebDevice::VirtualCard
}
