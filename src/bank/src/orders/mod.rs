//! Orders: how packages of them are accepted, kept, handed between a customer's seats, and carried out.

pub(crate) mod acceptance;
pub(crate) mod administration;
pub(crate) mod engine;
pub(crate) mod packages;
pub(crate) mod shared_area;
