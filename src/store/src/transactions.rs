//! Booked transactions of the accounts, as synced from the bank, and figures made of them.

use chrono::{Days, NaiveDate};
use domain::{AccountNumber, Money};
use rusqlite::{OptionalExtension, Row, params};

use crate::values::{day, money, parsed};
use crate::words::fts_query;
use crate::{OfCustomer, Page, Result, StoreError};

/// One booked transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountTransaction {
    /// The bank's identifier of it, unique in the account.
    pub bank_id: String,
    /// Whose account.
    pub account: AccountNumber,
    /// Booking date.
    pub booking_date: NaiveDate,
    /// Value date.
    pub value_date: NaiveDate,
    /// Signed: a debit is negative.
    pub amount: Money,
    /// The other party's name.
    pub counterparty_name: Option<String>,
    /// The other party's account: 24 digits if domestic, else IBAN without spaces. See [`party_account`].
    pub counterparty_account: Option<String>,
    /// Text.
    pub narrative: String,
    /// Reference that came with it (end to end).
    pub reference: Option<String>,
    /// The bank's code of its kind.
    pub kind: String,
}

/// What a list of a customer's transactions is narrowed to; everything is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransactionFilter {
    /// One account only.
    pub account: Option<AccountNumber>,
    /// Words that all must begin a word of name, account, narrative or reference; empty: all.
    pub text: String,
    /// First booking date.
    pub from: Option<NaiveDate>,
    /// Last booking date.
    pub to: Option<NaiveDate>,
}

/// What flowed in and out in one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekFlow {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Sum of credits.
    pub credits: Money,
    /// Sum of debits, positive.
    pub debits: Money,
}

/// What an account held at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayBalance {
    /// The day.
    pub day: NaiveDate,
    /// Booked balance at its end.
    pub booked: Money,
}

/// An account in the form of [`AccountTransaction::counterparty_account`].
pub fn party_account(text: &str) -> String {
    let compact: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let domestic = compact.strip_prefix("HU").filter(|d| d.len() == 26).map_or(compact.as_str(), |d| &d[2..]);
    domestic.parse::<AccountNumber>().map_or(compact.clone(), |number| number.digits24())
}

/// Keeps transactions as the bank told them; one that is here already is brought up to date, so applying the
/// same changes twice changes nothing. Gives how many were new.
pub fn save_many<'a>(
    of: &OfCustomer<'_>,
    transactions: impl IntoIterator<Item = &'a AccountTransaction>,
) -> Result<u64> {
    const FIND: &str = "SELECT key FROM transactions WHERE customer = ?1 AND account = ?2 AND bank_id = ?3";
    const SAVE: &str =
        "INSERT INTO transactions (customer, account, bank_id, booking_date, value_date, amount, currency,
            counterparty_name, counterparty_account, narrative, reference, kind)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT (customer, account, bank_id) DO UPDATE SET booking_date = excluded.booking_date,
            value_date = excluded.value_date, amount = excluded.amount, currency = excluded.currency,
            counterparty_name = excluded.counterparty_name,
            counterparty_account = excluded.counterparty_account, narrative = excluded.narrative,
            reference = excluded.reference, kind = excluded.kind
        RETURNING key";
    let mut find = of.prepare_cached(FIND)?;
    let mut save = of.prepare_cached(SAVE)?;
    let mut forget = of.prepare_cached("DELETE FROM transaction_search WHERE rowid = ?1")?;
    let mut index = of.prepare_cached("INSERT INTO transaction_search (rowid, words) VALUES (?1, ?2)")?;
    let mut new = 0;
    for t in transactions {
        let account = t.account.digits24();
        let known: Option<i64> =
            find.query_row(params![of.key(), account, t.bank_id], |row| row.get(0)).optional()?;
        let key: i64 = save.query_row(
            params![
                of.key(),
                account,
                t.bank_id,
                t.booking_date.to_string(),
                t.value_date.to_string(),
                t.amount.minor_units(),
                t.amount.currency().code(),
                t.counterparty_name,
                t.counterparty_account.as_deref().map(party_account),
                t.narrative,
                t.reference,
                t.kind,
            ],
            |row| row.get(0),
        )?;
        match known {
            Some(_) => drop(forget.execute([key])?),
            None => new += 1,
        }
        index.execute(params![key, search_words(t)])?;
    }
    Ok(new)
}

fn search_words(t: &AccountTransaction) -> String {
    let mut words = vec![t.narrative.clone()];
    words.extend([&t.counterparty_name, &t.reference].into_iter().flatten().cloned());
    if let Some(account) = &t.counterparty_account {
        let compact = party_account(account);
        words.extend(compact.parse::<AccountNumber>().map(|n| n.to_string()).ok());
        words.push(compact);
    }
    words.join("\n")
}

/// Columns of [`transaction`].
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT t.bank_id, t.account, t.booking_date, t.value_date, t.amount, t.currency, t.counterparty_name,
                t.counterparty_account, t.narrative, t.reference, t.kind
            FROM transactions t
            WHERE t.customer = ?1 AND t.account IN (SELECT number FROM accounts WHERE customer = ?1)
                AND (?2 IS NULL OR t.account = ?2)
                AND (?3 IS NULL OR t.booking_date >= ?3) AND (?4 IS NULL OR t.booking_date <= ?4) ",
            $rest,
            " ORDER BY t.booking_date DESC, t.key DESC LIMIT ?5 OFFSET ?6"
        )
    };
}

