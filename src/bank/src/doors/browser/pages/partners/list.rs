//! Partnertörzs kezelése: the lists of partners and templates.

use axum::extract::Query;
use axum::response::Response;
use domain::{Partner, PartnerTarget, Template, key, search};
use maud::{Markup, html};
use rusqlite::Connection;
use serde::Deserialize;

use super::{import_form, store};
use crate::doors::browser::pages::accounts::may_record;
use crate::doors::browser::pages::parts::{self, Page, in_address, pager, search_box};
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;

/// Rows of one page.
const PAGE: u32 = 50;

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    page: u32,
}

pub(super) async fn show(visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    parts::show(visitor, move |db, _, visitor| page(db, visitor, &asked, None)).await
}

/// The page of partners, with the result of an import on top if there is one.
pub(super) fn page(db: &Connection, visitor: &Visitor, asked: &Asked, result: Option<Markup>) -> Page {
    let (texts, customer) = (visitor.texts, &visitor.access.customer.id);
    let mut partners: Vec<Partner> =
        store::list(db, customer, &search::words(&asked.q), asked.page.saturating_mul(PAGE), PAGE + 1)?;
    let more = partners.len() > rows();
    partners.truncate(rows());
    let path = with_query(Place::Partners.path(), &asked.q);
    let body = html! {
        (tabs(texts, false, store::count::<Partner>(db, customer)?, store::count::<Template>(db, customer)?))
        div.toolbar {
            (search_box(texts, Place::Partners.path(), &texts.text("web-partner-search"), &asked.q))
            span.space {}
            @if may_record(visitor) { a.button href="/partners/new" { (texts.text("web-partner-new")) } }
            a.button href="/partners/export" download="PARTNERS.DAT" { (texts.text("web-partner-export")) }
            @if may_record(visitor) { (import_form::form(texts, visitor)) }
        }
        @if let Some(result) = result { (result) }
        @if partners.is_empty() { p.empty { (texts.text("web-partner-none")) } } @else { (table(texts, &partners)) }
        (pager(texts, &path, asked.page, more))
    };
    Ok(visitor.page(Place::Partners, &texts.text("web-nav-partners"), body))
}

pub(super) async fn templates(visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    parts::show(visitor, move |db, _, visitor| {
        let (texts, customer) = (visitor.texts, &visitor.access.customer.id);
        let offset = asked.page.saturating_mul(PAGE);
        let mut found: Vec<Template> =
            store::list(db, customer, &search::words(&asked.q), offset, PAGE + 1)?;
        let more = found.len() > rows();
        found.truncate(rows());
        let body = html! {
            (tabs(texts, true, store::count::<Partner>(db, customer)?, store::count::<Template>(db, customer)?))
            div.toolbar {
                (search_box(texts, "/templates", &texts.text("web-template-search"), &asked.q))
                span.space {}
                @if may_record(visitor) { a.button href="/templates/new" { (texts.text("web-template-new")) } }
            }
            @if found.is_empty() { p.empty { (texts.text("web-template-none")) } } @else {
                (template_table(texts, &found, may_record(visitor)))
            }
            (pager(texts, &with_query("/templates", &asked.q), asked.page, more))
        };
        Ok(visitor.page(Place::Partners, &texts.text("web-nav-partners"), body))
    })
    .await
}

fn rows() -> usize {
    usize::try_from(PAGE).unwrap_or(usize::MAX)
}

fn with_query(path: &str, q: &str) -> String {
    if q.is_empty() { path.to_owned() } else { format!("{path}?q={}", in_address(q)) }
}

fn tabs(texts: &Texts, templates: bool, partner_count: u32, template_count: u32) -> Markup {
    let current = |yes: bool| yes.then_some("page");
    html! {
        nav.tabs aria-label=(texts.text("web-nav-partners")) {
            a href=(Place::Partners.path()) aria-current=[current(!templates)] {
                (texts.text("web-partners")) " (" (partner_count) ")"
            }
            a href="/templates" aria-current=[current(templates)] {
                (texts.text("web-templates")) " (" (template_count) ")"
            }
        }
    }
}

fn table(texts: &Texts, partners: &[Partner]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-partners")) {
            table.stack {
                thead { tr {
                    th scope="col" { (texts.text("web-partner-short-name")) }
                    th scope="col" { (texts.text("web-partner-targets")) }
                    th scope="col" { (texts.text("web-partner-narrative")) }
                    th scope="col" { span.unseen { (texts.text("web-actions")) } }
                } }
                tbody {
                    @for partner in partners {
                        tr {
                            td { a href={ "/partners/" (partner.id) } { (partner.short_name) } (payee_name(partner)) }
                            td { (targets(partner)) }
                            td { (partner.narrative) }
                            td.actions {
                                a.button.small href={ (Place::NewOrder.path()) "?partner=" (partner.id) } {
                                    (texts.text("web-partner-pay")) span.unseen { " " (partner.short_name) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The payee's name where it is another than the short one.
fn payee_name(partner: &Partner) -> Markup {
    match &partner.target {
        PartnerTarget::Accounts { name, .. } if *name != partner.short_name => {
            html! { br; span.hint { (name) } }
        }
        PartnerTarget::Accounts { .. } | PartnerTarget::SecondaryId { .. } => html! {},
    }
}

fn targets(partner: &Partner) -> Markup {
    match &partner.target {
        PartnerTarget::Accounts { numbers, .. } => html! {
            @for (n, number) in numbers.iter().enumerate() { @if n > 0 { br; } span.nowrap { (number) } }
        },
        PartnerTarget::SecondaryId { id } => html! { (id) },
    }
}

fn template_table(texts: &Texts, templates: &[Template], may_edit: bool) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-templates")) {
            table.stack {
                thead { tr {
                    th scope="col" { (texts.text("web-template-name")) }
                    th scope="col" { (texts.text("web-order-payee")) }
                    th.number scope="col" { (texts.text("web-amount")) }
                    th scope="col" { span.unseen { (texts.text("web-actions")) } }
                } }
                tbody {
                    @for template in templates {
                        tr {
                            td {
                                @if may_edit { a href={ "/templates/" (template.id) } { (template.name) } }
                                @else { (template.name) }
                                br; span.hint { (texts.text(&template.order_type.text_key("name"))) }
                            }
                            td {
                                (template.fields.get(key::BENEFICIARY_NAME))
                                @if !template.fields.is_empty(key::TARGET) {
                                    br; span.hint { (template.fields.get(key::TARGET)) }
                                }
                            }
                            td.number { (template.fields.get(key::AMOUNT)) }
                            td.actions {
                                a.button.small href={ (Place::NewOrder.path()) "?template=" (template.id) } {
                                    (texts.text("web-template-use")) span.unseen { " " (template.name) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
