//! Virtual chip cards ("virtuális chipkártya"): two key pairs that live in a browser, and what the bank knows
//! of them.
//!
//! A card is free, needs no token and its certificates do not expire before the bank's own authority does
//! (the flyer of the web client, `000_976cd2fa464df76e.txt`). It is registered with a code of [`activation`] and
//! a personal code that its user chooses; a suspended or withdrawn card can neither log in nor sign, because
//! [`crate::bank::Bank::trust`] takes its certificates for revoked.

mod activation;
mod personal_code;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use domain::UserId;
use rusqlite::{Connection, OptionalExtension, Row, params};
use signature::Certificate;

use crate::database::{named, parse, time};
use crate::slow_hash::SlowHash;
use crate::{Result, people};

pub use activation::{CODE_LIFE, CodeProblem, Try, new_activation_code, normalize};
pub(crate) use activation::{begin_try, use_up};
pub(crate) use personal_code::{Guess, begin_guess, settle_guess};
pub use personal_code::{code_rules, is_good_code};

/// Longest label of a card, in characters.
pub const MAX_LABEL: usize = 40;

/// Whether a card may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardState {
    /// It logs in and signs.
    Active,
    /// Neither, until it is made active again.
    Suspended,
    /// Neither, for ever.
    Withdrawn,
}

impl CardState {
    /// Its name in the database and in the keys of its texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Active, Self::Suspended, Self::Withdrawn].into_iter().find(|state| state.name() == name)
    }
}

/// A virtual chip card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualCard {
    /// A UUID that the bank gave it.
    pub id: String,
    /// Whose.
    pub user: UserId,
    /// What the user calls it.
    pub label: String,
    /// Certificate of the key that logs in.
    pub login: Certificate,
    /// Certificate of the key that signs packages.
    pub signing: Certificate,
    /// Whether it may be used.
    pub state: CardState,
    /// When it was registered.
    pub registered: DateTime<Utc>,
    /// When it last logged in.
    pub last_login: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "SELECT id, user, label, login_certificate, signing_certificate, state, registered_at,
    last_login FROM virtual_card";

/// Stores a new card with the hash of its personal code.
pub(crate) fn add(db: &Connection, card: &VirtualCard, personal_code: &SlowHash) -> Result<()> {
    db.execute(
        "INSERT INTO virtual_card (id, user, label, login_certificate, login_sha256, signing_certificate,
            signing_sha256, salt, personal_code, state, registered_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            card.id,
            card.user.as_str(),
            card.label,
            card.login.to_der(),
            hex::encode(card.login.fingerprint()),
            card.signing.to_der(),
            hex::encode(card.signing.fingerprint()),
            personal_code.salt,
            personal_code.hash,
            card.state.name(),
            card.registered.timestamp_millis(),
        ],
    )?;
    people::changed(db, &card.user, None)
}

/// The user's cards, newest first.
///
/// # Errors
/// [`crate::BankError`] when the database fails.
pub fn of_user(db: &Connection, user: &UserId) -> Result<Vec<VirtualCard>> {
    let order = "WHERE user = ?1 ORDER BY registered_at DESC, id";
    let mut query = db.prepare_cached(&format!("{COLUMNS} {order}"))?;
    let mut rows = query.query([user.as_str()])?;
    let mut cards = Vec::new();
    while let Some(row) = rows.next()? {
        cards.push(read(row)?);
    }
    Ok(cards)
}

/// A card by its id.
///
/// # Errors
/// [`crate::BankError`] when the database fails.
pub fn find(db: &Connection, id: &str) -> Result<Option<VirtualCard>> {
    let mut query = db.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    let mut rows = query.query([id])?;
    rows.next()?.map(read).transpose()
}

/// Suspends, enables or withdraws a card; `false` when there is no such card or it is withdrawn already, which is
/// for ever. The card's open sessions end unless it is active.
///
/// # Errors
/// [`crate::BankError`] when the database fails.
pub fn set_state(db: &Connection, id: &str, state: CardState) -> Result<bool> {
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
        people::changed(db, &card.user, None)?;
    }
    Ok(changed > 0)
}

/// Notes a login.
pub(crate) fn note_login(db: &Connection, id: &str, now: DateTime<Utc>) -> Result<()> {
    db.execute("UPDATE virtual_card SET last_login = ?2 WHERE id = ?1", params![id, now.timestamp_millis()])?;
    Ok(())
}

/// Whether either key has a card already: no two cards share one.
pub(crate) fn has_key(db: &Connection, certificates: [&Certificate; 2]) -> Result<bool> {
    let [one, other] = certificates.map(Certificate::public_key_der);
    let keys = [one?, other?];
    let mut query = db.prepare_cached("SELECT login_certificate, signing_certificate FROM virtual_card")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..2 {
            let known = Certificate::from_der(&row.get::<_, Vec<u8>>(column)?)?.public_key_der()?;
            if keys.contains(&known) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn read(row: &Row<'_>) -> Result<VirtualCard> {
    Ok(VirtualCard {
        id: row.get(0)?,
        user: parse("virtual_card.user", &row.get::<_, String>(1)?)?,
        label: row.get(2)?,
        login: Certificate::from_der(&row.get::<_, Vec<u8>>(3)?)?,
        signing: Certificate::from_der(&row.get::<_, Vec<u8>>(4)?)?,
        state: named("virtual_card.state", &row.get::<_, String>(5)?, CardState::from_name)?,
        registered: time(row.get(6)?)?,
        last_login: row.get::<_, Option<i64>>(7)?.map(time).transpose()?,
    })
}

/// The hash that a card's personal code must fit.
fn personal_code(db: &Connection, id: &str) -> Result<Option<SlowHash>> {
    let row = db
        .query_row("SELECT salt, personal_code FROM virtual_card WHERE id = ?1", [id], |row| {
            Ok(SlowHash { salt: row.get(0)?, hash: row.get(1)? })
        })
        .optional()?;
    Ok(row)
}
