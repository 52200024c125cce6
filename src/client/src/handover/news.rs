//! News of the shared area.

use domain::shared::Channel;
use domain::{CustomerKey, PackageId};

/// Something in the shared area that is worth a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedNews {
    /// Whose it is.
    pub customer: CustomerKey,
    /// The package.
    pub package: PackageId,
    /// Its name.
    pub name: String,
    /// What happened.
    pub kind: SharedNewsKind,
}

/// What happened in the shared area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharedNewsKind {
    /// Somebody parked a package.
    Waiting {
        /// Who.
        by: String,
    },
    /// Somebody took over a package of ours.
    TakenOver {
        /// Who.
        by: String,
        /// Through which door.
        channel: Channel,
    },
    /// A package of ours was withdrawn at another seat and is open here again.
    Withdrawn,
    /// The stay of a package of ours is over; it is open here again.
    Expired,
}
