//! Lists of packages for screens: prepared and sent, with how far signing and sending are.

use chrono::{DateTime, Utc};
use domain::submission::SubmissionState;
use domain::{PackageId, PackageState};
use rusqlite::{OptionalExtension, Row, params};

use crate::packages::{StoredPackage, columns, package};
use crate::values::{id, micros, named_or_none};
use crate::words::needle;
use crate::{OfCustomer, Page, Result};

/// Which packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageList {
    /// "Előkészített csomagok".
    Prepared,
    /// The same with copies of packages that somebody took over from us since then, so that they say where they
    /// went.
    Desk {
        /// Taken over, or changed, at this moment or later.
        since: DateTime<Utc>,
    },
    /// "Elküldött megbízások".
    Sent,
    /// Deleted or taken over elsewhere.
    Closed,
    /// In one state.
    In(PackageState),
}

/// A line of a list of packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageLine {
    /// The package.
    pub package: StoredPackage,
    /// Signatures over its present document.
    pub signatures: u32,
    /// Where its latest submission stands, if it has one.
    pub submission: Option<SubmissionState>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", (SELECT count(*) FROM signatures WHERE document = p.document),
            (SELECT state FROM submissions WHERE package = p.key ORDER BY key DESC LIMIT 1)
            FROM packages p ",
            $rest
        )
    };
}

fn line(row: &Row<'_>) -> rusqlite::Result<PackageLine> {
    Ok(PackageLine {
        package: package(row)?,
        signatures: row.get(18)?,
        submission: named_or_none(row, 19, SubmissionState::from_name)?,
    })
}

/// From which moment on packages that were taken over belong to a list.
fn since(list: PackageList) -> i64 {
    match list {
        PackageList::Desk { since } => micros(since),
        _ => i64::MIN,
    }
}

/// Names of the states of a list, as a JSON array.
fn states(list: PackageList) -> String {
    let names: Vec<&str> = PackageState::ALL
        .into_iter()
        .filter(|state| match list {
            PackageList::Prepared => state.is_prepared(),
            PackageList::Desk { .. } => state.is_prepared() || *state == PackageState::TakenOver,
            PackageList::Sent => state.is_sent(),
            PackageList::Closed => !state.is_prepared() && !state.is_sent(),
            PackageList::In(only) => *state == only,
        })
        .map(PackageState::name)
        .collect();
    // Names are plain words, so quoting them is all that JSON asks.
    format!("[\"{}\"]", names.join("\",\""))
}

/// Packages of a customer, the latest changed first; those in whose name, account or orders every word of `text` is
/// found, all if it is empty.
pub fn list(of: &OfCustomer<'_>, which: PackageList, text: &str, page: Page) -> Result<Vec<PackageLine>> {
    const SQL: &str = select!(
        "WHERE p.customer = ?1 AND p.state IN (SELECT value FROM json_each(?2))
            AND (?3 = '' OR holds_words(?3, p.name, p.debit_account) OR EXISTS (
                SELECT 1 FROM orders o WHERE o.package = p.key AND holds_words(?3, o.payee_name, o.payee, o.words)))
            AND (p.state <> 'taken_over' OR p.updated_at >= ?6)
        ORDER BY p.updated_at DESC, p.key DESC LIMIT ?4 OFFSET ?5"
    );
    let values = params![of.key(), states(which), needle(text), page.limit, page.offset, since(which)];
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement.query_map(values, line)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// How many packages a list has without narrowing it by words.
pub fn count(of: &OfCustomer<'_>, which: PackageList) -> Result<u32> {
    const SQL: &str = "SELECT count(*) FROM packages
        WHERE customer = ?1 AND state IN (SELECT value FROM json_each(?2))
            AND (state <> 'taken_over' OR updated_at >= ?3)";
    let values = params![of.key(), states(which), since(which)];
    Ok(of.prepare_cached(SQL)?.query_row(values, |row| row.get(0))?)
}

/// Packages that a package file has carried, written to one or taken from one, and of which the bank has told nothing
/// here: those still prepared, and those thrown away since `since`.
pub fn filed(of: &OfCustomer<'_>, since: DateTime<Utc>) -> Result<Vec<PackageId>> {
    const HERE: &str = "SELECT id FROM packages p
        WHERE customer = ?1 AND (state IN ('recorded', 'checked', 'partly_signed', 'signed')
            OR (state = 'deleted' AND updated_at >= ?2
                AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.package = p.key)))";
    // The log names a package in words, so it is asked about each: there are few, and it has an index for them.
    const CARRIED: &str = "SELECT EXISTS (SELECT 1 FROM audit_log WHERE subject = ?1 AND customer = ?2
        AND action IN ('package-file-written', 'package-file-taken'))";
    let mut here = of.prepare_cached(HERE)?;
    let here: Vec<PackageId> = here
        .query_map(params![of.key(), micros(since)], |row| Ok(PackageId(id(row, 0)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut carried = of.prepare_cached(CARRIED)?;
    let mut filed = Vec::new();
    for id in here {
        if carried.query_row(params![id.to_string(), of.key()], |row| row.get(0))? {
            filed.push(id);
        }
    }
    Ok(filed)
}

/// The line of one package.
pub fn find(of: &OfCustomer<'_>, id: PackageId) -> Result<Option<PackageLine>> {
    const SQL: &str = select!("WHERE p.customer = ?1 AND p.id = ?2");
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), id.0.as_bytes()], line).optional()?)
}
