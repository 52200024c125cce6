//! What may be there a second time: payments among what has not left yet (what has left is in [`crate::history`]), and
//! files of orders that were taken before; where the orders of a package are now that left it.

use std::collections::HashMap;

use domain::text::PackageName;
use domain::{OrderId, PackageId};
use rusqlite::{Row, params};

use crate::audit::{AuditEvent, entry};
use crate::values::{id, parsed};
use crate::{OfCustomer, Result, packages};

/// An order whose payee gets the same amount by an order of another package that the bank has not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsentDouble {
    /// The order of the package that was asked about.
    pub order: OrderId,
    /// The other package, the one that changed last.
    pub package: PackageId,
    /// Its name.
    pub name: PackageName,
}

/// Orders of a package whose payee gets the same amount in another package of the customer that is being prepared, is in
/// the shared area, or has left without a word of the bank about its orders.
pub fn unsent(of: &OfCustomer<'_>, package: PackageId) -> Result<Vec<UnsentDouble>> {
    const MINE: &str = "SELECT id, payee, amount, currency FROM orders
        WHERE package = ?1 AND payee IS NOT NULL AND amount IS NOT NULL ORDER BY position";
    // The latest last: it is the one that is told.
    const OTHERS: &str = "SELECT p.id, p.name, o.payee, o.amount, o.currency
        FROM packages p JOIN orders o ON o.package = p.key
        WHERE p.customer = ?1 AND p.key <> ?2 AND o.bank_state IS NULL AND o.payee IS NOT NULL
            AND p.state IN ('recorded', 'checked', 'partly_signed', 'signed', 'in_shared_area', 'sending', 'sent')
        ORDER BY p.updated_at";
    let key = packages::key(of, package)?;
    let payment = |row: &Row<'_>, at: usize| -> rusqlite::Result<(String, i64, String)> {
        Ok((row.get(at)?, row.get(at + 1)?, row.get(at + 2)?))
    };
    let mut mine: HashMap<(String, i64, String), Vec<usize>> = HashMap::new();
    let mut orders = Vec::new();
    let mut statement = of.prepare_cached(MINE)?;
    let mut rows = statement.query([key])?;
    while let Some(row) = rows.next()? {
        mine.entry(payment(row, 1)?).or_default().push(orders.len());
        orders.push((OrderId(id(row, 0)?), None));
    }
    // One walk over what waits elsewhere: an index for it would cost at every recording and import.
    let mut statement = of.prepare_cached(OTHERS)?;
    let mut rows = statement.query(params![of.key(), key])?;
    while let Some(row) = rows.next()? {
        let Some(places) = mine.get(&payment(row, 2)?) else { continue };
        let other: (PackageId, PackageName) = (PackageId(id(row, 0)?), parsed(row, 1)?);
        places.iter().for_each(|at| orders[*at].1 = Some(other.clone()));
    }
    let double = |(order, other): (OrderId, Option<(PackageId, PackageName)>)| {
        other.map(|(package, name)| UnsentDouble { order, package, name })
    };
    Ok(orders.into_iter().filter_map(double).collect())
}

/// A package that was filled from a file of orders, as the audit log tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldImport {
    /// The package.
    pub package: PackageId,
    /// When, and from which file.
    pub event: AuditEvent,
}

/// All imports of the customer that the audit log tells of, the latest first.
pub fn imports(of: &OfCustomer<'_>) -> Result<Vec<ToldImport>> {
    const SQL: &str = "SELECT seq, at, actor, action, subject, detail, hash, customer FROM audit_log
        WHERE action = 'imported' AND customer = ?1 ORDER BY seq DESC";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map([of.key()], |row| Ok(ToldImport { package: parsed(row, 4)?, event: entry(row)?.event }))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Packages to which orders of that one went: by splitting it, or moved one by one. The first one first.
pub fn went_to(of: &OfCustomer<'_>, package: PackageId) -> Result<Vec<PackageId>> {
    const SQL: &str = "SELECT subject FROM audit_log
        WHERE action IN ('package-split-off', 'order-moved-here') AND customer = ?1 AND detail ->> 'from' = ?2
        ORDER BY seq";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![of.key(), package.to_string()], |row| parsed(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
