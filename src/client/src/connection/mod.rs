//! The way to a bank: connecting, logging in, locking, following, bringing its state here.

pub(crate) mod choice_error;
pub(crate) mod clock;
pub(crate) mod connect;
pub(crate) mod connections;
pub(crate) mod file;
pub(crate) mod find;
pub(crate) mod follow;
pub(crate) mod kapocs;
pub(crate) mod lock;
pub(crate) mod moment;
mod resume;
pub(crate) mod session;
mod shown;
mod sync;
