//! The shared area as the bank told it last: a list that is shown without a connection too.
//!
//! The store knows no protocol: a handing over is kept as the JSON that it came in, beside the columns by which it is
//! looked for.

use domain::{CustomerId, PackageId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::Result;
use crate::values::json;

/// Replaces a customer's list by the bank's new one, given newest first as (handover, package, what the bank says).
///
/// What has ended stays, behind the new list, for packages that are here: the bank tells of the last weeks only, and
/// the local copy goes on saying where it went.
pub fn replace<T: Serialize>(
    conn: &Connection,
    customer: &CustomerId,
    list: impl IntoIterator<Item = (Uuid, PackageId, T)>,
) -> Result<()> {
    const OVER: &str = "DELETE FROM shared_packages WHERE customer = ?1
        AND (json ->> 'state' = 'waiting' OR package NOT IN (SELECT id FROM packages))";
    const BACK: &str = "UPDATE shared_packages SET position = position + ?2 WHERE customer = ?1";
    const SQL: &str = "INSERT INTO shared_packages (handover, customer, package, json, position)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (handover) DO UPDATE SET json = excluded.json, position = excluded.position";
    let list: Vec<_> = list.into_iter().collect();
    conn.prepare_cached(OVER)?.execute([customer.as_str()])?;
    conn.prepare_cached(BACK)?.execute(params![customer.as_str(), list.len() as i64])?;
    let mut insert = conn.prepare_cached(SQL)?;
    for (position, (handover, package, shared)) in (0_i64..).zip(&list) {
        let json = serde_json::to_string(shared)?;
        insert.execute(params![
            handover.as_bytes(),
            customer.as_str(),
            package.0.as_bytes(),
            json,
            position
        ])?;
    }
    Ok(())
}

/// Keeps the bank's newest word on one handing over; a new one comes first.
pub fn save<T: Serialize>(
    conn: &Connection,
    customer: &CustomerId,
    handover: Uuid,
    package: PackageId,
    shared: &T,
) -> Result<()> {
    const SQL: &str = "INSERT INTO shared_packages (handover, customer, package, json, position)
        SELECT ?1, ?2, ?3, ?4, coalesce(min(position), 1) - 1 FROM shared_packages WHERE customer = ?2
        ON CONFLICT (handover) DO UPDATE SET json = excluded.json";
    let json = serde_json::to_string(shared)?;
    let values = params![handover.as_bytes(), customer.as_str(), package.0.as_bytes(), json];
    conn.prepare_cached(SQL)?.execute(values)?;
    Ok(())
}

/// What is known of a customer's shared area, newest first.
pub fn list<T: DeserializeOwned>(conn: &Connection, customer: &CustomerId) -> Result<Vec<T>> {
    const SQL: &str = "SELECT json FROM shared_packages WHERE customer = ?1 ORDER BY position, handover";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows =
        statement.query_map([customer.as_str()], |row| json(row, 0))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// The newest handing over of a package.
pub fn newest<T: DeserializeOwned>(conn: &Connection, package: PackageId) -> Result<Option<T>> {
    const SQL: &str =
        "SELECT json FROM shared_packages WHERE package = ?1 ORDER BY position, handover LIMIT 1";
    let found = conn.prepare_cached(SQL)?.query_row([package.0.as_bytes()], |row| json(row, 0)).optional()?;
    Ok(found)
}

/// One handing over.
pub fn find<T: DeserializeOwned>(conn: &Connection, handover: Uuid) -> Result<Option<T>> {
    const SQL: &str = "SELECT json FROM shared_packages WHERE handover = ?1";
    let found = conn.prepare_cached(SQL)?.query_row([handover.as_bytes()], |row| json(row, 0)).optional()?;
    Ok(found)
}
