//! One customer's part of the store: a connection to the database that can only be used together with whose data is
//! meant.
//!
//! What reads or writes accounts, packages with their orders, messages or the shared area takes this value instead of a
//! bare connection, so a question about them cannot be asked without saying whose; its queries carry the key, or begin
//! at a row that was found by it. What is common to all customers (settings, the whole log) takes the connection behind
//! it; partners, templates and drafts are common or one customer's ([`domain::Scope`]).
//!
//! It keeps customers from being mixed up, by a slip of ours or because two banks call things the same. It is no lock:
//! all customers lie in one file, and whoever has a connection to it can make this value for any of them.

use std::ops::Deref;

use domain::CustomerKey;
use rusqlite::Connection;

/// A connection to the database, for the data of one customer.
#[derive(Clone, Copy, Debug)]
pub struct OfCustomer<'c> {
    conn: &'c Connection,
    customer: CustomerKey,
}

impl<'c> OfCustomer<'c> {
    /// The part of that customer.
    pub fn new(conn: &'c Connection, customer: CustomerKey) -> Self {
        Self { conn, customer }
    }

    /// Whose data.
    pub fn customer(&self) -> CustomerKey {
        self.customer
    }

    /// The key as queries take it.
    pub(crate) fn key(&self) -> i64 {
        self.customer.0
    }
}

impl Deref for OfCustomer<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.conn
    }
}
