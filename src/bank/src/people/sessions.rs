//! Sessions: 32 random bytes that only the client knows; the bank keeps their hash.

use chrono::{DateTime, TimeDelta, Utc};
use domain::UserId;
use protocol::{ProblemCode, Session, SessionToken};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::login::Admitted;
use super::{customers, revocation, users};
use crate::ground::database::{parse, time};
use crate::ground::error::{Refusal, Result};
use crate::ground::random;

/// Without a call for so long, a session ends.
pub(crate) const IDLE: TimeDelta = TimeDelta::minutes(10);
/// A call within so long after the last noted one is not noted, to spare the disk.
const NOTE_EVERY: TimeDelta = TimeDelta::seconds(20);

/// An open session as the bank keeps it.
#[derive(Clone, Debug)]
pub(crate) struct OpenSession {
    pub user: UserId,
    /// Ends then at the latest.
    pub expires: DateTime<Utc>,
    pub previous_login: Option<DateTime<Utc>>,
    /// Certificate (DER) of the key that opened it.
    pub login_certificate: Vec<u8>,
}

/// Opens a session that ends after `life` in any case.
pub(crate) fn open(
    db: &Connection,
    admitted: &Admitted,
    life: TimeDelta,
    now: DateTime<Utc>,
) -> Result<SessionToken> {
    let token = SessionToken(random::token());
    let at = now.timestamp_millis();
    db.execute("DELETE FROM session WHERE expires <= ?1", [at])?;
    db.execute(
        "INSERT INTO session (token_sha256, user, created, last_used, expires, previous_login, login_certificate)
         VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
        params![
            hash(&token.0),
            admitted.user.as_str(),
            at,
            (now + life).timestamp_millis(),
            admitted.previous_login,
            admitted.certificate.to_der(),
        ],
    )?;
    Ok(token)
}

/// The session of a token, kept awake by this call.
///
/// # Errors
/// `session-expired`, also when the certificate that opened it has ended meanwhile; `login-user-locked` when the user
/// was locked.
pub(crate) fn use_token(
    db: &Connection,
    token: &str,
    now: DateTime<Utc>,
) -> std::result::Result<OpenSession, Refusal> {
    let (session, last_used) = look_up(db, token, now)?;
    if is_worth_noting(last_used, now) {
        note_use(db, token, now)?;
    }
    Ok(session)
}

/// Whether a call now is noted, after the last one that was.
pub(crate) fn is_worth_noting(last_used: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - last_used >= NOTE_EVERY
}

/// Keeps a session awake.
pub(crate) fn note_use(db: &Connection, token: &str, now: DateTime<Utc>) -> Result<()> {
    db.prepare_cached("UPDATE session SET last_used = ?2 WHERE token_sha256 = ?1")?
        .execute(params![hash(token), now.timestamp_millis()])?;
    Ok(())
}

/// The session of a token without keeping it awake: for the event stream, which would else live for ever.
pub(crate) fn look_up(
    db: &Connection,
    token: &str,
    now: DateTime<Utc>,
) -> std::result::Result<(OpenSession, DateTime<Utc>), Refusal> {
    let mut query = db.prepare_cached(
        "SELECT user, expires, last_used, previous_login, login_certificate FROM session
         WHERE token_sha256 = ?1",
    )?;
    let mut rows = query.query([hash(token)])?;
    let row = rows.next()?.ok_or(ProblemCode::SessionExpired)?;
    let (user, expires, last_used): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (previous, login_certificate): (Option<i64>, Vec<u8>) = (row.get(3)?, row.get(4)?);
    let (expires, last_used) = (time(expires)?, time(last_used)?);
    if now >= expires || now - last_used >= IDLE {
        return Err(ProblemCode::SessionExpired.into());
    }
    if revocation::has_ended(db, &revocation::sha256(&login_certificate), now)? {
        return Err(ProblemCode::SessionExpired.into());
    }
    if users::find(db, &user)?.is_none_or(|row| row.locked) {
        return Err(ProblemCode::LoginUserLocked.into());
    }
    let session = OpenSession {
        user: parse("session.user", &user)?,
        expires,
        previous_login: previous.map(time).transpose()?,
        login_certificate,
    };
    Ok((session, last_used))
}

/// Ends a session; ending one that does not exist is no error.
pub(crate) fn close(db: &Connection, token: &str) -> Result<()> {
    db.execute("DELETE FROM session WHERE token_sha256 = ?1", [hash(token)])?;
    Ok(())
}

/// The user's sessions that the certificate of one SHA-256 has opened go on as if another one (DER) had opened them.
pub(crate) fn go_on_with(db: &Connection, user: &UserId, old_sha256: &str, new: &[u8]) -> Result<()> {
    let sessions: Vec<(Vec<u8>, Vec<u8>)> = db
        .prepare_cached("SELECT token_sha256, login_certificate FROM session WHERE user = ?1")?
        .query_map([user.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (token, _) in sessions.iter().filter(|(_, old)| revocation::sha256(old) == old_sha256) {
        db.execute("UPDATE session SET login_certificate = ?2 WHERE token_sha256 = ?1", params![token, new])?;
    }
    Ok(())
}

/// The session as its client sees it.
pub(crate) fn describe(db: &Connection, token: SessionToken, session: &OpenSession) -> Result<Session> {
    let name = users::find(db, session.user.as_str())?.map(|row| row.user.name).unwrap_or_default();
    Ok(Session {
        token,
        expires: session.expires,
        idle_seconds: u32::try_from(IDLE.num_seconds()).unwrap_or(u32::MAX),
        user: domain::User { id: session.user.clone(), name },
        last_login: session.previous_login,
        customers: customers::of_user(db, &session.user)?,
    })
}

/// What the bank keeps of a token, and what tells its session from every other.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
