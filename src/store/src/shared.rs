//! The shared area as the bank told it last: a list that is shown without a connection too.
//!
//! The store knows no protocol: a handing over is kept as the JSON that it came in, beside the columns by which it is
//! looked for.

use domain::PackageId;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::values::json;
use crate::{OfCustomer, Result};

/// Replaces a customer's list by the bank's new one, given newest first as (handover, package, what the bank says).
///
/// What has ended stays, behind the new list, for packages that are here: the bank tells of the last weeks only, and
/// the local copy goes on saying where it went.
pub fn replace<T: Serialize>(
    of: &OfCustomer<'_>,
    list: impl IntoIterator<Item = (Uuid, PackageId, T)>,
) -> Result<()> {
    const OVER: &str = "DELETE FROM shared_packages WHERE customer = ?1
        AND (json ->> 'state' = 'waiting' OR package NOT IN (SELECT id FROM packages WHERE customer = ?1))";
    const BACK: &str = "UPDATE shared_packages SET position = position + ?2 WHERE customer = ?1";
    const SQL: &str = "INSERT INTO shared_packages (customer, handover, package, json, position)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (customer, handover) DO UPDATE SET json = excluded.json, position = excluded.position";
    let list: Vec<_> = list.into_iter().collect();
    of.prepare_cached(OVER)?.execute([of.key()])?;
    of.prepare_cached(BACK)?.execute(params![of.key(), list.len() as i64])?;
    let mut insert = of.prepare_cached(SQL)?;
    for (position, (handover, package, shared)) in (0_i64..).zip(&list) {
        let json = serde_json::to_string(shared)?;
        insert.execute(params![of.key(), handover.as_bytes(), package.0.as_bytes(), json, position])?;
    }
    Ok(())
}

/// Keeps the bank's newest word on one handing over; a new one comes first.
pub fn save<T: Serialize>(of: &OfCustomer<'_>, handover: Uuid, package: PackageId, shared: &T) -> Result<()> {
    const SQL: &str = "INSERT INTO shared_packages (customer, handover, package, json, position)
        SELECT ?1, ?2, ?3, ?4, coalesce(min(position), 1) - 1 FROM shared_packages WHERE customer = ?1
        ON CONFLICT (customer, handover) DO UPDATE SET json = excluded.json";
    let json = serde_json::to_string(shared)?;
    let values = params![of.key(), handover.as_bytes(), package.0.as_bytes(), json];
    of.prepare_cached(SQL)?.execute(values)?;
    Ok(())
}

/// What is known of a customer's shared area, newest first.
pub fn list<T: DeserializeOwned>(of: &OfCustomer<'_>) -> Result<Vec<T>> {
    const SQL: &str = "SELECT json FROM shared_packages WHERE customer = ?1 ORDER BY position, handover";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement.query_map([of.key()], |row| json(row, 0))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// The newest handing over of a package.
pub fn newest<T: DeserializeOwned>(of: &OfCustomer<'_>, package: PackageId) -> Result<Option<T>> {
    const SQL: &str = "SELECT json FROM shared_packages WHERE customer = ?1 AND package = ?2 ORDER BY position, handover LIMIT 1";
    let found = of
        .prepare_cached(SQL)?
        .query_row(params![of.key(), package.0.as_bytes()], |row| json(row, 0))
        .optional()?;
    Ok(found)
}

/// One handing over.
pub fn find<T: DeserializeOwned>(of: &OfCustomer<'_>, handover: Uuid) -> Result<Option<T>> {
    const SQL: &str = "SELECT json FROM shared_packages WHERE customer = ?1 AND handover = ?2";
    let found = of
        .prepare_cached(SQL)?
        .query_row(params![of.key(), handover.as_bytes()], |row| json(row, 0))
        .optional()?;
    Ok(found)
}
