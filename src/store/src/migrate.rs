//! Bringing the schema of an older program up to ours, one numbered file in one transaction at a time.

use rusqlite::{Connection, TransactionBehavior};

use crate::{Result, StoreError};

/// The migrations; the first makes version 1 of an empty file.
const MIGRATIONS: [&str; 7] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_renewals.sql"),
    include_str!("../migrations/0003_hand_off.sql"),
    include_str!("../migrations/0004_orders.sql"),
    include_str!("../migrations/0005_connections.sql"),
    include_str!("../migrations/0006_debit_accounts.sql"),
    include_str!("../migrations/0007_synced_customers.sql"),
];

/// The schema version that this program writes.
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// The schema version of the file.
pub(crate) fn version(conn: &Connection) -> Result<u32> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Applies what is missing. A failing migration leaves the version before it.
///
/// Foreign keys are off meanwhile, because a table that is made anew must be dropped without taking its children
/// along; each migration is checked before it is committed.
pub(crate) fn run(conn: &mut Connection) -> Result<()> {
    let from = version(conn)?;
    conn.pragma_update(None, "foreign_keys", false)?;
    let done = apply(conn, from);
    conn.pragma_update(None, "foreign_keys", true)?;
    done
}

fn apply(conn: &mut Connection, from: u32) -> Result<()> {
    for (sql, number) in MIGRATIONS.iter().zip(1_u32..).filter(|(_, number)| *number > from) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        let dangling = tx.prepare("PRAGMA foreign_key_check")?.exists([])?;
        if dangling {
            return Err(StoreError::DamagedInUse(format!(
                "migration {number} would leave dangling references"
            )));
        }
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}
