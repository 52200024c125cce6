//! The log of changes behind cursors and server-sent events. It is written in the transaction that makes
//! the change, so no change is ever without its line.

use domain::{CustomerId, PackageId, UserId};
use protocol::Event;
use rusqlite::{Connection, Row, Rows, params};

use super::database::parse;
use super::error::{BankError, Result};

/// A package of the customer changed.
pub(crate) fn package(db: &Connection, customer: &CustomerId, package: PackageId) -> Result<()> {
    of_package(db, "package", customer, package)
}

/// A package came into the customer's shared area, or left it.
pub(crate) fn shared(db: &Connection, customer: &CustomerId, package: PackageId) -> Result<()> {
    of_package(db, "shared", customer, package)
}

/// A balance of the customer changed.
pub(crate) fn balance(db: &Connection, customer: &CustomerId, account: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO change (customer, kind, account) VALUES (?1, 'balance', ?2)")?
        .execute(params![customer.as_str(), account])?;
    Ok(())
}

/// The customer's authority table is another one.
pub(crate) fn authority(db: &Connection, customer: &CustomerId) -> Result<()> {
    of_customer(db, "authority", customer)
}

/// A message came, or was read.
pub(crate) fn messages(db: &Connection, customer: &CustomerId) -> Result<()> {
    of_customer(db, "messages", customer)
}

fn of_package(db: &Connection, kind: &str, customer: &CustomerId, package: PackageId) -> Result<()> {
    db.prepare_cached("INSERT INTO change (customer, kind, package) VALUES (?1, ?2, ?3)")?
        .execute(params![customer.as_str(), kind, package.to_string()])?;
    Ok(())
}

fn of_customer(db: &Connection, kind: &str, customer: &CustomerId) -> Result<()> {
    db.prepare_cached("INSERT INTO change (customer, kind) VALUES (?1, ?2)")?
        .execute(params![customer.as_str(), kind])?;
    Ok(())
}

/// Number of the last change.
pub(crate) fn last(db: &Connection) -> Result<u64> {
    let last: i64 = db
        .prepare_cached("SELECT COALESCE(MAX(sequence), 0) FROM change")?
        .query_row([], |row| row.get(0))?;
    Ok(u64::try_from(last).unwrap_or(0))
}

/// The last change after `sequence` at every customer that had any.
pub(crate) fn last_of_customers_after(db: &Connection, sequence: u64) -> Result<Vec<(CustomerId, u64)>> {
    let mut query = db
        .prepare_cached("SELECT customer, MAX(sequence) FROM change WHERE sequence > ?1 GROUP BY customer")?;
    let mut rows = query.query([number(sequence)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let last: i64 = row.get(1)?;
        found.push((parse("change.customer", &row.get::<_, String>(0)?)?, u64::try_from(last).unwrap_or(0)));
    }
    Ok(found)
}

/// Up to `limit` changes after `sequence` at the customers of a user. Nobody reads what others do.
pub(crate) fn of_user_after(
    db: &Connection,
    user: &UserId,
    sequence: u64,
    limit: u32,
) -> Result<Vec<(u64, Event)>> {
    let mut query = db.prepare_cached(
        "SELECT c.sequence, c.customer, c.kind, c.package, c.account
         FROM customer_user u JOIN change c ON c.customer = u.customer
         WHERE u.user = ?1 AND c.sequence > ?2 ORDER BY c.sequence LIMIT ?3",
    )?;
    read(query.query(params![user.as_str(), number(sequence), limit])?)
}

/// Up to `limit` changes after `sequence` at a customer.
pub(crate) fn of_customer_after(
    db: &Connection,
    customer: &CustomerId,
    sequence: u64,
    limit: u32,
) -> Result<Vec<(u64, Event)>> {
    let mut query = db.prepare_cached(
        "SELECT sequence, customer, kind, package, account FROM change
         WHERE customer = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3",
    )?;
    read(query.query(params![customer.as_str(), number(sequence), limit])?)
}

/// Up to `limit` changes after `sequence`, of all customers.
#[cfg(test)]
pub(crate) fn after(db: &Connection, sequence: u64, limit: u32) -> Result<Vec<(u64, Event)>> {
    let mut query = db.prepare(
        "SELECT sequence, customer, kind, package, account FROM change WHERE sequence > ?1
         ORDER BY sequence LIMIT ?2",
    )?;
    read(query.query(params![number(sequence), limit])?)
}

/// A sequence as SQLite counts.
fn number(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}

fn read(mut rows: Rows<'_>) -> Result<Vec<(u64, Event)>> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let sequence: i64 = row.get(0)?;
        found.push((u64::try_from(sequence).unwrap_or(0), event(row)?));
    }
    Ok(found)
}

fn event(row: &Row<'_>) -> Result<Event> {
    let customer = parse("change.customer", &row.get::<_, String>(1)?)?;
    let package = || -> Result<PackageId> { parse("change.package", &row.get::<_, String>(3)?) };
    match row.get::<_, String>(2)?.as_str() {
        "package" => Ok(Event::PackageChanged { customer, package: package()? }),
        "shared" => Ok(Event::SharedAreaChanged { customer, package: package()? }),
        "balance" => {
            let account = parse("change.account", &row.get::<_, String>(4)?)?;
            Ok(Event::BalanceChanged { customer, account })
        }
        "authority" => Ok(Event::AuthorityChanged { customer }),
        "messages" => Ok(Event::MessagesChanged { customer }),
        other => Err(BankError::data("change.kind", other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::database;

    #[test]
    fn every_kind_of_change_is_told_as_it_was_written() {
        let db = database::in_memory();
        let customer: CustomerId = "00123".parse().unwrap();
        let account: domain::AccountNumber = "11773016-11111018".parse().unwrap();
        let id = PackageId(uuid::Uuid::from_u128(7));
        package(&db, &customer, id).unwrap();
        shared(&db, &customer, id).unwrap();
        balance(&db, &customer, &account.digits24()).unwrap();
        authority(&db, &customer).unwrap();
        messages(&db, &customer).unwrap();
        let told = after(&db, 0, 10).unwrap();
        let numbers: Vec<u64> = told.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        let customer = || customer.clone();
        let events: Vec<Event> = told.into_iter().map(|(_, event)| event).collect();
        assert_eq!(
            events,
            [
                Event::PackageChanged { customer: customer(), package: id },
                Event::SharedAreaChanged { customer: customer(), package: id },
                Event::BalanceChanged { customer: customer(), account },
                Event::AuthorityChanged { customer: customer() },
                Event::MessagesChanged { customer: customer() },
            ]
        );
        assert_eq!(after(&db, 3, 1).unwrap().len(), 1);
        let other: CustomerId = "00124".parse().unwrap();
        messages(&db, &other).unwrap();
        assert_eq!(last_of_customers_after(&db, 5).unwrap(), [(other.clone(), 6)]);
        assert_eq!(last_of_customers_after(&db, 4).unwrap(), [("00123".parse().unwrap(), 5), (other, 6)]);
        assert_eq!(last(&db).unwrap(), 6);
    }
}
