//! The engines that execute orders (instant, paced, intraday, VIBER) and end what has expired, all on the bank's
//! clock.
//!
//! The engine has no state outside the database. An item's `due` says when it is looked at next; a step
//! looks at everything that is due, oldest first, as if it stood at that very moment. So a clock that
//! was pushed a day forward, or a bank that was off for an hour, comes to the same bookings as one that
//! ran all the time.

mod item;
mod outage;
mod route;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::administration::secondary_ids;
use super::shared_area;
use crate::bank::Bank;
use crate::ground::error::Result;
use crate::ground::rules::Rules;
use crate::ground::time::local;

pub(crate) use outage::{is_outage, set_outage};

/// Items that one step looks at, so that a step stays short; the rest is due at once again.
const BATCH: u32 = 500;

/// Does everything that is due at `now`; gives the moment of the next thing to do, if any.
///
/// # Errors
/// [`crate::ground::error::BankError`]; the caller rolls back and tries again later.
fn step(db: &Connection, rules: &Rules, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let next_expiry = shared_area::expire_due(db, now)?;
    secondary_ids::lapse(db, local(now).date())?;
    let next_group = route::ready_groups(db, rules, now)?;
    let done = item::run_due(db, rules, now, BATCH)?;
    if done == BATCH {
        return Ok(Some(now));
    }
    Ok([next_expiry, next_group, item::next_due(db)?].into_iter().flatten().min())
}

/// One step of a running bank.
///
/// # Errors
/// [`crate::ground::error::BankError`]; nothing was written then.
pub(crate) fn turn(bank: &Bank) -> Result<Option<DateTime<Utc>>> {
    let now = bank.clock.now();
    bank.write(|db| step(db, &bank.rules, now))
}

/// Does everything that the bank's clock makes due: for whoever set it.
///
/// # Errors
/// [`crate::ground::error::BankError`]; steps that were done stay.
pub(crate) fn catch_up(bank: &Bank) -> Result<()> {
    while turn(bank)?.is_some_and(|next| next <= bank.clock.now()) {}
    Ok(())
}

#[cfg(test)]
mod tests;
