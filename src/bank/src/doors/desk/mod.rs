//! The operator desk: where the bank's telephone service identifies a caller, and reads out the Code that
//! unblocks the caller's token; and where the reference bank itself is looked after ([`office`]).
//!
//! Plain pages on a port of its own, without a line of script: what an operator sees is what the bank wrote.
//! [`operators`] lets operators in, [`visit`] asks who stands there, [`visits`] remembers, [`codes`] decides, [`log`]
//! keeps what happened for ever, [`pages`] writes HTML.

mod codes;
mod http;
mod identification;
mod log;
mod office;
mod operators;
mod pages;
#[cfg(test)]
mod tests;
mod texts;
mod visit;
mod visits;

pub(crate) use http::router;
pub(crate) use operators::add as add_operator;
