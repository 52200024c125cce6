//! Hints of changes as they happen.

use domain::CustomerId;
use futures_util::stream::BoxStream;

use super::{Answer, BankError, SessionKey};

/// Hints that something changed. The change itself is read by cursor, so a lost hint loses nothing.
pub trait Events: Send + Sync {
    /// Hints until the connection ends.
    fn events<'a>(
        &'a self,
        session: &'a SessionKey,
    ) -> Answer<'a, BoxStream<'static, Result<Event, BankError>>>;
}

/// One hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Something changed for a customer.
    Changed {
        /// Whose.
        customer: CustomerId,
        /// What.
        what: EventKind,
    },
    /// The session ends.
    SessionEnds,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A package or one of its orders.
    Packages,
    /// A balance, and perhaps transactions.
    Balances,
    /// The shared area.
    SharedArea,
    /// The authority table.
    Authority,
    /// Messages.
    Messages,
}
