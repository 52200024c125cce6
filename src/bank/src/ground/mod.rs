//! What everything stands on and what knows nothing of the business: the one database file and what changed in it,
//! the bank's clock, its folder of keys, the rules of its profile, hashes that are slow on purpose.

pub(crate) mod card_secrets;
pub(crate) mod changes;
pub(crate) mod checkpoints;
pub(crate) mod database;
pub(crate) mod error;
pub mod folder;
pub(crate) mod lanes;
pub(crate) mod news;
pub(crate) mod private;
pub(crate) mod random;
pub(crate) mod readers;
pub(crate) mod rules;
pub(crate) mod slow_hash;
pub mod time;
pub(crate) mod tries;
