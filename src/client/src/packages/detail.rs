//! One prepared package: its orders with routes, its signatures, what may be done with it.

use domain::authority::SigningStatus;
use domain::package::{PackageEvent, apply};
use domain::routing::{Decision, Route, Sending};
use domain::{Money, Order, PackageHeader, PackageId, PackageState, UserId};
use store::packages::StoredPackage;

use crate::admin::{AdminChange, changes};
use crate::client::Client;
use crate::error::Result;
use crate::handover::whereabouts::{WhereItIs, taken_from, where_it_is};
use crate::orders::rules::Rules;
use crate::packages::cover::{Shortage, shortages};
use crate::packages::rights::{PackageRights, rights};
use crate::packages::routes::{ShownOrder, shown};
use crate::packages::signatures::{ShownSignature, signatures_of};

/// Orders whose routes are worked out and shown one by one; a longer list is paged.
pub const SHOWN_ORDERS: u32 = 10_000;

/// Something that the clerk may do with a package now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Add, change or remove orders; rename; plan a date.
    Edit,
    /// The second pair of eyes.
    Check,
    /// Sign.
    Sign,
    /// One step back.
    Withdraw,
    /// Send to the bank.
    Send,
    /// Delete.
    Delete,
    /// Put it into the shared area.
    Share,
    /// Take it back out of the shared area.
    WithdrawShared,
}

/// Everything about one prepared package.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageDetail {
    /// What its orders share.
    pub header: PackageHeader,
    /// State.
    pub state: PackageState,
    /// Number of orders.
    pub count: u32,
    /// Sum.
    pub total: Money,
    /// Name of the debited account.
    pub account_name: String,
    /// Orders with their routes.
    pub orders: Vec<ShownOrder>,
    /// What each of them changes, in the same order; nothing of payments.
    pub changes: Vec<AdminChange>,
    /// Signatures so far.
    pub signatures: Vec<ShownSignature>,
    /// How far the signatures are.
    pub signing: SigningStatus,
    /// Names of those who could still sign.
    pub could_sign: Vec<String>,
    /// What the user at the seat may do with it.
    pub rights: PackageRights,
    /// What may be done: what its state allows and the user has the right to.
    pub actions: Vec<Action>,
    /// How many orders would be instant if each were sent alone, and are not in this package.
    pub faster_alone: u32,
    /// Accounts that do not cover it, besides all else that is signed, planned and due; nothing once it has left.
    pub shortages: Vec<Shortage>,
    /// Where it is, if it was handed over.
    pub where_it_is: Option<WhereItIs>,
    /// Who parked it, if it was taken over from the shared area and its bytes are still the same.
    pub taken_from: Option<String>,
    /// Code of what went wrong with it last.
    pub last_error: Option<String>,
}

impl Client {
    /// One prepared package.
    pub async fn package(&self, id: PackageId) -> Result<PackageDetail> {
        self.viewing()?;
        let scope = self.scope()?;
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            detail(conn, &rules, store::packages::get(conn, id)?)
        })
        .await
    }
}

pub(crate) fn detail(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    package: StoredPackage,
) -> Result<PackageDetail> {
    let signatures = signatures_of(conn, &package)?;
    let signers: std::collections::BTreeSet<UserId> = signatures.iter().map(|s| s.user.clone()).collect();
    let debits = store::orders::debits(conn, package.header.id)?;
    let signing = rules.authority.judge_package(package.header.order_type, &debits, &signers);
    let could_sign = rules
        .authority
        .missing_signers(package.header.order_type, &debits, &signers)
        .map(|u| u.name.clone())
        .collect();
    let page = store::Page::first(SHOWN_ORDERS);
    let stored: Vec<Order> =
        store::orders::page(conn, package.header.id, page)?.into_iter().map(|s| s.order).collect();
    let changes = changes(rules, &stored, package.state.is_prepared());
    let shortages = if package.state.is_prepared() {
        let planned = stored.iter().map(|order| (order, package.header.scheduled));
        shortages(conn, rules, planned, &[package.header.id])?
    } else {
        Vec::new()
    };
    let orders = shown(rules, stored, package.count);
    let context = rules.routing_context();
    let faster_alone = orders
        .iter()
        .filter(|o| route(o.order.decide(Sending::ALONE, &context).as_ref()) != route(o.decision.as_ref()))
        .count();
    let where_it_is = where_it_is(conn, rules, &package)?;
    let rights = rights(conn, rules, &package.header)?;
    let mut actions = actions(package.state, package.count, rules);
    actions.retain(|action| is_allowed(*action, rights));
    if !package.header.order_type.is_payment() {
        actions.retain(|action| *action != Action::Share);
    }
    if matches!(where_it_is, Some(WhereItIs::Waiting { mine: true, .. })) {
        actions.push(Action::WithdrawShared);
    }
    Ok(PackageDetail {
        account_name: package
            .header
            .debit_account
            .and_then(|number| rules.account(number))
            .map(|account| account.name.clone())
            .unwrap_or_default(),
        rights,
        actions,
        where_it_is,
        taken_from: taken_from(conn, &package)?,
        header: package.header,
        state: package.state,
        count: package.count,
        total: package.total,
        orders,
        changes,
        shortages,
        signatures,
        signing,
        could_sign,
        faster_alone: u32::try_from(faster_alone).unwrap_or(u32::MAX),
        last_error: package.last_error,
    })
}

fn route(decision: Option<&Decision>) -> Option<Route> {
    decision.map(|decision| decision.route)
}

/// What the user has the right to.
fn is_allowed(action: Action, rights: PackageRights) -> bool {
    match action {
        Action::Edit | Action::Delete => rights.record,
        Action::Sign => rights.not_to_sign.is_none(),
        Action::Check | Action::Withdraw | Action::Send | Action::Share | Action::WithdrawShared => {
            rights.handle
        }
    }
}

/// What the state machine allows.
fn actions(state: PackageState, count: u32, rules: &Rules) -> Vec<Action> {
    let candidates = [
        (Action::Edit, PackageEvent::Edit),
        (Action::Check, PackageEvent::Check),
        (Action::Sign, PackageEvent::Sign { complete: true }),
        (Action::Withdraw, PackageEvent::Withdraw),
        (Action::Send, PackageEvent::Send),
        (Action::Delete, PackageEvent::Delete),
        (Action::Share, PackageEvent::Share),
    ];
    candidates
        .into_iter()
        .filter(|(action, _)| count > 0 || matches!(action, Action::Edit | Action::Delete))
        .filter(|(_, event)| apply(state, *event, &rules.profile.packages).is_ok())
        .map(|(action, _)| action)
        .collect()
}
