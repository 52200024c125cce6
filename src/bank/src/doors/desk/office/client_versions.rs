//! Which versions of the client program the bank takes: what the form of the operations' page sets.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::operations::{note, shown};
use crate::bank::Bank;
use crate::doors::desk::log::Event;
use crate::doors::desk::pages::Note;
use crate::doors::desk::visit::visit;
use crate::doors::faults::Faults;
use crate::releases::client_versions::Demand;

#[derive(Deserialize)]
pub(super) struct ClientsForm {
    csrf: String,
    minimum: String,
    latest: String,
}

pub(super) async fn set(
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
