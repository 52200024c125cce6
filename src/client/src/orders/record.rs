//! Recording orders: checking what is typed, saying what the bank will do, putting orders into packages.

use domain::order::CheckContext;
use domain::package::{PackageEvent, apply};
use domain::routing::{Decision, Sending};
use domain::{
    Currency, FieldError, Money, Order, OrderDraft, OrderId, OrderType, PackageHeader, PackageId, Scope,
    entry, key,
};
use store::deed::Deed;
use store::packages::StoredPackage;
use uuid::Uuid;

use crate::bank::Capability;
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::payee::{PayeeHint, payee_hint};
use crate::orders::placing::{PackageChoice, create_package, header_for, holds, take_out, target_package};
use crate::orders::rules::Rules;
use crate::orders::together::{judge_together, table_before};
use crate::packages::cover::{Shortage, shortages};
use crate::packages::moves::log;
use crate::packages::rights::may_record;

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
    /// Whether its account covers it, with the others of its package.
    pub shortages: Vec<Shortage>,
    /// What is known of the payee.
    pub payee: Option<PayeeHint>,
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

impl Client {
    /// Judges what is typed: problems, route, the payee's past. Meant to be called at every pause in typing.
    pub async fn check_order(
        &self,
        draft: OrderDraft,
        choice: PackageChoice,
        editing: Option<OrderId>,
    ) -> Result<OrderCheck> {
        let scope = self.scope()?;
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            let amount = entry::amount(draft.get(key::AMOUNT)).ok();
            let amount = amount.and_then(|a| Money::payment(a, Currency::HUF).ok());
            let payee = payee_hint(conn, &rules, &draft, amount)?;
            let blank = OrderCheck {
                problems: Vec::new(),
                decision: None,
                alone: None,
                joins: None,
                shortages: Vec::new(),
                payee,
            };
            let id = editing.unwrap_or(OrderId(Uuid::nil()));
            match check(conn, &rules, &draft, id, choice, editing)? {
                Err(problems) => Ok(OrderCheck { problems, ..blank }),
                Ok(order) => {
                    let joins = target_package(conn, &rules, &order, choice, editing)?;
                    let others = joins.as_ref().map_or(0, |p| p.count - u32::from(holds(conn, p, editing)));
                    let sending = sending_with(conn, &rules, &order, joins.as_ref().map(|p| p.header.id))?;
                    let context = rules.routing_context();
                    let decision = order.decide(sending, &context);
                    let alone = order.decide(Sending::ALONE, &context);
                    let route = |decision: &Option<Decision>| decision.as_ref().map(|known| known.route);
                    let shortages = shortages_with(conn, &rules, &order, joins.as_ref())?;
                    Ok(OrderCheck {
                        shortages,
                        alone: if route(&alone) == route(&decision) { None } else { alone },
                        decision,
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
    /// package; [`ClientError::TooManyOrders`]; [`ClientError::Administration`] if the orders of its package could not
    /// all take effect.
    pub async fn save_order(
        &self,
        draft: OrderDraft,
        choice: PackageChoice,
        editing: Option<OrderId>,
    ) -> Result<Saved> {
        self.save_and(draft, choice, editing, |_| Ok(())).await
    }

    /// Saves several orders, the first where `choice` says and the others into the same package; all or none.
    ///
    /// # Errors
    /// [`ClientError::EmptyPackage`] without orders, and those of [`Client::save_order`].
    pub async fn save_orders(&self, drafts: Vec<OrderDraft>, choice: PackageChoice) -> Result<Saved> {
        self.recording()?;
        drafts.iter().try_for_each(|draft| self.takes(draft.order_type))?;
        let scope = self.scope()?;
        let saved = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                let mut last: Option<Saved> = None;
                for draft in &drafts {
                    let choice = last.map_or(choice, |saved| PackageChoice::Into(saved.package));
                    last = Some(save_draft(tx, &rules, draft, choice, None)?);
                }
                last.ok_or(ClientError::EmptyPackage)
            })
            .await?;
        self.announce(Change::Packages);
        Ok(saved)
    }

    /// [`Client::save_order`] for a form whose draft is kept under `key`: in one transaction the order is saved and the
    /// kept draft forgotten, or `aside` kept in its place, so that a crash never brings a saved order back as an unsaved
    /// one.
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
                Some(aside) => store::drafts::save(tx, Scope::Own(tx.customer()), key, &aside, now)?,
                None => store::drafts::remove(tx, Scope::Own(tx.customer()), key)?,
            }
            Ok(())
        })
        .await
    }

    /// Whether orders of the type can be for this connection at all.
    fn takes(&self, order_type: OrderType) -> Result<()> {
        match order_type {
            OrderType::ADMINISTRATION => self.offers(Capability::Administration),
            _ => Ok(()),
        }
    }

    async fn save_and(
        &self,
        draft: OrderDraft,
        choice: PackageChoice,
        editing: Option<OrderId>,
        also: impl FnOnce(&store::OfCustomer<'_>) -> Result<()> + Send + 'static,
    ) -> Result<Saved> {
        self.recording()?;
        self.takes(draft.order_type)?;
        let scope = self.scope()?;
        let saved = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                let saved = save_draft(tx, &rules, &draft, choice, editing)?;
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
        self.write_of(scope.customer, move |tx| {
            let rules = scope.rules(tx)?;
            let stored = store::orders::get(tx, id)?;
            may_record(tx, &rules, stored.package)?;
            take_out(tx, &rules, id, stored.package)
        })
        .await?;
        self.announce(Change::Packages);
        Ok(())
    }

    /// The typed form of a stored order, to edit it or to start another from it.
    pub async fn order_draft(&self, id: OrderId) -> Result<OrderDraft> {
        self.read_here(move |conn| Ok(OrderDraft::of_order(&store::orders::get(conn, id)?.order))).await
    }

    /// The package in which a stored order stands.
    pub async fn package_of_order(&self, id: OrderId) -> Result<PackageId> {
        self.read_here(move |conn| Ok(store::orders::get(conn, id)?.package)).await
    }

    /// Keeps what is typed under a key, until it is saved or dropped.
    pub async fn keep_draft<T: serde::Serialize + Send + 'static>(
        &self,
        key: &'static str,
        draft: T,
    ) -> Result<()> {
        let (scope, now) = (self.seen_by(), self.now());
        self.write(move |tx| Ok(store::drafts::save(tx, scope, key, &draft, now)?)).await
    }

    /// What was typed under a key and not saved yet.
    pub async fn kept_draft<T: serde::de::DeserializeOwned + Send + 'static>(
        &self,
        key: &'static str,
    ) -> Result<Option<T>> {
        let scope = self.seen_by();
        self.read(move |conn| Ok(store::drafts::load(conn, scope, key)?.map(|d| d.value))).await
    }

    /// Forgets what was typed under a key.
    pub async fn drop_draft(&self, key: &'static str) -> Result<()> {
        let scope = self.seen_by();
        self.write(move |tx| Ok(store::drafts::remove(tx, scope, key)?)).await
    }
}

