//! Partners and templates: master data and its files.

pub(crate) mod files;
pub(crate) mod master;
mod named;
mod owners;
