//! Orders of packages: recording one, importing a hundred thousand, reading them back, and what the bank says of
//! each. Searching and lists over packages are in [`crate::order_lists`].

use std::borrow::Borrow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::routing::Route;
use domain::submission::OrderStatus;
use domain::{AccountNumber, Money, Order, OrderId, PackageId};
use rusqlite::{CachedStatement, OptionalExtension, params};

use crate::order_rows::{columns, order, stored};
use crate::values::{LARGEST_TOTAL, micros, money, parsed};
use crate::{OfCustomer, Page, Result, StoreError, packages};

pub use crate::order_rows::{OrderRow, StoredOrder};

/// Orders that one statement stores: an import of many takes half the time that it takes one by one, because SQLite
/// opens table and indexes for each statement. More of them hardly help.
const TOGETHER: usize = 32;
/// Columns of an order when it is stored: those of its row, customer, package, position.
const COLUMNS: usize = OrderRow::COLUMNS + 3;

/// Adds orders to one recorded package, one after the other; made for imports of any size.
///
/// Must be ended by [`Inserter::finish`] within the same transaction, which stores the last orders and sets the
/// package's totals.
pub struct Inserter<'c> {
    of: &'c OfCustomer<'c>,
    /// Stores [`TOGETHER`] orders.
    insert: CachedStatement<'c>,
    waiting: Vec<OrderRow>,
    /// Rows that are stored, to be given back.
    stored: Vec<OrderRow>,
    /// What the last order debits.
    debit: Option<AccountNumber>,
    package: i64,
    /// Of the last order that is stored.
    position: i64,
    count: i64,
    units: i64,
}

impl std::fmt::Debug for Inserter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inserter").field("package", &self.package).field("count", &self.count).finish()
    }
}

impl<'c> Inserter<'c> {
    /// Begins to add to a recorded package.
    pub fn begin(of: &'c OfCustomer<'c>, package: PackageId, now: DateTime<Utc>) -> Result<Self> {
        const LAST: &str = "SELECT coalesce(max(position), 0) FROM orders WHERE package = ?1";
        let package = packages::content_changes(of, package, now)?;
        let position = of.prepare_cached(LAST)?.query_row([package], |row| row.get(0))?;
        let insert = insert_of(of, TOGETHER)?;
        Ok(Self {
            of,
            insert,
            waiting: Vec::new(),
            stored: Vec::new(),
            debit: None,
            package,
            position,
            count: 0,
            units: 0,
        })
    }

    /// Adds one order behind the last one.
    pub fn add(&mut self, order: &Order) -> Result<()> {
        self.add_row(OrderRow::of(order)?).map(drop)
    }

    /// Adds the order of a row behind the last one. Gives back a row that is stored, if there is one: whoever made the
    /// rows on another thread should free them there too, or both wait for the allocator.
    pub fn add_row(&mut self, row: OrderRow) -> Result<Option<OrderRow>> {
        self.units = self.units.checked_add(row.units()).ok_or(StoreError::TotalTooLarge)?;
        if self.units > LARGEST_TOTAL {
            return Err(StoreError::TotalTooLarge);
        }
        if row.debit() != self.debit {
            may_debit(self.of, row.debit())?;
            self.debit = row.debit();
        }
        self.count += 1;
        self.waiting.push(row);
        if self.waiting.len() == TOGETHER {
            self.position =
                store(&mut self.insert, &self.waiting, self.of.key(), self.package, self.position)?;
            self.stored.append(&mut self.waiting);
        }
        Ok(self.stored.pop())
    }

    /// Stores the last orders and sets the package's number of orders and total; gives how many orders were added.
    pub fn finish(self) -> Result<u32> {
        if !self.waiting.is_empty() {
            let mut insert = insert_of(self.of, self.waiting.len())?;
            store(&mut insert, &self.waiting, self.of.key(), self.package, self.position)?;
        }
        packages::add_to_totals(self.of, self.package, self.count, self.units)?;
        u32::try_from(self.count).map_err(|_| StoreError::TotalTooLarge)
    }
}

