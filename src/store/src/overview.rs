//! What the overview and the navigation's badges show of a customer.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Money, PackageId, PackageState};
use rusqlite::params;

use crate::order_rows::{StoredOrder, columns, stored};
use crate::values::{day, id, micros, money, named, parsed};
use crate::{OfCustomer, Result};

/// Numbers beside the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Prepared packages in all.
    pub prepared: u32,
    /// Of them, those that still need a signature.
    pub to_sign: u32,
    /// Of them, those that are signed and wait to be sent.
    pub to_send: u32,
    /// Packages whose fate at the bank is not known.
    pub unknown: u32,
    /// Sent packages that the bank has not finished.
    pub at_bank: u32,
    /// Messages that were not read.
    pub unread: u32,
    /// Packages that wait in the shared area, whoever put them there.
    pub shared: u32,
    /// Partners, common ones and the customer's own.
    pub partners: u32,
    /// Templates, common ones and the customer's own.
    pub templates: u32,
}

/// What is due on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upcoming {
    /// The package.
    pub package: PackageId,
    /// Its name.
    pub name: domain::text::PackageName,
    /// Its state.
    pub state: PackageState,
    /// Day on which it is to be sent, or its orders debited.
    pub day: NaiveDate,
    /// Orders that are due.
    pub count: u32,
    /// Their total.
    pub total: Money,
}

/// Numbers of a customer.
pub fn counts(of: &OfCustomer<'_>) -> Result<Counts> {
    const SQL: &str = "SELECT
            count(*) FILTER (WHERE state IN ('recorded', 'checked', 'partly_signed', 'signed', 'in_shared_area')),
            count(*) FILTER (WHERE state IN ('recorded', 'checked', 'partly_signed') AND order_count > 0),
            count(*) FILTER (WHERE state = 'signed'),
            count(*) FILTER (WHERE state = 'sending'),
            count(*) FILTER (WHERE state = 'sent'),
            (SELECT count(*) FROM messages WHERE customer = ?1 AND read = 0),
            (SELECT count(*) FROM partners p WHERE p.customer IS NULL OR p.customer = ?1),
            (SELECT count(*) FROM templates t WHERE t.customer IS NULL OR t.customer = ?1),
            (SELECT count(*) FROM shared_packages s WHERE s.customer = ?1 AND s.json ->> 'state' = 'waiting')
        FROM packages WHERE customer = ?1";
    let counts = of.prepare_cached(SQL)?.query_row([of.key()], |row| {
        Ok(Counts {
            prepared: row.get(0)?,
            to_sign: row.get(1)?,
            to_send: row.get(2)?,
            unknown: row.get(3)?,
            at_bank: row.get(4)?,
            unread: row.get(5)?,
            partners: row.get(6)?,
            templates: row.get(7)?,
            shared: row.get(8)?,
        })
    })?;
    Ok(counts)
}

/// What is due on `from` or later, the nearest first: prepared packages by the day they are scheduled for, and
/// orders not yet decided by their value date.
pub fn upcoming(of: &OfCustomer<'_>, from: NaiveDate, limit: u32) -> Result<Vec<Upcoming>> {
    const SQL: &str = "SELECT p.id, p.name, p.state, p.scheduled AS day, p.order_count, p.total, p.currency
        FROM packages p
        WHERE p.customer = ?1 AND p.scheduled >= ?2
            AND p.state IN ('recorded', 'checked', 'partly_signed', 'signed', 'in_shared_area')
        UNION ALL
        SELECT p.id, p.name, p.state, o.value_date, count(*), sum(o.amount), o.currency
        FROM orders o JOIN packages p ON p.key = o.package
        WHERE o.customer = ?1 AND o.value_date >= ?2 AND p.state NOT IN ('deleted', 'taken_over')
            AND coalesce(o.bank_state, '') NOT IN ('executed', 'rejected')
        GROUP BY p.key, o.value_date, o.currency
        ORDER BY day LIMIT ?3";
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![of.key(), from.to_string(), limit], |row| {
            Ok(Upcoming {
                package: PackageId(id(row, 0)?),
                name: parsed(row, 1)?,
                state: named(row, 2, PackageState::from_name)?,
                day: day(row, 3)?,
                count: row.get(4)?,
                total: money(row, 5, 6)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Orders that the bank refused at `since` or later, the latest first.
pub fn rejected_lately(of: &OfCustomer<'_>, since: DateTime<Utc>, limit: u32) -> Result<Vec<StoredOrder>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM orders o JOIN packages p ON p.key = o.package
        WHERE o.customer = ?1 AND o.bank_state = 'rejected' AND o.decided_at >= ?2
        ORDER BY o.decided_at DESC LIMIT ?3"
    );
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![of.key(), micros(since), limit], stored)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
