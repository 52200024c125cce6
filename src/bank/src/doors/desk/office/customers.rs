//! Customers: looking one up, and everything that the bank knows of it on one page.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDateTime;
use domain::authority::{AccountRight, WebDevice};
use domain::search::fold;
use domain::{CustomerId, Money, format};
use maud::{Markup, html};
use protocol::CustomerAccess;
use rusqlite::Connection;
use serde::Deserialize;

use super::{table, table_of_page, yes};
use crate::accounts::ledger;
use crate::bank::Bank;
use crate::doors::desk::pages::{self, Note};
use crate::doors::desk::visit::{html as answer, visit};
use crate::doors::desk::visits::Visit;
use crate::doors::http::texts::Texts;
use crate::ground::database::time;
use crate::ground::error::Result;
use crate::ground::time::local;
use crate::orders::shared_area;
use crate::people::customers;

/// Packages and lines of the shared area's log that the page shows.
const ROWS: u32 = 30;

#[derive(Deserialize)]
pub(super) struct Search {
    q: Option<String>,
}

pub(super) async fn search(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Query(search): Query<Search>,
) -> Response {
    visit(bank, headers, None, move |bank, visit, texts| {
        let q = search.q.unwrap_or_default();
        let found = bank.read(|db| find(db, q.trim()))?;
        Ok(answer(search_page(texts, visit, &q, &found)))
    })
    .await
}

pub(super) async fn show(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Path(customer): Path<CustomerId>,
) -> Response {
    visit(bank, headers, None, move |bank, visit, texts| {
        let file = bank.read(|db| read(db, &customer))?;
        Ok(match file {
            Some(file) => answer(page(texts, visit, &file)),
            None => {
                let page = pages::message(texts, Note::Bad("desk-unknown"));
                (StatusCode::NOT_FOUND, answer(page)).into_response()
            }
        })
    })
    .await
}

/// Customers whose number, name or user's number or name has the text in it.
fn find(db: &Connection, text: &str) -> Result<Vec<CustomerAccess>> {
    let text = fold(text);
    let has = |field: &str| fold(field).contains(&text);
    let mut found = customers::all(db)?;
    found.retain(|access| {
        has(access.customer.id.as_str())
            || has(&access.customer.name)
            || access.authority.users.iter().any(|user| has(user.id.as_str()) || has(&user.name))
    });
    Ok(found)
}

struct Package {
    id: String,
    name: String,
    kind: String,
    received: NaiveDateTime,
    orders: u32,
    open: u32,
}

struct File {
    access: CustomerAccess,
    accounts: Vec<(String, String, Money, bool)>,
    packages: Vec<Package>,
    shared: Vec<shared_area::log::Line>,
}

fn read(db: &Connection, id: &CustomerId) -> Result<Option<File>> {
    let Some(access) = customers::find(db, id)? else { return Ok(None) };
    let mut accounts = Vec::new();
    for account in ledger::accounts_of(db, id)? {
        let booked = Money::from_minor_units(ledger::booked(db, &account.key)?, account.currency);
        let number: domain::AccountNumber = crate::ground::database::parse("account.key", &account.key)?;
        let is_new = access.authority.new_accounts.iter().any(|new| new.number == number);
        accounts.push((number.to_string(), account.name, booked, is_new));
    }
    let mut query = db.prepare_cached(
        "SELECT id, name, order_type, received_at, (SELECT COUNT(*) FROM item WHERE package = p.id),
            (SELECT COUNT(*) FROM item WHERE package = p.id AND decided_at IS NULL)
         FROM package p WHERE customer = ?1 ORDER BY sequence DESC LIMIT ?2",
    )?;
    let mut rows = query.query(rusqlite::params![id.as_str(), ROWS])?;
    let mut packages = Vec::new();
    while let Some(row) = rows.next()? {
        packages.push(Package {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            received: local(time(row.get(3)?)?),
            orders: row.get(4)?,
            open: row.get(5)?,
        });
    }
    let shared = shared_area::log::of_customer(db, id, ROWS)?;
    Ok(Some(File { access, accounts, packages, shared }))
}

fn search_page(texts: &Texts, visit: &Visit, q: &str, found: &[CustomerAccess]) -> Markup {
    let rows = html! {
        @for access in found { tr {
            td { a href={ "/customers/" (access.customer.id) } { (access.customer.name) } }
            td.code { (access.customer.id) }
            td { (access.authority.users.len()) }
            td { (yes(texts, access.authority.web.enabled)) }
        } }
    };
    let content = html! {
        section {
            h1 { (texts.text("desk-customers-title")) }
            form.row method="get" action="/customers" role="search" {
                label for="q" { (texts.text("desk-customers-search")) }
                input id="q" name="q" type="search" value=(q) autocomplete="off" spellcheck="false";
                button type="submit" { (texts.text("desk-customers-submit")) }
            }
            @if found.is_empty() { p role="status" { (texts.text("desk-customers-none")) } } @else {
                (table_of_page(texts, "desk-customers-title", "desk-customer-", &["name", "id", "users", "web"], rows))
            }
        }
    };
    pages::page(texts, "desk-customers-title", Some(visit), content)
}

