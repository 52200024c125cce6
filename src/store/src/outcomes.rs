//! What the bank made of whole packages, for lists: one question for all of them.

use std::collections::HashMap;

use domain::PackageId;
use domain::routing::Route;
use rusqlite::params;

use crate::values::{id, named_or_none};
use crate::{OfCustomer, Result};

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
