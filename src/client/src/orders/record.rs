//! Recording orders: checking what is typed, saying what the bank will do, putting orders into packages.

use domain::package::{PackageEvent, apply, travels_alone};
use domain::routing::{Decision, Sending, decide, is_instant_capable};
use domain::{
    AccountNumber, Currency, FieldError, HctOrder, Money, OrderDraft, OrderId, OrderType, PackageHeader,
    PackageId, PackageState, Target, Timing, entry,
};
use store::history::EarlierPayment;
use uuid::Uuid;

use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;

/// Where a recorded order goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PackageChoice {
    /// A ticked order into a package of its own, others into the open package with the same header data.
    #[default]
    Auto,
    /// A new package.
    New,
    /// This package; refused if the header data differ.
    Into(PackageId),
}

/// What checking a typed order found.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderCheck {
    /// Everything that must be mended, in the form's order; empty: the order can be saved.
    pub problems: Vec<FieldError>,
    /// How the bank will execute it if it is sent as it would be packed; needs a complete order.
    pub decision: Option<Decision>,
    /// How it would be executed if it were sent alone, where that is better.
    pub alone: Option<Decision>,
    /// The package that it would join, and the orders that are in it already.
    pub joins: Option<(PackageId, String, u32)>,
    /// What is known of the payee.
    pub payee: Option<PayeeHint>,
}

/// What is known of a payee from the past.
#[derive(Clone, Debug, PartialEq)]
pub struct PayeeHint {
    /// Name of the bank that keeps the account.
    pub bank: Option<String>,
    /// Last payments to the same account or identifier, newest first.
    pub last: Vec<EarlierPayment>,
    /// The amount is at least so many times the usual one (whole number, 3 or more).
    pub times_usual: Option<u32>,
}

/// An order that was saved, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The order.
    pub order: OrderId,
    /// Its package.
    pub package: PackageId,
    /// The package's name.
    pub name: String,
    /// Orders in it now.
    pub orders: u32,
}

/// Payments of the past that are shown beside the form.
const SHOWN_PAYMENTS: u32 = 3;

impl Client {
    /// Judges what is typed: problems, route, the payee's past. Meant to be called at every pause in typing.
    pub async fn check_order(
        &self,
        draft: OrderDraft,
        choice: PackageChoice,
        editing: Option<OrderId>,
    ) -> Result<OrderCheck> {
        let scope = self.scope()?;
        self.read(move |conn| {
            let rules = scope.rules(conn)?;
            let amount = entry::amount(&draft.amount).ok();
            let amount = amount.and_then(|a| Money::payment(a, Currency::HUF).ok());
            let payee = payee_hint(conn, &rules, &draft, amount)?;
            let blank = OrderCheck { problems: Vec::new(), decision: None, alone: None, joins: None, payee };
            match draft.check(OrderId(Uuid::nil()), &rules.check_context()) {
                Err(problems) => Ok(OrderCheck { problems, ..blank }),
                Ok(order) => {
                    let joins = target_package(conn, &rules, &order, choice, editing)?;
                    let others = joins.as_ref().map_or(0, |p| p.count - u32::from(holds(conn, p, editing)));
                    let sending =
                        sending_with(conn, &rules, &order, joins.as_ref().map(|p| p.header.id), others)?;
                    let decision = decide(&order, sending, &rules.routing_context());
                    let alone = decide(&order, Sending::ALONE, &rules.routing_context());
                    Ok(OrderCheck {
                        alone: (alone.route != decision.route).then_some(alone),
                        decision: Some(decision),
                        joins: joins.map(|p| (p.header.id, p.header.name.to_string(), others)),
                        ..blank
                    })
                }
            }
        })
        .await
    }

    /// Saves a typed order into a package. Nothing is stored unless every field is right.
    ///
    /// # Errors
    /// [`ClientError::Fields`] with every problem; [`ClientError::OtherHeader`] if it does not fit the chosen
    /// package; [`ClientError::TooManyOrders`].
    pub async fn save_order(
        &self,
        draft: OrderDraft,
        choice: PackageChoice,
        editing: Option<OrderId>,
    ) -> Result<Saved> {
        self.save_and(draft, choice, editing, |_| Ok(())).await
    }

