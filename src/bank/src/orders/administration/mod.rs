//! Self-administration packages: whether their orders can take effect, and their effect, in the transaction that takes
//! the package in ("a csomag beküldésével a beállítások megtörténnek" [K&H webElectra]).
//!
//! What an order makes of an authority table [`domain::admin`] says, for the client and the bank alike. Here stands
//! what only the bank knows: one-time codes, its customer master, other customers of the same user.

mod effect;
pub(crate) mod one_time_codes;
pub(crate) mod secondary_ids;
#[cfg(test)]
mod shared_user_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::admin::{AdminAction, AdminError, Circumstances, SecondaryIdStep, apply_all};
use domain::{Account, AdminOrder, AuthorityTable, CustomerId, Explain, Order, OrderId, SecondaryId, UserId};
use protocol::{AccountStatus, CustomerAccess, Problem, ProblemCode};
use rusqlite::{Connection, params};

use super::examined::Examined;
use super::part::{CarryOut, Judging, Part};
use super::refusal::against;
use crate::accounts::ledger;
use crate::ground::database::parse;
use crate::ground::error::{Refusal, Result};
use crate::ground::time;
use crate::people::customers;

/// Orders of one package; more is no honest wish.
const MAX_ORDERS: usize = 100;

/// Who may not sign learns nothing of codes and customer master, so signatures come first.
pub(super) const PART: Part = Part {
    accept: |judging, content| {
        if content.orders.len() > MAX_ORDERS {
            return Err(against("too many orders"));
        }
        let orders = changes(&content.orders);
        check(judging, &orders).map(Some)
    },
    is_secret: true,
    carry_out: CarryOut::AtOnce(|db, access, orders, after, now| {
        effect::take_effect(db, access, &changes(orders), after, now)
    }),
};

fn changes(orders: &[Order]) -> Vec<AdminOrder> {
    orders.iter().filter_map(Order::administration).cloned().collect()
}

/// The customer's authority table after all orders.
///
/// # Errors
/// `admin-order-invalid` or `one-time-code-invalid` with the order to blame; the detail is the code of an
/// [`AdminError`].
fn check(judging: &Judging<'_>, orders: &[AdminOrder]) -> std::result::Result<AuthorityTable, Refusal> {
    let (db, access, now) = (judging.db, judging.access, judging.context.now);
    let customer = &access.customer.id;
    let mut known = db.prepare_cached("SELECT 1 FROM item WHERE customer = ?1 AND order_id = ?2")?;
    for order in orders {
        if known.exists(params![customer.as_str(), order.id.to_string()])? {
            return Err(Problem::new(ProblemCode::PackageOrderDuplicate).with_item(order.id).into());
        }
    }
    let accounts = accounts_in_service(db, access)?;
    let around = Circumstances { accounts: &accounts, today: time::local(now).date() };
    let after =
        apply_all(orders, &access.authority, &around).map_err(|(order, error)| invalid(order, &error))?;
    for order in orders {
        if let Some(user) = reached_everywhere(&order.action, judging.signers)
            && customers::is_elsewhere(db, user, customer)?
        {
            return Err(invalid(order.id, &AdminError::SharedUser).into());
        }
        if let AdminAction::SecondaryId { id, step: SecondaryIdStep::Register { code }, .. } = &order.action {
            check_registration(db, customer, order.id, id, code.as_deref(), now)?;
        }
    }
    Ok(after)
}

/// Whom the order reaches at every customer: telephone, devices and lock are the user's, not the customer's. Whoever
/// works for several customers gives another telephone or suspends a device by an own signature; that a device works
/// again, and the web too, is the bank's to say, which speaks with the user. Ours: the guides know no user of several
/// customers besides the login setting, which goes to all of them ([`effect`]).
fn reached_everywhere<'a>(action: &'a AdminAction, signers: &BTreeSet<UserId>) -> Option<&'a UserId> {
    match action {
        AdminAction::UserData { user, .. } | AdminAction::Device { user, suspend: true, .. } => {
            Some(user).filter(|user| !signers.contains(*user))
        }
        AdminAction::Device { user, suspend: false, .. } | AdminAction::ClearErrorPoints { user } => {
            Some(user)
        }
        AdminAction::InternetBanking { .. }
        | AdminAction::UserRights { .. }
        | AdminAction::NewAccount { .. }
        | AdminAction::SecondaryId { .. } => None,
    }
}

fn invalid(order: OrderId, error: &AdminError) -> Problem {
    Problem::new(ProblemCode::AdminOrderInvalid).with_item(order).with_detail(error.code())
}

fn accounts_in_service(db: &Connection, access: &CustomerAccess) -> Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for account in ledger::accounts_of(db, &access.customer.id)? {
        let number = parse("account.key", &account.key)?;
        let is_new = access.authority.new_accounts.iter().any(|new| new.number == number);
        if !is_new && account.status != AccountStatus::Closed {
            accounts.push(Account { number, name: account.name, currency: account.currency });
        }
    }
    Ok(accounts)
}

fn check_registration(
    db: &Connection,
    customer: &CustomerId,
    order: OrderId,
    id: &SecondaryId,
    code: Option<&str>,
    now: DateTime<Utc>,
) -> std::result::Result<(), Refusal> {
    if let Some(code) = code {
        if one_time_codes::is_good(db, customer, id, code, now)? {
            return Ok(());
        }
        return Err(Problem::new(ProblemCode::OneTimeCodeInvalid).with_item(order).into());
    }
    if customers::own_ids(db, customer)?.iter().any(|own| is_same(own, id)) {
        return Ok(());
    }
    Err(invalid(order, &AdminError::NotOwn).into())
}

/// Tax numbers are the same when their first eight digits are.
fn is_same(own: &SecondaryId, id: &SecondaryId) -> bool {
    match (own, id) {
        (SecondaryId::TaxNumber(own), SecondaryId::TaxNumber(id)) => own.core() == id.core(),
        _ => own == id,
    }
}

/// After a refusal that rolled everything back: a wrong one-time code counts as a try all the same.
///
/// # Errors
/// Only the database's.
pub(crate) fn note_refusal(
    db: &Connection,
    customer: &CustomerId,
    problem: &Problem,
    package: &Examined<'_>,
) -> Result<()> {
    if problem.code != ProblemCode::OneTimeCodeInvalid {
        return Ok(());
    }
    let Ok(read) = package.read() else { return Ok(()) };
    let blamed = read.content.orders.iter().find(|order| Some(order.id()) == problem.item);
    let change = blamed.and_then(Order::administration).map(|order| &order.action);
    if let Some(AdminAction::SecondaryId { id, .. }) = change {
        one_time_codes::count_try(db, customer, id)?;
    }
    Ok(())
}
