//! Előkészített csomagok: what waits in the shared area, and what the web client has prepared itself [K&H web manual]
//! [K&H webElectra].

use std::collections::{BTreeMap, BTreeSet};

use axum::response::Response;
use domain::authority::SigningStatus;
use domain::package::SignatureProgress;
use formats::package_document;
use maud::{Markup, html};
use protocol::{Channel, SharedPackage, SharedState};
use rusqlite::Connection;

use crate::doors::browser::packages::{self, Standing, WebPackage};
use crate::doors::browser::pages::accounts::may_record;
use crate::doors::browser::pages::asking::Asking;
use crate::doors::browser::pages::parts::{self, Page, hidden};
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::doors::browser::{format, rights};
use crate::doors::http::texts::Texts;
use crate::ground::error::Refusal;
use crate::orders::refusal::document_problem;
use crate::orders::shared_area;

/// A package in the shared area, with what the visitor may do with it.
pub(crate) struct Parked {
    pub shared: SharedPackage,
    /// How far its signatures are.
    pub signing: SigningStatus,
    /// The visitor may take it over.
    pub may_take: bool,
    /// The visitor put it there, from the web client: it can be withdrawn here.
    pub is_own: bool,
}

/// What waits in the shared area, newest first.
pub(crate) fn parked(db: &Connection, asking: &Asking<'_>, visitor: &Visitor) -> Page<Vec<Parked>> {
    let asker = asking.asker();
    let mut found = Vec::new();
    for shared in shared_area::list(db, &asker)?.packages {
        if shared.state != SharedState::Waiting {
            continue;
        }
        let debits = debits(db, asking, &shared)?;
        let signers: BTreeSet<_> = shared.signers.iter().map(|user| user.id.clone()).collect();
        let authority = &visitor.access.authority;
        let signing = authority.judge_package(shared.order_type, &debits, &signers);
        let may_take = debits.keys().all(|account| {
            let right = authority.right(visitor.user(), *account);
            right.is_some_and(|right| right.dispose || right.sign.is_some())
        });
        let is_own = shared.put.user.id == *visitor.user() && shared.put.channel == Channel::Web;
        found.push(Parked { shared, signing, may_take, is_own });
    }
    Ok(found)
}

/// What leaves each account. Where packages may debit several, only the document says.
fn debits(
    db: &Connection,
    asking: &Asking<'_>,
    shared: &SharedPackage,
) -> Page<BTreeMap<domain::AccountNumber, domain::Money>> {
    if !asking.context().rules.profile.packages.several_debit_accounts {
        return Ok(BTreeMap::from([(shared.debit_account, shared.total)]));
    }
    let content = shared_area::content(db, &asking.asker(), shared.package)?;
    let invalid = |error| Refusal::from(document_problem(error));
    let content = package_document::read(content.document.as_slice()).map_err(invalid)?;
    Ok(package_document::summary(&content).map_err(invalid)?.debits)
}

/// The web client's own prepared packages, newest first.
pub(crate) fn prepared(db: &Connection, asking: &Asking<'_>) -> Page<Vec<WebPackage>> {
    let mut found = packages::list(db, &asking.asker())?;
    found.retain(|package| package.standing == Standing::Prepared);
    Ok(found)
}

/// Whether the visitor's signature is one that the package still waits for.
pub(crate) fn waits_for(visitor: &Visitor, package: &WebPackage) -> bool {
    package.signing.progress != SignatureProgress::Complete
        && !package.signed_by_me
        && rights::may_sign(&visitor.access, visitor.user())
        && visitor.access.authority.may_sign_package(
            package.about.order_type,
            visitor.user(),
            package.about.accounts(),
        )
}

/// The page with both groups.
pub(crate) async fn show(visitor: Visitor) -> Response {
    parts::show(visitor, |db, bank, visitor| {
        let texts = visitor.texts;
        let asking = Asking::new(bank, visitor);
        let (parked, prepared) = (parked(db, &asking, visitor)?, prepared(db, &asking)?);
        let body = html! {
            div data-live="shared_area_changed package_changed authority_changed" {
                section id="parked" data-part {
                    h2 { (texts.text("web-shared-title")) }
                    p.hint { (texts.text("web-shared-intro")) }
                    @if parked.is_empty() { p.empty { (texts.text("web-shared-none")) } } @else {
                        (parked_table(visitor, &parked))
                    }
                }
                section id="prepared" data-part {
                    h2 { (texts.text("web-prepared-title")) }
                    @if prepared.is_empty() { p.empty { (texts.text("web-prepared-none")) } } @else {
                        (prepared_table(visitor, &prepared, Place::Packages.path()))
                    }
                }
            }
            @if may_record(visitor) {
                p { a.button href=(Place::NewOrder.path()) { (texts.text("web-nav-new-order")) } }
            }
        };
        Ok(visitor.page(Place::Packages, &texts.text("web-nav-packages"), body))
    })
    .await
}