fn page(texts: &Texts, visit: &Visit, file: &File) -> Markup {
    let File { access, .. } = file;
    let content = html! {
        h1 { (access.customer.name) }
        p.hint {
            (texts.with("desk-customer-head", &[
                ("id", access.customer.id.as_str()),
                ("version", &access.authority.version.to_string()),
            ]))
        }
        section { (users(texts, access)) }
        section { (accounts(texts, file)) }
        section { (packages(texts, file)) }
        section { (shared_area(texts, file)) }
    };
    pages::page(texts, "desk-nav-customers", Some(visit), content)
}

fn users(texts: &Texts, access: &CustomerAccess) -> Markup {
    let table_of = &access.authority;
    let rows = html! {
        @for user in &table_of.users {
            @let web = table_of.web_access(&user.id);
            tr {
                td { a href={ "/users/" (user.id) } { (user.name) } }
                td.code { (user.id) }
                td { @for right in table_of.rights.iter().filter(|right| right.user == user.id) {
                    div { (right.account) ": " (rights(texts, right)) }
                } }
                td { (yes(texts, web.login == WebDevice::VirtualCard)) " / " (yes(texts, web.signing == WebDevice::VirtualCard)) }
                td { @if user.locked { span.pill.bad { (texts.text("desk-user-locked")) } } @else { (user.error_points) } }
            }
        }
    };
    html! {
        p { (texts.text("desk-customer-web")) ": " (yes(texts, table_of.web.enabled)) }
        (table(texts, "desk-customer-users", "desk-user-", &["name", "id", "rights", "web", "points"], rows))
        @if !table_of.secondary_ids.is_empty() {
            h2 { (texts.text("desk-customer-secondary")) }
            ul { @for known in &table_of.secondary_ids {
                li { (known.id) " → " (known.account) " (" (known.confirm_by) ")" }
            } }
        }
    }
}

/// What a user may do with an account, in words.
fn rights(texts: &Texts, right: &AccountRight) -> String {
    let may = [
        right.view.then(|| texts.text("desk-right-view")),
        right.dispose.then(|| texts.text("desk-right-dispose")),
        right.sign.as_ref().map(|class| texts.with("desk-right-sign", &[("class", class)])),
    ];
    may.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn accounts(texts: &Texts, file: &File) -> Markup {
    let rows = html! {
        @for (number, name, booked, is_new) in &file.accounts { tr {
            td.code { (number) }
            td { (name) @if *is_new { " " span.pill { (texts.text("desk-account-new")) } } }
            td.amount { (format::money(texts.language, *booked)) }
        } }
    };
    table(texts, "desk-customer-accounts", "desk-account-", &["number", "name", "booked"], rows)
}

fn packages(texts: &Texts, file: &File) -> Markup {
    let rows = html! {
        @for package in &file.packages { tr {
            td.code { (format::exact_moment(texts.language, package.received)) }
            td { (package.name) }
            td { (package.kind) }
            td { (package.orders) " / " (package.open) }
            td.code { (package.id) }
        } }
    };
    html! {
        @if file.packages.is_empty() { p { (texts.text("desk-packages-none")) } } @else {
            (table(texts, "desk-customer-packages", "desk-package-", &["received", "name", "type", "orders", "id"], rows))
        }
    }
}

fn shared_area(texts: &Texts, file: &File) -> Markup {
    let rows = html! {
        @for line in &file.shared { tr {
            td.code { (format::exact_moment(texts.language, local(line.at))) }
            td.code { (line.package) }
            td title=(line.outcome) { (texts.text(outcome(&line.outcome))) }
            td.code { (line.user.as_deref().unwrap_or("")) }
            td { @if let Some(channel) = &line.channel { (texts.text(door(channel))) } }
        } }
    };
    html! {
        @if file.shared.is_empty() { p { (texts.text("desk-shared-none")) } } @else {
            (table(texts, "desk-customer-shared", "desk-shared-", &["at", "package", "outcome", "user", "channel"], rows))
        }
    }
}

/// What happened in the shared area; why something was refused is the code in its tooltip.
fn outcome(outcome: &str) -> &'static str {
    match outcome {
        "put" => "desk-outcome-put",
        "taken_over" => "desk-outcome-taken-over",
        "withdrawn" => "desk-outcome-withdrawn",
        "expired" => "desk-outcome-expired",
        _ => "desk-outcome-refused",
    }
}

fn door(channel: &str) -> &'static str {
    if channel == "web" { "desk-door-web" } else { "desk-door-client" }
}
