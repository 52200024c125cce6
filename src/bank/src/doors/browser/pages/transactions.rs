//! Számlatörténet of one account, and the search over all accounts [K&H web manual] [Electra web].

use axum::extract::Query;
use axum::response::Response;
use chrono::{Days, NaiveDate};
use domain::entry::{self, EntryError};
use domain::search;
use maud::{Markup, html};
use protocol::{AccountInfo, ProblemCode, Transaction};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;

use super::accounts;
use super::history::{self, Found, Question};
use super::parts::{self, TextField, in_address};
use crate::bank::Bank;
use crate::doors::browser::format;
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;
use crate::ground::time::local;

/// Rows of one page.
const PAGE: usize = 50;
/// Days back, if nothing is said.
const DAYS: u64 = 30;

/// The form as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    account: String,
    from: Option<String>,
    to: String,
    q: String,
    least: String,
    most: String,
    before: String,
}

/// The sentences beside the fields; empty: all is well.
#[derive(Default)]
pub(super) struct Errors {
    from: Option<String>,
    to: Option<String>,
    least: Option<String>,
    most: Option<String>,
}

impl Errors {
    fn any(&self) -> bool {
        [&self.from, &self.to, &self.least, &self.most].into_iter().any(Option::is_some)
    }
}

pub(super) async fn show(visitor: Visitor, Query(search): Query<Search>) -> Response {
    parts::show(visitor, move |db, bank, visitor| {
        let texts = visitor.texts;
        let all = accounts::visible(db, bank, visitor)?;
        let chosen: Vec<&AccountInfo> = match search.account.as_str() {
            "" => all.iter().collect(),
            number => all.iter().filter(|info| info.account.number.digits24() == number).collect(),
        };
        if !search.account.is_empty() && chosen.is_empty() {
            return Err(ProblemCode::NotPermitted.into());
        }
        let search = with_period(search, bank);
        let (question, errors) = understand(texts, &search, bank);
        let found = match errors.any() {
            true => None,
            false => Some(history::search(db, &chosen, &question, PAGE)?),
        };
        let single = (!search.account.is_empty()).then(|| chosen.first().copied()).flatten();
        let title = match single {
            Some(info) => texts.with("web-history-title", &[("account", &info.account.name)]),
            None => texts.text("web-search-title"),
        };
        let body = html! {
            @if let Some(info) = single { (facts(texts, info)) }
            (form(texts, &search, &errors, &all))
            @if let Some(found) = &found {
                div id="rows" data-part { (rows(texts, found, single.is_some(), &all)) (older(texts, &search, found)) }
            }
        };
        let live = html! { div data-live="balance_changed" { (body) } };
        Ok(visitor.page(Place::History, &title, live))
    })
    .await
}

/// The last days, when the page is called without a period.
fn with_period(search: Search, bank: &Bank) -> Search {
    let from = search.from.clone().or_else(|| {
        let today = local(bank.clock.now()).date();
        today.checked_sub_days(Days::new(DAYS)).map(|day| day.to_string())
    });
    Search { from, ..search }
}

/// What the form asks, and what is wrong with it: bad start, bad end and bad period are told apart [Electra web].
pub(super) fn understand(texts: &Texts, search: &Search, bank: &Bank) -> (Question, Errors) {
    let mut errors = Errors::default();
    let from = day(search.from.as_deref().unwrap_or_default(), bank);
    let to = day(&search.to, bank);
    match (from, to) {
        (Ok(Some(from)), Ok(Some(to))) if from > to => {
            errors.to = Some(texts.text("web-history-period-bad"));
        }
        (from, to) => {
            errors.from = from.is_err().then(|| texts.text("web-history-start-bad"));
            errors.to = to.is_err().then(|| texts.text("web-history-end-bad"));
        }
    }
    let amount = |text: &str, error: &mut Option<String>| match entry::amount(text) {
        Ok(number) => (number.abs() * Decimal::ONE_HUNDRED).to_i64(),
        Err(EntryError::Empty) => None,
        Err(problem) => {
            *error = Some(texts.explain(&problem));
            None
        }
    };
    let least = amount(&search.least, &mut errors.least);
    let most = amount(&search.most, &mut errors.most);
    let question = Question {
        from: from.unwrap_or_default(),
        to: to.unwrap_or_default(),
        words: search::words(&search.q),
        least,
        most,
        before: search.before.parse().ok(),
    };
    (question, errors)
}

