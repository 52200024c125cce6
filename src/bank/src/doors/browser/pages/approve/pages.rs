//! The narrow pages themselves.

use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::Days;
use domain::package::SignatureProgress;
use domain::{Order, search};
use maud::{Markup, html};
use protocol::{AccountInfo, Transaction};
use serde::Deserialize;

use crate::doors::browser::format;
use crate::doors::browser::packages::{self, WebPackage};
use crate::doors::browser::pages::asking::Asking;
use crate::doors::browser::pages::history::{self, Question};
use crate::doors::browser::pages::overview::status;
use crate::doors::browser::pages::packages::detail::{facts, next_step, package_of, standing_in_words};
use crate::doors::browser::pages::packages::lists::{prepared, signature_pill, waits_for};
use crate::doors::browser::pages::parts::{self, in_address};
use crate::doors::browser::pages::{accounts, faces};
use crate::doors::browser::shell::{self, Place};
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;
use crate::ground::time::local;

/// Rows of one load, and days back [Electra24].
const ROWS: usize = 30;
const DAYS: u64 = 30;

/// One of the three places.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Home,
    Search,
    Packages,
}

fn path(at: At) -> &'static str {
    match at {
        At::Home => "/approve",
        At::Search => "/approve/transactions",
        At::Packages => "/approve/packages",
    }
}

fn narrow(visitor: &Visitor, at: At, title: &str, body: Markup) -> Response {
    let texts = visitor.texts;
    let places = [
        (At::Home, "web-approve-home"),
        (At::Search, "web-approve-search"),
        (At::Packages, "web-approve-packages"),
    ];
    let body = html! {
        nav.tabs aria-label=(texts.text("web-approve-nav")) {
            @for (place, key) in places {
                a href=(path(place)) aria-current=[(place == at).then_some("page")] { (texts.text(key)) }
            }
        }
        (body)
    };
    shell::page(&visitor.shell().at(Place::Approve).narrow(), title, body)
}

/// Balances; each account leads to its last transactions.
pub(super) async fn home(visitor: Visitor) -> Response {
    parts::show(visitor, |db, bank, visitor| {
        let texts = visitor.texts;
        let accounts = accounts::visible(db, bank, visitor)?;
        let body = html! {
            div data-live="balance_changed" {
                ul.cards id="accounts" data-part {
                    @for info in &accounts { (account(texts, info)) }
                }
            }
            @if accounts.is_empty() { p.empty { (texts.text("web-overview-no-accounts")) } }
            p.hint { (texts.with("web-overview-as-of", &[("at", &format::moment(texts, bank.clock.now()))])) }
            p.hint { (texts.text("web-approve-no-recording")) }
        };
        Ok(narrow(visitor, At::Home, &texts.text("web-approve-home"), body))
    })
    .await
}

fn account(texts: &Texts, info: &AccountInfo) -> Markup {
    let number = info.account.number;
    html! {
        li {
            a.card href={ (path(At::Search)) "?account=" (number.digits24()) } {
                span.line { strong { (info.account.name) } span.amount { (format::money(texts, info.balance.available)) } }
                span.line.hint { span { (number) } span { (texts.text("web-account-available")) } }
            }
            (status(texts, info.status))
        }
    }
}

/// What is looked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    account: String,
    q: String,
    rows: usize,
}

/// Transactions of the last days, 30 more with each load.
pub(super) async fn transactions(visitor: Visitor, Query(search): Query<Search>) -> Response {
    parts::show(visitor, move |db, bank, visitor| {
        let texts = visitor.texts;
        let all = accounts::visible(db, bank, visitor)?;
        let is_chosen =
            |info: &&AccountInfo| search.account.is_empty() || info.account.number.digits24() == search.account;
        let chosen: Vec<&AccountInfo> = all.iter().filter(is_chosen).collect();
        let rows = search.rows.clamp(ROWS, 100 * ROWS);
        let today = local(bank.clock.now()).date();
        let question = Question {
            from: today.checked_sub_days(Days::new(DAYS)),
            words: search::words(&search.q),
            ..Question::default()
        };
        let found = history::search(db, &chosen, &question, rows)?;
        let more = format!(
            "{}?account={}&q={}&rows={}",
            path(At::Search),
            in_address(&search.account),
            in_address(&search.q),
            rows + ROWS
        );
        let body = html! {
            (search_form(texts, &search, &all))
            div data-live="balance_changed" {
                div id="rows" data-part {
                    @if found.transactions.is_empty() { p.empty { (texts.text("web-history-none")) } }
                    ul.cards { @for transaction in &found.transactions { (card(texts, transaction)) } }
                    @if found.older.is_some() {
                        p { a.button href=(more) { (texts.with("web-approve-more-rows", &[("count", &ROWS.to_string())])) } }
                    }
                }
            }
        };
        Ok(narrow(visitor, At::Search, &texts.text("web-search-title"), body))
    })
    .await
}

