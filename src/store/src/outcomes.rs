//! What the bank made of whole packages, for lists: one question for all of them.

use std::collections::HashMap;

use domain::routing::Route;
use domain::{Money, PackageId};
use rusqlite::params;

use crate::values::{id, money, named_or_none};
use crate::{OfCustomer, Result, packages};

/// What the bank made of a package's orders so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Orders executed.
    pub executed: u32,
    /// Orders refused.
    pub rejected: u32,
    /// The route of all its orders, once the bank has chosen one for all.
    pub route: Option<Route>,
}

/// The outcomes of these packages; one without orders has none.
pub fn of_packages(of: &OfCustomer<'_>, packages: &[PackageId]) -> Result<HashMap<PackageId, Outcome>> {
    const SQL: &str = "SELECT p.id, count(*) FILTER (WHERE o.bank_state = 'executed'),
            count(*) FILTER (WHERE o.bank_state = 'rejected'),
            CASE WHEN count(o.route) = count(*) AND min(o.route) = max(o.route) THEN min(o.route) END
        FROM packages p JOIN orders o ON o.package = p.key
        WHERE p.customer = ?1 AND p.id IN (SELECT unhex(value) FROM json_each(?2)) GROUP BY p.key";
    let wanted: Vec<String> = packages.iter().map(|package| package.0.simple().to_string()).collect();
    let mut statement = of.prepare_cached(SQL)?;
    let outcomes = statement
        .query_map(params![of.key(), serde_json::to_string(&wanted)?], |row| {
            let outcome = Outcome {
                executed: row.get(1)?,
                rejected: row.get(2)?,
                route: named_or_none(row, 3, Route::from_name)?,
            };
            Ok((PackageId(id(row, 0)?), outcome))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(outcomes)
}

/// What the executed orders of a package have paid, by currency.
pub fn paid(of: &OfCustomer<'_>, package: PackageId) -> Result<Vec<Money>> {
    const SQL: &str = "SELECT sum(amount), currency FROM orders
        WHERE package = ?1 AND bank_state = 'executed' AND amount IS NOT NULL GROUP BY currency ORDER BY currency";
    let key = packages::key(of, package)?;
    let mut statement = of.prepare_cached(SQL)?;
    let sums = statement.query_map([key], |row| money(row, 0, 1))?.collect::<rusqlite::Result<_>>()?;
    Ok(sums)
}

/// Why the bank refused orders of a package, as a code, if it told one and the same reason for all of them.
pub fn reason(of: &OfCustomer<'_>, package: PackageId) -> Result<Option<String>> {
    const SQL: &str =
        "SELECT CASE WHEN count(reason) = count(*) AND min(reason) = max(reason) THEN min(reason) END
        FROM orders WHERE package = ?1 AND bank_state = 'rejected'";
    let key = packages::key(of, package)?;
    Ok(of.prepare_cached(SQL)?.query_row([key], |row| row.get(0))?)
}
