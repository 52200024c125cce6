//! Choosing each order's route once it is known what arrived together.
//!
//! Banks decide by what arrives "at the same time" [KDB q12] and say no number.
//! Here packages of one customer arrive together when none follows another by more than 300 ms, for one
//! second altogether: well below the five seconds in which a lone order must be final.

use chrono::{DateTime, TimeDelta, Utc};
use domain::routing::{Expected, Route, RoutingContext, Sending};
use domain::{CustomerId, Order, PackageId, Transfer};
use protocol::{ItemState, RejectReason};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ground::changes;
use crate::ground::database::{parse, time};
use crate::ground::error::{BankError, Result};
use crate::ground::rules::Rules;
use crate::ground::time::{local, moment};
use crate::orders::packages::read_order;
use crate::orders::payee;
use crate::people::customers;

/// A package joins the ones before it when it comes so soon after the last.
const GAP: TimeDelta = TimeDelta::milliseconds(300);
/// And so soon after the first.
const WINDOW: TimeDelta = TimeDelta::seconds(1);
/// Two paced orders to one payee's bank are so far apart [K&H AFR].
const PACE: TimeDelta = TimeDelta::seconds(1);

struct Arrived {
    id: PackageId,
    at: DateTime<Utc>,
}

/// Routes every group that is complete; gives the moment when the next one will be.
pub(super) fn ready_groups(
    db: &Connection,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let mut next = None;
    for customer in waiting_customers(db)? {
        loop {
            let waiting = waiting_packages(db, &customer)?;
            let Some((group, complete_at)) = first_group(&waiting) else { break };
            if complete_at > now {
                next = Some(next.map_or(complete_at, |n: DateTime<Utc>| n.min(complete_at)));
                break;
            }
            route_group(db, rules, &customer, group)?;
        }
    }
    Ok(next)
}

fn waiting_customers(db: &Connection) -> Result<Vec<CustomerId>> {
    let mut query =
        db.prepare_cached("SELECT DISTINCT customer FROM package WHERE routed = 0 ORDER BY customer")?;
    let names = query.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    names.iter().map(|name| parse("package.customer", name)).collect()
}

