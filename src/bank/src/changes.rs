//! The log of changes behind cursors and server-sent events. It is written in the transaction that makes
//! the change, so no change is ever without its line.

use domain::{CustomerId, PackageId};
use protocol::Event;
use rusqlite::{Connection, params};

use crate::Result;
use crate::database::parse;

/// A package of the customer changed.
pub fn package(db: &Connection, customer: &CustomerId, package: PackageId) -> Result<()> {
    db.prepare_cached("INSERT INTO change (customer, package) VALUES (?1, ?2)")?
        .execute(params![customer.as_str(), package.to_string()])?;
    Ok(())
}

/// A balance of the customer changed.
pub fn balance(db: &Connection, customer: &CustomerId, account: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO change (customer, account) VALUES (?1, ?2)")?
        .execute(params![customer.as_str(), account])?;
    Ok(())
}

/// Number of the last change.
pub fn last(db: &Connection) -> Result<u64> {
    let last: i64 = db
        .prepare_cached("SELECT COALESCE(MAX(sequence), 0) FROM change")?
        .query_row([], |row| row.get(0))?;
    Ok(u64::try_from(last).unwrap_or(0))
}

/// Up to `limit` changes after `sequence`, of all customers: the reader keeps what is its own.
pub fn after(db: &Connection, sequence: u64, limit: u32) -> Result<Vec<(u64, Event)>> {
    let mut query = db.prepare_cached(
        "SELECT sequence, customer, package, account FROM change WHERE sequence > ?1 ORDER BY sequence LIMIT ?2",
    )?;
    let mut rows = query.query(params![i64::try_from(sequence).unwrap_or(i64::MAX), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let sequence: i64 = row.get(0)?;
        let customer = parse("change.customer", &row.get::<_, String>(1)?)?;
        let package: Option<String> = row.get(2)?;
        let account: Option<String> = row.get(3)?;
        let event = match (package, account) {
            (Some(id), _) => Event::PackageChanged { customer, package: parse("change.package", &id)? },
            (None, Some(key)) => Event::BalanceChanged { customer, account: parse("change.account", &key)? },
            (None, None) => continue,
        };
        found.push((u64::try_from(sequence).unwrap_or(0), event));
    }
    Ok(found)
}
