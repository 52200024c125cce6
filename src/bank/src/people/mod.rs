//! Customers and their users: who they are, what they may do, what they sign with, how they come in, and what the
//! bank tells them.

pub(crate) mod approvals;
pub mod cards;
pub(crate) mod challenges;
pub(crate) mod customers;
pub(crate) mod error_points;
pub(crate) mod known;
pub(crate) mod login;
pub(crate) mod messages;
pub mod notices;
pub(crate) mod phone;
pub(crate) mod renewal;
pub(crate) mod revocation;
pub(crate) mod sessions;
pub(crate) mod users;
pub(crate) mod virtual_cards;
