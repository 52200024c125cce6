//! Customers whose accounts the users may see, and the users that this program knows.

use chrono::{DateTime, Utc};
use domain::{Customer, CustomerId, CustomerKind, User};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::Result;
use crate::values::{micros, moment_or_none, named, parsed};

/// A user with the time of the last login from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUser {
    /// The user.
    pub user: User,
    /// Last login from this program.
    pub last_login: Option<DateTime<Utc>>,
}

fn kind_name(kind: CustomerKind) -> &'static str {
    match kind {
        CustomerKind::Company => "company",
        CustomerKind::PrivatePerson => "private_person",
    }
}

fn kind_from_name(name: &str) -> Option<CustomerKind> {
    [CustomerKind::Company, CustomerKind::PrivatePerson].into_iter().find(|k| kind_name(*k) == name)
}

fn customer(row: &Row<'_>) -> rusqlite::Result<Customer> {
    Ok(Customer { id: parsed(row, 0)?, name: row.get(1)?, kind: named(row, 2, kind_from_name)? })
}

/// Keeps a customer as the bank told it.
pub fn save(conn: &Connection, customer: &Customer) -> Result<()> {
    const SQL: &str = "INSERT INTO customers (id, name, kind) VALUES (?1, ?2, ?3)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind";
    let Customer { id, name, kind } = customer;
    conn.prepare_cached(SQL)?.execute(params![id.as_str(), name, kind_name(*kind)])?;
    Ok(())
}

/// All customers, by name.
pub fn list(conn: &Connection) -> Result<Vec<Customer>> {
    const SQL: &str = "SELECT id, name, kind FROM customers ORDER BY name COLLATE hu, id";
    let rows = conn.prepare_cached(SQL)?.query_map([], customer)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// One customer.
pub fn find(conn: &Connection, id: &CustomerId) -> Result<Option<Customer>> {
    const SQL: &str = "SELECT id, name, kind FROM customers WHERE id = ?1";
    Ok(conn.prepare_cached(SQL)?.query_row([id.as_str()], customer).optional()?)
}

/// Remembers a user who has logged in.
pub fn save_user(conn: &Connection, user: &User, last_login: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "INSERT INTO users (id, name, last_login) VALUES (?1, ?2, ?3)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_login = excluded.last_login";
    conn.prepare_cached(SQL)?.execute(params![user.id.as_str(), user.name, micros(last_login)])?;
    Ok(())
}

/// All users who have logged in here, by name.
pub fn users(conn: &Connection) -> Result<Vec<KnownUser>> {
    const SQL: &str = "SELECT id, name, last_login FROM users ORDER BY name COLLATE hu, id";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement.query_map([], known_user)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn known_user(row: &Row<'_>) -> rusqlite::Result<KnownUser> {
    let user = User { id: parsed(row, 0)?, name: row.get(1)? };
    Ok(KnownUser { user, last_login: moment_or_none(row, 2)? })
}
