//! Accounts: balances, what was booked, and the first screen that sums them up.

pub(crate) mod balances;
pub(crate) mod overview;
