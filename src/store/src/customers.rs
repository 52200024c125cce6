//! Customers whose accounts the users of a connection may see, and the users that this program knows there.

use chrono::{DateTime, Utc};
use domain::{ConnectionKey, Customer, CustomerId, CustomerKey, CustomerKind, User};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::values::{micros, moment_or_none, named, parsed};
use crate::{Result, StoreError};

/// A customer of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCustomer {
    /// Which.
    pub key: CustomerKey,
    /// Whose customer.
    pub connection: ConnectionKey,
    /// As the bank told it.
    pub customer: Customer,
    /// The same for customers that are one company at several banks.
    pub company: Option<CompanyMark>,
    /// When the last sync ended well.
    pub last_sync: Option<DateTime<Utc>>,
}

/// The mark of customers that are one company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CompanyMark(pub i64);

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

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.key, c.connection, c.id, c.name, c.kind, c.company, c.last_sync
            FROM customers c JOIN connections n ON n.key = c.connection ",
            $rest
        )
    };
}

fn customer(row: &Row<'_>) -> rusqlite::Result<StoredCustomer> {
    Ok(StoredCustomer {
        key: CustomerKey(row.get(0)?),
        connection: ConnectionKey(row.get(1)?),
        customer: Customer { id: parsed(row, 2)?, name: row.get(3)?, kind: named(row, 4, kind_from_name)? },
        company: row.get::<_, Option<i64>>(5)?.map(CompanyMark),
        last_sync: moment_or_none(row, 6)?,
    })
}

/// Keeps a customer as the connection's bank told it; gives its key.
pub fn save(conn: &Connection, connection: ConnectionKey, customer: &Customer) -> Result<CustomerKey> {
    const SQL: &str = "INSERT INTO customers (connection, id, name, kind) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (connection, id) DO UPDATE SET name = excluded.name, kind = excluded.kind
        RETURNING key";
    let Customer { id, name, kind } = customer;
    let values = params![connection.0, id.as_str(), name, kind_name(*kind)];
    Ok(CustomerKey(conn.prepare_cached(SQL)?.query_row(values, |row| row.get(0))?))
}

/// Customers of all connections that are not archived, by connection and name.
pub fn list(conn: &Connection) -> Result<Vec<StoredCustomer>> {
    const SQL: &str =
        select!("WHERE n.state <> 'archived' ORDER BY n.position, n.key, c.name COLLATE hu, c.id");
    let rows = conn.prepare_cached(SQL)?.query_map([], customer)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Customers of a connection, by name.
pub fn of_connection(conn: &Connection, connection: ConnectionKey) -> Result<Vec<StoredCustomer>> {
    const SQL: &str = select!("WHERE c.connection = ?1 ORDER BY c.name COLLATE hu, c.id");
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement.query_map([connection.0], customer)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// One customer.
pub fn get(conn: &Connection, key: CustomerKey) -> Result<StoredCustomer> {
    const SQL: &str = select!("WHERE c.key = ?1");
    let found = conn.prepare_cached(SQL)?.query_row([key.0], customer).optional()?;
    found.ok_or(StoreError::NotFound("customer"))
}

/// The customer that the connection's bank calls so.
pub fn find(conn: &Connection, connection: ConnectionKey, id: &CustomerId) -> Result<Option<StoredCustomer>> {
    const SQL: &str = select!("WHERE c.connection = ?1 AND c.id = ?2");
    let values = params![connection.0, id.as_str()];
    Ok(conn.prepare_cached(SQL)?.query_row(values, customer).optional()?)
}

/// Remembers that a sync ended well.
pub fn set_last_sync(conn: &Connection, key: CustomerKey, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE customers SET last_sync = ?2 WHERE key = ?1";
    match conn.prepare_cached(SQL)?.execute(params![key.0, micros(now)])? {
        0 => Err(StoreError::NotFound("customer")),
        _ => Ok(()),
    }
}

/// Notes that two customers are one company; whoever was one with either is one with both.
pub fn set_same_company(conn: &Connection, one: CustomerKey, other: CustomerKey) -> Result<()> {
    const SQL: &str = "UPDATE customers SET company = ?3
        WHERE key IN (?1, ?2) OR company IN (SELECT company FROM customers WHERE key IN (?1, ?2))";
    let (first, second) = (get(conn, one)?, get(conn, other)?);
    let mark = first.company.or(second.company).map_or(one.0.min(other.0), |mark| mark.0);
    conn.prepare_cached(SQL)?.execute(params![one.0, other.0, mark])?;
    Ok(())
}

/// Notes that a customer is one company with no other.
pub fn forget_company(conn: &Connection, key: CustomerKey) -> Result<()> {
    match conn.prepare_cached("UPDATE customers SET company = NULL WHERE key = ?1")?.execute([key.0])? {
        0 => Err(StoreError::NotFound("customer")),
        _ => Ok(()),
    }
}

/// Remembers a user who has logged in at a connection.
pub fn save_user(
    conn: &Connection,
    connection: ConnectionKey,
    user: &User,
    last_login: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "INSERT INTO users (connection, id, name, last_login) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (connection, id) DO UPDATE SET name = excluded.name, last_login = excluded.last_login";
    let values = params![connection.0, user.id.as_str(), user.name, micros(last_login)];
    conn.prepare_cached(SQL)?.execute(values)?;
    Ok(())
}

/// All users who have logged in at a connection from here, by name.
pub fn users(conn: &Connection, connection: ConnectionKey) -> Result<Vec<KnownUser>> {
    const SQL: &str =
        "SELECT id, name, last_login FROM users WHERE connection = ?1 ORDER BY name COLLATE hu, id";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement.query_map([connection.0], known_user)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn known_user(row: &Row<'_>) -> rusqlite::Result<KnownUser> {
    let user = User { id: parsed(row, 0)?, name: row.get(1)? };
    Ok(KnownUser { user, last_login: moment_or_none(row, 2)? })
}
