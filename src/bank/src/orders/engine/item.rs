//! One order at the moment when it is due.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::routing::Route;
use domain::{CustomerId, OrderType, PackageId, Transfer};
use protocol::{AccountStatus, ItemState, RejectReason, TransactionKind};
use rusqlite::{Connection, params};

use super::{outage, route};
use crate::accounts::ledger::{self, Booking, LedgerAccount, Leg};
use crate::ground::changes;
use crate::ground::database::{named, parse, time};
use crate::ground::error::{BankError, Result};
use crate::ground::rules::Rules;
use crate::ground::time::{local, moment};
use crate::orders;
use crate::orders::packages::read_order;
use crate::orders::part::CarryOut;
use crate::orders::payee::{self, Answer};
use crate::people::customers;

/// An item that is due.
struct Item {
    package: PackageId,
    position: i64,
    customer: CustomerId,
    kind: OrderType,
    order: Transfer,
    state: ItemState,
    route: Route,
    /// The moment at which it stands.
    at: DateTime<Utc>,
    give_up: Option<DateTime<Utc>>,
}

/// What becomes of an item.
enum Outcome {
    /// Cover is blocked; the payee's bank is heard at that moment.
    InExecution {
        until: DateTime<Utc>,
    },
    /// Its way is closed for now; tried again then.
    Waiting {
        again: DateTime<Utc>,
    },
    /// No cover yet; tried again then.
    Queued {
        again: DateTime<Utc>,
    },
    /// Booked by that entry.
    Executed {
        entry: i64,
    },
    Rejected(RejectReason),
}

/// Runs up to `limit` items that are due at `now`; gives how many it ran.
pub(super) fn run_due(db: &Connection, rules: &Rules, now: DateTime<Utc>, limit: u32) -> Result<u32> {
    let mut touched = BTreeSet::new();
    let mut done = 0;
    while done < limit
        && let Some(item) = first_due(db, now)?
    {
        let outcome = decide(db, rules, &item)?;
        note(db, &item, &outcome)?;
        touched.insert((item.customer, item.package));
        done += 1;
    }
    for (customer, package) in &touched {
        changes::package(db, customer, *package)?;
    }
    Ok(done)
}

/// When the next item is due.
pub(super) fn next_due(db: &Connection) -> Result<Option<DateTime<Utc>>> {
    let due: Option<i64> = db
        .prepare_cached("SELECT MIN(due) FROM item WHERE due IS NOT NULL")?
        .query_row([], |row| row.get(0))?;
    due.map(time).transpose()
}

