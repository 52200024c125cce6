//! One prepared package: its orders with routes, its signatures, what may be done with it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::authority::SigningStatus;
use domain::package::{PackageEvent, apply};
use domain::routing::{Decision, Sending, decide, is_instant_capable};
use domain::{HctOrder, Money, OrderType, PackageHeader, PackageId, PackageState, UserId};
use store::audit::AuditEvent;
use store::packages::StoredPackage;

use crate::shared::{WhereItIs, taken_from, where_it_is};
use crate::{Change, Client, ClientError, Result, Rules};

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

/// An order of the package as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownOrder {
    /// The order.
    pub order: HctOrder,
    /// Name of the payee's bank.
    pub bank: Option<String>,
    /// How the bank will execute it, if the package is sent alone.
    pub decision: Decision,
}

/// A signature on the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownSignature {
    /// Who.
    pub user: UserId,
    /// Name as the certificate gives it.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
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
    /// Signatures so far.
    pub signatures: Vec<ShownSignature>,
    /// How far the signatures are.
    pub signing: SigningStatus,
    /// Names of those who could still sign.
    pub could_sign: Vec<String>,
    /// What may be done.
    pub actions: Vec<Action>,
    /// How many orders would be instant if each were sent alone, and are not in this package.
    pub faster_alone: u32,
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
        self.read(move |conn| {
            let rules = scope.rules(conn)?;
            detail(conn, &rules, store::packages::get(conn, id)?)
        })
        .await
    }

    /// Gives the package another name.
    pub async fn rename_package(&self, id: PackageId, name: String) -> Result<()> {
        let name = name.parse().map_err(|e| {
            ClientError::Fields(vec![domain::FieldError {
                field: domain::Field::BeneficiaryName,
                problem: domain::FieldProblem::Text(e),
            }])
        })?;
        self.edit_header(id, move |header| header.name = name).await
    }

    /// Plans the day on which the package is to be sent.
    pub async fn plan_package(&self, id: PackageId, day: Option<NaiveDate>) -> Result<()> {
        self.edit_header(id, move |header| header.scheduled = day).await
    }

    async fn edit_header(
        &self,
        id: PackageId,
        edit: impl FnOnce(&mut PackageHeader) + Send + 'static,
    ) -> Result<()> {
        self.recording()?;
        let scope = self.scope()?;
        self.write(move |tx| {
            let rules = scope.rules(tx)?;
            let package = store::packages::get(tx, id)?;
            let _ = apply(package.state, PackageEvent::Edit, &rules.profile.packages)?;
            let mut header = package.header;
            edit(&mut header);
            Ok(store::packages::update_header(tx, &header, scope.now)?)
        })
        .await?;
        self.announce(Change::Packages);
        Ok(())
    }

    /// Marks the package as checked by a second pair of eyes.
    pub async fn check_package(&self, id: PackageId) -> Result<()> {
        self.move_package(id, PackageEvent::Check).await
    }

    /// One step back; drops the signatures of the step that is left.
    pub async fn withdraw_package(&self, id: PackageId) -> Result<()> {
        self.move_package(id, PackageEvent::Withdraw).await
    }

    /// Deletes a package that has not been sent.
    pub async fn delete_package(&self, id: PackageId) -> Result<()> {
        self.move_package(id, PackageEvent::Delete).await
    }

    async fn move_package(&self, id: PackageId, event: PackageEvent) -> Result<()> {
        self.recording()?;
        let scope = self.scope()?;
        self.write(move |tx| {
            let rules = scope.rules(tx)?;
            let _ = transition(tx, &rules, id, event)?;
            Ok(())
        })
        .await?;
        self.announce(Change::Packages);
        Ok(())
    }
}

/// Moves a package by an event: state, signatures and the audit log in one transaction.
pub(crate) fn transition(
    tx: &store::Transaction<'_>,
    rules: &Rules,
    id: PackageId,
    event: PackageEvent,
) -> Result<StoredPackage> {
    let package = store::packages::get(tx, id)?;
    let applied = apply(package.state, event, &rules.profile.packages)?;
    if applied.drops_signatures {
        let _: usize = store::signatures::drop_all(tx, id)?;
    }
    if applied.state != package.state {
        store::packages::set_state(tx, id, package.state, applied.state, rules.now)?;
        let detail = serde_json::json!({ "from": package.state.name(), "to": applied.state.name() });
        log(tx, rules, "package-state", id, detail)?;
    }
    Ok(store::packages::get(tx, id)?)
}

/// Writes an event of a package into the audit log.
pub(crate) fn log(
    tx: &store::Transaction<'_>,
    rules: &Rules,
    action: &str,
    package: PackageId,
    detail: serde_json::Value,
) -> Result<()> {
    let event = AuditEvent {
        at: rules.now,
        actor: rules.actor.clone(),
        action: action.to_owned(),
        subject: Some(package.to_string()),
        detail,
    };
    let _: store::audit::AuditEntry = store::audit::append(tx, &event)?;
    Ok(())
}

/// Who has signed the package's present document.
pub(crate) fn signatures_of(
    conn: &store::Connection,
    package: &StoredPackage,
) -> Result<Vec<ShownSignature>> {
    let stored = store::signatures::of_package(conn, package.header.id)?;
    Ok(stored
        .into_iter()
        .map(|s| ShownSignature { user: s.signer.id, name: s.signer.name, at: s.signed_at })
        .collect())
}

pub(crate) fn detail(
    conn: &store::Connection,
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
    let stored: Vec<HctOrder> =
        store::orders::page(conn, package.header.id, page)?.into_iter().map(|s| s.order).collect();
    let orders = routed(rules, stored, package.count, 1);
    let context = rules.routing_context();
    let faster_alone = orders
        .iter()
        .filter(|o| decide(&o.order, Sending::ALONE, &context).route != o.decision.route)
        .count();
    let where_it_is = where_it_is(conn, rules, &package)?;
    let mut actions = actions(package.state, package.count, rules);
    if package.header.order_type != OrderType::Hct {
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
        actions,
        where_it_is,
        taken_from: taken_from(conn, &package)?,
        header: package.header,
        state: package.state,
        count: package.count,
        total: package.total,
        orders,
        signatures,
        signing,
        could_sign,
        faster_alone: u32::try_from(faster_alone).unwrap_or(u32::MAX),
        last_error: package.last_error,
    })
}

/// Orders with the routes that they take when `packages` packages are sent together.
pub(crate) fn routed(rules: &Rules, orders: Vec<HctOrder>, count: u32, packages: u32) -> Vec<ShownOrder> {
    let context = rules.routing_context();
    let capable = orders.iter().filter(|o| is_instant_capable(o, &context)).count();
    let sending =
        Sending { packages, orders: count, instant_capable: u32::try_from(capable).unwrap_or(u32::MAX) };
    orders
        .into_iter()
        .map(|order| ShownOrder {
            bank: order.beneficiary.account().and_then(|a| rules.bank_name(a)).map(str::to_owned),
            decision: decide(&order, sending, &context),
            order,
        })
        .collect()
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
