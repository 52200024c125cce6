//! Customers, users and their rights.

use chrono::{DateTime, Utc};
use domain::customer::CustomerKind;
use domain::{AccountNumber, AuthorityTable, Customer, CustomerId, SecondaryId, User, UserId};
use protocol::{CustomerAccess, ProblemCode};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::database::{from_json, parse, to_json};
use crate::error::Refusal;
use crate::{BankError, Result, changes, people};

/// A user with what the bank remembers of its logins.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// Who.
    pub user: User,
    /// Whether the web is closed to the user.
    pub locked: bool,
    /// Last login, in milliseconds.
    pub last_login: Option<i64>,
}

/// Adds a customer.
pub fn add(db: &Connection, access: &CustomerAccess) -> Result<()> {
    let kind = match access.customer.kind {
        CustomerKind::Company => "company",
        CustomerKind::PrivatePerson => "private_person",
    };
    db.execute(
        "INSERT INTO customer (id, name, kind, authority) VALUES (?1, ?2, ?3, ?4)",
        params![
            access.customer.id.as_str(),
            access.customer.name,
            kind,
            to_json(&people::bare(&access.authority))?
        ],
    )?;
    Ok(())
}

/// Adds a user.
pub fn add_user(db: &Connection, user: &User) -> Result<()> {
    db.execute("INSERT INTO bank_user (id, name) VALUES (?1, ?2)", params![user.id.as_str(), user.name])?;
    Ok(())
}

/// A customer and its authority table.
pub fn find(db: &Connection, id: &CustomerId) -> Result<Option<CustomerAccess>> {
    let mut query = db.prepare_cached("SELECT id, name, kind, authority FROM customer WHERE id = ?1")?;
    let mut rows = query.query([id.as_str()])?;
    rows.next()?.map(|row| read(db, row)).transpose()
}

/// Every customer.
pub fn all(db: &Connection) -> Result<Vec<CustomerAccess>> {
    let mut query = db.prepare_cached("SELECT id, name, kind, authority FROM customer ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(db, row)?);
    }
    Ok(found)
}

/// Every customer for whom the user may do anything.
pub fn of_user(db: &Connection, user: &UserId) -> Result<Vec<CustomerAccess>> {
    let mut found = all(db)?;
    found.retain(|access| is_user_of(user, &access.authority));
    Ok(found)
}

/// The customer, if the user has any right there.
///
/// # Errors
/// `not-permitted` also for customers that do not exist: strangers learn nothing.
pub fn permitted(
    db: &Connection,
    user: &UserId,
    id: &CustomerId,
) -> std::result::Result<CustomerAccess, Refusal> {
    find(db, id)?
        .filter(|access| is_user_of(user, &access.authority))
        .ok_or_else(|| ProblemCode::NotPermitted.into())
}

/// Whether the table gives the user any right.
pub fn is_user_of(user: &UserId, table: &AuthorityTable) -> bool {
    table.rights.iter().any(|right| right.user == *user)
}

/// Whether the user may see the account.
pub fn may_view(user: &UserId, table: &AuthorityTable, account: AccountNumber) -> bool {
    table.right(user, account).is_some_and(|right| right.view)
}

fn read(db: &Connection, row: &Row<'_>) -> Result<CustomerAccess> {
    let kind: String = row.get(2)?;
    let customer = Customer {
        id: parse("customer.id", &row.get::<_, String>(0)?)?,
        name: row.get(1)?,
        kind: if kind == "company" { CustomerKind::Company } else { CustomerKind::PrivatePerson },
    };
    let mut authority = from_json("customer.authority", &row.get::<_, String>(3)?)?;
    people::complete(db, &mut authority)?;
    Ok(CustomerAccess { customer, authority })
}

/// A user.
pub fn user(db: &Connection, id: &str) -> Result<Option<UserRow>> {
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

/// Stores a customer's authority table as it is and tells everybody.
pub fn set_authority(db: &Connection, id: &CustomerId, table: &AuthorityTable) -> Result<()> {
    db.execute(
        "UPDATE customer SET authority = ?2 WHERE id = ?1",
        params![id.as_str(), to_json(&people::bare(table))?],
    )?;
    changes::authority(db, id)
}

/// Stores a changed authority table under the next version.
pub fn replace_authority(db: &Connection, id: &CustomerId, mut table: AuthorityTable) -> Result<()> {
    table.version = table.version.saturating_add(1);
    set_authority(db, id, &table)
}

/// Tax numbers and tax ids of the customer in the bank's master.
pub fn own_ids(db: &Connection, id: &CustomerId) -> Result<Vec<SecondaryId>> {
    let text: String =
        db.query_row("SELECT own_ids FROM customer WHERE id = ?1", [id.as_str()], |row| row.get(0))?;
    from_json("customer.own_ids", &text)
}

/// Notes tax numbers and tax ids of the customer.
pub fn set_own_ids(db: &Connection, id: &CustomerId, ids: &[SecondaryId]) -> Result<()> {
    db.execute("UPDATE customer SET own_ids = ?2 WHERE id = ?1", params![id.as_str(), to_json(&ids)?])?;
    Ok(())
}

/// Notes a login.
pub fn note_login(db: &Connection, id: &UserId, now: DateTime<Utc>) -> Result<()> {
    db.execute(
        "UPDATE bank_user SET last_login = ?2 WHERE id = ?1",
        params![id.as_str(), now.timestamp_millis()],
    )?;
    Ok(())
}

/// Forgives a user's error points and unlocks the user, without a word to customers: the caller tells them.
pub fn forgive(db: &Connection, id: &UserId) -> Result<()> {
    db.execute("UPDATE bank_user SET error_points = 0, locked = 0 WHERE id = ?1", [id.as_str()])?;
    Ok(())
}

/// Locks or unlocks a user for the web; unlocking also forgives the error points.
pub fn set_locked(db: &Connection, id: &str, locked: bool) -> Result<()> {
    let changed = db.execute(
        "UPDATE bank_user SET locked = ?2, error_points = CASE WHEN ?2 THEN error_points ELSE 0 END WHERE id = ?1",
        params![id, locked],
    )?;
    if changed == 0 {
        return Err(BankError::data("bank_user", format!("no user {id}")));
    }
    people::changed(db, &parse("bank_user.id", id)?, None)
}