    /// The same for a form whose draft is kept under `key`: in one transaction the order is saved and the kept draft
    /// forgotten, or `aside` kept in its place, so that a crash never brings a saved order back as an unsaved one.
    pub async fn save_order_of_form<T: serde::Serialize + Send + 'static>(
        &self,
        draft: OrderDraft,
        choice: PackageChoice,
        editing: Option<OrderId>,
        key: &'static str,
        aside: Option<T>,
    ) -> Result<Saved> {
        let now = self.now();
        self.save_and(draft, choice, editing, move |tx| {
            match aside {
                Some(aside) => store::drafts::save(tx, key, &aside, now)?,
                None => store::drafts::remove(tx, key)?,
            }
            Ok(())
        })
        .await
    }

    async fn save_and(
        &self,
        draft: OrderDraft,
        choice: PackageChoice,
        editing: Option<OrderId>,
        also: impl FnOnce(&store::Transaction<'_>) -> Result<()> + Send + 'static,
    ) -> Result<Saved> {
        self.recording()?;
        let scope = self.scope()?;
        let saved = self
            .write(move |tx| {
                let rules = scope.rules(tx)?;
                let id = editing.unwrap_or_else(|| OrderId(Uuid::now_v7()));
                let order = draft.check(id, &rules.check_context()).map_err(ClientError::Fields)?;
                let saved = save_into(tx, &rules, &order, choice, editing)?;
                also(tx)?;
                Ok(saved)
            })
            .await?;
        self.announce(Change::Packages);
        Ok(saved)
    }

    /// Removes an order from its recorded package; an emptied package is deleted.
    pub async fn remove_order(&self, id: OrderId) -> Result<()> {
        self.recording()?;
        let scope = self.scope()?;
        self.write(move |tx| {
            let rules = scope.rules(tx)?;
            let stored = store::orders::get(tx, id)?;
            take_out(tx, &rules, id, stored.package)
        })
        .await?;
        self.announce(Change::Packages);
        Ok(())
    }

    /// The typed form of a stored order, to edit it or to start another from it.
    pub async fn order_draft(&self, id: OrderId) -> Result<OrderDraft> {
        self.read(move |conn| Ok(OrderDraft::of_order(&store::orders::get(conn, id)?.order))).await
    }

    /// Keeps what is typed under a key, until it is saved or dropped.
    pub async fn keep_draft<T: serde::Serialize + Send + 'static>(
        &self,
        key: &'static str,
        draft: T,
    ) -> Result<()> {
        let now = self.now();
        self.write(move |tx| Ok(store::drafts::save(tx, key, &draft, now)?)).await
    }

    /// What was typed under a key and not saved yet.
    pub async fn kept_draft<T: serde::de::DeserializeOwned + Send + 'static>(
        &self,
        key: &'static str,
    ) -> Result<Option<T>> {
        self.read(move |conn| Ok(store::drafts::load(conn, key)?.map(|d| d.value))).await
    }

    /// Forgets what was typed under a key.
    pub async fn drop_draft(&self, key: &'static str) -> Result<()> {
        self.write(move |tx| Ok(store::drafts::remove(tx, key)?)).await
    }
}

/// Saves one checked order; the import uses it too.
fn save_into(
    tx: &store::Transaction<'_>,
    rules: &Rules,
    order: &HctOrder,
    choice: PackageChoice,
    editing: Option<OrderId>,
) -> Result<Saved> {
    let now = rules.now;
    let target = target_package(tx, rules, order, choice, editing)?;
    let before = editing.map(|id| store::orders::get(tx, id)).transpose()?;
    let package = match (&before, target) {
        (Some(before), Some(target)) if before.package == target.header.id => {
            store::orders::replace(tx, order, now)?;
            target.header.id
        }
        (before, target) => {
            if let Some(before) = before {
                take_out(tx, rules, order.id, before.package)?;
            }
            let id = match target {
                Some(package) => package.header.id,
                None => create_package(tx, rules, order)?,
            };
            store::orders::insert(tx, id, order, now)?;
            id
        }
    };
    let stored = store::packages::get(tx, package)?;
    let max = rules.profile.packages.max_orders;
    if stored.count > max {
        return Err(ClientError::TooManyOrders { max });
    }
    Ok(Saved { order: order.id, package, name: stored.header.name.to_string(), orders: stored.count })
}

/// Takes an order out of its package and deletes the package if it is empty then.
pub(crate) fn take_out(
    tx: &store::Transaction<'_>,
    rules: &Rules,
    order: OrderId,
    package: PackageId,
) -> Result<()> {
    let stored = store::packages::get(tx, package)?;
    let _ = apply(stored.state, PackageEvent::Edit, &rules.profile.packages)?;
    store::orders::remove(tx, order, rules.now)?;
    if store::packages::get(tx, package)?.count == 0 {
        store::packages::set_state(tx, package, stored.state, PackageState::Deleted, rules.now)?;
    }
    Ok(())
}

/// The header of a new package for an order; it is named after its first payee.
pub(crate) fn header_for(rules: &Rules, order: &HctOrder) -> Result<PackageHeader> {
    let name = order.beneficiary.label().parse().map_err(ClientError::PackageName)?;
    Ok(PackageHeader {
        id: PackageId(Uuid::now_v7()),
        customer: rules.customer.id.clone(),
        name,
        order_type: OrderType::Hct,
        debit_account: Some(order.debit_account),
        instant: order.timing == Timing::Instant,
        scheduled: None,
    })
}

