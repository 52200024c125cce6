//! Finding a partner or template while an order is typed: what was typed is kept, only what the choice knows is put
//! into the fields.

use domain::{Partner, PartnerTarget, Template, search};
use maud::{Markup, html};
use rusqlite::Connection;

use super::form::OrderForm;
use crate::doors::browser::pages::partners::store;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;
use crate::ground::error::Result;

/// Found partners that are offered; more words find fewer.
const OFFERED: u32 = 8;

/// What is offered for the searched words.
#[derive(Default)]
pub(super) struct Offer {
    partners: Vec<Partner>,
    templates: Vec<Template>,
    asked: bool,
}

/// Looks for partners and templates by the form's words.
pub(super) fn offer(db: &Connection, visitor: &Visitor, form: &OrderForm) -> Result<Offer> {
    let needles = search::words(&form.q);
    if needles.is_empty() {
        return Ok(Offer::default());
    }
    let customer = &visitor.access.customer.id;
    Ok(Offer {
        partners: store::list(db, customer, &needles, 0, OFFERED)?,
        templates: store::list(db, customer, &needles, 0, OFFERED)?,
        asked: true,
    })
}

/// The search, and what it found, as buttons of the form.
pub(super) fn show(texts: &Texts, form: &OrderForm, offer: &Offer) -> Markup {
    html! {
        div.field role="search" {
            label for="q" { (texts.text("web-order-find")) }
            div.row {
                input.grow id="q" name="q" type="search" value=(form.q) autocomplete="off";
                button type="submit" name="action" value="find" { (texts.text("web-search")) }
            }
        }
        @if offer.asked && offer.partners.is_empty() && offer.templates.is_empty() {
            p.hint role="status" { (texts.text("web-order-found-none")) }
        }
        ul.choice {
            @for partner in &offer.partners { (partner_buttons(partner)) }
            @for template in &offer.templates {
                li {
                    button type="submit" name="action" value={ "template:" (template.id) } {
                        strong { (template.name) }
                        span.hint { (texts.text("web-template")) }
                    }
                }
            }
        }
    }
}

fn partner_buttons(partner: &Partner) -> Markup {
    let targets: Vec<String> = match &partner.target {
        PartnerTarget::Accounts { numbers, .. } => numbers.iter().map(ToString::to_string).collect(),
        PartnerTarget::SecondaryId { id } => vec![id.to_string()],
    };
    html! {
        @for (number, target) in targets.iter().enumerate() {
            li {
                button type="submit" name="action" value={ "partner:" (partner.id) ":" (number) } {
                    strong { (partner.short_name) }
                    span.hint { (target) }
                }
            }
        }
    }
}
