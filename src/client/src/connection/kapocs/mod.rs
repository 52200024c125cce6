//! A bank that speaks the Kapocs protocol.

pub(crate) mod http;
mod transport;
