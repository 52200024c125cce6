//! The local SQLite database: schema, migrations, queries, search, backup and audit log.
//!
//! [`Store`] owns the file: one writer thread, a few reading connections. What can be asked or changed stands in
//! one module for each thing (partners, packages, orders …), as functions over a [`rusqlite::Connection`], so a
//! use case combines several of them in one transaction of [`Store::write`]. What is a customer's is reached through
//! [`OfCustomer`] alone, so that it always is said whose. The crate reads no clock and makes
//! no identifiers: both come in as arguments.
//!
//! Forms of values are listed at the top of `migrations/0001_first.sql`.

#![warn(missing_docs)]

mod backup;
mod collation;
mod error;
mod ids;
mod lock;
mod migrate;
mod of_customer;
mod open;
mod order_rows;
mod readers;
mod store;
mod values;
mod words;
mod writer;

pub mod accounts;
pub mod audit;
pub mod authority;
pub mod bank;
pub mod connections;
pub mod cover;
pub mod customers;
pub mod deed;
pub mod documents;
pub mod doubles;
pub mod drafts;
pub mod handovers;
pub mod history;
pub mod messages;
pub mod order_lists;
pub mod orders;
pub mod outcomes;
pub mod overview;
pub mod package_lists;
pub mod packages;
pub mod partners;
pub mod receipts;
pub mod renewals;
pub mod settings;
pub mod shared;
pub mod signatures;
pub mod submissions;
pub mod templates;
pub mod transactions;

pub use error::StoreError;
pub use migrate::SCHEMA_VERSION;
pub use of_customer::OfCustomer;
pub use rusqlite::{Connection, Transaction};
pub use store::Store;

/// Result of this crate's functions.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Rows at most.
    pub limit: u32,
    /// Rows to skip.
    pub offset: u32,
}

impl Page {
    /// The first `limit` rows.
    pub fn first(limit: u32) -> Self {
        Self { limit, offset: 0 }
    }

    /// Everything.
    pub const ALL: Self = Self { limit: u32::MAX, offset: 0 };
}
