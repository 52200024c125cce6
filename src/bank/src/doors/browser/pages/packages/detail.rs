//! One prepared package: what is in it, who signed, who is missing, and what can be done with it [K&H web manual].

use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::package::SignatureProgress;
use domain::{Order, PackageId};
use maud::{Markup, html};
use protocol::ProblemCode;

use super::lists::{signature_pill, waits_for};
use super::manage;
use crate::doors::browser::format;
use crate::doors::browser::packages::{self, Details, Standing, WebPackage};
use crate::doors::browser::pages::asking::Asking;
use crate::doors::browser::pages::faces;
use crate::doors::browser::pages::parts::{self, Page, pager};
use crate::doors::browser::pages::sent_pages::PageOf;
use crate::doors::browser::shell::{self, Place};
use crate::doors::browser::visitor::Visitor;

/// Orders of one page.
const ORDERS: usize = 100;

pub(crate) async fn show(visitor: Visitor, Path(id): Path<String>, Query(of): Query<PageOf>) -> Response {
    parts::show(visitor, move |db, bank, visitor| {
        let texts = visitor.texts;
        let asking = Asking::new(bank, visitor);
        let details = packages::get(db, &asking.asker(), package_of(&id)?)?;
        let may_change = may_change(visitor, &details.package);
        let path = format!("{}/{id}", Place::Packages.path());
        let body = html! {
            p { a href=(Place::Packages.path()) { "‹ " (texts.text("web-nav-packages")) } }
            div data-live="shared_area_changed package_changed authority_changed" {
                section.panel id="about" data-part {
                    (standing(visitor, &details.package))
                    (facts(visitor, &details.package))
                    (next_step(visitor, &details.package, &path))
                }
                div id="orders" data-part { (orders(visitor, &details, of.page, may_change)) }
            }
            (pager(texts, &path, of.page, details.content.orders.len() > first(of.page) + ORDERS))
            @if may_change { (manage::panel(visitor, &details.package, bank)) }
        };
        Ok(visitor.page(Place::Packages, &details.package.about.name, body))
    })
    .await
}

/// The identifier in an address.
pub(crate) fn package_of(id: &str) -> Page<PackageId> {
    id.parse().map_err(|_| ProblemCode::NotFound.into())
}

/// Whether the visitor may change the package: it is here, and its accounts are the visitor's to dispose over.
pub(crate) fn may_change(visitor: &Visitor, package: &WebPackage) -> bool {
    let may = |account| visitor.access.authority.may_dispose(visitor.user(), account);
    package.standing == Standing::Prepared && package.about.accounts().all(may)
}

fn first(page: u32) -> usize {
    usize::try_from(page).unwrap_or(0).saturating_mul(ORDERS)
}

/// Where it is, when it is not here, and the way back.
fn standing(visitor: &Visitor, package: &WebPackage) -> Markup {
    html! {
        (standing_in_words(visitor, package))
        @match &package.standing {
            Standing::Shared(shared) if shared.put.user.id == *visitor.user() => {
                form method="post" action={ (Place::Packages.path()) "/" (package.package) "/withdraw" } {
                    (visitor.csrf())
                    button type="submit" { (visitor.texts.text("web-shared-withdraw")) }
                }
            }
            Standing::Sent => p {
                a href={ (Place::Sent.path()) "/" (package.package) } {
                    (visitor.texts.text("web-package-to-sent"))
                }
            },
            _ => {}
        }
    }
}

/// Where it is, when it is not here.
pub(crate) fn standing_in_words(visitor: &Visitor, package: &WebPackage) -> Markup {
    let texts = visitor.texts;
    match &package.standing {
        Standing::Prepared => html! {},
        Standing::Shared(shared) => html! {
            p.notice.care {
                (texts.with("web-package-is-shared", &[
                    ("user", &shared.put.user.name),
                    ("at", &format::moment(texts, shared.put.at)),
                    ("until", &format::moment(texts, shared.expires)),
                ]))
            }
        },
        Standing::Elsewhere(shared) => {
            let (user, at) = match &shared.ended {
                Some(hand) => (hand.user.name.clone(), format::moment(texts, hand.at)),
                None => (shared.put.user.name.clone(), format::moment(texts, shared.put.at)),
            };
            shell::notice(false, &texts.with("web-package-is-elsewhere", &[("user", &user), ("at", &at)]))
        }
        Standing::Sent => shell::notice(true, &texts.text("web-package-is-sent")),
        Standing::Deleted => shell::notice(false, &texts.text("web-package-is-deleted")),
    }
}

