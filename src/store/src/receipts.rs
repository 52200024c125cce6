//! Receipts: the bank's signed word that it has a package, kept byte for byte.

use chrono::{DateTime, Utc};
use domain::PackageId;
use rusqlite::{OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::values::{micros, moment};
use crate::{OfCustomer, Result, packages};

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReceipt {
    /// The receipt's exact bytes.
    pub bytes: Vec<u8>,
    /// The bank's detached CMS signature over them, DER.
    pub cms: Vec<u8>,
    /// When it arrived here.
    pub received_at: DateTime<Utc>,
}

/// Keeps a receipt; the same one again changes nothing. Gives whether it was new.
pub fn save(of: &OfCustomer<'_>, package: PackageId, receipt: &StoredReceipt) -> Result<bool> {
    const SQL: &str = "INSERT INTO receipts (package, sha256, bytes, cms, received_at)
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (package, sha256) DO NOTHING";
    let key = packages::key(of, package)?;
    let sha256: [u8; 32] = Sha256::digest(&receipt.bytes).into();
    let values = params![key, sha256, receipt.bytes, receipt.cms, micros(receipt.received_at)];
    Ok(of.prepare_cached(SQL)?.execute(values)? > 0)
}

fn receipt(row: &Row<'_>) -> rusqlite::Result<StoredReceipt> {
    Ok(StoredReceipt { bytes: row.get(0)?, cms: row.get(1)?, received_at: moment(row, 2)? })
}

/// The latest receipt of a package.
pub fn latest(of: &OfCustomer<'_>, package: PackageId) -> Result<Option<StoredReceipt>> {
    const SQL: &str =
        "SELECT r.bytes, r.cms, r.received_at FROM receipts r JOIN packages p ON p.key = r.package
        WHERE p.customer = ?1 AND p.id = ?2 ORDER BY r.key DESC LIMIT 1";
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), package.0.as_bytes()], receipt).optional()?)
}
