//! Packages: their header, totals and state. Lists for screens are in [`crate::package_lists`].
//!
//! Content (header and orders) changes only while a package is recorded, and every change raises its revision, so
//! that a document made before cannot be signed for what stands here after.

use chrono::{DateTime, Utc};
use domain::{Currency, Money, OrderType, PackageHeader, PackageId, PackageState};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::ids::DocumentId;
use crate::values::{
    LARGEST_TOTAL, bad, id, micros, moment, moment_or_none, money, named, parsed, parsed_or_none,
};
use crate::{OfCustomer, Result, StoreError};

/// A package without its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPackage {
    /// What its orders share.
    pub header: PackageHeader,
    /// Where it is in its life.
    pub state: PackageState,
    /// Rises with every change of content.
    pub revision: u32,
    /// The document made of this revision, if one was made.
    pub document: Option<DocumentId>,
    /// Number of orders.
    pub count: u32,
    /// Sum of the orders' amounts.
    pub total: Money,
    /// Code of what went wrong with it last, if it did.
    pub last_error: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When anything about it changed last.
    pub updated_at: DateTime<Utc>,
    /// When sending began last.
    pub sent_at: Option<DateTime<Utc>>,
    /// The claim under which we took it over from the shared area, if we did.
    pub claim: Option<Uuid>,
}

/// Columns of [`package`], of a table `packages p`.
macro_rules! columns {
    () => {
        "p.id, (SELECT id FROM customers WHERE key = p.customer), p.name, p.order_type, p.debit_account, p.instant, p.scheduled, p.state, p.revision,
        p.document, p.order_count, p.total, p.currency, p.last_error, p.created_at, p.updated_at, p.sent_at,
        p.claim"
    };
}
pub(crate) use columns;

pub(crate) fn package(row: &Row<'_>) -> rusqlite::Result<StoredPackage> {
    Ok(StoredPackage {
        header: PackageHeader {
            id: PackageId(id(row, 0)?),
            customer: parsed(row, 1)?,
            name: parsed(row, 2)?,
            order_type: named(row, 3, OrderType::from_code)?,
            debit_account: parsed_or_none(row, 4)?,
            instant: row.get(5)?,
            scheduled: parsed_or_none(row, 6)?,
        },
        state: named(row, 7, PackageState::from_name)?,
        revision: row.get(8)?,
        document: row.get::<_, Option<i64>>(9)?.map(DocumentId),
        count: row.get(10)?,
        total: money(row, 11, 12)?,
        last_error: row.get(13)?,
        created_at: moment(row, 14)?,
        updated_at: moment(row, 15)?,
        sent_at: moment_or_none(row, 16)?,
        claim: row.get_ref(17)?.as_blob_or_null()?.map(Uuid::from_slice).transpose().map_err(bad)?,
    })
}

/// Records a package without orders.
pub fn create(of: &OfCustomer<'_>, header: &PackageHeader, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str =
        "INSERT INTO packages (customer, id, name, order_type, debit_account, instant, scheduled,
            state, currency, created_at, updated_at)
        SELECT c.key, ?2, ?4, ?5, ?6, ?7, ?8, 'recorded', ?9, ?10, ?10
        FROM customers c WHERE c.key = ?1 AND c.id = ?3";
    let created = of.prepare_cached(SQL)?.execute(params![
        of.key(),
        header.id.0.as_bytes(),
        header.customer.as_str(),
        header.name.as_str(),
        header.order_type.code(),
        header.debit_account.map(|a| a.digits24()),
        header.instant,
        header.scheduled.map(|d| d.to_string()),
        Currency::HUF.code(),
        micros(now),
    ])?;
    // The header's customer goes into the signed document: it must be the one that the row belongs to.
    match created {
        0 => Err(StoreError::NotFound("customer")),
        _ => Ok(()),
    }
}

/// One package, if it is here.
pub fn find(of: &OfCustomer<'_>, id: PackageId) -> Result<Option<StoredPackage>> {
    const SQL: &str = concat!("SELECT ", columns!(), " FROM packages p WHERE p.customer = ?1 AND p.id = ?2");
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), id.0.as_bytes()], package).optional()?)
}

/// One package.
pub fn get(of: &OfCustomer<'_>, id: PackageId) -> Result<StoredPackage> {
    find(of, id)?.ok_or(StoreError::NotFound("package"))
}

/// The customer's latest recorded package into which an order with this header data fits (type, account, tick and
/// scheduled date; not identifier and name).
pub fn find_open(of: &OfCustomer<'_>, like: &PackageHeader) -> Result<Option<StoredPackage>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM packages p WHERE p.customer = ?1 AND p.state = 'recorded' AND p.order_type = ?2
            AND p.debit_account IS ?3 AND p.instant = ?4 AND p.scheduled IS ?5
        ORDER BY p.updated_at DESC, p.key DESC LIMIT 1"
    );
    let values = params![
        of.key(),
        like.order_type.code(),
        like.debit_account.map(|a| a.digits24()),
        like.instant,
        like.scheduled.map(|d| d.to_string()),
    ];
    Ok(of.prepare_cached(SQL)?.query_row(values, package).optional()?)
}

/// Changes name, account, tick and scheduled date of a recorded package.
pub fn update_header(of: &OfCustomer<'_>, header: &PackageHeader, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str =
        "UPDATE packages SET name = ?2, debit_account = ?3, instant = ?4, scheduled = ?5 WHERE key = ?1";
    let key = content_changes(of, header.id, now)?;
    of.prepare_cached(SQL)?.execute(params![
        key,
        header.name.as_str(),
        header.debit_account.map(|a| a.digits24()),
        header.instant,
        header.scheduled.map(|d| d.to_string()),
    ])?;
    Ok(())
}