fn day(text: &str, bank: &Bank) -> Result<Option<NaiveDate>, EntryError> {
    match entry::date(text, local(bank.clock.now()).date(), &bank.rules.calendar) {
        Ok(day) => Ok(Some(day)),
        Err(EntryError::Empty) => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn facts(texts: &Texts, info: &AccountInfo) -> Markup {
    let balance = &info.balance;
    let entries = [
        ("web-account-number", info.account.number.to_string()),
        ("web-account-booked", format::money(texts, balance.booked)),
        ("web-account-available", format::money(texts, balance.available)),
        ("web-account-blocked", format::money(texts, balance.blocked)),
        ("web-account-pending", format::money(texts, balance.pending_debits)),
        ("web-account-credit-line", format::money(texts, balance.credit_line)),
    ];
    html! {
        dl.facts.across id="facts" data-part {
            @for (key, value) in entries { div { dt { (texts.text(key)) } dd { (value) } } }
        }
    }
}

fn form(texts: &Texts, search: &Search, errors: &Errors, all: &[AccountInfo]) -> Markup {
    let field = |name, key, value, error: &Option<String>| {
        TextField::new(name, texts.text(key), value).error(error.clone())
    };
    let from = search.from.as_deref().unwrap_or_default();
    html! {
        form.filter method="get" action=(Place::History.path()) {
            div.field {
                label for="account" { (texts.text("web-account")) }
                select id="account" name="account" {
                    option value="" { (texts.text("web-history-all-accounts")) }
                    @for info in all {
                        @let key = info.account.number.digits24();
                        option value=(key) selected[key == search.account] {
                            (info.account.name) " · " (info.account.number)
                        }
                    }
                }
            }
            (field("from", "web-history-from", from, &errors.from).kind("date").show())
            (field("to", "web-history-to", &search.to, &errors.to).kind("date").show())
            (field("q", "web-history-text", &search.q, &None).kind("search").show())
            (field("least", "web-history-least", &search.least, &errors.least).show())
            (field("most", "web-history-most", &search.most, &errors.most).show())
            button.primary type="submit" { (texts.text("web-search")) }
        }
    }
}

/// The rows of transactions as a table; with the running balance where they are of one account.
pub(super) fn rows(texts: &Texts, found: &Found, single: bool, all: &[AccountInfo]) -> Markup {
    let name_of = |transaction: &Transaction| {
        all.iter().find(|info| info.account.number == transaction.account).map(|info| &info.account.name)
    };
    html! {
        @if found.transactions.is_empty() { p.empty { (texts.text("web-history-none")) } } @else {
            div.scroll tabindex="0" role="region" aria-label=(texts.text("web-history-rows")) {
                table.stack {
                    thead { tr {
                        th scope="col" { (texts.text("web-history-booked")) }
                        @if !single { th scope="col" { (texts.text("web-account")) } }
                        th scope="col" { (texts.text("web-history-partner")) }
                        th scope="col" { (texts.text("web-history-narrative")) }
                        th.number scope="col" { (texts.text("web-amount")) }
                        @if single { th.number scope="col" { (texts.text("web-history-balance")) } }
                    } }
                    tbody {
                        @for transaction in &found.transactions {
                            tr {
                                td.nowrap {
                                    (format::day(texts, local(transaction.booked_at).date()))
                                    @if transaction.value_date != local(transaction.booked_at).date() {
                                        br; span.hint {
                                            (texts.text("web-history-value-date")) " "
                                            (format::day(texts, transaction.value_date))
                                        }
                                    }
                                }
                                @if !single { td { (name_of(transaction).map_or("", String::as_str)) } }
                                td {
                                    (transaction.counterparty)
                                    @if let Some(number) = transaction.counterparty_account {
                                        br; span.hint { (number) }
                                    }
                                }
                                td { (transaction.narrative) }
                                td.number.in[!transaction.amount.amount().is_sign_negative()] {
                                    (format::money(texts, transaction.amount))
                                }
                                @if single { td.number { (format::money(texts, transaction.balance_after)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn older(texts: &Texts, search: &Search, found: &Found) -> Markup {
    let path = |before: i64| {
        let from = search.from.as_deref().unwrap_or_default();
        let values = [
            ("account", search.account.as_str()),
            ("from", from),
            ("to", &search.to),
            ("q", &search.q),
            ("least", &search.least),
            ("most", &search.most),
        ];
        let values: Vec<String> =
            values.into_iter().map(|(name, value)| format!("{name}={}", in_address(value))).collect();
        format!("{}?{}&before={before}", Place::History.path(), values.join("&"))
    };
    html! {
        @if !search.before.is_empty() || found.older.is_some() {
            nav.pager aria-label=(texts.text("web-pages")) {
                @if !search.before.is_empty() { a href=(path(i64::MAX)) rel="first" { (texts.text("web-history-newest")) } }
                @if let Some(before) = found.older { a href=(path(before)) rel="next" { (texts.text("web-history-older")) } }
            }
        }
    }
}
