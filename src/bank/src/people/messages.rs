//! Messages between customers and the bank.
//!
//! All users of a customer see the same messages; whether one was read is each user's own. A message's coming and
//! each user's first reading are events in one row of numbers, which cursors count.

use chrono::{DateTime, Utc};
use domain::{CustomerId, User, UserId};
use protocol::messages::{MAX_BODY, MAX_SUBJECT};
use protocol::{Cursor, Message, MessagePage, ProblemCode, WriteMessage};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::ground::changes;
use crate::ground::database::{parse, time};
use crate::ground::error::{Refusal, Result};

/// Writes a message, `author` for the customer or the bank (`None`). The same id again changes nothing.
///
/// # Errors
/// `message-invalid` for empty or too long texts, and for an id that another customer or writer has used.
pub(crate) fn write(
    db: &Connection,
    customer: &CustomerId,
    author: Option<&UserId>,
    message: &WriteMessage,
    now: DateTime<Utc>,
) -> std::result::Result<(), Refusal> {
    let (subject, body) = (message.subject.trim(), message.body.trim());
    let is_line = !subject.chars().any(char::is_control);
    let is_text = body.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    let fits = |text: &str, max| (1..=max).contains(&text.chars().count());
    if !is_line || !is_text || !fits(subject, MAX_SUBJECT) || !fits(body, MAX_BODY) {
        return Err(ProblemCode::MessageInvalid.into());
    }
    let (id, author) = (message.id.to_string(), author.map(UserId::as_str));
    let known: Option<(String, Option<String>)> = db
        .query_row("SELECT customer, author FROM message WHERE id = ?1", [&id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    if let Some((of, by)) = known {
        let same = of == customer.as_str() && by.as_deref() == author;
        return if same { Ok(()) } else { Err(ProblemCode::MessageInvalid.into()) };
    }
    db.execute(
        "INSERT INTO message (id, customer, at, author, subject, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, customer.as_str(), now.timestamp_millis(), author, subject, body],
    )?;
    db.execute("INSERT INTO message_event (message) VALUES (?1)", [&id])?;
    changes::messages(db, customer)?;
    Ok(())
}

/// The user has read the message.
///
/// # Errors
/// `not-found`.
pub(crate) fn read(
    db: &Connection,
    customer: &CustomerId,
    user: &UserId,
    message: Uuid,
) -> std::result::Result<(), Refusal> {
    let id = message.to_string();
    let is_known = db
        .prepare_cached("SELECT 1 FROM message WHERE id = ?1 AND customer = ?2")?
        .exists([id.as_str(), customer.as_str()])?;
    if !is_known {
        return Err(ProblemCode::NotFound.into());
    }
    let news = db.execute(
        "INSERT OR IGNORE INTO message_event (message, reader) VALUES (?1, ?2)",
        [id.as_str(), user.as_str()],
    )?;
    if news > 0 {
        changes::messages(db, customer)?;
    }
    Ok(())
}

const COLUMNS: &str = "m.id, m.at, m.author, u.name, m.subject, m.body";

/// Messages that came, or that the user has read, after a cursor.
///
/// # Errors
/// `cursor-invalid`.
pub(crate) fn page(
    db: &Connection,
    customer: &CustomerId,
    user: &UserId,
    after: Option<&Cursor>,
    limit: u32,
) -> std::result::Result<MessagePage, Refusal> {
    let start = after.map_or(Ok(0), Cursor::sequence).map_err(|_| ProblemCode::CursorInvalid)?;
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS},
            m.author IS ?2 OR EXISTS (SELECT 1 FROM message_event r WHERE r.message = m.id AND r.reader = ?2),
            MAX(e.number) AS last FROM message_event e JOIN message m ON m.id = e.message
         LEFT JOIN bank_user u ON u.id = m.author
         WHERE m.customer = ?1 AND e.number > ?3 AND (e.reader IS NULL OR e.reader = ?2)
         GROUP BY m.id ORDER BY last LIMIT ?4"
    ))?;
    let start_row = i64::try_from(start).unwrap_or(i64::MAX);
    let mut rows = query.query(params![customer.as_str(), user.as_str(), start_row, limit + 1])?;
    let (mut messages, mut next, mut more) = (Vec::new(), start, false);
    while let Some(row) = rows.next()? {
        if messages.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            more = true;
            break;
        }
        messages.push(message(row)?);
        next = u64::try_from(row.get::<_, i64>(7)?).unwrap_or(next);
    }
    Ok(MessagePage { messages, next: Cursor::after(next), more })
}

/// The newest messages as the bank sees them, with their customers, newest first; the bank has read its own.
pub(crate) fn newest(db: &Connection, rows: u32) -> Result<Vec<(CustomerId, Message)>> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS}, m.author IS NULL, m.customer FROM message_event e JOIN message m ON m.id = e.message
         LEFT JOIN bank_user u ON u.id = m.author WHERE e.reader IS NULL ORDER BY e.number DESC LIMIT ?1"
    ))?;
    let mut rows = query.query([rows])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((parse("message.customer", &row.get::<_, String>(7)?)?, message(row)?));
    }
    Ok(found)
}

fn message(row: &Row<'_>) -> Result<Message> {
    let author: Option<String> = row.get(2)?;
    let name: Option<String> = row.get(3)?;
    let author = author
        .map(|id| -> Result<_> {
            Ok(User { id: parse("message.author", &id)?, name: name.unwrap_or_default() })
        })
        .transpose()?;
    Ok(Message {
        id: parse("message.id", &row.get::<_, String>(0)?)?,
        at: time(row.get(1)?)?,
        author,
        subject: row.get(4)?,
        body: row.get(5)?,
        read: row.get(6)?,
    })
}
