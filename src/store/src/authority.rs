//! The authority table of each customer, as the bank sent it last.

use chrono::{DateTime, Utc};
use domain::AuthorityTable;
use rusqlite::{OptionalExtension, params};

use crate::values::{json, micros};
use crate::{OfCustomer, Result};

/// Keeps a customer's table. An older version than the one here is not taken; gives whether it was.
pub fn save(of: &OfCustomer<'_>, table: &AuthorityTable, now: DateTime<Utc>) -> Result<bool> {
    const SQL: &str =
        "INSERT INTO authority_tables (customer, version, json, fetched_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (customer) DO UPDATE
        SET version = excluded.version, json = excluded.json, fetched_at = excluded.fetched_at
        WHERE excluded.version >= authority_tables.version";
    let values = params![of.key(), table.version, serde_json::to_string(table)?, micros(now)];
    Ok(of.prepare_cached(SQL)?.execute(values)? > 0)
}

/// The customer's table, if the bank has sent one.
pub fn find(of: &OfCustomer<'_>) -> Result<Option<AuthorityTable>> {
    const SQL: &str = "SELECT json FROM authority_tables WHERE customer = ?1";
    Ok(of.prepare_cached(SQL)?.query_row([of.key()], |row| json(row, 0)).optional()?)
}
