//! Certificates that the bank takes no more: revoked ones, those that were renewed, and those of devices that are
//! suspended or withdrawn. Signatures are checked against them, and sessions that they opened are over.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::ground::error::{BankError, Result};

/// SHA-256 of every certificate that has ended.
///
/// # Errors
/// [`BankError::Database`]; [`BankError::Data`] for a stored text that is no SHA-256.
pub(crate) fn all(db: &Connection, now: DateTime<Utc>) -> Result<Vec<[u8; 32]>> {
    let mut query = db.prepare_cached("SELECT DISTINCT sha256 FROM ended_certificate WHERE since <= ?1")?;
    let rows = query.query_map([now.timestamp_millis()], |row| row.get::<_, String>(0))?;
    rows.map(|text| -> Result<[u8; 32]> {
        let mut fingerprint = [0; 32];
        hex::decode_to_slice(text?, &mut fingerprint).map_err(|e| BankError::data("ended_certificate", e))?;
        Ok(fingerprint)
    })
    .collect()
}

/// Whether the certificate of this SHA-256 (lower-case hex) has ended.
///
/// # Errors
/// [`BankError::Database`].
pub(crate) fn has_ended(db: &Connection, sha256: &str, now: DateTime<Utc>) -> Result<bool> {
    let mut query = db.prepare_cached("SELECT 1 FROM ended_certificate WHERE sha256 = ?1 AND since <= ?2")?;
    Ok(query.exists(params![sha256, now.timestamp_millis()])?)
}

/// Takes a certificate out of use for ever.
///
/// # Errors
/// [`BankError::Database`].
pub(crate) fn revoke(db: &Connection, sha256: &str) -> Result<()> {
    db.execute("INSERT OR IGNORE INTO revoked_certificate (sha256) VALUES (?1)", [sha256])?;
    Ok(())
}

/// What certificates (DER) are told by: their SHA-256, lower-case hex.
pub(crate) fn sha256(der: &[u8]) -> String {
    hex::encode(Sha256::digest(der))
}
