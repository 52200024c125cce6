//! What deserves a second look before a package is signed, as far as the bank knows: accounts that do not cover it, and
//! payees who get money from this customer for the first time. The installed client says the same from what it knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use domain::{AccountNumber, Beneficiary, Explain, Money, Order, Timing, Transfer};
use formats::package_document::PackageContent;
use maud::{Markup, html};
use protocol::CustomerAccess;
use rusqlite::{Connection, params};

use super::format;
use crate::accounts::ledger;
use crate::doors::http::texts::Texts;
use crate::ground::database::to_json;
use crate::ground::error::Result;
use crate::ground::time::moment;

/// First payments that are named; of the others only how many there are.
const NAMED: usize = 20;

/// An account that does not cover what the package takes from it until a day.
#[derive(Debug, PartialEq)]
pub(super) struct Shortage {
    account: AccountNumber,
    day: NaiveDate,
    available: Money,
    /// What the bank has already been told to take until then.
    reserved: Money,
    needed: Money,
    missing: Money,
}

impl Explain for Shortage {
    fn code(&self) -> &'static str {
        if self.reserved.minor_units() == 0 { "cover-short" } else { "cover-short-reserved" }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        let sum = |money: Money| format!("{} {}", money.amount(), money.currency().code());
        vec![
            ("account", self.account.to_string()),
            ("date", self.day.to_string()),
            ("available", sum(self.available)),
            ("reserved", sum(self.reserved)),
            ("needed", sum(self.needed)),
            ("missing", sum(self.missing)),
        ]
    }
}

/// Everything that is to be said about the package.
pub(super) struct Notes {
    pub(super) shortages: Vec<Shortage>,
    /// Payee, account or identifier, amount.
    pub(super) first: Vec<(String, String, Money)>,
}

impl Notes {
    pub(super) fn of(
        db: &Connection,
        access: &CustomerAccess,
        content: &PackageContent,
        today: NaiveDate,
    ) -> Result<Self> {
        let payments: Vec<&Transfer> = content.orders.iter().filter_map(Order::transfer).collect();
        let day = |payment: &Transfer| match payment.timing {
            Timing::On { date } => date.max(today),
            Timing::Soon | Timing::Instant => today,
        };
        let mut needs: BTreeMap<AccountNumber, BTreeMap<NaiveDate, i64>> = BTreeMap::new();
        for payment in &payments {
            let day = content.header.scheduled.map_or(day(payment), |planned| planned.max(day(payment)));
            *needs.entry(payment.debit_account).or_default().entry(day).or_default() +=
                payment.amount.minor_units();
        }
        let mut shortages = Vec::new();
        for (account, days) in &needs {
            shortages.extend(shortage(db, *account, days)?);
        }
        Ok(Self { shortages, first: first_payments(db, access, &payments)? })
    }

    pub(super) fn show(&self, texts: &Texts) -> Markup {
        html! {
            @if !self.shortages.is_empty() {
                div.notice.bad role="note" {
                    @for shortage in &self.shortages { p { (texts.explain(shortage)) } }
                    p { (texts.text("web-approve-cover-help")) }
                }
            }
            @if !self.first.is_empty() {
                div.notice.care role="note" {
                    p { strong { (texts.with("web-approve-first", &[("count", &self.first.len().to_string())])) } }
                    ul {
                        @for (payee, target, amount) in self.first.iter().take(NAMED) {
                            li { (payee) " · " span.nowrap { (target) } " · " (format::money(texts, *amount)) }
                        }
                    }
                    @if self.first.len() > NAMED {
                        p {
                            (texts.with("web-approve-more-rows",
                                &[("count", &(self.first.len() - NAMED).to_string())]))
                        }
                    }
                }
            }
        }
    }
}

/// The first day on which the account is short.
fn shortage(
    db: &Connection,
    account: AccountNumber,
    needs: &BTreeMap<NaiveDate, i64>,
) -> Result<Option<Shortage>> {
    let Some(known) = ledger::account(db, &account.digits24())? else { return Ok(None) };
    let available = ledger::available(db, &known)?;
    let mut needed = 0;
    for (day, sum) in needs {
        needed += sum;
        let reserved = reserved(db, &known.key, *day)?;
        let missing = needed + reserved - available;
        if missing > 0 {
            let money = |minor: i64| Money::from_minor_units(minor, known.currency);
            return Ok(Some(Shortage {
                account,
                day: *day,
                available: money(available),
                reserved: money(reserved),
                needed: money(needed),
                missing: money(missing),
            }));
        }
    }
    Ok(None)
}

/// What the bank has been told to take from the account until the end of a day and has neither taken nor blocked yet.
fn reserved(db: &Connection, account: &str, day: NaiveDate) -> Result<i64> {
    let end =
        day.succ_opt().map_or(i64::MAX, |next| moment(next.and_time(NaiveTime::MIN)).timestamp_millis());
    let sum = db
        .prepare_cached(
            "SELECT COALESCE(SUM(amount), 0) FROM item
             WHERE account = ?1 AND state IN ('received', 'waiting', 'queued') AND (due IS NULL OR due < ?2)",
        )?
        .query_row(params![account, end], |row| row.get(0))?;
    Ok(sum)
}

fn first_payments(
    db: &Connection,
    access: &CustomerAccess,
    payments: &[&Transfer],
) -> Result<Vec<(String, String, Money)>> {
    let own: BTreeSet<String> =
        access.authority.rights.iter().map(|right| right.account.digits24()).collect();
    let own = to_json(&own)?;
    let mut paid = db.prepare_cached(
        "SELECT 1 FROM json_each(?1) own JOIN entry e ON e.account = own.value
         WHERE e.amount < 0 AND e.counterparty_account = ?2 LIMIT 1",
    )?;
    let mut named = db.prepare_cached(
        "SELECT 1 FROM json_each(?1) own JOIN entry e ON e.account = own.value
         WHERE e.amount < 0 AND e.counterparty_account IS NULL AND e.counterparty = ?2 LIMIT 1",
    )?;
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for payment in payments {
        let payee = &payment.beneficiary;
        let is_known = match payee {
            // Money that stays the customer's own needs no question about its payee.
            Beneficiary::OwnAccount { .. } => true,
            Beneficiary::Account { number, .. } => paid.exists(params![own, number.digits24()])?,
            Beneficiary::SecondaryId { .. } => named.exists(params![own, payee.label()])?,
        };
        if !is_known && seen.insert(payee.key()) {
            found.push((payee.label(), payee.target(), payment.amount));
        }
    }
    Ok(found)
}

#[cfg(test)]
#[path = "notes_tests.rs"]
mod tests;
