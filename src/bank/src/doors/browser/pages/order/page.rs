//! The page of the order form.

use axum::extract::Query;
use axum::response::Response;
use domain::draft::CheckContext;
use domain::{Account, FieldError, HctOrder, OrderDraft, OrderId, PackageId, Partner};
use maud::{Markup, html};
use protocol::{AccountInfo, ProblemCode};
use rusqlite::Connection;
use serde::Deserialize;
use uuid::Uuid;

use super::form::{OrderForm, Shown};
use super::picker::{self, Offer, with_partner};
use super::{forecast, templates};
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
    pub order: Option<HctOrder>,
    /// Why the order could not be saved.
    pub problem: Option<String>,
    /// What the search found.
    pub offer: Offer,
}

/// The form, empty or as the address says.
pub(super) async fn show(visitor: Visitor, Query(start): Query<Start>) -> Response {
    run(visitor, move |db, bank, visitor| {
        if !accounts::may_record(visitor) {
            return Err(ProblemCode::NotPermitted.into());
        }
        let form = begin(db, bank, visitor, &start)?;
        draw(db, bank, visitor, View { form, ..View::default() })
    })
    .await
}

fn begin(db: &Connection, bank: &Bank, visitor: &Visitor, start: &Start) -> Page<OrderForm> {
    let mut form = OrderForm::default();
    form.package.clone_from(&start.package);
    if !start.order.is_empty() {
        let package = start.package.parse().map_err(|_| ProblemCode::NotFound)?;
        let asking = Asking::new(db, bank, visitor)?;
        let details = packages::get(db, &asking.asker(), package)?;
        let order = details.content.orders.iter().find(|order| order.id.to_string() == start.order);
        let draft = OrderDraft::of_order(order.ok_or(ProblemCode::NotFound)?);
        form.order.clone_from(&start.order);
        return Ok(form.with_draft(draft));
    }
    if !start.template.is_empty() {
        let template = templates::find(db, visitor, &start.template)?;
        return Ok(form.with_draft(template.start()));
    }
    if !start.partner.is_empty() {
        let found = store::get::<Partner>(db, &visitor.access.customer.id, &start.partner)?;
        let partner = found.ok_or(ProblemCode::NotFound)?;
        return Ok(form.with_draft(with_partner(OrderDraft::default(), &partner, start.account)));
    }
    Ok(form)
}

/// Checks the form by the same rules as the installed client.
pub(super) fn check(
    bank: &Bank,
    accounts: &[AccountInfo],
    form: &OrderForm,
) -> std::result::Result<HctOrder, Vec<FieldError>> {
    let accounts: Vec<Account> = accounts.iter().map(|info| info.account.clone()).collect();
    let context = CheckContext {
        profile: &bank.rules.profile,
        calendar: &bank.rules.calendar,
        accounts: &accounts,
        today: local(bank.clock.now()).date(),
    };
    let id = form.order.parse().unwrap_or_else(|_| OrderId(Uuid::now_v7()));
    form.draft().check(id, &context)
}

pub(super) fn draw(db: &Connection, bank: &Bank, visitor: &Visitor, view: View) -> Page {
    let texts = visitor.texts;
    let asking = Asking::new(db, bank, visitor)?;
    let accounts = accounts::disposable(db, bank, visitor)?;
    let packages = packages_to_add_to(db, &asking, visitor)?;
    let chosen: Option<PackageId> = view.form.package.parse().ok();
    let chosen = packages.iter().find(|package| Some(package.package) == chosen);
    let mut others = match chosen {
        Some(package) => packages::get(db, &asking.asker(), package.package)?.content.orders,
        None => Vec::new(),
    };
    others.retain(|order| order.id.to_string() != view.form.order);
    let shown = Shown { texts, accounts: &accounts, errors: &view.errors };
    let changing = !view.form.order.is_empty();
    let key = if changing { "web-order-change-title" } else { "web-nav-new-order" };
    let body = html! {
        form.columns.order method="post" action=(Place::NewOrder.path()) data-check {
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
    Ok(visitor.page(Place::NewOrder, &texts.text(key), body))
}

/// The prepared packages that the visitor may put orders into.
fn packages_to_add_to(db: &Connection, asking: &Asking<'_>, visitor: &Visitor) -> Page<Vec<WebPackage>> {
    let mut packages = packages::list(db, &asking.asker())?;
    packages.retain(|package| {
        let may = |account| visitor.access.authority.may_dispose(visitor.user(), account);
        package.standing == Standing::Prepared && package.about.accounts().all(may)
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
