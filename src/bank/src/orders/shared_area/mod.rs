//! The shared area ("közös terület"): packages parked at the bank until exactly one seat takes them over. The rules
//! are those of [`protocol::shared`].
//!
//! Everything here runs in one transaction of [`crate::bank::Bank::write`], and transactions come one after the
//! other: of a hundred that grab one package the first finds it waiting, the others find it gone. [`put`] parks,
//! [`area`] lists, takes over and withdraws, [`possession`] says who may send, [`record`] is the table, [`log`] what
//! is kept for ever.

mod area;
pub(crate) mod log;
#[cfg(test)]
mod model_tests;
mod possession;
mod put;
mod record;
#[cfg(test)]
mod refusal_tests;
#[cfg(test)]
pub(crate) mod tests;

use chrono::{DateTime, Utc};
use domain::UserId;
use protocol::{Channel, CustomerAccess};

use super::rights;

pub(crate) use area::{about, content, list, newest, take, withdraw};
pub(crate) use possession::{blame, expire_due, holds};
pub(crate) use put::{Parking, put};
pub(crate) use record::About;

/// Who asks, for which customer, through which door, when.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    pub access: &'a CustomerAccess,
    pub user: &'a UserId,
    pub channel: Channel,
    /// SHA-256 of the certificate that opened the session, lower-case hex; for the log.
    pub device: Option<&'a str>,
    /// Bank time.
    pub now: DateTime<Utc>,
}

impl Asker<'_> {
    /// Whether the user may see the package.
    pub fn may_view(&self, about: &About) -> bool {
        rights::may_view(&self.access.authority, self.user, about.accounts())
    }

    /// Whether the user may hand the package on.
    pub fn may_handle(&self, about: &About) -> bool {
        rights::may_handle(&self.access.authority, self.user, about.accounts())
    }
}
