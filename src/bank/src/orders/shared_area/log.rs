//! What happened in shared areas: who, when, what, from where. The database itself refuses to change a line, and to
//! delete it before its time, which `pruning.rs` says.

use chrono::{DateTime, Utc};
use domain::{CustomerId, PackageId};
use protocol::SharedPackage;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Asker;
use crate::ground::database::time;
use crate::ground::error::Result;

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Number, rising.
    pub id: i64,
    /// When, by the bank's clock.
    pub at: DateTime<Utc>,
    pub customer: String,
    pub package: String,
    pub handover: String,
    /// `put`, `taken_over`, `withdrawn`, `expired`, or the code of the problem with which it was refused.
    pub outcome: String,
    /// Who; nobody when its day was over.
    pub user: Option<String>,
    /// Through which door: `client` or `web`.
    pub channel: Option<String>,
    /// SHA-256 of the certificate that opened the session.
    pub device: Option<String>,
}

/// Writes down what somebody did, or was refused.
pub(crate) fn write(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    handover: Uuid,
    outcome: &str,
) -> Result<()> {
    db.execute(
        "INSERT INTO shared_log (at, customer, package, handover, outcome, user, channel, device)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            asker.now.timestamp_millis(),
            asker.access.customer.id.as_str(),
            package.to_string(),
            handover.to_string(),
            outcome,
            asker.user.as_str(),
            asker.channel.name(),
            asker.device,
        ],
    )?;
    Ok(())
}

/// Writes down that a package's day was over.
pub(crate) fn write_expired(db: &Connection, shared: &SharedPackage) -> Result<()> {
    db.execute(
        "INSERT INTO shared_log (at, customer, package, handover, outcome) VALUES (?1, ?2, ?3, ?4, 'expired')",
        params![
            shared.expires.timestamp_millis(),
            shared.customer.as_str(),
            shared.package.to_string(),
            shared.handover.to_string(),
        ],
    )?;
    Ok(())
}

/// The newest lines of a customer.
pub(crate) fn of_customer(db: &Connection, customer: &CustomerId, rows: u32) -> Result<Vec<Line>> {
    const SQL: &str =
        "SELECT id, at, customer, package, handover, outcome, user, channel, device FROM shared_log
         WHERE customer = ?1 ORDER BY id DESC LIMIT ?2";
    read(db, SQL, customer.as_str(), rows)
}

/// The newest lines of a package.
pub(crate) fn of_package(db: &Connection, package: PackageId, rows: u32) -> Result<Vec<Line>> {
    const SQL: &str =
        "SELECT id, at, customer, package, handover, outcome, user, channel, device FROM shared_log
         WHERE package = ?1 ORDER BY id DESC LIMIT ?2";
    read(db, SQL, &package.to_string(), rows)
}

fn read(db: &Connection, sql: &str, of: &str, rows: u32) -> Result<Vec<Line>> {
    let mut query = db.prepare_cached(sql)?;
    let mut found = query.query(params![of, rows])?;
    let mut lines = Vec::new();
    while let Some(row) = found.next()? {
        lines.push(Line {
            id: row.get(0)?,
            at: time(row.get(1)?)?,
            customer: row.get(2)?,
            package: row.get(3)?,
            handover: row.get(4)?,
            outcome: row.get(5)?,
            user: row.get(6)?,
            channel: row.get(7)?,
            device: row.get(8)?,
        });
    }
    Ok(lines)
}
