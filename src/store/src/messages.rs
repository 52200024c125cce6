//! Messages of the bank and to it. One of ours is written down before it leaves, and that one was read is kept
//! until the bank has heard of it, so a lost answer loses neither.

use chrono::{DateTime, Utc};
use domain::User;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::values::{bad, id, micros, moment, named_or_none};
use crate::{OfCustomer, Page, Result, StoreError};

/// What of a message the bank does not know yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Untold {
    /// The message itself: it is ours and new.
    Written,
    /// That it was read.
    Read,
}

domain::names! {
    pub Untold {
        Written = "write",
        Read = "read",
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMessage {
    /// The writer's identifier of it.
    pub id: Uuid,
    /// When the bank wrote or got it; when it was written down here, before that.
    pub at: DateTime<Utc>,
    /// Who wrote it for the customer; `None`: the bank.
    pub author: Option<User>,
    /// One line.
    pub subject: String,
    /// Plain text with line breaks.
    pub body: String,
    /// Whether it was read at this seat, by whoever was logged in.
    pub read: bool,
    /// What the bank does not know yet.
    pub untold: Option<Untold>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, at, author, name, subject, body, read, pending FROM messages ", $rest)
    };
}

fn message(row: &Row<'_>) -> rusqlite::Result<StoredMessage> {
    let author: Option<String> = row.get(2)?;
    let author = match author {
        Some(user) => Some(User { id: user.parse().map_err(bad)?, name: row.get(3)? }),
        None => None,
    };
    Ok(StoredMessage {
        id: id(row, 0)?,
        at: moment(row, 1)?,
        author,
        subject: row.get(4)?,
        body: row.get(5)?,
        read: row.get(6)?,
        untold: named_or_none(row, 7, Untold::from_name)?,
    })
}

/// Writes down a new message of ours that the bank has not got.
pub fn write(of: &OfCustomer<'_>, message: &StoredMessage) -> Result<()> {
    const SQL: &str = "INSERT INTO messages (customer, id, at, author, name, subject, body, read, pending)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let _: usize = of.prepare_cached(SQL)?.execute(params![
        of.key(),
        message.id.as_bytes(),
        micros(message.at),
        message.author.as_ref().map(|user| user.id.as_str()),
        message.author.as_ref().map(|user| user.name.as_str()),
        message.subject,
        message.body,
        message.read,
        message.untold.map(Untold::name),
    ])?;
    Ok(())
}

/// Keeps a message as the bank tells it: one of ours that it tells has arrived, one that was read here stays read.
/// Gives whether anything changed.
pub fn save(of: &OfCustomer<'_>, message: &StoredMessage) -> Result<bool> {
    const SQL: &str = "INSERT INTO messages (customer, id, at, author, name, subject, body, read)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (customer, id) DO UPDATE SET at = excluded.at, author = excluded.author, name = excluded.name,
            subject = excluded.subject, body = excluded.body, read = max(read, excluded.read),
            pending = CASE WHEN pending = 'read' AND NOT excluded.read THEN pending END
        WHERE (at, author, name, subject, body, max(read, excluded.read),
                CASE WHEN pending = 'read' AND NOT excluded.read THEN pending END)
            IS NOT (excluded.at, excluded.author, excluded.name, excluded.subject, excluded.body, read, pending)";
    let changed = of.prepare_cached(SQL)?.execute(params![
        of.key(),
        message.id.as_bytes(),
        micros(message.at),
        message.author.as_ref().map(|user| user.id.as_str()),
        message.author.as_ref().map(|user| user.name.as_str()),
        message.subject,
        message.body,
        message.read,
    ])?;
    Ok(changed > 0)
}

/// Notes that a message of the bank was read; the bank is yet to hear of it. Gives whether it was unread.
pub fn set_read(of: &OfCustomer<'_>, id: Uuid) -> Result<bool> {
    const SQL: &str =
        "UPDATE messages SET read = 1, pending = 'read' WHERE customer = ?1 AND id = ?2 AND read = 0";
    if of.prepare_cached(SQL)?.execute(params![of.key(), id.as_bytes()])? > 0 {
        return Ok(true);
    }
    get(of, id).map(|_| false)
}

/// Notes that the bank knows what it did not know of a message.
pub fn set_told(of: &OfCustomer<'_>, id: Uuid, what: Untold) -> Result<()> {
    const SQL: &str = "UPDATE messages SET pending = NULL WHERE customer = ?1 AND id = ?2 AND pending = ?3";
    let _: usize = of.prepare_cached(SQL)?.execute(params![of.key(), id.as_bytes(), what.name()])?;
    Ok(())
}

/// One message.
pub fn get(of: &OfCustomer<'_>, id: Uuid) -> Result<StoredMessage> {
    const SQL: &str = select!("WHERE customer = ?1 AND id = ?2");
    let found = of.prepare_cached(SQL)?.query_row(params![of.key(), id.as_bytes()], message).optional()?;
    found.ok_or(StoreError::NotFound("message"))
}

/// Messages of a customer, the newest first.
pub fn list(of: &OfCustomer<'_>, page: Page) -> Result<Vec<StoredMessage>> {
    const SQL: &str = select!("WHERE customer = ?1 ORDER BY at DESC, id DESC LIMIT ?2 OFFSET ?3");
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![of.key(), page.limit, page.offset], message)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Messages of which the bank does not know something yet, the oldest first.
pub fn untold(of: &OfCustomer<'_>) -> Result<Vec<StoredMessage>> {
    const SQL: &str = select!("WHERE customer = ?1 AND pending IS NOT NULL ORDER BY at, id");
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement.query_map([of.key()], message)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
