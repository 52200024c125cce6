//! What will still be debited from an account: the other side of its available balance.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{AccountNumber, Money, PackageId};
use rusqlite::params;

use crate::values::{day, id, money, parsed};
use crate::{OfCustomer, Result};

/// Debits of an account by the day on which they fall due; those of today and before stand at `today`.
pub type Due = BTreeMap<AccountNumber, BTreeMap<NaiveDate, Money>>;

/// What is signed, planned for a day, or at the bank without its cover being blocked, of every account of the customer.
/// Packages that are looked at never count.
pub fn due(of: &OfCustomer<'_>, except: &[PackageId], today: NaiveDate) -> Result<Due> {
    // The later of value date and planned day; where only one is known, that one; where none is, today.
    const SQL: &str = "SELECT o.debit_account,
            max(coalesce(max(o.value_date, p.scheduled), o.value_date, p.scheduled, ?2), ?2) AS day,
            sum(o.amount), o.currency, p.id
        FROM packages p JOIN orders o ON o.package = p.key
        WHERE p.customer = ?1 AND o.debit_account IS NOT NULL AND o.amount IS NOT NULL
            AND (p.state = 'signed' OR p.state = 'in_shared_area'
                OR (p.state IN ('recorded', 'checked', 'partly_signed') AND p.scheduled IS NOT NULL)
                OR (p.state IN ('sending', 'sent')
                    AND coalesce(o.bank_state, 'sending') IN ('sending', 'received', 'waiting', 'queued')))
        GROUP BY p.key, o.debit_account, day, o.currency";
    let mut due = Due::new();
    let mut statement = of.prepare_cached(SQL)?;
    let mut rows = statement.query(params![of.key(), today.to_string()])?;
    while let Some(row) = rows.next()? {
        if except.contains(&PackageId(id(row, 4)?)) {
            continue;
        }
        let sum = money(row, 2, 3)?;
        let of_account = due.entry(parsed(row, 0)?).or_default();
        let there = of_account.entry(day(row, 1)?).or_insert(Money::zero(sum.currency()));
        if let Ok(more) = there.checked_add(sum) {
            *there = more;
        }
    }
    Ok(due)
}
