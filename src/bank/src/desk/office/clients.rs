//! Which versions of the client program the bank takes: a form of the operations' page.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::log::Event;
use super::super::pages::{Note, hidden};
use super::super::texts::Texts;
use super::super::visits::Visit;
use super::super::web::visit;
use super::operations::{note, shown};
use crate::bank::Bank;
use crate::clients::Demand;
use crate::faults::Faults;

#[derive(Deserialize)]
pub struct ClientsForm {
    csrf: String,
    minimum: String,
    latest: String,
}

pub async fn set(
    State(bank): State<Arc<Bank>>,
    Extension(faults): Extension<Arc<Faults>>,
    headers: HeaderMap,
    Form(form): Form<ClientsForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        let latest = Some(form.latest.trim().to_owned()).filter(|latest| !latest.is_empty());
        let demand = Demand { minimum: form.minimum.trim().to_owned(), latest };
        if demand.check().is_err() {
            let page = shown(bank, &faults, visit, texts, Note::Bad("desk-clients-wrong"))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        let detail = format!("{} / {}", demand.minimum, demand.latest.as_deref().unwrap_or("-"));
        bank.set_demand(demand)?;
        note(bank, visit, Event::ClientsSet, &detail, bank.clock.now())?;
        shown(bank, &faults, visit, texts, Note::Good("desk-clients-done"))
    })
    .await
}

/// The form.
pub fn form(bank: &Bank, visit: &Visit, texts: &Texts) -> Markup {
    let demand = bank.demand();
    let told = bank.info().client.latest;
    html! {
        h2 { (texts.text("desk-clients-title")) }
        p { (texts.with("desk-clients-told", &[("latest", &told)])) }
        p.hint { (texts.text("desk-clients-help")) }
        form method="post" action="/operations/clients" {
            (hidden("csrf", &visit.form_token))
            label for="minimum" { (texts.text("desk-clients-minimum")) }
            input id="minimum" name="minimum" value=(demand.minimum) autocomplete="off" spellcheck="false" required;
            label for="latest" { (texts.text("desk-clients-latest")) }
            input id="latest" name="latest" value=(demand.latest.unwrap_or_default()) autocomplete="off" spellcheck="false";
            button type="submit" { (texts.text("desk-clients-submit")) }
        }
    }
}