/// Remembers that the customer's orders debit an account; refused when only another customer has it.
fn may_debit(of: &OfCustomer<'_>, account: Option<AccountNumber>) -> Result<()> {
    const SQL: &str = "INSERT INTO debit_accounts (customer, number) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    if let Some(account) = account {
        of.prepare_cached(SQL)?.execute(params![of.key(), account.digits24()])?;
    }
    Ok(())
}

/// The statement that stores so many orders.
fn insert_of<'c>(of: &'c OfCustomer<'_>, orders: usize) -> Result<CachedStatement<'c>> {
    let row = format!("({})", ["?"; COLUMNS].join(", "));
    let rows = vec![row; orders].join(", ");
    Ok(of.prepare_cached(&format!(
        "INSERT INTO orders (id, order_type, content, debit_account, payee, payee_name, amount, currency,
            value_date, words, customer, package, position)
        VALUES {rows}"
    ))?)
}

/// Stores as many orders as the statement takes, behind `position`; gives the last one's.
fn store(
    insert: &mut CachedStatement<'_>,
    rows: &[OrderRow],
    customer: i64,
    package: i64,
    position: i64,
) -> Result<i64> {
    let mut position = position;
    for (row, before) in rows.iter().zip((0..).step_by(COLUMNS)) {
        position += 1;
        row.bind(insert, before)?;
        insert.raw_bind_parameter(before + OrderRow::COLUMNS + 1, customer)?;
        insert.raw_bind_parameter(before + OrderRow::COLUMNS + 2, package)?;
        insert.raw_bind_parameter(before + OrderRow::COLUMNS + 3, position)?;
    }
    insert.raw_execute()?;
    Ok(position)
}

/// Adds orders to a recorded package; gives how many.
pub fn insert_many(
    of: &OfCustomer<'_>,
    package: PackageId,
    orders: impl IntoIterator<Item = impl Borrow<Order>>,
    now: DateTime<Utc>,
) -> Result<u32> {
    let mut inserter = Inserter::begin(of, package, now)?;
    for order in orders {
        inserter.add(order.borrow())?;
    }
    inserter.finish()
}

/// Adds one order to a recorded package.
pub fn insert(of: &OfCustomer<'_>, package: PackageId, order: &Order, now: DateTime<Utc>) -> Result<()> {
    insert_many(of, package, [order], now).map(drop)
}

/// Replaces an order of a recorded package by its changed form, in its place.
pub fn replace(of: &OfCustomer<'_>, order: &Order, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "UPDATE orders SET order_type = ?2, content = ?3, debit_account = ?4, payee = ?5,
            payee_name = ?6, amount = ?7, currency = ?8, value_date = ?9, words = ?10
        WHERE id = ?1 AND customer = ?11";
    let old = get(of, order.id())?;
    let key = packages::content_changes(of, old.package, now)?;
    let mut update = of.prepare_cached(SQL)?;
    let row = OrderRow::of(order)?;
    may_debit(of, row.debit())?;
    row.bind(&mut update, 0)?;
    update.raw_bind_parameter(OrderRow::COLUMNS + 1, of.key())?;
    update.raw_execute()?;
    packages::add_to_totals(of, key, 0, row.units() - units_of(&old.order))
}

/// What an order adds to its package's total, in minor units.
fn units_of(order: &Order) -> i64 {
    order.face().amount.map_or(0, |money| money.minor_units())
}

/// Takes an order out of its recorded package.
pub fn remove(of: &OfCustomer<'_>, id: OrderId, now: DateTime<Utc>) -> Result<()> {
    let old = get(of, id)?;
    let key = packages::content_changes(of, old.package, now)?;
    of.prepare_cached("DELETE FROM orders WHERE customer = ?1 AND id = ?2")?
        .execute(params![of.key(), id.0.as_bytes()])?;
    packages::add_to_totals(of, key, -1, -units_of(&old.order))
}

