//! Booked transactions as people look for them: newest first, by account, period, text and amount.

use chrono::{Days, NaiveDate, NaiveTime};
use domain::{Money, search};
use protocol::{AccountInfo, Transaction, TransactionKind};
use rusqlite::{Connection, Row, params};

use crate::ground::database::{named, parse, time};
use crate::ground::error::{BankError, Result};
use crate::ground::time::moment;

/// What is looked for; empty limits are none.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    /// First day of booking.
    pub from: Option<NaiveDate>,
    /// Last day of booking.
    pub to: Option<NaiveDate>,
    /// Folded words that all stand somewhere in the transaction ([`search::words`]).
    pub words: Vec<String>,
    /// Least amount, without sign, in minor units.
    pub least: Option<i64>,
    /// Largest amount, without sign, in minor units.
    pub most: Option<i64>,
    /// Only transactions with smaller numbers: where the page before ended.
    pub before: Option<i64>,
}

/// One page of what was found.
pub(super) struct Found {
    /// Newest first.
    pub transactions: Vec<Transaction>,
    /// Where the next page goes on, if there is one.
    pub older: Option<i64>,
}

/// Up to `limit` transactions of these accounts. Whoever asks has checked that the user may see them.
pub(super) fn search(
    db: &Connection,
    accounts: &[&AccountInfo],
    question: &Question,
    limit: usize,
) -> Result<Found> {
    let keys: Vec<String> = accounts.iter().map(|info| info.account.number.digits24()).collect();
    let keys = serde_json::to_string(&keys).map_err(|e| BankError::data("accounts", e))?;
    let start_of = |day: NaiveDate| moment(day.and_time(NaiveTime::MIN)).timestamp_millis();
    let from = question.from.map_or(i64::MIN, start_of);
    let until = question.to.and_then(|day| day.checked_add_days(Days::new(1))).map_or(i64::MAX, start_of);
    let mut query = db.prepare_cached(
        "SELECT e.id, e.account, b.booked_at, b.value_date, e.amount, e.balance_after, b.kind, e.counterparty,
                e.counterparty_account, b.narrative, b.package, b.order_id
         FROM entry e JOIN booking b ON b.id = e.booking
         WHERE e.account IN (SELECT value FROM json_each(?1)) AND e.id < ?2
            AND b.booked_at >= ?3 AND b.booked_at < ?4
            AND abs(e.amount) BETWEEN ?5 AND ?6
         ORDER BY e.id DESC",
    )?;
    let mut rows = query.query(params![
        keys,
        question.before.unwrap_or(i64::MAX),
        from,
        until,
        question.least.unwrap_or(0),
        question.most.unwrap_or(i64::MAX)
    ])?;
    let (mut transactions, mut older) = (Vec::new(), None);
    while let Some(row) = rows.next()? {
        let transaction = read(row, accounts)?;
        if !holds(&transaction, &question.words) {
            continue;
        }
        if transactions.len() == limit {
            older = transactions.last().and_then(|last: &Transaction| i64::try_from(last.id).ok());
            break;
        }
        transactions.push(transaction);
    }
    Ok(Found { transactions, older })
}

fn read(row: &Row<'_>, accounts: &[&AccountInfo]) -> Result<Transaction> {
    let key: String = row.get(1)?;
    let info = accounts.iter().find(|info| info.account.number.digits24() == key);
    let account = &info.ok_or_else(|| BankError::data("entry.account", &key))?.account;
    let money = |units| Money::from_minor_units(units, account.currency);
    let optional = |column: usize| row.get::<_, Option<String>>(column);
    Ok(Transaction {
        id: u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0),
        account: account.number,
        booked_at: time(row.get(2)?)?,
        value_date: parse("booking.value_date", &row.get::<_, String>(3)?)?,
        amount: money(row.get(4)?),
        balance_after: money(row.get(5)?),
        kind: named("booking.kind", &row.get::<_, String>(6)?, TransactionKind::from_name)?,
        counterparty: row.get(7)?,
        counterparty_account: optional(8)?
            .map(|key| parse("entry.counterparty_account", &key))
            .transpose()?,
        narrative: row.get(9)?,
        package: optional(10)?.map(|id| parse("booking.package", &id)).transpose()?,
        order: optional(11)?.map(|id| parse("booking.order_id", &id)).transpose()?,
    })
}

fn holds(transaction: &Transaction, needles: &[String]) -> bool {
    if needles.is_empty() {
        return true;
    }
    let account = transaction.counterparty_account.map(|number| number.digits24()).unwrap_or_default();
    // Dashes of numbers are gone from the needles, so the text stands there without them too.
    let text = format!("{} {}", transaction.counterparty, transaction.narrative);
    let text = search::fold(&format!("{text} {} {account}", text.replace('-', "")));
    needles.iter().all(|word| text.contains(word.as_str()))
}
