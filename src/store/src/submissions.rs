//! Submissions: the outbox. A row is written before the first byte leaves, and is over only by the bank's word.

use chrono::{DateTime, Utc};
use domain::submission::SubmissionState;
use domain::{CustomerKey, PackageId};
use rusqlite::{OptionalExtension, Row, params};

use crate::ids::DocumentId;
use crate::values::{id, micros, moment, named};
use crate::{OfCustomer, Result, StoreError, packages};

pub use crate::ids::SubmissionId;

/// A row of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSubmission {
    /// Which.
    pub id: SubmissionId,
    /// Whose.
    pub customer: CustomerKey,
    /// Which package is sent.
    pub package: PackageId,
    /// Which document of it.
    pub document: DocumentId,
    /// SHA-256 of the document's bytes.
    pub document_sha256: [u8; 32],
    /// Where it stands.
    pub state: SubmissionState,
    /// How often sending was begun.
    pub attempts: u32,
    /// Code of the last problem, if there was one.
    pub last_problem: Option<String>,
    /// When the intent was written down.
    pub created_at: DateTime<Utc>,
    /// When it moved last.
    pub updated_at: DateTime<Utc>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.key, p.id, s.document, s.document_sha256, s.state, s.attempts, s.last_problem, s.created_at,
                s.updated_at, p.customer
            FROM submissions s JOIN packages p ON p.key = s.package ",
            $rest
        )
    };
}

fn submission(row: &Row<'_>) -> rusqlite::Result<StoredSubmission> {
    Ok(StoredSubmission {
        id: SubmissionId(row.get(0)?),
        customer: CustomerKey(row.get(9)?),
        package: PackageId(id(row, 1)?),
        document: DocumentId(row.get(2)?),
        document_sha256: row.get(3)?,
        state: named(row, 4, SubmissionState::from_name)?,
        attempts: row.get(5)?,
        last_problem: row.get(6)?,
        created_at: moment(row, 7)?,
        updated_at: moment(row, 8)?,
    })
}

/// Writes the intent down to send the package's present document. A package that has a submission which is not
/// over is refused ([`StoreError::Exists`]).
pub fn create(of: &OfCustomer<'_>, package: PackageId, now: DateTime<Utc>) -> Result<StoredSubmission> {
    const SQL: &str =
        "INSERT INTO submissions (package, document, document_sha256, state, created_at, updated_at)
        SELECT d.package, d.key, d.sha256, 'created', ?2, ?2
        FROM packages p JOIN documents d ON d.key = p.document AND d.revision = p.revision WHERE p.key = ?1";
    let key = packages::key(of, package)?;
    match of.prepare_cached(SQL)?.execute(params![key, micros(now)])? {
        0 => Err(StoreError::NotFound("document")),
        _ => get(of, SubmissionId(of.last_insert_rowid())),
    }
}

/// One submission.
pub fn get(of: &OfCustomer<'_>, id: SubmissionId) -> Result<StoredSubmission> {
    const SQL: &str = select!("WHERE p.customer = ?1 AND s.key = ?2");
    let found = of.prepare_cached(SQL)?.query_row([of.key(), id.0], submission).optional()?;
    found.ok_or(StoreError::NotFound("submission"))
}

/// Moves a submission, as [`SubmissionState::apply`] has allowed; fails if it is no longer in `from`. Going to
/// `Sending` counts an attempt. `problem` is the code of what went wrong, if it did.
pub fn set_state(
    of: &OfCustomer<'_>,
    id: SubmissionId,
    from: SubmissionState,
    to: SubmissionState,
    problem: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "UPDATE submissions SET state = ?4, updated_at = ?5, last_problem = ?6,
            attempts = attempts + (?4 = 'sending')
        WHERE key = ?2 AND state = ?3 AND package IN (SELECT key FROM packages WHERE customer = ?1)";
    let values = params![of.key(), id.0, from.name(), to.name(), micros(now), problem];
    if of.prepare_cached(SQL)?.execute(values)? > 0 {
        return Ok(());
    }
    let found = get(of, id)?.state.name().to_owned();
    Err(StoreError::StateChanged { expected: from.name(), found })
}

/// Submissions of the customer that are not over, the oldest first: what must be sent or asked about.
pub fn open(of: &OfCustomer<'_>) -> Result<Vec<StoredSubmission>> {
    const SQL: &str =
        select!("WHERE p.customer = ?1 AND s.state IN ('created', 'sending', 'unknown') ORDER BY s.key");
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement.query_map([of.key()], submission)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Submissions of a package, the latest first.
pub fn of_package(of: &OfCustomer<'_>, package: PackageId) -> Result<Vec<StoredSubmission>> {
    const SQL: &str = select!("WHERE p.customer = ?1 AND p.id = ?2 ORDER BY s.key DESC");
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![of.key(), package.0.as_bytes()], submission)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
