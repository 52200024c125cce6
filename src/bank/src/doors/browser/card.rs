//! The user's own virtual chip cards: which there are, and suspending one at once when a computer is lost.

use axum::extract::Form;
use axum::response::Response;
use maud::html;
use serde::Deserialize;

use super::format;
use super::problem::{WebProblem, codes};
use super::shell::Place;
use super::visitor::Visitor;
use crate::people::virtual_cards::{self, CardState, VirtualCard};

#[derive(Deserialize)]
pub(super) struct Suspension {
    card: String,
}

pub(super) async fn show(visitor: Visitor) -> Response {
    let found =
        visitor.read(|bank, visitor| bank.read(|db| virtual_cards::of_user(db, visitor.user()))).await;
    let cards = match found {
        Ok(cards) => cards,
        Err(error) => return visitor.refuse(error),
    };
    let texts = visitor.texts;
    let moment = |at| format::moment(texts, at);
    // Narrow screens show no column heads.
    let named = |key: &str| html! { span.only-narrow.hint { (texts.text(key)) ": " } };
    let row = |card: &VirtualCard| {
        let own = card.id == visitor.session.card;
        let tone = if card.state == CardState::Active { "pill good" } else { "pill bad" };
        html! {
            tr {
                td {
                    (card.label)
                    @if own { " " span.hint { (texts.text("web-card-this")) } }
                }
                td { (named("web-card-registered")) (moment(card.registered)) }
                td { @if let Some(at) = card.last_login { (named("web-card-last-login")) (moment(at)) } }
                td { span class=(tone) { (texts.text(&format!("web-card-state-{}", card.state.name()))) } }
                td.actions {
                    @if card.state == CardState::Active {
                        form method="post" action="/card/suspend" {
                            (visitor.csrf())
                            input type="hidden" name="card" value=(card.id);
                            button type="submit" {
                                (texts.text("web-card-suspend"))
                                span.unseen { " " (card.label) }
                            }
                        }
                    }
                }
            }
        }
    };
    let body = html! {
        p { (texts.text("web-card-intro")) }
        div.scroll {
            table.stack {
                thead { tr {
                    @for key in ["label", "registered", "last-login", "state", "action"] {
                        th scope="col" { (texts.text(&format!("web-card-{key}"))) }
                    }
                } }
                tbody { @for card in &cards { (row(card)) } }
            }
        }
        p.hint { (texts.text("web-card-suspend-hint")) }
    };
    visitor.page(Place::Card, &texts.text("web-card-title"), body)
}

/// Suspends one of the user's own cards. Suspending the card in hand ends the session.
pub(super) async fn suspend(visitor: Visitor, Form(form): Form<Suspension>) -> Response {
    let done = visitor
        .read(move |bank, visitor| {
            bank.write(|db| -> Result<String, WebProblem> {
                let card = virtual_cards::find(db, &form.card)?
                    .filter(|card| card.user == *visitor.user())
                    .ok_or_else(|| WebProblem::new(codes::CARD_UNKNOWN))?;
                virtual_cards::set_state(db, &card.id, CardState::Suspended)?;
                Ok(card.label)
            })
        })
        .await;
    match done {
        Ok(label) => {
            let text = visitor.texts.with("web-card-suspended", &[("label", &label)]);
            visitor.tell(Place::Card.path(), true, text).await
        }
        Err(problem) => visitor.refuse(problem),
    }
}