/// The order that is typed, judged after the orders of its package that stand before it; or the form's problems.
fn check(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    draft: &OrderDraft,
    id: OrderId,
    choice: PackageChoice,
    editing: Option<OrderId>,
) -> Result<std::result::Result<Order, Vec<FieldError>>> {
    let table = table_before(conn, rules, draft.order_type, choice, editing)?;
    let context = rules.check_context();
    Ok(draft.check(id, &CheckContext { authority: table.as_ref().or(context.authority), ..context }))
}

/// Checks and saves one typed order.
fn save_draft(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    draft: &OrderDraft,
    choice: PackageChoice,
    editing: Option<OrderId>,
) -> Result<Saved> {
    let id = editing.unwrap_or_else(|| OrderId(Uuid::now_v7()));
    let order = check(tx, rules, draft, id, choice, editing)?.map_err(ClientError::Fields)?;
    let saved = save_into(tx, rules, &order, choice, editing)?;
    judge_together(tx, rules, saved.package)?;
    if editing.is_none() && order.administration().is_some() {
        log(tx, rules, saved.package, Deed::AdminRecorded { order: id })?;
    }
    Ok(saved)
}

/// Saves one checked order.
fn save_into(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    order: &Order,
    choice: PackageChoice,
    editing: Option<OrderId>,
) -> Result<Saved> {
    let now = rules.now;
    let target = target_package(tx, rules, order, choice, editing)?;
    let before = editing.map(|id| store::orders::get(tx, id)).transpose()?;
    if let Some(before) = &before {
        may_record(tx, rules, before.package)?;
    }
    let package = match (&before, target) {
        (Some(before), Some(target)) if before.package == target.header.id => {
            let _ = apply(target.state, PackageEvent::Edit, &rules.profile.packages)?;
            store::orders::replace(tx, order, now)?;
            name_anew(tx, rules, &target, &before.order, order)?;
            target.header.id
        }
        (before, target) => {
            if let Some(before) = before.as_ref() {
                take_out(tx, rules, order.id(), before.package)?;
            }
            let id = match target {
                Some(package) => package.header.id,
                None => create_package(tx, rules, order)?,
            };
            store::orders::insert(tx, id, order, now)?;
            if let Some(from) = before.as_ref().map(|before| before.package) {
                let name = store::packages::get(tx, from)?.header.name.to_string();
                log(tx, rules, id, Deed::OrderMovedHere { from, name })?;
            }
            id
        }
    };
    let stored = store::packages::get(tx, package)?;
    let max = rules.profile.packages.max_orders;
    if stored.count > max {
        return Err(ClientError::TooManyOrders { max });
    }
    Ok(Saved { order: order.id(), package, name: stored.header.name.to_string(), orders: stored.count })
}

/// A package of one order that was named after it is named after what the order is now.
fn name_anew(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    package: &StoredPackage,
    before: &Order,
    after: &Order,
) -> Result<()> {
    if package.count != 1 || package.header.name != header_for(rules, before)?.name {
        return Ok(());
    }
    let header = PackageHeader { name: header_for(rules, after)?.name, ..package.header.clone() };
    Ok(store::packages::update_header(tx, &header, rules.now)?)
}

/// Whether the account covers an order together with the others of the package that it joins.
fn shortages_with(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    order: &Order,
    package: Option<&StoredPackage>,
) -> Result<Vec<Shortage>> {
    let mut orders = vec![order.clone()];
    if let Some(package) = package {
        store::orders::for_each(conn, package.header.id, |other| {
            if other.id() != order.id() {
                orders.push(other);
            }
            Ok::<_, ClientError>(())
        })?;
    }
    let day = package.and_then(|package| package.header.scheduled);
    let of: Vec<PackageId> = package.map(|package| package.header.id).into_iter().collect();
    shortages(conn, rules, orders.iter().map(|order| (order, day)), &of)
}

/// How an order travels that joins the package, or stands alone.
fn sending_with(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    order: &Order,
    package: Option<PackageId>,
) -> Result<Sending> {
    let context = rules.routing_context();
    let mut sending = Sending::of([order], 1, &context);
    if let Some(package) = package {
        store::orders::for_each(conn, package, |other| {
            if other.id() != order.id() {
                let one = Sending::of([&other], 1, &context);
                sending.orders += one.orders;
                sending.instant_capable += one.instant_capable;
            }
            Ok::<_, ClientError>(())
        })?;
    }
    Ok(sending)
}
