//! The rows of the web client's packages and their signatures. Each change of a row is told to the customer's open
//! pages as one of the shared area, which the protocol has a word for: both stand on the same page.

use chrono::{DateTime, Utc};
use domain::{CustomerId, PackageId, User, UserId};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Signature;
use crate::ground::changes;
use crate::ground::database::{from_json, named, parse, time, to_json};
use crate::ground::error::{BankError, Result};
use crate::orders::shared_area::{About, Asker};

/// What was done with a package here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Prepared,
    Shared,
    Sent,
    Deleted,
}

domain::names! {
    State {
        Prepared = "prepared",
        Shared = "shared",
        Sent = "sent",
        Deleted = "deleted",
    }
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub package: PackageId,
    pub document: Vec<u8>,
    /// Their SHA-256.
    pub document_sha256: [u8; 32],
    pub about: About,
    /// The claim that holds it.
    pub claim: Option<Uuid>,
    /// The handing over by which it came or left last.
    pub handover: Option<Uuid>,
    /// Identifier of sending these bytes.
    pub attempt: Uuid,
    /// What was done with it.
    pub state: State,
    /// Who made it or took it over.
    pub created_by: User,
    pub created_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
}

/// What a new or changed package consists of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content<'a> {
    pub package: PackageId,
    pub document: &'a [u8],
    /// Their SHA-256.
    pub document_sha256: [u8; 32],
    pub about: &'a About,
    /// The claim that holds it.
    pub claim: Option<Uuid>,
    /// The handing over by which it came.
    pub handover: Option<Uuid>,
}

const COLUMNS: &str = "w.id, w.document, w.document_sha256, w.about, w.claim, w.handover, w.attempt, w.state,
    w.created_by, u.name, w.created_at, w.updated_at FROM web_package w JOIN bank_user u ON u.id = w.created_by";

/// The customer's package of that id.
pub(super) fn find(db: &Connection, customer: &CustomerId, package: PackageId) -> Result<Option<Row>> {
    let mut query = db.prepare_cached(&format!("SELECT {COLUMNS} WHERE w.customer = ?1 AND w.id = ?2"))?;
    let mut rows = query.query(params![customer.as_str(), package.to_string()])?;
    rows.next()?.map(read).transpose()
}

/// The customer's packages that are here or were parked, newest first.
pub(super) fn all(db: &Connection, customer: &CustomerId) -> Result<Vec<Row>> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS} WHERE w.customer = ?1 AND w.state IN ('prepared', 'shared')
         ORDER BY w.created_at DESC, w.id"
    ))?;
    let mut rows = query.query([customer.as_str()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &rusqlite::Row<'_>) -> Result<Row> {
    let uuid = |column: usize| -> Result<Option<Uuid>> {
        let text: Option<String> = row.get(column)?;
        text.map(|text| parse("web_package uuid", &text)).transpose()
    };
    Ok(Row {
        package: parse("web_package.id", &row.get::<_, String>(0)?)?,
        document: row.get(1)?,
        document_sha256: row.get(2)?,
        about: from_json("web_package.about", &row.get::<_, String>(3)?)?,
        claim: uuid(4)?,
        handover: uuid(5)?,
        attempt: uuid(6)?.ok_or_else(|| BankError::data("web_package.attempt", "none"))?,
        state: named("web_package.state", &row.get::<_, String>(7)?, State::from_name)?,
        created_by: User {
            id: parse("web_package.created_by", &row.get::<_, String>(8)?)?,
            name: row.get(9)?,
        },
        created_at: time(row.get(10)?)?,
        updated_at: time(row.get(11)?)?,
    })
}

/// Writes a package down as prepared by the asker, in the place of an earlier one of that id.
pub(super) fn put(db: &Connection, asker: &Asker<'_>, new: &Content<'_>) -> Result<()> {
    let customer = asker.access.customer.id.as_str();
    drop_signatures(db, &asker.access.customer.id, new.package)?;
    db.execute(
        "INSERT INTO web_package (id, customer, document, document_sha256, about, claim, handover, attempt, state,
            created_by, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'prepared', ?9, ?10, ?10)
         ON CONFLICT (customer, id) DO UPDATE SET document = excluded.document,
            document_sha256 = excluded.document_sha256, about = excluded.about, claim = excluded.claim,
            handover = excluded.handover, attempt = excluded.attempt, state = excluded.state,
            created_by = excluded.created_by, created_at = excluded.created_at, updated_at = excluded.updated_at",
        params![
            new.package.to_string(),
            customer,
            new.document,
            new.document_sha256,
            to_json(new.about)?,
            new.claim.map(|claim| claim.to_string()),
            new.handover.map(|handover| handover.to_string()),
            Uuid::new_v4().to_string(),
            asker.user.as_str(),
            asker.now.timestamp_millis(),
        ],
    )?;
    changes::shared(db, &asker.access.customer.id, new.package)
}

