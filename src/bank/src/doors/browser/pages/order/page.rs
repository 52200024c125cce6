//! The page of the order form.

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::order::CheckContext;
use domain::{
    Account, FieldError, FieldProblem, Order, OrderDraft, OrderId, OrderType, PackageId, Partner, key,
};
use maud::{Markup, html};
use protocol::ProblemCode;
use rusqlite::Connection;
use serde::Deserialize;
use uuid::Uuid;

use super::fields::Shown;
use super::form::OrderForm;
use super::picker::{self, Offer};
use super::{forecast, kinds, templates};
use crate::bank::Bank;
use crate::doors::browser::packages::{self, Standing, WebPackage};
use crate::doors::browser::pages::accounts;
use crate::doors::browser::pages::asking::Asking;
use crate::doors::browser::pages::partners::store;
use crate::doors::browser::pages::parts::{Page, TextField, hidden, run};
use crate::doors::browser::shell::{self, Place};
use crate::doors::browser::visitor::Visitor;
use crate::ground::time::local;

/// What the address asks to start from.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Start {
    partner: String,
    account: usize,
    template: String,
    package: String,
    order: String,
}

/// What the page shows.
#[derive(Default)]
pub(super) struct View {
    pub form: OrderForm,
    /// What is wrong with its fields; shown only when the form was checked.
    pub errors: Vec<FieldError>,
    /// The order that it makes.
    pub order: Option<Order>,
    /// Why the order could not be saved, or why the form is now of another type.
    pub problem: Option<String>,
    /// What the search found.
    pub offer: Offer,
}

/// The form that the address begins: of the type of what it starts from.
pub(super) async fn begin(visitor: Visitor, Query(start): Query<Start>) -> Response {
    run(visitor, move |db, bank, visitor| start_form(db, bank, visitor, None, &start)).await
}

/// The form of a type, empty or as the address says.
pub(super) async fn show(visitor: Visitor, Path(code): Path<String>, Query(start): Query<Start>) -> Response {
    run(visitor, move |db, bank, visitor| {
        let kind = kinds::find(&bank.rules.profile, &code)?;
        start_form(db, bank, visitor, Some(kind), &start)
    })
    .await
}

fn start_form(
    db: &Connection,
    bank: &Bank,
    visitor: &Visitor,
    kind: Option<OrderType>,
    start: &Start,
) -> Page {
    if !accounts::may_record(visitor) {
        return Err(ProblemCode::NotPermitted.into());
    }
    let package = start.package.clone();
    let form = OrderForm { order: start.order.clone(), package, ..OrderForm::default() };
    let form = form.with_draft(draft(db, bank, visitor, kind, start)?);
    // What the address starts from may be of a type that the bank no longer takes.
    kinds::find(&bank.rules.profile, form.kind().code())?;
    draw(db, bank, visitor, View { form, ..View::default() })
}

/// What the address starts from, as the type that it asks for; a template and an order are of their own.
fn draft(
    db: &Connection,
    bank: &Bank,
    visitor: &Visitor,
    kind: Option<OrderType>,
    start: &Start,
) -> Page<OrderDraft> {
    let mut empty = OrderDraft::new(kind.unwrap_or_default());
    if !start.package.is_empty() {
        let package = start.package.parse().map_err(|_| ProblemCode::NotFound)?;
        let content = packages::get(db, &Asking::new(bank, visitor).asker(), package)?.content;
        if !start.order.is_empty() {
            let order = content.orders.iter().find(|order| order.id().to_string() == start.order);
            return Ok(OrderDraft::of_order(order.ok_or(ProblemCode::NotFound)?));
        }
        empty = OrderDraft::new(kind.unwrap_or(content.header.order_type));
    }
    if !start.template.is_empty() {
        return Ok(templates::find(db, visitor, &start.template)?.start());
    }
    if !start.partner.is_empty() {
        let found = store::get::<Partner>(db, &visitor.access.customer.id, &start.partner)?;
        return Ok(empty.for_partner(&found.ok_or(ProblemCode::NotFound)?, start.account));
    }
    Ok(empty)
}

/// Checks the form by the same rules as the installed client. Any of the customer's accounts that the visitor sees may
/// be credited, but only some be debited.
pub(super) fn check(
    db: &Connection,
    bank: &Bank,
    visitor: &Visitor,
    form: &OrderForm,
) -> Page<Result<Order, Vec<FieldError>>> {
    let accounts: Vec<Account> =
        accounts::in_forints(db, bank, visitor)?.into_iter().map(|info| info.account).collect();
    let context = CheckContext {
        profile: &bank.rules.profile,
        calendar: &bank.rules.calendar,
        accounts: &accounts,
        authority: Some(&visitor.access.authority),
        // Judged below: the page names neither rights nor accounts that its visitor has none on.
        user: None,
        today: local(bank.clock.now()).date(),
    };
    let id = form.order.parse().unwrap_or_else(|_| OrderId(Uuid::now_v7()));
    Ok(form.draft.check(id, &context).and_then(|order| {
        let may = |account| visitor.access.authority.may_dispose(visitor.user(), account);
        match order.face().debit {
            Some(account) if !may(account) => {
                Err(vec![FieldError { field: key::DEBIT_ACCOUNT, problem: FieldProblem::NotOwnAccount }])
            }
            _ => Ok(order),
        }
    }))
}