/// Takes every order out of a recorded package.
pub fn clear(of: &OfCustomer<'_>, package: PackageId, now: DateTime<Utc>) -> Result<()> {
    let stored = packages::get(of, package)?;
    let key = packages::content_changes(of, package, now)?;
    of.prepare_cached("DELETE FROM orders WHERE package = ?1")?.execute([key])?;
    packages::add_to_totals(of, key, -i64::from(stored.count), -stored.total.minor_units())
}

/// One order, if it is here.
pub fn find(of: &OfCustomer<'_>, id: OrderId) -> Result<Option<StoredOrder>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM orders o JOIN packages p ON p.key = o.package WHERE o.customer = ?1 AND o.id = ?2"
    );
    Ok(of.prepare_cached(SQL)?.query_row(params![of.key(), id.0.as_bytes()], stored).optional()?)
}

/// One order.
pub fn get(of: &OfCustomer<'_>, id: OrderId) -> Result<StoredOrder> {
    find(of, id)?.ok_or(StoreError::NotFound("order"))
}

/// Orders of a package, in its order.
pub fn page(of: &OfCustomer<'_>, package: PackageId, page: Page) -> Result<Vec<StoredOrder>> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM orders o JOIN packages p ON p.key = o.package
        WHERE o.package = ?1 ORDER BY o.position LIMIT ?2 OFFSET ?3"
    );
    let key = packages::key(of, package)?;
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![key, page.limit, page.offset], stored)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Gives every order of a package to `f`, in its order, without holding them all; made for documents and exports.
pub fn for_each<E: From<StoreError>>(
    of: &OfCustomer<'_>,
    package: PackageId,
    mut f: impl FnMut(Order) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    const SQL: &str = concat!(
        "SELECT ",
        columns!(),
        " FROM orders o JOIN packages p ON p.key = o.package WHERE o.package = ?1 ORDER BY o.position"
    );
    let sql = |e: rusqlite::Error| E::from(StoreError::from(e));
    let key = packages::key(of, package)?;
    let mut statement = of.prepare_cached(SQL).map_err(sql)?;
    let mut rows = statement.query([key]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        f(order(row).map_err(sql)?)?;
    }
    Ok(())
}

/// Keeps what the bank says of an order. The bank's final word stays final: an older state arriving again changes
/// nothing. Gives whether anything changed.
pub fn set_status(of: &OfCustomer<'_>, id: OrderId, status: &OrderStatus) -> Result<bool> {
    const SQL: &str = "UPDATE orders
        SET bank_state = ?2, route = coalesce(?3, route), reason = ?4, due = ?5, decided_at = ?6
        WHERE customer = ?7 AND id = ?1 AND bank_state IS NOT NULL
            AND (bank_state NOT IN ('executed', 'rejected') OR ?2 = bank_state)
            AND (bank_state, coalesce(?3, route), reason, due, decided_at) IS NOT (?2, ?3, ?4, ?5, ?6)";
    let OrderStatus { state, route, reason, due, decided_at } = status;
    let values = params![
        id.0.as_bytes(),
        state.name(),
        route.map(Route::name),
        reason,
        due.map(micros),
        decided_at.map(micros),
        of.key()
    ];
    if of.prepare_cached(SQL)?.execute(values)? > 0 {
        return Ok(true);
    }
    match get(of, id)?.status {
        Some(_) => Ok(false),
        // The bank speaks of an order that has never left: somebody must look, not the next sync.
        None => Err(StoreError::StateChanged { expected: "sending", found: "none".to_owned() }),
    }
}

/// Sum of amounts by debited account, as the authority table judges them; empty where no money moves.
pub fn debits(of: &OfCustomer<'_>, package: PackageId) -> Result<BTreeMap<AccountNumber, Money>> {
    const SQL: &str = "SELECT debit_account, sum(amount), currency FROM orders
        WHERE package = ?1 AND debit_account IS NOT NULL AND amount IS NOT NULL
        GROUP BY debit_account, currency";
    let key = packages::key(of, package)?;
    let mut statement = of.prepare_cached(SQL)?;
    let rows = statement
        .query_map([key], |row| Ok((parsed(row, 0)?, money(row, 1, 2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
