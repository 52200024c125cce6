//! Customers and the rights of their users. Whatever changes in a table, or in what is known of its users, is told.

use domain::customer::CustomerKind;
use domain::{AuthorityTable, Customer, CustomerId, SecondaryId, UserId};
use protocol::{CustomerAccess, ProblemCode};
use rusqlite::{Connection, Row, params};

use super::known;
use crate::ground::changes;
use crate::ground::database::{from_json, parse, to_json};
use crate::ground::error::{Refusal, Result};

pub(crate) fn add(db: &Connection, access: &CustomerAccess) -> Result<()> {
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
            to_json(&known::bare(&access.authority))?
        ],
    )?;
    set_users(db, &access.customer.id, &access.authority)
}

/// A customer and its authority table.
pub(crate) fn find(db: &Connection, id: &CustomerId) -> Result<Option<CustomerAccess>> {
    let mut query = db.prepare_cached("SELECT id, name, kind, authority FROM customer WHERE id = ?1")?;
    let mut rows = query.query([id.as_str()])?;
    rows.next()?.map(|row| read(db, row)).transpose()
}

pub(crate) fn all(db: &Connection) -> Result<Vec<CustomerAccess>> {
    let mut query = db.prepare_cached("SELECT id, name, kind, authority FROM customer ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(db, row)?);
    }
    Ok(found)
}

/// Every customer for whom the user may do anything. No other customer's table is read.
pub(crate) fn of_user(db: &Connection, user: &UserId) -> Result<Vec<CustomerAccess>> {
    let mut query = db.prepare_cached(
        "SELECT c.id, c.name, c.kind, c.authority FROM customer_user u JOIN customer c ON c.id = u.customer
         WHERE u.user = ?1 ORDER BY c.id",
    )?;
    let mut rows = query.query([user.as_str()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(db, row)?);
    }
    Ok(found)
}

/// The numbers of the user's customers. No table is read.
pub(crate) fn ids_of(db: &Connection, user: &UserId) -> Result<Vec<CustomerId>> {
    let mut query =
        db.prepare_cached("SELECT customer FROM customer_user WHERE user = ?1 ORDER BY customer")?;
    let mut rows = query.query([user.as_str()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(parse("customer_user.customer", &row.get::<_, String>(0)?)?);
    }
    Ok(found)
}

/// Whether the user may do anything for any customer.
pub(crate) fn has_any(db: &Connection, user: &UserId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM customer_user WHERE user = ?1")?.exists([user.as_str()])?)
}

/// Whether the user may do anything for another customer, too.
pub(crate) fn is_elsewhere(db: &Connection, user: &UserId, customer: &CustomerId) -> Result<bool> {
    let mut query = db.prepare_cached("SELECT 1 FROM customer_user WHERE user = ?1 AND customer <> ?2")?;
    Ok(query.exists([user.as_str(), customer.as_str()])?)
}

/// The tables of the user's customers as they are stored, without what is known of their users: enough to judge rights.
pub(crate) fn tables_of(db: &Connection, user: &UserId) -> Result<Vec<(CustomerId, AuthorityTable)>> {
    let mut query = db.prepare_cached(
        "SELECT c.id, c.authority FROM customer_user u JOIN customer c ON c.id = u.customer WHERE u.user = ?1",
    )?;
    let mut rows = query.query([user.as_str()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = parse("customer.id", &row.get::<_, String>(0)?)?;
        found.push((id, from_json("customer.authority", &row.get::<_, String>(1)?)?));
    }
    Ok(found)
}

/// The customer, if the user has any right there.
///
/// # Errors
/// `not-permitted` also for customers that do not exist: strangers learn nothing.
pub(crate) fn permitted(
    db: &Connection,
    user: &UserId,
    id: &CustomerId,
) -> std::result::Result<CustomerAccess, Refusal> {
    find(db, id)?
        .filter(|access| is_user_of(user, &access.authority))
        .ok_or_else(|| ProblemCode::NotPermitted.into())
}

/// Whether the table gives the user any right.
pub(crate) fn is_user_of(user: &UserId, table: &AuthorityTable) -> bool {
    table.rights.iter().any(|right| right.user == *user)
}

fn read(db: &Connection, row: &Row<'_>) -> Result<CustomerAccess> {
    let kind: String = row.get(2)?;
    let customer = Customer {
        id: parse("customer.id", &row.get::<_, String>(0)?)?,
        name: row.get(1)?,
        kind: if kind == "company" { CustomerKind::Company } else { CustomerKind::PrivatePerson },
    };
    let mut authority = from_json("customer.authority", &row.get::<_, String>(3)?)?;
    known::complete(db, &mut authority)?;
    Ok(CustomerAccess { customer, authority })
}

/// Stores a customer's authority table as it is and tells everybody.
pub(crate) fn set_authority(db: &Connection, id: &CustomerId, table: &AuthorityTable) -> Result<()> {
    db.execute(
        "UPDATE customer SET authority = ?2 WHERE id = ?1",
        params![id.as_str(), to_json(&known::bare(table))?],
    )?;
    set_users(db, id, table)?;
    changes::authority(db, id)
}

/// Notes who has any right at the customer.
fn set_users(db: &Connection, id: &CustomerId, table: &AuthorityTable) -> Result<()> {
    db.prepare_cached("DELETE FROM customer_user WHERE customer = ?1")?.execute([id.as_str()])?;
    let mut note =
        db.prepare_cached("INSERT OR IGNORE INTO customer_user (user, customer) VALUES (?1, ?2)")?;
    for right in &table.rights {
        note.execute([right.user.as_str(), id.as_str()])?;
    }
    Ok(())
}

/// Stores a changed authority table under the next version.
pub(crate) fn replace_authority(db: &Connection, id: &CustomerId, mut table: AuthorityTable) -> Result<()> {
    table.version = table.version.saturating_add(1);
    set_authority(db, id, &table)
}

/// Tax numbers and tax ids of the customer in the bank's master.
pub(crate) fn own_ids(db: &Connection, id: &CustomerId) -> Result<Vec<SecondaryId>> {
    let text: String =
        db.query_row("SELECT own_ids FROM customer WHERE id = ?1", [id.as_str()], |row| row.get(0))?;
    from_json("customer.own_ids", &text)
}

/// Notes tax numbers and tax ids of the customer.
pub(crate) fn set_own_ids(db: &Connection, id: &CustomerId, ids: &[SecondaryId]) -> Result<()> {
    db.execute("UPDATE customer SET own_ids = ?2 WHERE id = ?1", params![id.as_str(), to_json(&ids)?])?;
    Ok(())
}

/// Something about the user is different now: the tables of all customers of the user are new ones, except that of a
/// customer whose table is being written anyway.
pub(crate) fn user_changed(db: &Connection, user: &UserId, except: Option<&CustomerId>) -> Result<()> {
    for access in of_user(db, user)? {
        if except != Some(&access.customer.id) {
            replace_authority(db, &access.customer.id, access.authority)?;
        }
    }
    Ok(())
}
