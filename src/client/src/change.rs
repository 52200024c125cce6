//! What the client tells by itself.

use domain::{CustomerKey, Money, PackageId};

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
        /// How it ended.
        end: PackageEnd,
    },
}

/// How a package ended at the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageEnd {
    /// The package.
    pub package: PackageId,
    /// Its name.
    pub name: String,
    /// Orders executed.
    pub executed: u32,
    /// Orders refused.
    pub rejected: u32,
    /// What the executed ones have paid, by currency; nothing where that is not known here.
    pub paid: Vec<Money>,
    /// Why the bank refused orders, as a code, if it told one reason for all of them.
    pub reason: Option<String>,
}