fn parked_table(visitor: &Visitor, parked: &[Parked]) -> Markup {
    let texts = visitor.texts;
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-shared-title")) {
            table.stack {
                thead { tr {
                    th scope="col" { (texts.text("web-package-name")) }
                    th scope="col" { (texts.text("web-shared-put")) }
                    th.number scope="col" { (texts.text("web-package-sum")) }
                    th scope="col" { (texts.text("web-package-signatures")) }
                    th scope="col" { (texts.text("web-shared-expires")) }
                    th scope="col" { span.unseen { (texts.text("web-actions")) } }
                } }
                tbody { @for one in parked { (parked_row(visitor, one)) } }
            }
        }
    }
}

fn parked_row(visitor: &Visitor, one: &Parked) -> Markup {
    let (texts, shared) = (visitor.texts, &one.shared);
    html! {
        tr {
            td {
                strong { (shared.name) } " " span.hint { "(" (shared.count) ")" }
                br; span.hint { (shared.order_type.code()) (scheduled(texts, shared.scheduled)) }
            }
            td {
                (shared.put.user.name)
                br; span.hint {
                    (format::moment(texts, shared.put.at)) ", "
                    (texts.text(channel(shared.put.channel)))
                }
            }
            td.number { (format::money(texts, shared.total)) }
            td { (signature_pill(texts, &one.signing)) }
            td.nowrap { (format::moment(texts, shared.expires)) }
            td.actions {
                @if one.may_take {
                    form method="post" action={ (Place::Packages.path()) "/" (shared.package) "/take" } {
                        (visitor.csrf()) (hidden("handover", &shared.handover.to_string()))
                        button.primary.small type="submit" {
                            (texts.text("web-shared-take")) span.unseen { " " (shared.name) }
                        }
                    }
                }
                @if one.is_own {
                    form method="post" action={ (Place::Packages.path()) "/" (shared.package) "/withdraw" } {
                        (visitor.csrf())
                        button.small type="submit" {
                            (texts.text("web-shared-withdraw")) span.unseen { " " (shared.name) }
                        }
                    }
                }
            }
        }
    }
}

/// Prepared packages as a table; each leads to its page below `path`.
pub(crate) fn prepared_table(visitor: &Visitor, prepared: &[WebPackage], path: &str) -> Markup {
    let texts = visitor.texts;
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-prepared-title")) {
            table.stack {
                thead { tr {
                    th scope="col" { (texts.text("web-package-name")) }
                    th scope="col" { (texts.text("web-package-made")) }
                    th.number scope="col" { (texts.text("web-package-sum")) }
                    th scope="col" { (texts.text("web-package-signatures")) }
                } }
                tbody {
                    @for package in prepared {
                        tr {
                            td {
                                a href={ (path) "/" (package.package) } { (package.about.name) }
                                " " span.hint { "(" (package.about.count) ")" }
                                br; span.hint {
                                    (package.about.order_type.code()) (scheduled(texts, package.about.scheduled))
                                }
                            }
                            td {
                                (package.created_by.name)
                                br; span.hint {
                                    (format::moment(texts, package.created_at))
                                    @if package.is_taken_over { ", " (texts.text("web-package-taken")) }
                                }
                            }
                            td.number { (format::money(texts, package.about.total)) }
                            td {
                                (signature_pill(texts, &package.signing))
                                @if waits_for(visitor, package) {
                                    " " span.pill.care { (texts.text("web-package-waits-for-you")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn scheduled(texts: &Texts, day: Option<chrono::NaiveDate>) -> Markup {
    html! {
        @if let Some(day) = day {
            " · " (texts.with("web-package-scheduled-for", &[("date", &format::day(texts, day))]))
        }
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Client => "web-channel-client",
        Channel::Web => "web-channel-web",
    }
}

/// Signatures that count and that are needed, as a word.
pub(crate) fn signature_pill(texts: &Texts, signing: &SigningStatus) -> Markup {
    let numbers = format!("{}/{}", signing.have, signing.need);
    let (class, key) = match signing.progress {
        SignatureProgress::Complete => ("pill good", "web-signatures-complete"),
        SignatureProgress::Partial => ("pill care", "web-signatures-partial"),
        SignatureProgress::None => ("pill", "web-signatures-none"),
    };
    html! { span class=(class) { (texts.with(key, &[("numbers", &numbers)])) } }
}
