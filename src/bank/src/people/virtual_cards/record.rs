//! Virtual chip cards as rows.

use chrono::{DateTime, Utc};
use domain::UserId;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use signature::Certificate;

use crate::ground::database::{named, parse, time};
use crate::ground::error::Result;
use crate::ground::slow_hash::SlowHash;

/// Longest label of a card, in characters.
pub(crate) const MAX_LABEL: usize = 40;

/// Whether a card may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CardState {
    /// It logs in and signs.
    Active,
    /// Neither, until it is made active again.
    Suspended,
    /// Neither, for ever.
    Withdrawn,
}

domain::names! {
    pub(crate) CardState {
        Active = "active",
        Suspended = "suspended",
        Withdrawn = "withdrawn",
    }
}

/// A virtual chip card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VirtualCard {
    /// A UUID that the bank gave it.
    pub id: String,
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

/// The user's cards, newest first.
///
/// # Errors
/// [`crate::ground::error::BankError`] when the database fails.
pub(crate) fn of_user(db: &Connection, user: &UserId) -> Result<Vec<VirtualCard>> {
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
/// [`crate::ground::error::BankError`] when the database fails.
pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<VirtualCard>> {
    let mut query = db.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    let mut rows = query.query([id])?;
    rows.next()?.map(read).transpose()
}

pub(crate) fn note_login(db: &Connection, id: &str, now: DateTime<Utc>) -> Result<()> {
    db.execute("UPDATE virtual_card SET last_login = ?2 WHERE id = ?1", params![id, now.timestamp_millis()])?;
    Ok(())
}

/// Whether either key has a card already: no two cards share one.
pub(crate) fn has_key(db: &Connection, certificates: [&Certificate; 2]) -> Result<bool> {
    let [one, other] = certificates.map(key_sha256);
    let mut query = db.prepare_cached(
        "SELECT 1 FROM virtual_card WHERE login_key IN (?1, ?2) UNION ALL
         SELECT 1 FROM virtual_card WHERE signing_key IN (?1, ?2)",
    )?;
    Ok(query.exists([one?, other?])?)
}

/// What a certificate's key is told by: SHA-256 of its SubjectPublicKeyInfo, lower-case hex.
pub(super) fn key_sha256(certificate: &Certificate) -> Result<String> {
    Ok(hex::encode(Sha256::digest(certificate.public_key_der()?)))
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
pub(super) fn personal_code(db: &Connection, id: &str) -> Result<Option<SlowHash>> {
    let row = db
        .query_row("SELECT salt, personal_code FROM virtual_card WHERE id = ?1", [id], |row| {
            Ok(SlowHash { salt: row.get(0)?, hash: row.get(1)? })
        })
        .optional()?;
    Ok(row)
}
