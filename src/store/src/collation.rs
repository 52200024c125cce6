//! Hungarian sorting in SQL: the collation `hu`, registered on every connection.
//!
//! No index uses it: its order comes with the library's data, and a later version could sort otherwise than an
//! index that was stored before.

use icu_collator::Collator;
use icu_collator::options::CollatorOptions;
use icu_locale_core::locale;
use rusqlite::Connection;

use crate::{Result, StoreError};

/// Makes `COLLATE hu` known to the connection.
pub(crate) fn register(conn: &Connection) -> Result<()> {
    let collator = Collator::try_new(locale!("hu").into(), CollatorOptions::default())
        .map_err(|_| StoreError::Internal("Hungarian collation data"))?;
    conn.create_collation("hu", move |a: &str, b: &str| collator.compare(a, b))?;
    Ok(())
}
