//! The pages of Elküldött megbízások: the list, and one package with its orders and the bank's receipt.

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::Order;
use maud::{Markup, html};
use protocol::{ItemStatus, ProblemCode};
use serde::Deserialize;

use super::faces;
use super::parts::{self, pager};
use super::sent::{self, SentDetail};
use crate::doors::browser::format;
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;

/// Packages of one page.
const PAGE: u32 = 30;
/// Orders of one page.
const ORDERS: usize = 100;

/// Which page of a long list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PageOf {
    /// From 0.
    pub page: u32,
}

pub(super) async fn show(visitor: Visitor, Query(of): Query<PageOf>) -> Response {
    parts::show(visitor, move |db, _, visitor| {
        let texts = visitor.texts;
        let found = sent::list(db, visitor, of.page, PAGE)?;
        let body = html! {
            div data-live="package_changed" {
                div id="sent" data-part { (sent::table(texts, &found.packages)) }
            }
            (pager(texts, Place::Sent.path(), of.page, found.more))
        };
        Ok(visitor.page(Place::Sent, &texts.text("web-nav-sent"), body))
    })
    .await
}

pub(super) async fn detail(visitor: Visitor, Path(id): Path<String>, Query(of): Query<PageOf>) -> Response {
    parts::show(visitor, move |db, _, visitor| {
        let texts = visitor.texts;
        let id = id.parse().map_err(|_| ProblemCode::PackageUnknown)?;
        let found = sent::detail(db, visitor, id)?;
        let first = usize::try_from(of.page).unwrap_or(0).saturating_mul(ORDERS);
        let shown: Vec<_> = found.orders.iter().skip(first).take(ORDERS).collect();
        let more = found.orders.len() > first + ORDERS;
        let body = html! {
            p { a href=(Place::Sent.path()) { "‹ " (texts.text("web-nav-sent")) } }
            div data-live="package_changed" {
                section.panel id="about" data-part { (about(texts, &found)) }
                div id="orders" data-part { (orders(texts, &shown)) }
            }
            (pager(texts, &format!("{}/{id}", Place::Sent.path()), of.page, more))
        };
        Ok(visitor.page(Place::Sent, &found.name, body))
    })
    .await
}

fn about(texts: &Texts, found: &SentDetail) -> Markup {
    let receipt = found.status.receipt.read().ok();
    let signers: Vec<&str> = found.signers.iter().map(|user| user.name.as_str()).collect();
    html! {
        dl.facts {
            dt { (texts.text("web-sent-state")) }
            dd { (sent::state_pill(texts, found.status.state)) }
            dt { (texts.text("web-sent-received")) }
            dd { (format::moment(texts, found.status.received_at)) }
            @if let Some(receipt) = receipt {
                dt { (texts.text("web-sent-receipt")) }
                dd { (texts.with("web-sent-receipt-number", &[("number", &receipt.sequence.to_string())])) }
            }
            dt { (texts.text("web-package-signatures")) }
            dd { (signers.join(", ")) }
            dt { (texts.text("web-package-fingerprint")) }
            dd.code { (format::fingerprint(&found.fingerprint)) }
        }
    }
}

fn orders(texts: &Texts, orders: &[&(Order, ItemStatus)]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-orders")) {
            table.stack {
                thead { tr {
                    th scope="col" { (texts.text("web-order-payee")) }
                    th scope="col" { (texts.text("web-history-narrative")) }
                    th.number scope="col" { (texts.text("web-amount")) }
                    th scope="col" { (texts.text("web-sent-state")) }
                } }
                tbody {
                    @for (order, item) in orders {
                        tr {
                            (faces::cells(texts, order))
                            td { (standing(texts, item)) }
                        }
                    }
                }
            }
        }
    }
}

fn standing(texts: &Texts, item: &ItemStatus) -> Markup {
    html! {
        (sent::item_pill(texts, item.state))
        @if let Some(reason) = item.reason { br; span.reason { (texts.explain(&reason)) } }
        @if let Some(due) = item.due.filter(|_| !item.state.is_final()) {
            br; span.hint { (texts.with("web-item-due", &[("at", &format::moment(texts, due))])) }
        }
        @if let Some(at) = item.decided_at {
            br; span.hint { (format::exact_moment(texts, at)) }
        }
    }
}
