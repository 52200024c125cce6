//! Orders searched over packages, the largest of a package, and how far the bank is with a package's orders.

use domain::{CustomerId, PackageId};
use rusqlite::{Connection, params};

use crate::order_rows::{columns, stored};
use crate::orders::{BankState, StoredOrder};
use crate::values::named;
use crate::words::needle;
use crate::{Page, Result, packages};

/// How many of a package's orders are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// On their way.
    pub sending: u32,
    /// At the bank, nothing decided.
    pub received: u32,
    /// Being executed.
    pub processing: u32,
    /// Executed.
    pub executed: u32,
    /// Refused.
    pub rejected: u32,
}

/// Orders of one package in which every word of `text` is found (all if it is empty), in the package's order.
pub fn search_package(
    conn: &Connection,
    package: PackageId,
    text: &str,
    page: Page,
) -> Result<Vec<StoredOrder>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM orders o JOIN packages p ON p.key = o.package
        WHERE o.package = ?1 AND (?2 = '' OR holds_words(?2, o.payee_name, o.payee, o.narrative,
            o.document_number, o.own_reference))
        ORDER BY o.position LIMIT ?3 OFFSET ?4"
    );
    let key = packages::key(conn, package)?;
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![key, needle(text), page.limit, page.offset], stored)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// How many orders of a package [`search_package`] finds in all.
pub fn count_in_package(conn: &Connection, package: PackageId, text: &str) -> Result<u32> {
    const SQL: &str = "SELECT count(*) FROM orders o WHERE o.package = ?1 AND (?2 = ''
        OR holds_words(?2, o.payee_name, o.payee, o.narrative, o.document_number, o.own_reference))";
    let key = packages::key(conn, package)?;
    Ok(conn.prepare_cached(SQL)?.query_row(params![key, needle(text)], |row| row.get(0))?)
}

/// Orders of all the customer's packages that are not closed in which every word of `text` is found, those of the
/// latest packages first.
pub fn search(conn: &Connection, customer: &CustomerId, text: &str, page: Page) -> Result<Vec<StoredOrder>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM packages p CROSS JOIN orders o ON o.package = p.key
        WHERE p.customer = ?1 AND p.state NOT IN ('deleted', 'taken_over')
            AND (?2 = '' OR holds_words(?2, o.payee_name, o.payee, o.narrative, o.document_number,
                o.own_reference))
        ORDER BY p.key DESC, o.position LIMIT ?3 OFFSET ?4"
    );
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![customer.as_str(), needle(text), page.limit, page.offset], stored)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// The orders of a package with the largest amounts.
pub fn largest(conn: &Connection, package: PackageId, limit: u32) -> Result<Vec<StoredOrder>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM orders o JOIN packages p ON p.key = o.package
        WHERE o.package = ?1 ORDER BY o.amount DESC, o.position LIMIT ?2"
    );
    let key = packages::key(conn, package)?;
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement.query_map(params![key, limit], stored)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// How far the bank is with a package's orders; all zero while the package is only ours.
pub fn progress(conn: &Connection, package: PackageId) -> Result<Progress> {
    const SQL: &str = "SELECT bank_state, count(*) FROM orders WHERE package = ?1 AND bank_state IS NOT NULL
        GROUP BY bank_state";
    let key = packages::key(conn, package)?;
    let mut progress = Progress::default();
    let mut statement = conn.prepare_cached(SQL)?;
    let mut rows = statement.query([key])?;
    while let Some(row) = rows.next()? {
        let count = row.get(1)?;
        match named(row, 0, BankState::from_name)? {
            BankState::Sending => progress.sending = count,
            BankState::Received => progress.received = count,
            BankState::Processing => progress.processing = count,
            BankState::Executed => progress.executed = count,
            BankState::Rejected => progress.rejected = count,
        }
    }
    Ok(progress)
}
