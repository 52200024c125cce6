//! A bank that speaks the Kapocs protocol: the calls as they stand on the wire ([`http`]), and what the use cases see
//! of them.

pub(crate) mod error;
pub(crate) mod http;
pub(crate) mod receipt;
pub(crate) mod renewal;
mod transport;
mod values;
mod ways;

pub use protocol::messages::{MAX_BODY, MAX_SUBJECT};