fn search_form(texts: &Texts, search: &Search, all: &[AccountInfo]) -> Markup {
    html! {
        form method="get" action=(path(At::Search)) role="search" {
            div.field {
                label for="account" { (texts.text("web-account")) }
                select id="account" name="account" {
                    option value="" { (texts.text("web-history-all-accounts")) }
                    @for info in all {
                        @let key = info.account.number.digits24();
                        option value=(key) selected[key == search.account] { (info.account.name) }
                    }
                }
            }
            div.field {
                label for="q" { (texts.text("web-history-text")) }
                div.row {
                    input.grow id="q" name="q" type="search" value=(search.q) autocomplete="off";
                    button type="submit" { (texts.text("web-search")) }
                }
            }
        }
    }
}

fn card(texts: &Texts, transaction: &Transaction) -> Markup {
    html! {
        li.card {
            span.line {
                strong { (transaction.counterparty) }
                span.amount.in[!transaction.amount.amount().is_sign_negative()] {
                    (format::money(texts, transaction.amount))
                }
            }
            span.line.hint {
                span { (transaction.narrative) }
                span.nowrap { (format::day(texts, local(transaction.booked_at).date())) }
            }
        }
    }
}

/// Prepared packages in two groups: those that wait for this visitor's signature, and those that are complete.
pub(super) async fn packages(visitor: Visitor) -> Response {
    parts::show(visitor, |db, bank, visitor| {
        let texts = visitor.texts;
        let all = prepared(db, &Asking::new(bank, visitor))?;
        let to_sign: Vec<&WebPackage> = all.iter().filter(|package| waits_for(visitor, package)).collect();
        let to_send: Vec<&WebPackage> =
            all.iter().filter(|package| package.signing.progress == SignatureProgress::Complete).collect();
        let body = html! {
            div data-live="package_changed shared_area_changed authority_changed" {
                div id="packages" data-part {
                    h2 { (texts.text("web-approve-to-sign")) }
                    (package_cards(texts, &to_sign, "web-approve-to-sign-none"))
                    h2 { (texts.text("web-approve-to-send")) }
                    (package_cards(texts, &to_send, "web-approve-to-send-none"))
                }
            }
        };
        Ok(narrow(visitor, At::Packages, &texts.text("web-nav-packages"), body))
    })
    .await
}

fn package_cards(texts: &Texts, packages: &[&WebPackage], none: &str) -> Markup {
    html! {
        @if packages.is_empty() { p.empty { (texts.text(none)) } }
        ul.cards {
            @for package in packages {
                li {
                    a.card href={ (path(At::Packages)) "/" (package.package) } {
                        span.line {
                            strong { (package.about.name) }
                            span.amount { (format::money(texts, package.about.total)) }
                        }
                        span.line {
                            span.hint { (package.about.count) " · " (package.created_by.name) }
                            (signature_pill(texts, &package.signing))
                        }
                    }
                }
            }
        }
    }
}

/// One package: what is in it, and the one step that is next.
pub(super) async fn package(visitor: Visitor, Path(id): Path<String>) -> Response {
    parts::show(visitor, move |db, bank, visitor| {
        let texts = visitor.texts;
        let asking = Asking::new(bank, visitor);
        let details = packages::get(db, &asking.asker(), package_of(&id)?)?;
        let below = format!("{}/{id}", path(At::Packages));
        let body = html! {
            div data-live="package_changed shared_area_changed authority_changed" {
                section.panel id="about" data-part {
                    (standing_in_words(visitor, &details.package))
                    (facts(visitor, &details.package))
                    (next_step(visitor, &details.package, &below))
                }
            }
            ul.cards { @for order in &details.content.orders { (order_card(texts, order)) } }
        };
        Ok(narrow(visitor, At::Packages, &details.package.about.name, body))
    })
    .await
}

fn order_card(texts: &Texts, order: &Order) -> Markup {
    let (face, title) = (order.face(), faces::title(texts, order));
    html! {
        li.card {
            span.line {
                strong { (title) }
                @if let Some(amount) = face.amount { span.amount { (format::money(texts, amount)) } }
            }
            span.line.hint { span { (face.target) } span { (face.text) } }
        }
    }
}
