//! Packages: from the first order in them to the bank's last word on them.

pub(crate) mod again;
pub(crate) mod applied;
pub(crate) mod attention;
pub(crate) mod cover;
pub(crate) mod detail;
pub(crate) mod document;
mod edit;
pub(crate) mod export;
pub(crate) mod lists;
pub(crate) mod moves;
pub(crate) mod outbox;
pub(crate) mod plan;
pub(crate) mod receipt;
pub(crate) mod rights;
pub(crate) mod routes;
pub(crate) mod sent;
pub(crate) mod sheet;
pub(crate) mod sign;
pub(crate) mod signatures;
mod split;
pub(crate) mod status;
pub(crate) mod timeline;