/// Transactions that pass the filter, the latest first.
pub fn list(of: &OfCustomer<'_>, filter: &TransactionFilter, page: Page) -> Result<Vec<AccountTransaction>> {
    const ALL: &str = select!("");
    const FOUND: &str = select!("AND t.key IN (SELECT rowid FROM transaction_search WHERE words MATCH ?7)");
    let customer = of.key();
    let account = filter.account.map(|a| a.digits24());
    let (from, to) = (filter.from.map(|d| d.to_string()), filter.to.map(|d| d.to_string()));
    let rows = match fts_query(&filter.text) {
        Some(query) => of
            .prepare_cached(FOUND)?
            .query_map(params![customer, account, from, to, page.limit, page.offset, query], transaction)?
            .collect::<rusqlite::Result<_>>()?,
        None if filter.text.trim().is_empty() => of
            .prepare_cached(ALL)?
            .query_map(params![customer, account, from, to, page.limit, page.offset], transaction)?
            .collect::<rusqlite::Result<_>>()?,
        None => Vec::new(),
    };
    Ok(rows)
}

fn transaction(row: &Row<'_>) -> rusqlite::Result<AccountTransaction> {
    Ok(AccountTransaction {
        bank_id: row.get(0)?,
        account: parsed(row, 1)?,
        booking_date: day(row, 2)?,
        value_date: day(row, 3)?,
        amount: money(row, 4, 5)?,
        counterparty_name: row.get(6)?,
        counterparty_account: row.get(7)?,
        narrative: row.get(8)?,
        reference: row.get(9)?,
        kind: row.get(10)?,
    })
}

/// What came in and went out of an account, by week, from the Monday of `from` to `to`; weeks without a
/// transaction stand with zeros.
pub fn flow_by_week(
    of: &OfCustomer<'_>,
    account: AccountNumber,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<WeekFlow>> {
    const SQL: &str = "SELECT date(booking_date, '-6 days', 'weekday 1') AS monday,
            sum(max(amount, 0)), sum(max(-amount, 0))
        FROM transactions WHERE customer = ?1 AND account = ?2 AND booking_date BETWEEN ?3 AND ?4
        GROUP BY monday ORDER BY monday";
    let Some(account_data) = crate::accounts::find(of, account)? else {
        return Err(StoreError::NotFound("account"));
    };
    let currency = account_data.currency;
    let mut monday = from.week(chrono::Weekday::Mon).first_day();
    let mut statement = of.prepare_cached(SQL)?;
    let found: Vec<(NaiveDate, i64, i64)> = statement
        .query_map(params![of.key(), account.digits24(), monday.to_string(), to.to_string()], |row| {
            Ok((day(row, 0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut found = found.into_iter().peekable();
    let mut weeks = Vec::new();
    while monday <= to {
        let (_, credits, debits) = found.next_if(|(m, ..)| *m == monday).unwrap_or((monday, 0, 0));
        weeks.push(WeekFlow {
            monday,
            credits: Money::from_minor_units(credits, currency),
            debits: Money::from_minor_units(debits, currency),
        });
        let Some(next) = monday.checked_add_days(Days::new(7)) else { break };
        monday = next;
    }
    Ok(weeks)
}

/// What an account held at the end of each day from `from` to `to`: its latest booked balance less what was
/// booked after the day. Empty if the bank has told no balance.
pub fn balance_by_day(
    of: &OfCustomer<'_>,
    account: AccountNumber,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<DayBalance>> {
    const NOW: &str = "SELECT booked, currency FROM balances WHERE customer = ?1 AND account = ?2";
    const AFTER: &str = "SELECT coalesce(sum(amount), 0) FROM transactions
        WHERE customer = ?1 AND account = ?2 AND booking_date > ?3";
    const DAYS: &str = "SELECT booking_date, sum(amount) FROM transactions
        WHERE customer = ?1 AND account = ?2 AND booking_date BETWEEN ?3 AND ?4
        GROUP BY booking_date ORDER BY booking_date DESC";
    let number = account.digits24();
    let now =
        of.prepare_cached(NOW)?.query_row(params![of.key(), number], |row| money(row, 0, 1)).optional()?;
    let Some(now) = now else { return Ok(Vec::new()) };
    let after: i64 =
        of.prepare_cached(AFTER)?.query_row(params![of.key(), number, to.to_string()], |row| row.get(0))?;
    let mut statement = of.prepare_cached(DAYS)?;
    let moved: Vec<(NaiveDate, i64)> = statement
        .query_map(params![of.key(), number, from.to_string(), to.to_string()], |row| {
            Ok((day(row, 0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut moved = moved.into_iter().peekable();
    let mut units = now.minor_units() - after;
    let mut days = Vec::new();
    let mut current = to;
    while current >= from {
        days.push(DayBalance { day: current, booked: Money::from_minor_units(units, now.currency()) });
        if let Some((_, amount)) = moved.next_if(|(d, _)| *d == current) {
            units -= amount;
        }
        let Some(previous) = current.pred_opt() else { break };
        current = previous;
    }
    days.reverse();
    Ok(days)
}
