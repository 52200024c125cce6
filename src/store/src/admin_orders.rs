//! Orders of self-administration packages: recording one, reading them back, and what the bank says of each.

use chrono::{DateTime, Utc};
use domain::{AdminAction, AdminOrder, OrderId, PackageId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::orders::{BankState, BankStatus};
use crate::values::{id, json, micros, moment_or_none, named_or_none};
use crate::{Result, StoreError, packages};

/// A self-administration order as it stands in its package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAdminOrder {
    /// The order.
    pub order: AdminOrder,
    /// Its package.
    pub package: PackageId,
    /// Its place in the package, from 1.
    pub position: u32,
    /// What the bank says; `None` while the order is only ours. Its route is always `None`.
    pub status: Option<BankStatus>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.json, p.id, a.position, a.bank_state, a.reason, a.decided_at
            FROM admin_orders a JOIN packages p ON p.key = a.package ",
            $rest
        )
    };
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredAdminOrder> {
    let status = match named_or_none(row, 4, BankState::from_name)? {
        Some(state) => {
            Some(BankStatus { state, route: None, reason: row.get(5)?, decided_at: moment_or_none(row, 6)? })
        }
        None => None,
    };
    let action: AdminAction = json(row, 1)?;
    Ok(StoredAdminOrder {
        order: AdminOrder { id: OrderId(id(row, 0)?), action },
        package: PackageId(id(row, 2)?),
        position: row.get(3)?,
        status,
    })
}

/// Adds an order behind the last one of a recorded package.
pub fn insert(conn: &Connection, package: PackageId, order: &AdminOrder, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "INSERT INTO admin_orders (id, package, position, json)
        VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM admin_orders WHERE package = ?2), ?3)";
    let key = packages::content_changes(conn, package, now)?;
    let values = params![order.id.0.as_bytes(), key, serde_json::to_string(&order.action)?];
    conn.prepare_cached(SQL)?.execute(values)?;
    packages::add_to_totals(conn, key, 1, 0)
}

/// Replaces an order of a recorded package by its changed form, in its place.
pub fn replace(conn: &Connection, order: &AdminOrder, now: DateTime<Utc>) -> Result<()> {
    let _: i64 = packages::content_changes(conn, get(conn, order.id)?.package, now)?;
    conn.prepare_cached("UPDATE admin_orders SET json = ?2 WHERE id = ?1")?
        .execute(params![order.id.0.as_bytes(), serde_json::to_string(&order.action)?])?;
    Ok(())
}

/// Takes an order out of its recorded package.
pub fn remove(conn: &Connection, id: OrderId, now: DateTime<Utc>) -> Result<()> {
    let key = packages::content_changes(conn, get(conn, id)?.package, now)?;
    conn.prepare_cached("DELETE FROM admin_orders WHERE id = ?1")?.execute([id.0.as_bytes()])?;
    packages::add_to_totals(conn, key, -1, 0)
}

/// One order, if it is here.
pub fn find(conn: &Connection, id: OrderId) -> Result<Option<StoredAdminOrder>> {
    const SQL: &str = select!("WHERE a.id = ?1");
    Ok(conn.prepare_cached(SQL)?.query_row([id.0.as_bytes()], stored).optional()?)
}

/// One order.
pub fn get(conn: &Connection, id: OrderId) -> Result<StoredAdminOrder> {
    find(conn, id)?.ok_or(StoreError::NotFound("order"))
}

/// Orders of a package, in its order.
pub fn of_package(conn: &Connection, package: PackageId) -> Result<Vec<StoredAdminOrder>> {
    const SQL: &str = select!("WHERE p.id = ?1 ORDER BY a.position");
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement.query_map([package.0.as_bytes()], stored)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Keeps what the bank says of an order. The bank's final word stays final: an older state arriving again changes
/// nothing. Gives whether anything changed.
pub fn set_status(conn: &Connection, id: OrderId, status: &BankStatus) -> Result<bool> {
    const SQL: &str = "UPDATE admin_orders SET bank_state = ?2, reason = ?3, decided_at = ?4
        WHERE id = ?1 AND bank_state IS NOT NULL
            AND (bank_state NOT IN ('executed', 'rejected') OR ?2 = bank_state)
            AND (bank_state, reason, decided_at) IS NOT (?2, ?3, ?4)";
    let values = params![id.0.as_bytes(), status.state.name(), status.reason, status.decided_at.map(micros)];
    if conn.prepare_cached(SQL)?.execute(values)? > 0 {
        return Ok(true);
    }
    match get(conn, id)?.status {
        Some(_) => Ok(false),
        // The bank speaks of an order that has never left: somebody must look, not the next sync.
        None => Err(StoreError::StateChanged { expected: "sending", found: "none".to_owned() }),
    }
}
