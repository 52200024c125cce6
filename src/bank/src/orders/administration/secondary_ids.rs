//! Customers' own secondary identifiers over the years.

use chrono::NaiveDate;
use domain::{CustomerId, SecondaryId};
use rusqlite::Connection;

use crate::accounts::proxies;
use crate::ground::error::Result;
use crate::people::customers;

/// Registering an identifier anew moves it: who had it before has it no more.
pub(crate) fn take_from_others(db: &Connection, customer: &CustomerId, id: &SecondaryId) -> Result<()> {
    for other in customers::all(db)? {
        let mut table = other.authority;
        if other.customer.id != *customer && table.secondary_ids.iter().any(|known| known.id == *id) {
            table.secondary_ids.retain(|known| known.id != *id);
            customers::replace_authority(db, &other.customer.id, table)?;
        }
    }
    Ok(())
}

/// Deletes what was not confirmed within its year [K&H AFR].
pub(crate) fn lapse(db: &Connection, today: NaiveDate) -> Result<()> {
    if !proxies::lapse(db, today)? {
        return Ok(());
    }
    for access in customers::all(db)? {
        let mut table = access.authority;
        let before = table.secondary_ids.len();
        table.secondary_ids.retain(|known| known.confirm_by >= today);
        if table.secondary_ids.len() != before {
            customers::replace_authority(db, &access.customer.id, table)?;
        }
    }
    Ok(())
}
