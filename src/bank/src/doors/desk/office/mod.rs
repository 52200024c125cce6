//! What an operator does besides unblocking: customers, users and their devices, activation codes, messages, and the
//! reference bank's own works (clock, faults, outage). Every act stands in the desk's log.
//!
//! Taking something away (suspending, withdrawing a device) needs nobody on the telephone, for a theft is told in a
//! hurry. Giving something (enabling, unlocking, an activation code) needs the user identified as the caller.

mod client_versions;
mod customers;
mod messages;
mod operations;
#[cfg(test)]
mod tests;
mod users;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};

use crate::bank::Bank;
use crate::doors::http::texts::Texts;

pub(super) fn router() -> Router<Arc<Bank>> {
    Router::new()
        .route("/customers", get(customers::search))
        .route("/customers/{customer}", get(customers::show))
        .route("/users/{user}", get(users::show))
        .route("/users/{user}/device", post(users::device))
        .route("/users/{user}/unlock", post(users::unlock))
        .route("/users/{user}/activation-code", post(users::activation_code))
        .route("/messages", get(messages::show).post(messages::send))
        .route("/notices", get(messages::notices))
        .route("/operations", get(operations::show))
        .route("/operations/clock", post(operations::clock))
        .route("/operations/faults", post(operations::add_fault))
        .route("/operations/faults/clear", post(operations::clear_faults))
        .route("/operations/clients", post(client_versions::set))
        .route("/operations/outage", post(operations::outage))
}

/// The column of sums, which stand at its right.
const AMOUNT: &str = "booked";

/// A table with a heading for each of `keys`, texts of `prefix` and the key.
fn table(texts: &Texts, caption: &str, prefix: &str, keys: &[&str], rows: Markup) -> Markup {
    scrolling(
        texts,
        caption,
        html! { table { caption { (texts.text(caption)) } (body(texts, prefix, keys, rows)) } },
    )
}

/// The same where the page's own heading names it already: eyes read it once, screen readers name the table by it.
fn table_of_page(texts: &Texts, caption: &str, prefix: &str, keys: &[&str], rows: Markup) -> Markup {
    scrolling(
        texts,
        caption,
        html! { table { caption.unseen { (texts.text(caption)) } (body(texts, prefix, keys, rows)) } },
    )
}

/// A table that is wider than the page scrolls by itself, also by keyboard.
fn scrolling(texts: &Texts, caption: &str, table: Markup) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label=(texts.text(caption)) { (table) } }
}

fn body(texts: &Texts, prefix: &str, keys: &[&str], rows: Markup) -> Markup {
    html! {
        thead { tr { @for key in keys { th.amount[*key == AMOUNT] scope="col" { (texts.text(&format!("{prefix}{key}"))) } } } }
        tbody { (rows) }
    }
}

/// Yes or no, in words.
fn yes(texts: &Texts, is: bool) -> String {
    texts.text(if is { "desk-yes" } else { "desk-no" })
}
