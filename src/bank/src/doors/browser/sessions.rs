//! Sessions of the web client: a cookie that only the browser knows, the token of its forms, the chosen customer,
//! and what the next page has to say.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{CustomerId, UserId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ground::database::{from_json, parse, time, to_json};
use crate::ground::error::Result;
use crate::ground::random;
use crate::people::revocation;
use crate::people::sessions::IDLE;

/// A call within so long after the last noted one is not noted, to spare the disk.
const NOTE_EVERY: TimeDelta = TimeDelta::seconds(20);

#[derive(Clone, Debug)]
pub struct Session {
    pub user: UserId,
    pub user_name: String,
    /// The virtual chip card that opened it.
    pub card: String,
    /// SHA-256 of the certificate that opened it, lower-case hex.
    pub device: String,
    /// Stands in each form.
    pub form_token: String,
    /// The login before this one.
    pub previous_login: Option<DateTime<Utc>>,
    pub customer: Option<CustomerId>,
    /// What the next page says first.
    pub notice: Option<Notice>,
    token_sha256: [u8; 32],
}

/// One sentence above the next page's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Good news or bad.
    pub good: bool,
    /// The sentence, in the user's language.
    pub text: String,
}

/// Who opens a session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening<'a> {
    pub user: &'a UserId,
    pub card: &'a str,
    /// The login before this one, in milliseconds.
    pub previous_login: Option<i64>,
    /// The customer, if there is no choice.
    pub customer: Option<&'a CustomerId>,
    /// Ends after so long in any case.
    pub life: TimeDelta,
}

/// Opens a session; gives its cookie.
pub(crate) fn open(db: &Connection, opening: &Opening<'_>, now: DateTime<Utc>) -> Result<String> {
    let token = random::token();
    let at = now.timestamp_millis();
    db.execute("DELETE FROM web_session WHERE expires <= ?1", [at])?;
    db.execute(
        "INSERT INTO web_session (token_sha256, user, card, form_token, created, last_used, expires,
            previous_login, customer) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8)",
        params![
            hash(&token),
            opening.user.as_str(),
            opening.card,
            random::token(),
            at,
            (now + opening.life).timestamp_millis(),
            opening.previous_login,
            opening.customer.map(CustomerId::as_str),
        ],
    )?;
    Ok(token)
}

/// The session of a cookie, unless its user was locked or its card's certificate has ended meanwhile; and whether its use
/// now is worth noting ([`Session::note_use`]).
pub(crate) fn find(db: &Connection, token: &str, now: DateTime<Utc>) -> Result<Option<(Session, bool)>> {
    let token_sha256 = hash(token);
    let at = now.timestamp_millis();
    let row = db
        .prepare_cached(
            "SELECT s.user, u.name, s.card, c.login_sha256, s.form_token, s.previous_login, s.customer, s.notice,
                s.last_used
             FROM web_session s JOIN bank_user u ON u.id = s.user JOIN virtual_card c ON c.id = s.card
             WHERE s.token_sha256 = ?1 AND s.last_used > ?2 AND s.expires > ?3
                AND u.locked = 0",
        )?
        .query_row(params![token_sha256, (now - IDLE).timestamp_millis(), at], |row| {
            let texts: [String; 5] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
            let options: [Option<String>; 2] = [row.get(6)?, row.get(7)?];
            Ok((texts, options, row.get::<_, Option<i64>>(5)?, row.get::<_, i64>(8)?))
        })
        .optional()?;
    let Some(([user, user_name, card, device, form_token], [customer, notice], previous, last_used)) = row
    else {
        return Ok(None);
    };
    if revocation::has_ended(db, &device, now)? {
        return Ok(None);
    }
    let session = Session {
        user: parse("web_session.user", &user)?,
        user_name,
        card,
        device,
        form_token,
        previous_login: previous.map(time).transpose()?,
        customer: customer.map(|id| parse("web_session.customer", &id)).transpose()?,
        notice: notice.map(|notice| from_json("web_session.notice", &notice)).transpose()?,
        token_sha256,
    };
    Ok(Some((session, at - last_used >= NOTE_EVERY.num_milliseconds())))
}

/// Whether the session of that [`Session::key`] is still open. Asking does not keep it awake.
pub(crate) fn is_open(db: &Connection, key: &[u8; 32], now: DateTime<Utc>) -> Result<bool> {
    let device: Option<String> = db
        .prepare_cached(
            "SELECT c.login_sha256
             FROM web_session s JOIN bank_user u ON u.id = s.user JOIN virtual_card c ON c.id = s.card
             WHERE s.token_sha256 = ?1 AND s.last_used > ?2 AND s.expires > ?3 AND u.locked = 0",
        )?
        .query_row(params![key, (now - IDLE).timestamp_millis(), now.timestamp_millis()], |row| row.get(0))
        .optional()?;
    // A card that is not active has ended certificates, too.
    Ok(device.map(|device| revocation::has_ended(db, &device, now)).transpose()? == Some(false))
}

impl Session {
    /// Keeps it awake. Only what a person does keeps it so, not what an open page asks by itself.
    pub fn note_use(&self, db: &Connection, now: DateTime<Utc>) -> Result<()> {
        db.prepare_cached("UPDATE web_session SET last_used = ?2 WHERE token_sha256 = ?1")?
            .execute(params![self.token_sha256, now.timestamp_millis()])?;
        Ok(())
    }

    pub fn choose(&self, db: &Connection, customer: &CustomerId) -> Result<()> {
        db.execute(
            "UPDATE web_session SET customer = ?2 WHERE token_sha256 = ?1",
            params![self.token_sha256, customer.as_str()],
        )?;
        Ok(())
    }

    /// Leaves a sentence for the next page.
    pub fn set_notice(&self, db: &Connection, notice: &Notice) -> Result<()> {
        db.execute(
            "UPDATE web_session SET notice = ?2 WHERE token_sha256 = ?1",
            params![self.token_sha256, to_json(notice)?],
        )?;
        Ok(())
    }

    /// The sentence was told. Only this one goes: another one may have come since it was read, and is the next page's.
    pub fn take_notice(&self, db: &Connection) -> Result<()> {
        let told = self.notice.as_ref().map(to_json).transpose()?;
        db.execute(
            "UPDATE web_session SET notice = NULL WHERE token_sha256 = ?1 AND notice = ?2",
            params![self.token_sha256, told],
        )?;
        Ok(())
    }

    pub fn close(&self, db: &Connection) -> Result<()> {
        db.execute("DELETE FROM web_session WHERE token_sha256 = ?1", [self.token_sha256])?;
        Ok(())
    }

    /// What tells this session from every other, without being its cookie.
    pub fn key(&self) -> [u8; 32] {
        self.token_sha256
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
