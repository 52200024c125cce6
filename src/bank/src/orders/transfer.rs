//! What all types of transfers have in common when a package of them arrives.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::{AuthorityTable, BankProfile, Beneficiary, Currency, Order, Timing, Transfer};
use formats::package_document::PackageContent;
use protocol::{AccountStatus, Problem, ProblemCode};
use rusqlite::params;

use super::part::Judging;
use super::refusal::{Blame, against};
use crate::accounts::{ledger, proxies};
use crate::ground::error::{BankError, Refusal};
use crate::ground::time;

/// Whether the bank's rules allow the package and every order could be taken today; `special` is what the type adds,
/// given the customer's accounts in forints.
///
/// # Errors
/// `package-against-rules`, or what is wrong with the first order that cannot be taken.
pub(super) fn accept(
    judging: &Judging<'_>,
    content: &PackageContent,
    special: fn(&Judging<'_>, &Transfer, &HashSet<String>) -> Result<(), Blame>,
) -> Result<Option<AuthorityTable>, Refusal> {
    check_rules(&judging.context.rules.profile, content)?;
    let own = forint_accounts(judging)?;
    let today = time::local(judging.context.now).date();
    let mut ids = HashSet::with_capacity(content.orders.len());
    for order in &content.orders {
        let judged = match order.transfer() {
            Some(_) if !ids.insert(order.id()) => Err(ProblemCode::PackageOrderDuplicate.into()),
            Some(transfer) => {
                check(judging, transfer, &own, today).and_then(|()| special(judging, transfer, &own))
            }
            None => Err(ProblemCode::PackageDocumentInvalid.into()),
        };
        match judged {
            Ok(()) => {}
            Err(Blame::Order(code)) => return Err(Problem::new(code).with_item(order.id()).into()),
            Err(Blame::Failure(error)) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// The customer's accounts that are kept in forints and not closed, by key.
fn forint_accounts(judging: &Judging<'_>) -> Result<HashSet<String>, BankError> {
    let accounts = ledger::accounts_of(judging.db, &judging.access.customer.id)?;
    let open = accounts
        .into_iter()
        .filter(|account| account.currency == Currency::HUF && account.status != AccountStatus::Closed);
    Ok(open.map(|account| account.key).collect())
}

fn check_rules(profile: &BankProfile, content: &PackageContent) -> Result<(), Refusal> {
    let rules = &profile.packages;
    if !profile.order_types.contains(&content.header.order_type) {
        return Err(against("order type not offered"));
    }
    if content.orders.len() > usize::try_from(rules.max_orders).unwrap_or(usize::MAX) {
        return Err(against("too many orders"));
    }
    let accounts: HashSet<_> =
        content.orders.iter().filter_map(Order::transfer).map(|order| order.debit_account).collect();
    if accounts.len() > 1 && !rules.several_debit_accounts {
        return Err(against("several debited accounts"));
    }
    Ok(())
}

fn check(
    judging: &Judging<'_>,
    order: &Transfer,
    own: &HashSet<String>,
    today: NaiveDate,
) -> Result<(), Blame> {
    let mut known = judging.db.prepare_cached("SELECT 1 FROM item WHERE customer = ?1 AND order_id = ?2")?;
    if known.exists(params![judging.access.customer.id.as_str(), order.id.to_string()])? {
        return Err(ProblemCode::PackageOrderDuplicate.into());
    }
    if !own.contains(&order.debit_account.digits24()) || order.amount.currency() != Currency::HUF {
        return Err(ProblemCode::AccountUnknown.into());
    }
    if !date_is_taken(order, today, &judging.context.rules.profile) {
        return Err(ProblemCode::ValueDateInvalid.into());
    }
    if let Beneficiary::SecondaryId { id } = &order.beneficiary
        && proxies::resolve(judging.db, id)?.is_none()
    {
        return Err(ProblemCode::SecondaryIdUnknown.into());
    }
    Ok(())
}

fn date_is_taken(order: &Transfer, today: NaiveDate, profile: &BankProfile) -> bool {
    match order.timing {
        Timing::On { date } => {
            let days = (date - today).num_days();
            days >= 0 && profile.max_days_ahead.is_none_or(|max| days <= i64::from(max))
        }
        Timing::Soon | Timing::Instant => true,
    }
}