fn create_package(tx: &store::Transaction<'_>, rules: &Rules, order: &HctOrder) -> Result<PackageId> {
    let header = header_for(rules, order)?;
    store::packages::create(tx, &header, rules.now)?;
    Ok(header.id)
}

/// The existing package that the order goes into; `None`: a new one.
fn target_package(
    conn: &store::Connection,
    rules: &Rules,
    order: &HctOrder,
    choice: PackageChoice,
    editing: Option<OrderId>,
) -> Result<Option<store::packages::StoredPackage>> {
    let header = header_for(rules, order)?;
    let alone = travels_alone(header.instant, rules.customer.kind, &rules.profile.packages);
    // An edited order stays where it is as long as its header data allow it.
    if let (Some(id), PackageChoice::Auto) = (editing, choice) {
        let package = store::packages::get(conn, store::orders::get(conn, id)?.package)?;
        if fits(&package.header, &header, rules) && (!alone || package.count <= 1) {
            return Ok(Some(package));
        }
    }
    match choice {
        PackageChoice::New => Ok(None),
        PackageChoice::Auto if header.instant || alone => Ok(None),
        PackageChoice::Auto => {
            let open = store::packages::find_open(conn, &header)?;
            Ok(open.filter(|p| p.count < rules.profile.packages.max_orders))
        }
        PackageChoice::Into(id) => {
            let package = store::packages::get(conn, id)?;
            let _ = apply(package.state, PackageEvent::Edit, &rules.profile.packages)?;
            let others = package.count - u32::from(holds(conn, &package, editing));
            if !fits(&package.header, &header, rules) || (alone && others > 0) {
                return Err(ClientError::OtherHeader);
            }
            Ok(Some(package))
        }
    }
}

/// Whether an order with `wanted` header data may stand in a package with `have`.
fn fits(have: &PackageHeader, wanted: &PackageHeader, rules: &Rules) -> bool {
    let packages = &rules.profile.packages;
    have.customer == wanted.customer
        && (packages.mixed_types || have.order_type == wanted.order_type)
        && (packages.several_debit_accounts || have.debit_account == wanted.debit_account)
        && have.instant == wanted.instant
}

fn holds(conn: &store::Connection, package: &store::packages::StoredPackage, order: Option<OrderId>) -> bool {
    order
        .and_then(|id| store::orders::find(conn, id).ok().flatten())
        .is_some_and(|stored| stored.package == package.header.id)
}

/// How an order travels that joins a package of `others` orders.
fn sending_with(
    conn: &store::Connection,
    rules: &Rules,
    order: &HctOrder,
    package: Option<PackageId>,
    others: u32,
) -> Result<Sending> {
    let context = rules.routing_context();
    let mut capable = u32::from(is_instant_capable(order, &context));
    if let Some(package) = package {
        store::orders::for_each(conn, package, |other| {
            capable += u32::from(other.id != order.id && is_instant_capable(&other, &context));
            Ok::<_, ClientError>(())
        })?;
    }
    Ok(Sending { packages: 1, orders: others + 1, instant_capable: capable })
}

fn payee_hint(
    conn: &store::Connection,
    rules: &Rules,
    draft: &OrderDraft,
    amount: Option<Money>,
) -> Result<Option<PayeeHint>> {
    let (bank, beneficiary) = match draft.target.parse::<Target>() {
        Ok(Target::Account(number)) => (rules.bank_name(number).map(str::to_owned), payee_of(number)),
        Ok(Target::SecondaryId(id)) => (None, Some(domain::Beneficiary::SecondaryId { id })),
        Ok(Target::Foreign(_)) | Err(_) => return Ok(None),
    };
    let Some(beneficiary) = beneficiary else { return Ok(None) };
    let last = store::history::last_payments(conn, &rules.customer.id, &beneficiary, SHOWN_PAYMENTS)?;
    let times_usual = amount.and_then(|amount| times_usual(&last, amount));
    Ok(Some(PayeeHint { bank, last, times_usual }))
}

/// A payee by account alone; the past is looked up by account, not by name.
fn payee_of(number: AccountNumber) -> Option<domain::Beneficiary> {
    Some(domain::Beneficiary::Account { name: "-".parse().ok()?, number })
}

/// How many times the average of the past payments the amount is, if at least three times.
fn times_usual(last: &[EarlierPayment], amount: Money) -> Option<u32> {
    use rust_decimal::Decimal;
    use rust_decimal::prelude::ToPrimitive;
    let sum: Decimal = last.iter().map(|p| p.amount.amount()).sum();
    if last.len() < 2 || sum <= Decimal::ZERO {
        return None;
    }
    let average = sum / Decimal::from(last.len());
    (amount.amount() / average).floor().to_u32().filter(|times| *times >= 3)
}