/// Oldest first; among equals instant payments first: they go before whatever else waits for cover
/// [K&H AFR].
fn first_due(db: &Connection, now: DateTime<Utc>) -> Result<Option<Item>> {
    let mut query = db.prepare_cached(
        "SELECT i.package, i.position, i.customer, i.content, i.state, i.route, i.due, i.give_up, p.order_type
         FROM item i JOIN package p ON p.id = i.package
         WHERE i.due IS NOT NULL AND i.due <= ?1
         ORDER BY i.due, i.priority, i.package, i.position LIMIT 1",
    )?;
    let mut rows = query.query([now.timestamp_millis()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let order = read_order(&row.get::<_, String>(8)?, &row.get::<_, String>(3)?)?;
    let transfer = order.transfer().cloned();
    Ok(Some(Item {
        package: parse("item.package", &row.get::<_, String>(0)?)?,
        position: row.get(1)?,
        customer: parse("item.customer", &row.get::<_, String>(2)?)?,
        kind: order.order_type(),
        order: transfer.ok_or_else(|| BankError::data("item.content", "only transfers are ever due"))?,
        state: named("item.state", &row.get::<_, String>(4)?, ItemState::from_name)?,
        route: named("item.route", &row.get::<_, String>(5)?, Route::from_name)?,
        at: time(row.get(6)?)?,
        give_up: row.get::<_, Option<i64>>(7)?.map(time).transpose()?,
    }))
}

fn decide(db: &Connection, rules: &Rules, item: &Item) -> Result<Outcome> {
    let key = item.order.debit_account.digits24();
    let account = ledger::account(db, &key)?.ok_or_else(|| BankError::data("item.account", key))?;
    if item.state == ItemState::InExecution {
        return answered(db, rules, item, &account);
    }
    if account.status != AccountStatus::Open {
        return Ok(Outcome::Rejected(RejectReason::DebitBlocked));
    }
    if let Some(outcome) = during_outage(db, rules, item)? {
        return Ok(outcome);
    }
    if let Some((again, give_up)) = route::moved(db, rules, item.route, &item.order, item.at)? {
        set_give_up(db, item, give_up)?;
        return Ok(Outcome::Waiting { again });
    }
    let covered = ledger::available(db, &account)? >= item.order.amount.minor_units();
    let instant = matches!(item.route, Route::Instant | Route::InstantPaced);
    match (instant, covered) {
        (true, false) => Ok(Outcome::Rejected(RejectReason::NoCover)),
        (true, true) => start_instant(db, rules, item, &account),
        (false, false) => Ok(wait_for_cover(rules, item)),
        (false, true) => settle(db, rules, item, &account),
    }
}

/// While instant payments are down, single ones are refused at once, since they never wait; those of a batch have
/// hours [K&H AFR] and are tried every minute until these are over.
fn during_outage(db: &Connection, rules: &Rules, item: &Item) -> Result<Option<Outcome>> {
    if !is_instant(item) || !outage::is_outage(db)? {
        return Ok(None);
    }
    let received: i64 =
        db.query_row("SELECT received_at FROM package WHERE id = ?1", [item.package.to_string()], |row| {
            row.get(0)
        })?;
    let end = time(received)? + TimeDelta::hours(i64::from(rules.profile.instant.paced_hours));
    let again = item.at + outage::LOOK_AGAIN;
    Ok(Some(if item.route == Route::InstantPaced && again <= end {
        Outcome::Waiting { again }
    } else {
        Outcome::Rejected(RejectReason::InstantOutage)
    }))
}

/// What the payee's bank says, asked as the type of the order asks.
fn answer(db: &Connection, rules: &Rules, item: &Item) -> Result<Answer> {
    match orders::part_of(item.kind).carry_out {
        CarryOut::Engines(ask) => ask(db, rules, &item.customer, &item.order),
        CarryOut::AtOnce(_) => Err(BankError::data("item.due", "carried out at once, but due")),
    }
}

/// Blocks the cover and asks the payee's bank.
fn start_instant(db: &Connection, rules: &Rules, item: &Item, account: &LedgerAccount) -> Result<Outcome> {
    ledger::block(db, item.package, item.order.id, account, item.order.amount.minor_units())?;
    let silent = answer(db, rules, item)? == Answer::Nothing;
    let limit = TimeDelta::seconds(i64::from(rules.profile.instant.limit_seconds));
    let wait = if silent { limit } else { payee::delay(item.order.id) };
    Ok(Outcome::InExecution { until: item.at + wait })
}

/// The payee's bank has answered, or its time is up.
fn answered(db: &Connection, rules: &Rules, item: &Item, account: &LedgerAccount) -> Result<Outcome> {
    ledger::unblock(db, item.package, item.order.id, account)?;
    match answer(db, rules, item)? {
        Answer::Credit(payee) => execute(db, item, account, payee),
        Answer::Refused(reason) => Ok(Outcome::Rejected(reason)),
        Answer::Nothing => Ok(Outcome::Rejected(RejectReason::Timeout)),
    }
}

/// Clearing and VIBER: booked when the cycle or the window has come. A silent bank is heard later than
/// this order can wait, so silence does not matter here.
fn settle(db: &Connection, rules: &Rules, item: &Item, account: &LedgerAccount) -> Result<Outcome> {
    match answer(db, rules, item)? {
        Answer::Credit(payee) => execute(db, item, account, payee),
        Answer::Nothing => execute(db, item, account, None),
        Answer::Refused(reason) => Ok(Outcome::Rejected(reason)),
    }
}

/// Queued until the next cycle of the day, at the latest until its cut-off.
fn wait_for_cover(rules: &Rules, item: &Item) -> Outcome {
    let Some(give_up) = item.give_up.filter(|end| *end > item.at) else {
        return Outcome::Rejected(RejectReason::NoCover);
    };
    let here = local(item.at);
    let next_cycle = rules
        .profile
        .intraday
        .cycles
        .iter()
        .map(|cycle| moment(here.date().and_time(*cycle)))
        .find(|cycle| *cycle > item.at);
    Outcome::Queued { again: next_cycle.map_or(give_up, |cycle| cycle.min(give_up)) }
}

/// Moves the money: from the customer's account to the payee's, or out of the bank.
fn execute(db: &Connection, item: &Item, account: &LedgerAccount, payee: Option<String>) -> Result<Outcome> {
    let order = &item.order;
    let payee_account = payee.as_deref().map(|key| ledger::account(db, key)).transpose()?.flatten();
    let own = payee_account.as_ref().is_some_and(|p| p.customer.as_ref() == Some(&item.customer));
    let system = if item.route == Route::Viber {
        "viber"
    } else if is_instant(item) {
        "instant"
    } else {
        "clearing"
    };
    let credited = match &payee {
        Some(key) => key.clone(),
        None => ledger::settlement(db, system, account.currency)?,
    };
    let amount = order.amount.minor_units();
    let payer = match &order.payer_name {
        Some(name) => name.to_string(),
        None => customers::find(db, &item.customer)?.map(|c| c.customer.name).unwrap_or_default(),
    };
    let entries = ledger::book(
        db,
        &Booking {
            at: item.at,
            value_date: local(item.at).date(),
            kind: match item.route {
                _ if own => TransactionKind::OwnTransfer,
                Route::Viber => TransactionKind::Viber,
                _ if is_instant(item) => TransactionKind::InstantTransfer,
                _ => TransactionKind::Transfer,
            },
            narrative: order.narrative.to_string(),
            order: Some((item.package, order.id)),
            legs: vec![
                Leg {
                    account: account.key.clone(),
                    amount: -amount,
                    counterparty: order.beneficiary.label(),
                    counterparty_account: order.beneficiary.account().map(|number| number.digits24()),
                },
                Leg {
                    account: credited,
                    amount,
                    counterparty: payer,
                    counterparty_account: Some(account.key.clone()),
                },
            ],
        },
    )?;
    let entry = entries.first().copied().ok_or(BankError::Unbalanced)?;
    Ok(Outcome::Executed { entry })
}

fn is_instant(item: &Item) -> bool {
    matches!(item.route, Route::Instant | Route::InstantPaced)
}

fn set_give_up(db: &Connection, item: &Item, at: DateTime<Utc>) -> Result<()> {
    db.prepare_cached("UPDATE item SET give_up = ?3 WHERE package = ?1 AND position = ?2")?
        .execute(params![item.package.to_string(), item.position, at.timestamp_millis()])?;
    Ok(())
}

fn note(db: &Connection, item: &Item, outcome: &Outcome) -> Result<()> {
    let (state, due, reason, entry) = match outcome {
        Outcome::InExecution { until } => (ItemState::InExecution, Some(*until), None, None),
        Outcome::Waiting { again } => (ItemState::Waiting, Some(*again), None, None),
        Outcome::Queued { again } => (ItemState::Queued, Some(*again), None, None),
        Outcome::Executed { entry } => (ItemState::Executed, None, None, Some(*entry)),
        Outcome::Rejected(reason) => (ItemState::Rejected, None, Some(reason.name()), None),
    };
    db.prepare_cached(
        "UPDATE item SET state = ?3, due = ?4, reason = ?5, entry = ?6, decided_at = ?7
         WHERE package = ?1 AND position = ?2",
    )?
    .execute(params![
        item.package.to_string(),
        item.position,
        state.name(),
        due.map(|t| t.timestamp_millis()),
        reason,
        entry,
        state.is_final().then(|| item.at.timestamp_millis())
    ])?;
    Ok(())
}
