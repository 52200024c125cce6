//! Users as rows: who they are, how they are reached, when they came in last. Whoever changes what customers' tables
//! tell of a user says so by [`super::customers::user_changed`].

use chrono::{DateTime, Utc};
use domain::authority::UserContact;
use domain::{User, UserId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ground::database::parse;
use crate::ground::error::Result;

/// A user with what the bank remembers of its logins.
#[derive(Clone, Debug)]
pub(crate) struct UserRow {
    pub user: User,
    /// Whether the web is closed to the user.
    pub locked: bool,
    /// Last login, in milliseconds.
    pub last_login: Option<i64>,
}

pub(crate) fn add(db: &Connection, user: &User) -> Result<()> {
    db.execute("INSERT INTO bank_user (id, name) VALUES (?1, ?2)", params![user.id.as_str(), user.name])?;
    Ok(())
}

/// A user by its number.
pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<UserRow>> {
    db.prepare_cached("SELECT id, name, locked, last_login FROM bank_user WHERE id = ?1")?
        .query_row([id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?
        .map(|(id, name, locked, last_login)| {
            let user = User { id: parse("bank_user.id", &id)?, name };
            Ok(UserRow { user, locked, last_login })
        })
        .transpose()
}

/// How the bank reaches the user from now on.
pub(crate) fn set_contact(db: &Connection, user: &UserId, contact: &UserContact) -> Result<()> {
    db.execute(
        "UPDATE bank_user SET phone = ?2, email = ?3, notify = ?4 WHERE id = ?1",
        params![
            user.as_str(),
            contact.phone.as_ref().map(domain::contact::MobileNumber::as_str),
            contact.email.as_ref().map(domain::contact::EmailAddress::as_str),
            contact.notify
        ],
    )?;
    Ok(())
}

pub(crate) fn note_login(db: &Connection, id: &UserId, now: DateTime<Utc>) -> Result<()> {
    db.execute(
        "UPDATE bank_user SET last_login = ?2 WHERE id = ?1",
        params![id.as_str(), now.timestamp_millis()],
    )?;
    Ok(())
}

/// Ends everything that the user has open, in the client and in the web client.
pub(crate) fn end_sessions(db: &Connection, user: &UserId) -> Result<()> {
    db.execute("DELETE FROM session WHERE user = ?1", [user.as_str()])?;
    db.execute("DELETE FROM web_session WHERE user = ?1", [user.as_str()])?;
    Ok(())
}
