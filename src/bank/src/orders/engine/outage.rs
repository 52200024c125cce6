//! The outage of the instant payment system: a switch of the operator desk, kept over restarts.

use chrono::TimeDelta;
use rusqlite::Connection;

use crate::ground::database;
use crate::ground::error::Result;

const SETTING: &str = "instant_outage";
/// Orders that can wait are tried again after so long.
pub(super) const LOOK_AGAIN: TimeDelta = TimeDelta::minutes(1);

/// Whether instant payments are down.
///
/// # Errors
/// [`crate::ground::error::BankError`] when the database fails.
pub(crate) fn is_outage(db: &Connection) -> Result<bool> {
    Ok(database::setting(db, SETTING)?.unwrap_or(false))
}

/// Says whether instant payments are down.
///
/// # Errors
/// [`crate::ground::error::BankError`] when the database fails.
pub(crate) fn set_outage(db: &Connection, outage: bool) -> Result<()> {
    database::set_setting(db, SETTING, &outage)
}