fn waiting_packages(db: &Connection, customer: &CustomerId) -> Result<Vec<Arrived>> {
    let mut query = db.prepare_cached(
        "SELECT id, received_at FROM package WHERE routed = 0 AND customer = ?1 ORDER BY received_at, sequence",
    )?;
    let rows = query
        .query_map([customer.as_str()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    rows.iter().map(|(id, at)| Ok(Arrived { id: parse("package.id", id)?, at: time(*at)? })).collect()
}

/// The packages that arrived together with the first one, and when no further one can join them.
fn first_group(waiting: &[Arrived]) -> Option<(&[Arrived], DateTime<Utc>)> {
    let first = waiting.first()?.at;
    let mut size = 1;
    while let Some(package) = waiting.get(size)
        && package.at - waiting[size - 1].at <= GAP
        && package.at - first <= WINDOW
    {
        size += 1;
    }
    let complete_at = (waiting[size - 1].at + GAP).min(first + WINDOW);
    Some((&waiting[..size], complete_at))
}

fn route_group(db: &Connection, rules: &Rules, customer: &CustomerId, group: &[Arrived]) -> Result<()> {
    let kind = customers::find(db, customer)?
        .ok_or_else(|| BankError::data("package.customer", customer))?
        .customer
        .kind;
    for package in group {
        let context = RoutingContext {
            profile: &rules.profile,
            calendar: &rules.calendar,
            customer: kind,
            now: local(package.at),
        };
        let orders = orders(db, package.id)?;
        let together = u32::try_from(group.len()).unwrap_or(u32::MAX);
        let sending = Sending::of(orders.iter().map(|(_, order)| order), together, &context);
        for (position, order) in &orders {
            route_order(db, rules, package, *position, order, sending, &context)?;
        }
        db.execute("UPDATE package SET routed = 1 WHERE id = ?1", [package.id.to_string()])?;
        changes::package(db, customer, package.id)?;
    }
    Ok(())
}

fn orders(db: &Connection, package: PackageId) -> Result<Vec<(i64, Order)>> {
    let mut query = db.prepare_cached(
        "SELECT i.position, p.order_type, i.content FROM item i JOIN package p ON p.id = i.package
         WHERE i.package = ?1 ORDER BY i.position",
    )?;
    let mut rows = query.query([package.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(0)?, read_order(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?)?));
    }
    Ok(found)
}

fn route_order(
    db: &Connection,
    rules: &Rules,
    package: &Arrived,
    position: i64,
    order: &Order,
    sending: Sending,
    context: &RoutingContext<'_>,
) -> Result<()> {
    let (Some(transfer), Some(decision)) = (order.transfer(), order.decide(sending, context)) else {
        return Err(BankError::data("item.content", "only transfers take a route"));
    };
    let due = match (decision.route, decision.expected) {
        (Route::Refused, _) => None,
        (Route::InstantPaced, _) => Some(next_slot(db, transfer, package.at)?),
        (_, Expected::At { time }) => Some(moment(time).max(package.at)),
        _ => Some(package.at),
    };
    let give_up = due
        .filter(|_| matches!(decision.route, Route::Intraday | Route::Viber))
        .map(|due| goes_to_own_bank(db, rules, transfer).map(|own| cut_off(rules, decision.route, own, due)));
    let (state, reason) = match due {
        Some(_) => (ItemState::Waiting, None),
        None => (ItemState::Rejected, Some(RejectReason::NoRoute.name())),
    };
    db.prepare_cached(
        "UPDATE item SET state = ?3, route = ?4, reason = ?5, due = ?6, give_up = ?7, decided_at = ?8,
            priority = ?9
         WHERE package = ?1 AND position = ?2",
    )?
    .execute(params![
        package.id.to_string(),
        position,
        state.name(),
        decision.route.name(),
        reason,
        due.map(|t| t.timestamp_millis()),
        give_up.transpose()?.map(|t| t.timestamp_millis()),
        due.is_none().then(|| package.at.timestamp_millis()),
        i64::from(!matches!(decision.route, Route::Instant | Route::InstantPaced))
    ])?;
    Ok(())
}

/// An order that is still without cover at the cut-off of its day is refused; one that is due after that
/// (the last cycle lies behind the customers' cut-off) gets its one try.
fn cut_off(rules: &Rules, route: Route, own_bank: bool, due: DateTime<Utc>) -> DateTime<Utc> {
    let time = match (route, own_bank) {
        (Route::Viber, _) => rules.profile.viber.cut_off,
        (_, true) => rules.profile.intraday.own_bank_cut_off,
        _ => rules.profile.intraday.cut_off,
    };
    moment(local(due).date().and_time(time)).max(due)
}

/// The moment at which an order of clearing or VIBER goes on whose day has become one on which banks rest, and when it
/// is given up. Its day was one of work when it was routed: days of years without a decree are told by rule, and the
/// decree may move them.
pub(super) fn moved(
    db: &Connection,
    rules: &Rules,
    route: Route,
    transfer: &Transfer,
    due: DateTime<Utc>,
) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>> {
    let day = local(due).date();
    let opens = match route {
        Route::Viber => rules.profile.viber.open,
        Route::Intraday => rules.profile.intraday.cycles.first().copied().unwrap_or_default(),
        Route::Instant | Route::InstantPaced | Route::Refused => return Ok(None),
    };
    if rules.calendar.is_banking_day(day) {
        return Ok(None);
    }
    let again = moment(rules.calendar.next_banking_day(day).and_time(opens));
    Ok(Some((again, cut_off(rules, route, goes_to_own_bank(db, rules, transfer)?, again))))
}

fn goes_to_own_bank(db: &Connection, rules: &Rules, transfer: &Transfer) -> Result<bool> {
    let account = payee::account_of(db, transfer)?;
    Ok(account.is_some_and(|number| rules.profile.is_own_bank(&number.bank_code())))
}

/// The next free second for the payee's bank.
fn next_slot(db: &Connection, order: &Transfer, from: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let bank = payee::account_of(db, order)?.map(|number| number.bank_code()).unwrap_or_default();
    let last: Option<i64> = db
        .prepare_cached("SELECT last FROM pace WHERE bank = ?1")?
        .query_row([&bank], |row| row.get(0))
        .optional()?;
    let slot = match last {
        Some(last) => from.max(time(last)? + PACE),
        None => from,
    };
    db.prepare_cached("INSERT OR REPLACE INTO pace (bank, last) VALUES (?1, ?2)")?
        .execute(params![bank, slot.timestamp_millis()])?;
    Ok(slot)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrived(millis: &[i64]) -> Vec<Arrived> {
        let id: PackageId = "0190b5a0-0000-7000-8000-000000000001".parse().unwrap();
        millis.iter().map(|m| Arrived { id, at: DateTime::from_timestamp_millis(*m).unwrap() }).collect()
    }

    fn group(millis: &[i64]) -> (usize, i64) {
        let waiting = arrived(millis);
        let (group, complete) = first_group(&waiting).unwrap();
        (group.len(), complete.timestamp_millis())
    }

    #[test]
    fn packages_close_behind_each_other_arrive_together() {
        assert_eq!(group(&[0]), (1, 300));
        assert_eq!(group(&[0, 300]), (2, 600));
        assert_eq!(group(&[0, 301]), (1, 300));
        assert_eq!(group(&[0, 250, 500, 750, 1000, 1250]), (5, 1000));
        assert!(first_group(&[]).is_none());
    }
}
