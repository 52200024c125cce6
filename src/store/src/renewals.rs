//! Renewals of a token's certificates: written down before anything is sent, over when the bank knows that the new
//! certificates are in the token.

use chrono::{DateTime, Utc};
use domain::{ConnectionKey, UserId};
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::values::{bad, id, micros, named, parsed};
use crate::{Result, StoreError};

/// How far a renewal got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RenewalState {
    /// Signed and written down; the bank may or may not have it.
    Asked,
    /// The bank has answered with the certificates.
    Answered,
    /// The certificates are in the token; the bank may not know it yet.
    Installed,
    /// The bank knows it.
    Done,
    /// Refused, or the token lost its new keys: a next one begins anew.
    Abandoned,
}

domain::names! {
    pub RenewalState {
        Asked = "asked",
        Answered = "answered",
        Installed = "installed",
        Done = "done",
        Abandoned = "abandoned",
    }
}

/// What is written down before a renewal is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRenewal {
    /// Its id, in the document too.
    pub id: Uuid,
    /// The token's serial number, upper-case hex.
    pub csn: String,
    /// Who asks.
    pub user: UserId,
    /// The exact bytes that were signed.
    pub document: Vec<u8>,
    /// CMS file (DER) over them.
    pub signature: Vec<u8>,
    /// New login key, DER SubjectPublicKeyInfo.
    pub login_key: Vec<u8>,
    /// New signing key, DER SubjectPublicKeyInfo.
    pub signing_key: Vec<u8>,
}

/// A renewal as stored; `T` is the bank's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRenewal<T> {
    /// What was written down first.
    pub asked: NewRenewal,
    /// The bank's answer, once it came.
    pub answer: Option<T>,
    /// How far it got.
    pub state: RenewalState,
}

/// Writes the intent down. A token of which a renewal is under way is refused ([`StoreError::Exists`]).
pub fn create(
    conn: &Connection,
    connection: ConnectionKey,
    asked: &NewRenewal,
    now: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str =
        "INSERT INTO renewals (id, csn, user, document, signature, login_key, signing_key, state,
            created_at, updated_at, connection)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'asked', ?8, ?8, ?9)";
    conn.prepare_cached(SQL)?.execute(params![
        asked.id.as_bytes(),
        asked.csn,
        asked.user.as_str(),
        asked.document,
        asked.signature,
        asked.login_key,
        asked.signing_key,
        micros(now),
        connection.0
    ])?;
    Ok(())
}

/// The renewals that are under way at a connection, the oldest first.
pub fn open<T: DeserializeOwned>(
    conn: &Connection,
    connection: ConnectionKey,
) -> Result<Vec<StoredRenewal<T>>> {
    const SQL: &str = "SELECT id, csn, user, document, signature, login_key, signing_key, answer, state
        FROM renewals WHERE connection = ?1 AND state IN ('asked', 'answered', 'installed') ORDER BY created_at";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement.query_map([connection.0], renewal)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Keeps the bank's answer to a renewal that was asked for.
pub fn answered<T: Serialize>(
    conn: &Connection,
    connection: ConnectionKey,
    renewal: Uuid,
    answer: &T,
    now: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "UPDATE renewals SET answer = ?3, state = 'answered', problem = NULL, updated_at = ?4
        WHERE connection = ?1 AND id = ?2 AND state = 'asked'";
    let answer = serde_json::to_string(answer)?;
    match conn.prepare_cached(SQL)?.execute(params![connection.0, renewal.as_bytes(), answer, micros(now)])? {
        0 => Err(StoreError::NotFound("renewal")),
        _ => Ok(()),
    }
}

/// Moves a renewal that is under way on. `problem` is the code of what went wrong, if it did.
pub fn set_state(
    conn: &Connection,
    connection: ConnectionKey,
    renewal: Uuid,
    to: RenewalState,
    problem: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "UPDATE renewals SET state = ?3, problem = ?4, updated_at = ?5
        WHERE connection = ?1 AND id = ?2 AND state NOT IN ('done', 'abandoned')";
    let values = params![connection.0, renewal.as_bytes(), to.name(), problem, micros(now)];
    match conn.prepare_cached(SQL)?.execute(values)? {
        0 => Err(StoreError::NotFound("renewal")),
        _ => Ok(()),
    }
}

fn renewal<T: DeserializeOwned>(row: &Row<'_>) -> rusqlite::Result<StoredRenewal<T>> {
    let answer: Option<String> = row.get(7)?;
    Ok(StoredRenewal {
        asked: NewRenewal {
            id: id(row, 0)?,
            csn: row.get(1)?,
            user: parsed(row, 2)?,
            document: row.get(3)?,
            signature: row.get(4)?,
            login_key: row.get(5)?,
            signing_key: row.get(6)?,
        },
        answer: answer.map(|text| serde_json::from_str(&text).map_err(bad)).transpose()?,
        state: named(row, 8, RenewalState::from_name)?,
    })
}
