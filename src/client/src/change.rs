//! What the client tells by itself.

use domain::CustomerKey;

use crate::handover::news::SharedNews;

/// Something changed that a screen may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Packages or their orders: here or at the bank.
    Packages,
    /// Accounts or balances.
    Accounts,
    /// Partners or templates.
    MasterData,
    /// Who may do what.
    Authority,
    /// Messages of the bank and to it.
    Messages,
    /// The connection or the session.
    Connection,
    /// The bank takes this version of the program no more: worth asking for a newer one.
    Outdated,
    /// A sync with the bank ended well.
    Synced,
    /// The shared area, as far as it is known here.
    SharedArea,
    /// Something in the shared area is worth a notice.
    Shared(SharedNews),
    /// The session locks itself soon, unless somebody touches the program (and at the bank's absolute limit even then).
    SessionEndsSoon {
        /// Time that is left.
        left: std::time::Duration,
    },
    /// A package became final at the bank: worth a notice.
    Finished {
        /// Whose it is.
        customer: CustomerKey,
        /// Its name.
        name: String,
        /// Orders executed.
        executed: u32,
        /// Orders refused.
        rejected: u32,
    },
}
