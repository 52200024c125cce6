//! What we asked of the shared area. A row is written before anything leaves and is over only by the bank's word, so
//! that a lost answer is asked for again under the same identifiers: nothing is parked or taken twice.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{CustomerKey, PackageId, PackageState};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::values::{bad, id, micros, moment, named, named_or_none, parsed_or_none};
use crate::{OfCustomer, Result, StoreError};

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
    /// Whose.
    pub customer: CustomerKey,
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
            "SELECT key, kind, package, handover, claim, before, expires, state, problem, created_at,
                customer
            FROM handovers ",
            $rest
        )
    };
}

fn handover(row: &Row<'_>) -> rusqlite::Result<StoredHandover> {
    Ok(StoredHandover {
        key: row.get(0)?,
        customer: CustomerKey(row.get(10)?),
        asked: NewHandover {
            kind: named(row, 1, HandoverKind::from_name)?,
            package: PackageId(id(row, 2)?),
            handover: id(row, 3)?,
            claim: row.get_ref(4)?.as_blob_or_null()?.map(Uuid::from_slice).transpose().map_err(bad)?,
            before: named_or_none(row, 5, PackageState::from_name)?,
            expires: parsed_or_none(row, 6)?,
        },
        state: named(row, 7, HandoverState::from_name)?,
        problem: row.get(8)?,
        created_at: moment(row, 9)?,
    })
}

/// Writes the intent down. While the bank's answer about the package is awaited, another one is refused
/// ([`StoreError::Exists`]).
pub fn create(of: &OfCustomer<'_>, asked: &NewHandover, now: DateTime<Utc>) -> Result<StoredHandover> {
    const SQL: &str =
        "INSERT INTO handovers (customer, kind, package, handover, claim, before, expires, state,
            created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'asked', ?8, ?8)";
    of.prepare_cached(SQL)?.execute(params![
        of.key(),
        asked.kind.name(),
        asked.package.0.as_bytes(),
        asked.handover.as_bytes(),
        asked.claim.as_ref().map(Uuid::as_bytes),
        asked.before.map(PackageState::name),
        asked.expires.map(|day| day.to_string()),
        micros(now),
    ])?;
    get(of, of.last_insert_rowid())
}

/// One of them.
pub fn get(of: &OfCustomer<'_>, key: i64) -> Result<StoredHandover> {
    const SQL: &str = select!("WHERE customer = ?1 AND key = ?2");
    let found = of.prepare_cached(SQL)?.query_row([of.key(), key], handover).optional()?;
    found.ok_or(StoreError::NotFound("handover"))
}

/// Ends an asking by the bank's word; one that is over already stays as it is. Gives whether it was open.
pub fn end(
    of: &OfCustomer<'_>,
    key: i64,
    state: HandoverState,
    problem: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool> {
    const SQL: &str = "UPDATE handovers SET state = ?3, problem = ?4, updated_at = ?5
        WHERE customer = ?1 AND key = ?2 AND state = 'asked'";
    Ok(of.prepare_cached(SQL)?.execute(params![of.key(), key, state.name(), problem, micros(now)])? > 0)
}

/// Notes why the bank's answer is still awaited.
pub fn note(of: &OfCustomer<'_>, key: i64, problem: &str, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE handovers SET problem = ?3, updated_at = ?4
        WHERE customer = ?1 AND key = ?2 AND state = 'asked'";
    of.prepare_cached(SQL)?.execute(params![of.key(), key, problem, micros(now)])?;
    Ok(())
}

/// What of the customer is still awaited, the oldest first.
pub fn open(of: &OfCustomer<'_>) -> Result<Vec<StoredHandover>> {
    const SQL: &str = select!("WHERE customer = ?1 AND state = 'asked' ORDER BY key");
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement.query_map([of.key()], handover)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// What is still awaited about a package.
pub fn open_of(of: &OfCustomer<'_>, package: PackageId) -> Result<Option<StoredHandover>> {
    const SQL: &str = select!("WHERE customer = ?1 AND package = ?2 AND state = 'asked'");
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), package.0.as_bytes()], handover).optional()?)
}

/// The latest parking of a package that the bank has not refused.
pub fn last_put(of: &OfCustomer<'_>, package: PackageId) -> Result<Option<StoredHandover>> {
    const SQL: &str = select!(
        "WHERE customer = ?1 AND package = ?2 AND kind = 'put' AND state <> 'refused'
        ORDER BY key DESC LIMIT 1"
    );
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), package.0.as_bytes()], handover).optional()?)
}

/// Whether this store parked a package of the customer by that handing over.
pub fn is_ours(of: &OfCustomer<'_>, handover: Uuid) -> Result<bool> {
    const SQL: &str = "SELECT EXISTS (
        SELECT 1 FROM handovers WHERE customer = ?1 AND kind = 'put' AND handover = ?2)";
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), handover.as_bytes()], |row| row.get(0))?)
}