/// Sum, accounts, signatures, who is missing.
pub(crate) fn facts(visitor: &Visitor, package: &WebPackage) -> Markup {
    let (texts, about) = (visitor.texts, &package.about);
    let signers: BTreeSet<_> = package.signatures.iter().map(|one| one.signer.id.clone()).collect();
    let authority = &visitor.access.authority;
    let missing: Vec<&str> = authority
        .missing_signers(about.order_type, &about.debits, &signers)
        .map(|user| user.name.as_str())
        .collect();
    let complete = package.signing.progress == SignatureProgress::Complete;
    html! {
        p.big { (format::money(texts, about.total)) }
        dl.facts {
            dt { (texts.text("web-package-count")) } dd { (about.count) }
            dt { (texts.text("web-package-debits")) }
            dd {
                @for (account, sum) in &about.debits { div { (account) ": " (format::money(texts, *sum)) } }
            }
            @if let Some(day) = about.scheduled {
                dt { (texts.text("web-package-scheduled")) } dd { (format::day(texts, day)) }
            }
            dt { (texts.text("web-package-signatures")) }
            dd {
                (signature_pill(texts, &package.signing))
                @for one in &package.signatures {
                    div { (one.signer.name) ", " span.hint { (format::moment(texts, one.at)) } }
                }
                @if !complete && !missing.is_empty() {
                    div.hint { (texts.text("web-package-missing")) " " (missing.join(", ")) }
                }
            }
            dt { (texts.text("web-package-made")) }
            dd {
                (package.created_by.name) ", " (format::moment(texts, package.created_at))
                @if package.is_taken_over { ", " (texts.text("web-package-taken")) }
            }
        }
        details {
            summary { (texts.text("web-package-fingerprint")) }
            p.code { (format::fingerprint(&package.document_sha256)) }
        }
    }
}

/// Sign, or send: the one step that is next for this visitor, below `path`.
pub(crate) fn next_step(visitor: &Visitor, package: &WebPackage, path: &str) -> Markup {
    let texts = visitor.texts;
    if package.standing != Standing::Prepared {
        return html! {};
    }
    html! {
        @if package.signing.progress == SignatureProgress::Complete {
            form method="post" action={ (path) "/send" } {
                (visitor.csrf())
                button.primary type="submit" { (texts.text("web-package-send")) }
            }
        } @else if waits_for(visitor, package) {
            p { a.button.primary href={ (path) "/sign" } { (texts.text("web-package-sign")) } }
        } @else if package.signed_by_me {
            p.hint { (texts.text("web-package-you-signed")) }
        }
    }
}

fn orders(visitor: &Visitor, details: &Details, page: u32, may_change: bool) -> Markup {
    let texts = visitor.texts;
    let shown = details.content.orders.iter().skip(first(page)).take(ORDERS);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-orders")) {
            table.stack {
                caption { (texts.text("web-orders")) " (" (details.content.orders.len()) ")" }
                thead { tr {
                    th scope="col" { (texts.text("web-order-payee")) }
                    th scope="col" { (texts.text("web-history-narrative")) }
                    th.number scope="col" { (texts.text("web-amount")) }
                    @if may_change { th scope="col" { span.unseen { (texts.text("web-actions")) } } }
                } }
                tbody {
                    @for order in shown {
                        tr {
                            (faces::cells(texts, order))
                            @if may_change { (order_actions(visitor, &details.package, order)) }
                        }
                    }
                }
            }
        }
    }
}

fn order_actions(visitor: &Visitor, package: &WebPackage, order: &Order) -> Markup {
    let (texts, label) = (visitor.texts, faces::title(visitor.texts, order));
    html! {
        td.actions {
            a.button.small
                href={ (Place::NewOrder.path()) "?package=" (package.package) "&order=" (order.id()) } {
                (texts.text("web-change")) span.unseen { " " (label) }
            }
            form method="post"
                action={ (Place::Packages.path()) "/" (package.package) "/orders/" (order.id()) "/remove" } {
                (visitor.csrf())
                button.small type="submit" { (texts.text("web-remove")) span.unseen { " " (label) } }
            }
        }
    }
}
