//! What the bank sends to telephones and mailboxes. The demo has neither, so the notices wait in a table that the
//! operator desk and the control interface show, one-time codes among them. A bank in earnest would hand them to its
//! gateway here and keep no code.

use chrono::{DateTime, Utc};
use domain::{AuthorityTable, CustomerId};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::ground::database::{parse, time};
use crate::ground::error::Result;

/// Key of the notice of a package that came in.
pub const PACKAGE_RECEIVED: &str = "notice-package-received";

/// A notice that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Number, rising.
    pub id: i64,
    pub at: DateTime<Utc>,
    pub customer: CustomerId,
    /// Telephone number or e-mail address.
    pub address: String,
    /// Key of its text.
    pub kind: String,
    /// What the text speaks of: a code, a package's name.
    pub detail: String,
}

pub fn send(
    db: &Connection,
    customer: &CustomerId,
    address: &str,
    kind: &str,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    db.execute(
        "INSERT INTO notice (at, customer, address, kind, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![now.timestamp_millis(), customer.as_str(), address, kind, detail],
    )?;
    Ok(())
}

/// Tells the users of a table who want to be told: by telephone, else by mail.
pub fn tell_users(
    db: &Connection,
    customer: &CustomerId,
    table: &AuthorityTable,
    kind: &str,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    for contact in table.users.iter().map(|user| &user.contact).filter(|contact| contact.notify) {
        let phone = contact.phone.as_ref().map(domain::contact::MobileNumber::as_str);
        let email = contact.email.as_ref().map(domain::contact::EmailAddress::as_str);
        if let Some(address) = phone.or(email) {
            send(db, customer, address, kind, detail, now)?;
        }
    }
    Ok(())
}

/// Notices of that kind to a customer since a moment.
pub fn count(db: &Connection, customer: &CustomerId, kind: &str, since: DateTime<Utc>) -> Result<u32> {
    let count = db.query_row(
        "SELECT COUNT(*) FROM notice WHERE customer = ?1 AND kind = ?2 AND at > ?3",
        params![customer.as_str(), kind, since.timestamp_millis()],
        |row| row.get(0),
    )?;
    Ok(count)
}

/// The newest notices, newest first.
pub fn newest(db: &Connection, rows: u32) -> Result<Vec<Notice>> {
    let mut query = db.prepare_cached(
        "SELECT id, at, customer, address, kind, detail FROM notice ORDER BY id DESC LIMIT ?1",
    )?;
    let mut rows = query.query([rows])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Notice {
            id: row.get(0)?,
            at: time(row.get(1)?)?,
            customer: parse("notice.customer", &row.get::<_, String>(2)?)?,
            address: row.get(3)?,
            kind: row.get(4)?,
            detail: row.get(5)?,
        });
    }
    Ok(found)
}
