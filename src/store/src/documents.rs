//! Documents: the bytes that are signed, made once of one revision of a package and never changed.

use chrono::{DateTime, Utc};
use domain::PackageId;
use rusqlite::{OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::values::{id, micros, moment};
use crate::{OfCustomer, Result, StoreError, packages};

pub use crate::ids::DocumentId;

/// A document without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentInfo {
    /// Which.
    pub id: DocumentId,
    /// Of which package.
    pub package: PackageId,
    /// Of which revision of it.
    pub revision: u32,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// Number of bytes.
    pub size: u64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Keeps the document made of `revision` of a package and makes it the package's document.
///
/// Fails if the package has changed since. The same bytes again give the document that is here; other bytes for
/// the same revision are refused, because signatures may exist for the first ones.
pub fn save(
    of: &OfCustomer<'_>,
    package: PackageId,
    revision: u32,
    bytes: &[u8],
    now: DateTime<Utc>,
) -> Result<DocumentInfo> {
    const SQL: &str = "INSERT INTO documents (package, revision, sha256, bytes, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    const ATTACH: &str = "UPDATE packages SET document = ?2, updated_at = ?3 WHERE key = ?1";
    let stored = packages::get(of, package)?;
    if stored.revision != revision {
        return Err(StoreError::ContentChanged { made_of: revision, now: stored.revision });
    }
    let key = packages::key(of, package)?;
    let sha256: [u8; 32] = Sha256::digest(bytes).into();
    let id = match of_revision(of, key, revision)? {
        Some(known) if known.sha256 == sha256 => known.id,
        Some(_) => return Err(StoreError::Exists(format!("document of revision {revision}"))),
        None => {
            of.prepare_cached(SQL)?.execute(params![key, revision, sha256, bytes, micros(now)])?;
            DocumentId(of.last_insert_rowid())
        }
    };
    of.prepare_cached(ATTACH)?.execute(params![key, id.0, micros(now)])?;
    info(of, id)
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT d.key, p.id, d.revision, d.sha256, length(d.bytes), d.created_at
            FROM documents d JOIN packages p ON p.key = d.package ",
            $rest
        )
    };
}

fn document(row: &Row<'_>) -> rusqlite::Result<DocumentInfo> {
    Ok(DocumentInfo {
        id: DocumentId(row.get(0)?),
        package: PackageId(id(row, 1)?),
        revision: row.get(2)?,
        sha256: row.get(3)?,
        size: row.get::<_, i64>(4)?.unsigned_abs(),
        created_at: moment(row, 5)?,
    })
}

fn of_revision(of: &OfCustomer<'_>, package: i64, revision: u32) -> Result<Option<DocumentInfo>> {
    const SQL: &str = select!("WHERE p.customer = ?1 AND d.package = ?2 AND d.revision = ?3");
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), package, revision], document).optional()?)
}

/// What a document is, without its bytes.
pub fn info(of: &OfCustomer<'_>, id: DocumentId) -> Result<DocumentInfo> {
    const SQL: &str = select!("WHERE p.customer = ?1 AND d.key = ?2");
    let found = of.prepare_cached(SQL)?.query_row([of.key(), id.0], document).optional()?;
    found.ok_or(StoreError::NotFound("document"))
}

/// The document made of the package's present revision, if one was made.
pub fn of_package(of: &OfCustomer<'_>, package: PackageId) -> Result<Option<DocumentInfo>> {
    const SQL: &str = select!("WHERE p.customer = ?1 AND p.id = ?2 AND d.key = p.document");
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), package.0.as_bytes()], document).optional()?)
}

/// The exact bytes of a document, checked against their fingerprint.
pub fn bytes(of: &OfCustomer<'_>, id: DocumentId) -> Result<Vec<u8>> {
    const SQL: &str = "SELECT d.bytes, d.sha256 FROM documents d JOIN packages p ON p.key = d.package
        WHERE p.customer = ?1 AND d.key = ?2";
    let found: Option<(Vec<u8>, [u8; 32])> = of
        .prepare_cached(SQL)?
        .query_row([of.key(), id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (bytes, sha256) = found.ok_or(StoreError::NotFound("document"))?;
    if Sha256::digest(&bytes).as_slice() != sha256 {
        return Err(StoreError::DamagedInUse("a document does not match its fingerprint".to_owned()));
    }
    Ok(bytes)
}
