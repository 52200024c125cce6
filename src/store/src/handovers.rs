//! What we asked of the shared area. A row is written before anything leaves and is over only by the bank's word, so
//! that a lost answer is asked for again under the same identifiers: nothing is parked or taken twice.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{CustomerId, PackageId, PackageState};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::values::{bad, id, micros, moment, named, named_or_none, parsed, parsed_or_none};
use crate::{Result, StoreError};

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HandoverKind {
    /// To park a package.
    Put,
    /// To take one over.
    Take,
    /// To withdraw one's own.
    Withdraw,
}

domain::names! {
    pub HandoverKind {
        Put = "put",
        Take = "take",
        Withdraw = "withdraw",
    }
}

/// Where an asking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HandoverState {
    /// The bank's answer is awaited.
    Asked,
    /// The bank did it.
    Done,
    /// The bank refused it.
    Refused,
}

domain::names! {
    pub HandoverState {
        Asked = "asked",
        Done = "done",
        Refused = "refused",
    }
}

/// What is about to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHandover {
    /// What.
    pub kind: HandoverKind,
    /// Of which package; one that is to be taken over need not be here.
    pub package: PackageId,
    /// Whose.
    pub customer: CustomerId,
    /// The handing over.
    pub handover: Uuid,
    /// Our claim, when taking over.
    pub claim: Option<Uuid>,
    /// State of the package before it was parked.
    pub before: Option<PackageState>,
    /// Last day of its stay, when parking.
    pub expires: Option<NaiveDate>,
}

/// Something asked of the shared area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredHandover {
    /// The row.
    pub key: i64,
    /// What was asked.
    pub asked: NewHandover,
    /// Where it stands.
    pub state: HandoverState,
    /// Code of the last problem, if there was one.
    pub problem: Option<String>,
    /// When the intent was written down.
    pub created_at: DateTime<Utc>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT key, kind, package, customer, handover, claim, before, expires, state, problem, created_at
            FROM handovers ",
            $rest
        )
    };
}

fn handover(row: &Row<'_>) -> rusqlite::Result<StoredHandover> {
    Ok(StoredHandover {
        key: row.get(0)?,
        asked: NewHandover {
            kind: named(row, 1, HandoverKind::from_name)?,
            package: PackageId(id(row, 2)?),
            customer: parsed(row, 3)?,
            handover: id(row, 4)?,
            claim: row.get_ref(5)?.as_blob_or_null()?.map(Uuid::from_slice).transpose().map_err(bad)?,
            before: named_or_none(row, 6, PackageState::from_name)?,
            expires: parsed_or_none(row, 7)?,
        },
        state: named(row, 8, HandoverState::from_name)?,
        problem: row.get(9)?,
        created_at: moment(row, 10)?,
    })
}

/// Writes the intent down. While the bank's answer about the package is awaited, another one is refused
/// ([`StoreError::Exists`]).
pub fn create(conn: &Connection, asked: &NewHandover, now: DateTime<Utc>) -> Result<StoredHandover> {
    const SQL: &str =
        "INSERT INTO handovers (kind, package, customer, handover, claim, before, expires, state,
            created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'asked', ?8, ?8)";
    conn.prepare_cached(SQL)?.execute(params![
        asked.kind.name(),
        asked.package.0.as_bytes(),
        asked.customer.as_str(),
        asked.handover.as_bytes(),
        asked.claim.as_ref().map(Uuid::as_bytes),
        asked.before.map(PackageState::name),
        asked.expires.map(|day| day.to_string()),
        micros(now),
    ])?;
    get(conn, conn.last_insert_rowid())
}

/// One of them.
pub fn get(conn: &Connection, key: i64) -> Result<StoredHandover> {
    const SQL: &str = select!("WHERE key = ?1");
    let found = conn.prepare_cached(SQL)?.query_row([key], handover).optional()?;
    found.ok_or(StoreError::NotFound("handover"))
}

/// Ends an asking by the bank's word; one that is over already stays as it is. Gives whether it was open.
pub fn end(
    conn: &Connection,
    key: i64,
    state: HandoverState,
    problem: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool> {
    const SQL: &str = "UPDATE handovers SET state = ?2, problem = ?3, updated_at = ?4
        WHERE key = ?1 AND state = 'asked'";
    Ok(conn.prepare_cached(SQL)?.execute(params![key, state.name(), problem, micros(now)])? > 0)
}

/// Notes why the bank's answer is still awaited.
pub fn note(conn: &Connection, key: i64, problem: &str, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE handovers SET problem = ?2, updated_at = ?3 WHERE key = ?1 AND state = 'asked'";
    conn.prepare_cached(SQL)?.execute(params![key, problem, micros(now)])?;
    Ok(())
}

/// What is still awaited, the oldest first.
pub fn open(conn: &Connection) -> Result<Vec<StoredHandover>> {
    const SQL: &str = select!("WHERE state = 'asked' ORDER BY key");
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement.query_map([], handover)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// What is still awaited about a package.
pub fn open_of(conn: &Connection, package: PackageId) -> Result<Option<StoredHandover>> {
    const SQL: &str = select!("WHERE package = ?1 AND state = 'asked'");
    Ok(conn.prepare_cached(SQL)?.query_row([package.0.as_bytes()], handover).optional()?)
}

/// The latest parking of a package that the bank has not refused.
pub fn last_put(conn: &Connection, package: PackageId) -> Result<Option<StoredHandover>> {
    const SQL: &str =
        select!("WHERE package = ?1 AND kind = 'put' AND state <> 'refused' ORDER BY key DESC LIMIT 1");
    Ok(conn.prepare_cached(SQL)?.query_row([package.0.as_bytes()], handover).optional()?)
}

/// Whether this store parked a package by that handing over.
pub fn is_ours(conn: &Connection, handover: Uuid) -> Result<bool> {
    const SQL: &str = "SELECT EXISTS (SELECT 1 FROM handovers WHERE kind = 'put' AND handover = ?1)";
    Ok(conn.prepare_cached(SQL)?.query_row([handover.as_bytes()], |row| row.get(0))?)
}
