//! One customer's part of the store: a connection to the database that can only be used together with whose data is
//! meant.
//!
//! Everything that reads or writes a customer's data takes this value instead of a bare connection, so a question
//! cannot be asked without saying whose; every query carries the key. What is common to all customers (settings, the
//! log) takes the connection behind it.

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
