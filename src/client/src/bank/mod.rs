//! What the use cases need of a bank, one small trait for each thing that a connection can be good for.
//!
//! Nothing here knows how a bank is reached: the Kapocs protocol today, a file bridge or EBICS beside it. They speak
//! the domain's types; what stands on the wire stays with the kind of connection that speaks it. A connection offers
//! what it can ([`Connected`]); what it cannot is known before anything is begun ([`Capability`]). The outbox, the
//! life of a package, the signing sheet and exactly-once stand above all of them and are there once.

mod accounts;
mod capability;
mod connected;
mod error;
mod events;
mod information;
mod login;
mod messages;
mod releases;
mod renewal;
mod shared;
mod submit;

use futures_util::future::BoxFuture;

pub use accounts::{AccountNow, Accounts, Booking};
pub use capability::{Capabilities, Capability, NotOffered};
pub use connected::Connected;
pub use error::{BankError, Refusal, Says};
pub use events::{Event, EventKind, Events};
pub use information::{BankInfo, Information, ProgramVersions};
pub use login::{Access, Login, LoginAs, LoginQuestion, Session, SessionKey};
pub use messages::{Administration, BankMessage, MessageText, Messages};
pub use releases::{Releases, SignedRelease};
pub use renewal::{Issued, Renewal, RenewalWish};
pub use shared::{ParkedPackage, PutPackage, SharedArea};
pub use submit::{PackageStatus, SignedPackage, SignedReceipt, Submit};

/// Answer of a bank to one call, in the future. Every call has a time limit; none is repeated by itself.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, BankError>>;

/// Where a reader stands in the bank's changes: opaque, given back as it came. It never skips; whoever reads from a
/// cursor gets every later change at least once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub String);

/// Changes after a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes<T> {
    /// In the order in which they are to be applied.
    pub items: Vec<T>,
    /// Where to go on, also when nothing was new.
    pub next: Cursor,
    /// Whether more waits right now.
    pub more: bool,
}