/// Moves a package from one state to another, as [`domain::package::apply`] has allowed; fails if it is no longer
/// in `from`.
///
/// Its orders follow where the bank has not spoken yet: they count as being sent when sending begins, as received
/// when the bank has confirmed (also from another hand that took the package over or has it from a file), and as ours
/// again when it never got them.
pub fn set_state(
    of: &OfCustomer<'_>,
    id: PackageId,
    from: PackageState,
    to: PackageState,
    now: DateTime<Utc>,
) -> Result<()> {
    const SQL: &str = "UPDATE packages SET state = ?4, updated_at = ?5,
            sent_at = CASE ?4 WHEN 'sending' THEN ?5 WHEN 'sent' THEN coalesce(sent_at, ?5) ELSE sent_at END
        WHERE customer = ?1 AND id = ?2 AND state = ?3";
    let values = params![of.key(), id.0.as_bytes(), from.name(), to.name(), micros(now)];
    if of.prepare_cached(SQL)?.execute(values)? == 0 {
        return Err(moved(of, id, from));
    }
    let follow = match (from, to) {
        (_, PackageState::Sending) => {
            "UPDATE orders SET bank_state = 'sending'
            WHERE package = (SELECT key FROM packages WHERE customer = ?1 AND id = ?2) AND bank_state IS NULL"
        }
        (PackageState::Sending, PackageState::Signed) => {
            "UPDATE orders SET bank_state = NULL, route = NULL, reason = NULL, due = NULL, decided_at = NULL
            WHERE package = (SELECT key FROM packages WHERE customer = ?1 AND id = ?2) AND bank_state IS NOT NULL"
        }
        (_, PackageState::Sent) => {
            "UPDATE orders SET bank_state = 'received'
            WHERE package = (SELECT key FROM packages WHERE customer = ?1 AND id = ?2)
                AND (bank_state IS NULL OR bank_state = 'sending')"
        }
        _ => return Ok(()),
    };
    let _: usize = of.prepare_cached(follow)?.execute(params![of.key(), id.0.as_bytes()])?;
    Ok(())
}

/// Keeps the code of what went wrong with the package last; `None` when it went well.
pub fn set_error(of: &OfCustomer<'_>, id: PackageId, code: Option<&str>, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE packages SET last_error = ?3, updated_at = ?4 WHERE customer = ?1 AND id = ?2";
    match of.prepare_cached(SQL)?.execute(params![of.key(), id.0.as_bytes(), code, micros(now)])? {
        0 => Err(StoreError::NotFound("package")),
        _ => Ok(()),
    }
}

/// Keeps the claim under which the package was taken over from the shared area.
pub fn set_claim(of: &OfCustomer<'_>, id: PackageId, claim: Uuid) -> Result<()> {
    const SQL: &str = "UPDATE packages SET claim = ?3 WHERE customer = ?1 AND id = ?2";
    match of.prepare_cached(SQL)?.execute(params![of.key(), id.0.as_bytes(), claim.as_bytes()])? {
        0 => Err(StoreError::NotFound("package")),
        _ => Ok(()),
    }
}

/// Begins a change of content: only of a recorded package, whose revision rises and whose document no longer
/// holds. Gives its key.
pub(crate) fn content_changes(of: &OfCustomer<'_>, id: PackageId, now: DateTime<Utc>) -> Result<i64> {
    const SQL: &str = "UPDATE packages SET revision = revision + 1, document = NULL, updated_at = ?3
        WHERE customer = ?1 AND id = ?2 AND state = 'recorded' RETURNING key";
    let key = of
        .prepare_cached(SQL)?
        .query_row(params![of.key(), id.0.as_bytes(), micros(now)], |row| row.get(0))
        .optional()?;
    key.ok_or_else(|| moved(of, id, PackageState::Recorded))
}

/// Adds to (or takes from) a package's number of orders and total.
pub(crate) fn add_to_totals(of: &OfCustomer<'_>, key: i64, count: i64, units: i64) -> Result<()> {
    const SQL: &str = "UPDATE packages SET order_count = order_count + ?2, total = total + ?3 WHERE key = ?1
        RETURNING total";
    let total: i64 = of.prepare_cached(SQL)?.query_row(params![key, count, units], |row| row.get(0))?;
    if total > LARGEST_TOTAL {
        return Err(StoreError::TotalTooLarge);
    }
    Ok(())
}

/// The key of a package.
pub(crate) fn key(of: &OfCustomer<'_>, id: PackageId) -> Result<i64> {
    const SQL: &str = "SELECT key FROM packages WHERE customer = ?1 AND id = ?2";
    let key =
        of.prepare_cached(SQL)?.query_row(params![of.key(), id.0.as_bytes()], |row| row.get(0)).optional()?;
    key.ok_or(StoreError::NotFound("package"))
}

/// The error of a package that is not in the state that the caller saw.
fn moved(of: &OfCustomer<'_>, id: PackageId, expected: PackageState) -> StoreError {
    match find(of, id) {
        Ok(Some(package)) => {
            StoreError::StateChanged { expected: expected.name(), found: package.state.name().to_owned() }
        }
        Ok(None) => StoreError::NotFound("package"),
        Err(e) => e,
    }
}