/// Gives a package other bytes; signatures over the old ones go. Gives how many went.
pub(super) fn replace(db: &Connection, asker: &Asker<'_>, new: &Content<'_>) -> Result<usize> {
    let customer = &asker.access.customer.id;
    db.execute(
        "UPDATE web_package SET document = ?3, document_sha256 = ?4, about = ?5, attempt = ?6, state = 'prepared',
            updated_at = ?7 WHERE customer = ?1 AND id = ?2",
        params![
            customer.as_str(),
            new.package.to_string(),
            new.document,
            new.document_sha256,
            to_json(new.about)?,
            Uuid::new_v4().to_string(),
            asker.now.timestamp_millis(),
        ],
    )?;
    changes::shared(db, customer, new.package)?;
    drop_signatures(db, customer, new.package)
}

/// Notes what was done with a package; `handover` is kept if none is given.
pub(super) fn set_state(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    state: State,
    handover: Option<Uuid>,
) -> Result<()> {
    db.execute(
        "UPDATE web_package SET state = ?3, handover = COALESCE(?4, handover), updated_at = ?5
         WHERE customer = ?1 AND id = ?2",
        params![
            asker.access.customer.id.as_str(),
            package.to_string(),
            state.name(),
            handover.map(|handover| handover.to_string()),
            asker.now.timestamp_millis(),
        ],
    )?;
    changes::shared(db, &asker.access.customer.id, package)
}

/// Drops every signature of a package; gives how many there were.
pub(super) fn drop_signatures(db: &Connection, customer: &CustomerId, package: PackageId) -> Result<usize> {
    let dropped = db.execute(
        "DELETE FROM web_package_signature WHERE customer = ?1 AND package = ?2",
        params![customer.as_str(), package.to_string()],
    )?;
    Ok(dropped)
}

/// Adds a verified signature.
pub(super) fn add_signature(
    db: &Connection,
    asker: &Asker<'_>,
    package: PackageId,
    signer: &UserId,
    cms: &[u8],
) -> Result<()> {
    let values = params![
        asker.access.customer.id.as_str(),
        package.to_string(),
        signer.as_str(),
        cms,
        asker.now.timestamp_millis(),
    ];
    db.execute(
        "INSERT INTO web_package_signature (customer, package, signer, cms, signed_at, position)
         SELECT ?1, ?2, ?3, ?4, ?5, COUNT(*) FROM web_package_signature WHERE customer = ?1 AND package = ?2",
        values,
    )?;
    db.execute(
        "UPDATE web_package SET updated_at = ?3 WHERE customer = ?1 AND id = ?2",
        params![asker.access.customer.id.as_str(), package.to_string(), asker.now.timestamp_millis()],
    )?;
    changes::shared(db, &asker.access.customer.id, package)
}

/// The signatures of a package, oldest first.
pub(super) fn signatures(
    db: &Connection,
    customer: &CustomerId,
    package: PackageId,
) -> Result<Vec<Signature>> {
    let mut query = db.prepare_cached(
        "SELECT s.signer, COALESCE(u.name, ''), s.cms, s.signed_at FROM web_package_signature s
         LEFT JOIN bank_user u ON u.id = s.signer WHERE s.customer = ?1 AND s.package = ?2 ORDER BY s.position",
    )?;
    let mut rows = query.query(params![customer.as_str(), package.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Signature {
            signer: User {
                id: parse("web_package_signature.signer", &row.get::<_, String>(0)?)?,
                name: row.get(1)?,
            },
            cms: row.get(2)?,
            at: time(row.get(3)?)?,
        });
    }
    Ok(found)
}
