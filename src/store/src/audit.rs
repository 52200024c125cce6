//! The audit log: who did what when, appended only, each entry chained to the one before by its hash.
//!
//! Triggers keep the program from changing entries, the chain shows changes made outside it. Somebody who rewrites
//! the whole chain, or cuts its end off, is found only by comparing [`head`] with a copy kept elsewhere.

use chrono::{DateTime, Utc};
use domain::{CustomerKey, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::deed::Deed;
use crate::values::{json, micros, moment, parsed_or_none};
use crate::{OfCustomer, Page, Result, StoreError};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; `None`: the program itself, or nobody was logged in.
    pub actor: Option<UserId>,
    /// What.
    pub deed: Deed,
    /// To what: the identifier of a package, partner, user …
    pub subject: Option<String>,
    /// Whose; `None` for what is no customer's.
    pub customer: Option<CustomerKey>,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Number, from 1 without gaps.
    pub number: i64,
    /// What happened.
    pub event: AuditEvent,
    /// Hash over this entry and the hash before.
    pub hash: [u8; 32],
}

/// What the hash of a new entry covers; see [`Raw::hash`].
const VERSION: u8 = 2;

/// Hash "before" the first entry.
const BEGINNING: [u8; 32] = [0; 32];

/// The last entry's number and hash; zeros if the log is empty.
pub fn head(conn: &Connection) -> Result<(i64, [u8; 32])> {
    const SQL: &str = "SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1";
    let last = conn.prepare_cached(SQL)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(last.unwrap_or((0, BEGINNING)))
}

/// Appends an entry; do it in the transaction of what it tells.
pub fn append(conn: &Connection, event: &AuditEvent) -> Result<AuditEntry> {
    const SQL: &str =
        "INSERT INTO audit_log (seq, at, actor, action, subject, detail, previous, hash, customer, version)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let (last, previous) = head(conn)?;
    let raw = Raw {
        number: last + 1,
        at: micros(event.at),
        actor: event.actor.as_ref().map(ToString::to_string),
        action: event.deed.name().to_owned(),
        subject: event.subject.clone(),
        detail: serde_json::to_string(&event.deed.detail())?,
        customer: event.customer.map(|customer| customer.0),
        version: VERSION,
    };
    let hash = raw.hash(&previous);
    conn.prepare_cached(SQL)?.execute(params![
        raw.number,
        raw.at,
        raw.actor,
        raw.action,
        raw.subject,
        raw.detail,
        previous,
        hash,
        raw.customer,
        raw.version
    ])?;
    Ok(AuditEntry { number: raw.number, event: event.clone(), hash })
}

/// Checks the whole chain; gives the number of entries, or the first one that does not fit.
pub fn verify(conn: &Connection) -> Result<u64> {
    const SQL: &str = "SELECT seq, at, actor, action, subject, detail, customer, version, previous, hash FROM audit_log ORDER BY seq";
    let mut statement = conn.prepare_cached(SQL)?;
    let mut rows = statement.query([])?;
    let mut expected = BEGINNING;
    let mut count: u64 = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        let raw = Raw::read(row)?;
        let (previous, hash): ([u8; 32], [u8; 32]) = (row.get(8)?, row.get(9)?);
        let in_turn = u64::try_from(raw.number) == Ok(count);
        if !in_turn || previous != expected || raw.hash(&previous) != hash {
            return Err(StoreError::AuditBroken { entry: raw.number });
        }
        expected = hash;
    }
    Ok(count)
}

/// All entries of the store, the latest first.
pub fn list(conn: &Connection, page: Page) -> Result<Vec<AuditEntry>> {
    const SQL: &str = "SELECT seq, at, actor, action, subject, detail, hash, customer FROM audit_log
        ORDER BY seq DESC LIMIT ?1 OFFSET ?2";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows =
        statement.query_map(params![page.limit, page.offset], entry)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Entries about one thing of a customer, the latest first.
pub fn about(of: &OfCustomer<'_>, subject: &str, page: Page) -> Result<Vec<AuditEntry>> {
    const SQL: &str = "SELECT seq, at, actor, action, subject, detail, hash, customer FROM audit_log
        WHERE subject = ?1 AND customer = ?2 ORDER BY seq DESC LIMIT ?3 OFFSET ?4";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![subject, of.key(), page.limit, page.offset], entry)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// An entry of a row whose columns are those of [`list`].
pub(crate) fn entry(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    let event = AuditEvent {
        at: moment(row, 1)?,
        actor: parsed_or_none(row, 2)?,
        deed: Deed::read(row.get(3)?, json(row, 5)?),
        subject: row.get(4)?,
        customer: row.get::<_, Option<i64>>(7)?.map(CustomerKey),
    };
    Ok(AuditEntry { number: row.get(0)?, event, hash: row.get(6)? })
}

/// An entry exactly as stored: what is hashed.
struct Raw {
    number: i64,
    at: i64,
    actor: Option<String>,
    action: String,
    subject: Option<String>,
    detail: String,
    customer: Option<i64>,
    version: u8,
}

impl Raw {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            action: row.get(3)?,
            subject: row.get(4)?,
            detail: row.get(5)?,
            customer: row.get(6)?,
            version: row.get(7)?,
        })
    }

    /// SHA-256 of the hash before and every field, each with its length so that no two entries run together.
    fn hash(&self, previous: &[u8; 32]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        // Version 1 knew of no customers; what was found out since about such an entry is not part of it.
        match self.version {
            1 => hasher.update(b"kapocs-audit-v1"),
            _ => {
                hasher.update(b"kapocs-audit-v2");
                hasher.update(self.customer.unwrap_or(0).to_be_bytes());
            }
        }
        hasher.update(previous);
        hasher.update(self.number.to_be_bytes());
        hasher.update(self.at.to_be_bytes());
        let fields = [self.actor.as_deref(), Some(&self.action), self.subject.as_deref(), Some(&self.detail)];
        for field in fields {
            match field {
                Some(text) => {
                    hasher.update([1]);
                    hasher.update((text.len() as u64).to_be_bytes());
                    hasher.update(text.as_bytes());
                }
                None => hasher.update([0]),
            }
        }
        hasher.finalize().into()
    }
}
