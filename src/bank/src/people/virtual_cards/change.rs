//! A card comes into the world, and into and out of use: every change that customers' tables tell of.

use rusqlite::{Connection, params};

use super::record::{CardState, VirtualCard, find, key_sha256};
use crate::ground::error::Result;
use crate::ground::slow_hash::SlowHash;
use crate::people::customers;

/// Stores a new card with the hash of its personal code.
pub(crate) fn add(db: &Connection, card: &VirtualCard, personal_code: &SlowHash) -> Result<()> {
    db.execute(
        "INSERT INTO virtual_card (id, user, label, login_certificate, login_sha256, login_key, signing_certificate,
            signing_sha256, signing_key, salt, personal_code, state, registered_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            card.id,
            card.user.as_str(),
            card.label,
            card.login.to_der(),
            hex::encode(card.login.fingerprint()),
            key_sha256(&card.login)?,
            card.signing.to_der(),
            hex::encode(card.signing.fingerprint()),
            key_sha256(&card.signing)?,
            personal_code.salt,
            personal_code.hash,
            card.state.name(),
            card.registered.timestamp_millis(),
        ],
    )?;
    customers::user_changed(db, &card.user, None)
}

/// Suspends, enables or withdraws a card; `false` when there is no such card or it is withdrawn already, which is
/// for ever. The card's open sessions end unless it is active.
///
/// # Errors
/// [`crate::ground::error::BankError`] when the database fails.
pub(crate) fn set_state(db: &Connection, id: &str, state: CardState) -> Result<bool> {
    let changed = db.execute(
        "UPDATE virtual_card SET state = ?2 WHERE id = ?1 AND state <> 'withdrawn'",
        params![id, state.name()],
    )?;
    if state != CardState::Active {
        db.execute("DELETE FROM web_session WHERE card = ?1", [id])?;
    }
    if changed > 0
        && let Some(card) = find(db, id)?
    {
        customers::user_changed(db, &card.user, None)?;
    }
    Ok(changed > 0)
}
