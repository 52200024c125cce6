//! Orders searched over packages, the largest of a package, and how far the bank is with a package's orders.

use domain::PackageId;
use domain::submission::{ItemState, OrderState};
use rusqlite::params;

use crate::order_rows::{StoredOrder, columns, stored};
use crate::values::named;
use crate::words::needle;
use crate::{OfCustomer, Page, Result, packages};

/// How many of a package's orders are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// On their way.
    pub sending: u32,
    /// At the bank, nothing decided yet: received, waiting, or being executed.
    pub open: u32,
    /// Of those, orders that wait for cover.
    pub queued: u32,
    /// Executed.
    pub executed: u32,
    /// Refused.
    pub rejected: u32,
}

/// Orders of all the customer's packages that are not closed in which every word of `text` is found, those of the
/// latest packages first.
pub fn search(of: &OfCustomer<'_>, text: &str, page: Page) -> Result<Vec<StoredOrder>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM packages p CROSS JOIN orders o ON o.package = p.key
        WHERE p.customer = ?1 AND p.state NOT IN ('deleted', 'taken_over')
            AND (?2 = '' OR holds_words(?2, o.payee_name, o.payee, o.words))
        ORDER BY p.key DESC, o.position LIMIT ?3 OFFSET ?4"
    );
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![of.key(), needle(text), page.limit, page.offset], stored)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// The orders of a package with the largest amounts.
pub fn largest(of: &OfCustomer<'_>, package: PackageId, limit: u32) -> Result<Vec<StoredOrder>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM orders o JOIN packages p ON p.key = o.package
        WHERE o.package = ?1 ORDER BY o.amount DESC, o.position LIMIT ?2"
    );
    let key = packages::key(of, package)?;
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement.query_map(params![key, limit], stored)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// How far the bank is with a package's orders; all zero while the package is only ours.
pub fn progress(of: &OfCustomer<'_>, package: PackageId) -> Result<Progress> {
    const SQL: &str = "SELECT bank_state, count(*) FROM orders WHERE package = ?1 AND bank_state IS NOT NULL
        GROUP BY bank_state";
    let key = packages::key(of, package)?;
    let mut progress = Progress::default();
    let mut statement = of.prepare_cached(SQL)?;
    let mut rows = statement.query([key])?;
    while let Some(row) = rows.next()? {
        let count: u32 = row.get(1)?;
        match named(row, 0, OrderState::from_name)? {
            OrderState::Sending => progress.sending = count,
            OrderState::At(ItemState::Executed) => progress.executed = count,
            OrderState::At(ItemState::Rejected) => progress.rejected = count,
            OrderState::At(state) => {
                progress.open += count;
                if state == ItemState::Queued {
                    progress.queued = count;
                }
            }
        }
    }
    Ok(progress)
}
