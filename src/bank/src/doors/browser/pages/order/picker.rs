//! Finding a partner or template while an order is typed: what was typed is kept, only what the choice knows is put
//! into the fields.

use domain::{OrderDraft, Partner, PartnerTarget, Template};
use maud::{Markup, html};
use rusqlite::Connection;

use super::form::OrderForm;
use crate::doors::browser::pages::partners::store;
use crate::doors::browser::pages::search;
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
    let needles = search::needles(&form.q);
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

/// The draft with a chosen partner: account `number` of it, and what else the partner begins orders with. A narrative
/// that was typed stays.
pub(super) fn with_partner(draft: OrderDraft, partner: &Partner, number: usize) -> OrderDraft {
    let (beneficiary_name, target, secondary) = match &partner.target {
        PartnerTarget::Accounts { name, numbers } => {
            let account = numbers.get(number).or_else(|| numbers.first());
            (name.to_string(), account.map(ToString::to_string).unwrap_or_default(), false)
        }
        PartnerTarget::SecondaryId { id } => (String::new(), id.to_string(), true),
    };
    let or_partners = |typed: String, of_partner: Option<&str>| {
        if typed.trim().is_empty() { of_partner.unwrap_or_default().to_owned() } else { typed }
    };
    OrderDraft {
        beneficiary_name,
        target,
        narrative: or_partners(draft.narrative, Some(partner.narrative.as_str())),
        country: or_partners(draft.country, partner.country.as_ref().map(domain::text::CountryCode::as_str)),
        legal_code: or_partners(
            draft.legal_code,
            partner.legal_code.as_ref().map(domain::text::LegalCode::as_str),
        ),
        // A secondary identifier can be paid only by an instant transfer.
        instant: draft.instant || secondary,
        partner: Some(partner.id),
        ..draft
    }
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

#[cfg(test)]
mod tests {
    use domain::PartnerId;
    use uuid::Uuid;

    use super::*;

    fn partner(target: PartnerTarget) -> Partner {
        Partner {
            id: PartnerId(Uuid::from_u128(1)),
            short_name: "Őrségi".parse().unwrap(),
            target,
            narrative: "Bérleti díj".parse().unwrap(),
            country: None,
            legal_code: None,
            note: String::new(),
        }
    }

    #[test]
    fn a_chosen_partner_fills_what_it_knows_and_keeps_what_was_typed() {
        let numbers =
            vec!["11773016-11111018".parse().unwrap(), "10400023-53656565-85691020".parse().unwrap()];
        let target = PartnerTarget::accounts("Őrségi Faipari Zrt.".parse().unwrap(), numbers).unwrap();
        let typed =
            OrderDraft { amount: "12500".into(), narrative: "Számla 7".into(), ..OrderDraft::default() };
        let draft = with_partner(typed, &partner(target.clone()), 1);
        assert_eq!(draft.target, "10400023-53656565-85691020");
        assert_eq!((draft.amount.as_str(), draft.narrative.as_str()), ("12500", "Számla 7"));
        assert_eq!(draft.beneficiary_name, "Őrségi Faipari Zrt.");
        let draft = with_partner(OrderDraft::default(), &partner(target), 9);
        assert_eq!(draft.target, "11773016-11111018");
        assert_eq!(draft.narrative, "Bérleti díj");
        assert!(!draft.instant);
    }

    #[test]
    fn a_partner_with_an_identifier_is_paid_instantly() {
        let id = "anna@pelda.hu".parse::<domain::Target>().unwrap();
        let domain::Target::SecondaryId(id) = id else { panic!("{id:?}") };
        let named = OrderDraft { beneficiary_name: "Valaki".into(), ..OrderDraft::default() };
        let draft = with_partner(named, &partner(PartnerTarget::SecondaryId { id }), 0);
        assert!(draft.instant && draft.beneficiary_name.is_empty());
    }
}
