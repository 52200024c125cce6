//! The token: which one, the life of its PIN, its certificates.

pub(crate) mod choice;
pub(crate) mod expiry;
pub(crate) mod fitness;
pub(crate) mod life;
pub(crate) mod renewal;
pub(crate) mod renewal_state;
