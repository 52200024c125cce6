//! Operators' sessions: a cookie that only the browser knows, the token of its forms, and who is on the telephone.

use chrono::{DateTime, TimeDelta, Utc};
use domain::UserId;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::ground::database::parse;
use crate::ground::error::Result;
use crate::ground::random;

/// Without a page for so long, an operator must log in again.
const IDLE: TimeDelta = TimeDelta::minutes(15);
/// After so long in any case: a working day.
const LIFE: TimeDelta = TimeDelta::hours(10);
/// A page within so long after the last noted one is not noted, to spare the disk.
const NOTE_EVERY: TimeDelta = TimeDelta::seconds(20);

#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub operator: String,
    /// Stands in each of the operator's forms.
    pub form_token: String,
    pub caller: Option<UserId>,
    token_sha256: [u8; 32],
}

/// Opens a visit; gives its cookie.
pub(super) fn open(db: &Connection, operator: &str, now: DateTime<Utc>) -> Result<String> {
    let token = random::token();
    let at = now.timestamp_millis();
    db.execute("DELETE FROM desk_session WHERE created <= ?1", [(now - LIFE).timestamp_millis()])?;
    db.execute(
        "INSERT INTO desk_session (token_sha256, operator, form_token, created, last_used)
         VALUES (?1, ?2, ?3, ?4, ?4)",
        params![hash(&token), operator, random::token(), at],
    )?;
    Ok(token)
}

/// The visit of a cookie, and whether its use now is worth noting ([`note_use`]).
pub(super) fn find(db: &Connection, token: &str, now: DateTime<Utc>) -> Result<Option<(Visit, bool)>> {
    let token_sha256 = hash(token);
    let row = db
        .prepare_cached(
            "SELECT operator, form_token, caller, last_used FROM desk_session
             WHERE token_sha256 = ?1 AND last_used > ?2 AND created > ?3",
        )?
        .query_row(
            params![token_sha256, (now - IDLE).timestamp_millis(), (now - LIFE).timestamp_millis()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?, row.get::<_, i64>(3)?)),
        )
        .optional()?;
    let Some((operator, form_token, caller, last_used)) = row else { return Ok(None) };
    let caller = caller.map(|id| parse("desk_session.caller", &id)).transpose()?;
    let is_worth_noting = now.timestamp_millis() - last_used >= NOTE_EVERY.num_milliseconds();
    Ok(Some((Visit { operator, form_token, caller, token_sha256 }, is_worth_noting)))
}

/// Keeps a visit awake.
pub(super) fn note_use(db: &Connection, visit: &Visit, now: DateTime<Utc>) -> Result<()> {
    db.prepare_cached("UPDATE desk_session SET last_used = ?2 WHERE token_sha256 = ?1")?
        .execute(params![visit.token_sha256, now.timestamp_millis()])?;
    Ok(())
}

/// Notes who is on the telephone now.
pub(super) fn set_caller(db: &Connection, visit: &Visit, caller: Option<&UserId>) -> Result<()> {
    db.execute(
        "UPDATE desk_session SET caller = ?2 WHERE token_sha256 = ?1",
        params![visit.token_sha256, caller.map(UserId::as_str)],
    )?;
    Ok(())
}

/// The clock was set: to the operator no time has passed.
pub(super) fn begin_anew(db: &Connection, visit: &Visit, now: DateTime<Utc>) -> Result<()> {
    db.execute(
        "UPDATE desk_session SET created = ?2, last_used = ?2 WHERE token_sha256 = ?1",
        params![visit.token_sha256, now.timestamp_millis()],
    )?;
    Ok(())
}

pub(super) fn close(db: &Connection, visit: &Visit) -> Result<()> {
    db.execute("DELETE FROM desk_session WHERE token_sha256 = ?1", [visit.token_sha256])?;
    Ok(())
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
