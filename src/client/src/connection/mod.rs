//! The way to a bank: connecting, logging in, locking, following, bringing its state here.

pub(crate) mod clock;
mod connect;
pub(crate) mod file;
pub(crate) mod follow;
pub(crate) mod kapocs;
pub(crate) mod lock;
pub(crate) mod moment;
mod resume;
pub(crate) mod session;
mod sync;
