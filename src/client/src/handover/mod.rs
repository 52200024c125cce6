//! The shared area ("közös terület"): packages handed over between the seats of a company and the web client.
//!
//! `domain::shared` has the rules that hold at the bank. On this side of the wire, what the sources leave open is
//! ours too:
//! - Every asking is written down before it leaves ([`store::handovers`]) and asked again under the same identifiers
//!   until the bank has answered, by whoever is logged in then. Until then the package stays locked.
//! - A parked package keeps its copy here, locked. It opens again when it is withdrawn, when its day ends, or when it
//!   is taken over here; when somebody else takes it over it stays locked for good and says where it went.
//! - Signatures of a package that is taken over count only if they verify here, over the very bytes that came, under
//!   the authority of the connection file; the others are dropped, and said so.
//! - If whoever took it over changed it before sending, our copy is not what was executed: it stays closed and says
//!   so; what the bank did with the changed package is told beside it.
//!
//! [`area`] is what is shown, [`put`] parks and withdraws, [`take`] takes over, [`parked`] judges what came, [`settle`]
//! applies what the bank tells, [`whereabouts`] says where a package is.

mod again;
pub(crate) mod answers;
pub(crate) mod area;
pub(crate) mod elsewhere;
pub(crate) mod file;
pub(crate) mod file_error;
mod filed;
pub(crate) mod news;
pub(crate) mod parked;
mod put;
mod settle;
mod take;
pub(crate) mod whereabouts;

#[cfg(test)]
mod elsewhere_tests;
#[cfg(test)]
mod file_tests;
#[cfg(test)]
mod tests;
