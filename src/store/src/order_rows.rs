//! An order and its row: its content and its face, in one place for reading and for writing.

use domain::routing::Route;
use domain::submission::{OrderState, OrderStatus};
use domain::{AccountNumber, Currency, Face, Order, OrderId, OrderType, PackageId};
use rusqlite::{Row, Statement};

use crate::values::{bad, id, moment_or_none, named, named_or_none};
use crate::{Result, StoreError};

/// An order as it stands in its package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOrder {
    /// The order.
    pub order: Order,
    /// Its package.
    pub package: PackageId,
    /// Place in the package, from 1; places of removed orders stay empty.
    pub position: u32,
    /// What the bank says; `None` while it is only ours.
    pub status: Option<OrderStatus>,
}

/// Columns of [`stored`], of `orders o JOIN packages p`.
macro_rules! columns {
    () => {
        "o.order_type, o.content, o.position, o.bank_state, o.route, o.reason, o.due, o.decided_at, p.id"
    };
}
pub(crate) use columns;

/// The order in the first columns of [`columns`].
pub(crate) fn order(row: &Row<'_>) -> rusqlite::Result<Order> {
    let order_type = named(row, 0, OrderType::from_code)?;
    order_type.of_content(row.get_ref(1)?.as_str()?).map_err(bad)
}

pub(crate) fn stored(row: &Row<'_>) -> rusqlite::Result<StoredOrder> {
    let status = match named_or_none(row, 3, OrderState::from_name)? {
        Some(state) => Some(OrderStatus {
            state,
            route: named_or_none(row, 4, Route::from_name)?,
            reason: row.get(5)?,
            due: moment_or_none(row, 6)?,
            decided_at: moment_or_none(row, 7)?,
        }),
        None => None,
    };
    Ok(StoredOrder { order: order(row)?, package: PackageId(id(row, 8)?), position: row.get(2)?, status })
}

/// An order as its columns: id, order_type, content, debit_account, payee, payee_name, amount, currency, value_date,
/// words. Making one costs about as much as storing it, and needs no store.
#[derive(Clone, Debug)]
pub struct OrderRow {
    id: OrderId,
    order_type: OrderType,
    content: String,
    words: String,
    face: Face,
}

impl OrderRow {
    /// How many columns it has.
    pub(crate) const COLUMNS: usize = 10;

    /// The row of an order.
    ///
    /// # Errors
    /// An order whose content cannot be written as JSON.
    pub fn of(order: &Order) -> Result<Self> {
        let content = order.content().map_err(|e| StoreError::from(bad(e)))?;
        let face = order.face();
        Ok(Self { id: order.id(), order_type: order.order_type(), content, words: face.words(), face })
    }

    /// What the order adds to its package's total, in minor units.
    pub(crate) fn units(&self) -> i64 {
        self.face.amount.map_or(0, |money| money.minor_units())
    }

    /// The account that it debits.
    pub(crate) fn debit(&self) -> Option<AccountNumber> {
        self.face.debit
    }

    /// Binds the columns to as many parameters behind the first `before` ones.
    pub(crate) fn bind(&self, statement: &mut Statement<'_>, before: usize) -> Result<()> {
        let Self { id, order_type, content, words, face } = self;
        let currency = face.amount.map(|money| money.currency());
        statement.raw_bind_parameter(before + 1, id.0.as_bytes())?;
        statement.raw_bind_parameter(before + 2, order_type.code())?;
        statement.raw_bind_parameter(before + 3, content.as_str())?;
        statement.raw_bind_parameter(before + 4, face.debit.map(|account| account.digits24()))?;
        statement.raw_bind_parameter(before + 5, face.payee.as_deref())?;
        statement.raw_bind_parameter(before + 6, face.label.name())?;
        statement.raw_bind_parameter(before + 7, face.amount.map(|money| money.minor_units()))?;
        statement.raw_bind_parameter(before + 8, currency.as_ref().map(Currency::code))?;
        statement.raw_bind_parameter(before + 9, face.day.map(|day| day.to_string()))?;
        statement.raw_bind_parameter(before + 10, words.as_str())?;
        Ok(())
    }
}
