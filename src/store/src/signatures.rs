//! Signatures of documents: one `.p7s` of each signer, exactly as it was made.

use chrono::{DateTime, Utc};
use domain::{PackageId, User};
use rusqlite::{Row, params};

use crate::ids::DocumentId;
use crate::values::{micros, moment, parsed};
use crate::{OfCustomer, Result, StoreError};

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSignature {
    /// Over which document.
    pub document: DocumentId,
    /// Who signed, as the certificate names them.
    pub signer: User,
    /// SHA-256 of the certificate.
    pub certificate: [u8; 32],
    /// When, by the signer's clock.
    pub signed_at: DateTime<Utc>,
    /// The detached CMS signature, DER.
    pub p7s: Vec<u8>,
}

/// Adds a signature; a second one of the same signer over the same document is refused.
pub fn add(of: &OfCustomer<'_>, signature: &StoredSignature) -> Result<()> {
    const SQL: &str = "INSERT INTO signatures (document, user_id, user_name, certificate, signed_at, p7s)
        SELECT d.key, ?3, ?4, ?5, ?6, ?7 FROM documents d JOIN packages p ON p.key = d.package
        WHERE p.customer = ?1 AND d.key = ?2";
    let added = of.prepare_cached(SQL)?.execute(params![
        of.key(),
        signature.document.0,
        signature.signer.id.as_str(),
        signature.signer.name,
        signature.certificate,
        micros(signature.signed_at),
        signature.p7s,
    ])?;
    match added {
        0 => Err(StoreError::NotFound("document")),
        _ => Ok(()),
    }
}

fn signature(row: &Row<'_>) -> rusqlite::Result<StoredSignature> {
    Ok(StoredSignature {
        document: DocumentId(row.get(0)?),
        signer: User { id: parsed(row, 1)?, name: row.get(2)? },
        certificate: row.get(3)?,
        signed_at: moment(row, 4)?,
        p7s: row.get(5)?,
    })
}

/// Signatures over a document, in the order they were made.
pub fn of_document(of: &OfCustomer<'_>, document: DocumentId) -> Result<Vec<StoredSignature>> {
    const SQL: &str = "SELECT s.document, s.user_id, s.user_name, s.certificate, s.signed_at, s.p7s
        FROM signatures s JOIN documents d ON d.key = s.document JOIN packages p ON p.key = d.package
        WHERE p.customer = ?1 AND s.document = ?2 ORDER BY s.key";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement.query_map([of.key(), document.0], signature)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Signatures over the package's present document, in the order they were made.
pub fn of_package(of: &OfCustomer<'_>, package: PackageId) -> Result<Vec<StoredSignature>> {
    const SQL: &str = "SELECT s.document, s.user_id, s.user_name, s.certificate, s.signed_at, s.p7s
        FROM packages p JOIN signatures s ON s.document = p.document
        WHERE p.customer = ?1 AND p.id = ?2 ORDER BY s.key";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![of.key(), package.0.as_bytes()], signature)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Drops every signature over documents of a package, as a step back asks; gives how many. That they existed stays
/// in the audit log.
pub fn drop_all(of: &OfCustomer<'_>, package: PackageId) -> Result<usize> {
    const SQL: &str = "DELETE FROM signatures WHERE document IN (
        SELECT d.key FROM documents d JOIN packages p ON p.key = d.package WHERE p.customer = ?1 AND p.id = ?2)";
    Ok(of.prepare_cached(SQL)?.execute(params![of.key(), package.0.as_bytes()])?)
}