pub(super) fn draw(db: &Connection, bank: &Bank, visitor: &Visitor, view: View) -> Page {
    let (texts, kind) = (visitor.texts, view.form.kind());
    let asking = Asking::new(bank, visitor);
    let debitable = accounts::disposable(db, bank, visitor)?;
    let own = accounts::in_forints(db, bank, visitor)?;
    let packages = packages_to_add_to(db, &asking, visitor, kind)?;
    let chosen: Option<PackageId> = view.form.package.parse().ok();
    let chosen = packages.iter().find(|package| Some(package.package) == chosen);
    let mut others = match chosen {
        Some(package) => packages::get(db, &asking.asker(), package.package)?.content.orders,
        None => Vec::new(),
    };
    others.retain(|order| order.id().to_string() != view.form.order);
    let shown = Shown { texts, debitable: &debitable, own: &own, errors: &view.errors };
    let changing = !view.form.order.is_empty();
    let title = if changing { texts.text("web-order-change-title") } else { kinds::name(texts, kind) };
    let body = html! {
        @if !changing { (kinds::tabs(texts, &bank.rules.profile, kind, kinds::path)) }
        form.columns.order method="post" action=(kinds::path(kind)) data-check {
            div {
                (visitor.csrf())
                // The first button is what Enter presses: checking, which never saves anything.
                button.unseen type="submit" name="action" value="check" tabindex="-1" aria-hidden="true" {}
                @if let Some(problem) = &view.problem { (shell::notice(false, problem)) }
                @if !view.errors.is_empty() {
                    p.notice.bad role="alert" {
                        (texts.with("web-order-errors", &[("count", &view.errors.len().to_string())]))
                    }
                }
                div id="instead" data-checked { (instead(visitor, bank, &view)) }
                @if let Some(package) = chosen.filter(|package| !package.signatures.is_empty()) {
                    p.notice.care {
                        (texts.with("web-package-edit-drops", &[("count", &package.signatures.len().to_string())]))
                    }
                }
                section.panel { (shown.fields(&view.form)) }
                section.panel { (destination(visitor, &view.form, &packages, changing)) (buttons(visitor, changing)) }
            }
            aside {
                section.panel { (picker::show(texts, &view.form, &view.offer)) }
                section.panel id="forecast" data-checked aria-live="polite" {
                    @match &view.order {
                        Some(order) => (forecast::panel(texts, bank, visitor.access.customer.kind, order, &others)),
                        None => { h2 { (texts.text("web-forecast-title")) } p.hint { (texts.text("web-forecast-later")) } }
                    }
                }
            }
        }
    };
    Ok(visitor.page(Place::NewOrder, &title, body))
}

/// The problem because of which the order is to be recorded as another type, and that type.
pub(super) fn other_type(kind: OrderType, errors: &[FieldError]) -> Option<(&FieldError, OrderType)> {
    errors.iter().find_map(|error| Some((error, kind.instead(&error.problem)?)))
}

/// The way to the type as which the order is to be recorded, with the reason: everything typed goes along.
fn instead(visitor: &Visitor, bank: &Bank, view: &View) -> Markup {
    let texts = visitor.texts;
    let offered = |kind: &OrderType| kinds::find(&bank.rules.profile, kind.code()).is_ok();
    match other_type(view.form.kind(), &view.errors).filter(|(_, other)| offered(other)) {
        None => html! {},
        Some((why, other)) => html! {
            div.notice.care role="status" {
                p { (texts.explain(why)) }
                button type="submit" name="action" value={ "turn:" (other.code()) } {
                    (texts.with("web-order-turn", &[("kind", &kinds::name(texts, other))]))
                }
            }
        },
    }
}

/// The prepared packages that the visitor may put orders of the type into.
fn packages_to_add_to(
    db: &Connection,
    asking: &Asking<'_>,
    visitor: &Visitor,
    kind: OrderType,
) -> Page<Vec<WebPackage>> {
    let mut packages = packages::list(db, &asking.asker())?;
    packages.retain(|package| {
        let may = |account| visitor.access.authority.may_dispose(visitor.user(), account);
        package.standing == Standing::Prepared
            && package.about.order_type == kind
            && package.about.accounts().all(may)
    });
    Ok(packages)
}

fn destination(visitor: &Visitor, form: &OrderForm, packages: &[WebPackage], changing: bool) -> Markup {
    let texts = visitor.texts;
    if changing {
        return html! { (hidden("package", &form.package)) (hidden("order", &form.order)) };
    }
    html! {
        div.pair {
            div.field {
                label for="package" { (texts.text("web-order-package")) }
                select id="package" name="package" {
                    option value="" { (texts.text("web-order-new-package")) }
                    @for package in packages {
                        @let id = package.package.to_string();
                        option value=(id) selected[id == form.package] {
                            (package.about.name) " (" (package.about.count) ")"
                        }
                    }
                }
            }
            (TextField::new("name", texts.text("web-order-package-name"), &form.name)
                .hint(texts.text("web-order-package-name-hint")).show())
        }
    }
}

fn buttons(visitor: &Visitor, changing: bool) -> Markup {
    let texts = visitor.texts;
    html! {
        div.row {
            button.primary type="submit" name="action" value="save" { (texts.text("web-order-save")) }
            @if !changing {
                button type="submit" name="action" value="save-new" { (texts.text("web-order-save-new")) }
            }
            button type="submit" name="action" value="check" { (texts.text("web-order-check")) }
        }
    }
}
