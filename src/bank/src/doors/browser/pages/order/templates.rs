//! Templates ("sablon"): orders with any of their fields filled, under a name [K&H web manual].

use std::collections::HashMap;

use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{OrderDraft, OrderType, Template, TemplateId};
use maud::html;
use protocol::ProblemCode;
use rusqlite::Connection;
use serde::Deserialize;
use uuid::Uuid;

use super::fields::Shown;
use super::form::OrderForm;
use super::kinds;
use crate::bank::Bank;
use crate::doors::browser::pages::accounts::{self, may_record};
use crate::doors::browser::pages::partners::store;
use crate::doors::browser::pages::parts::{Page, TextField, run, told};
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;

/// Where the templates are listed.
const LIST: &str = "/templates";

/// Which type a new template is of.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Of {
    code: String,
}

impl Of {
    fn kind(&self, bank: &Bank) -> Page<OrderType> {
        if self.code.is_empty() {
            return Ok(Default::default());
        }
        kinds::find(&bank.rules.profile, &self.code)
    }
}

pub(super) async fn new(visitor: Visitor, Query(of): Query<Of>) -> Response {
    run(visitor, move |db, bank, visitor| {
        allow(visitor)?;
        let kind = of.kind(bank)?;
        page(db, bank, visitor, None, &OrderForm::of(OrderDraft::new(kind)), None)
    })
    .await
}

/// The form of a template.
pub(super) async fn show(visitor: Visitor, Path(id): Path<String>) -> Response {
    run(visitor, move |db, bank, visitor| {
        allow(visitor)?;
        let template = find(db, visitor, &id)?;
        let draft = OrderDraft { values: template.fields, ..OrderDraft::new(template.order_type) };
        let form = OrderForm { name: template.name.to_string(), ..OrderForm::of(draft) };
        page(db, bank, visitor, Some(template.id), &form, None)
    })
    .await
}

/// Keeps a new template.
pub(super) async fn add(
    visitor: Visitor,
    Query(of): Query<Of>,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    run(visitor, move |db, bank, visitor| {
        keep(db, bank, visitor, None, &OrderForm::read(of.kind(bank)?, sent))
    })
    .await
}

/// Keeps a changed template.
pub(super) async fn save(
    visitor: Visitor,
    Path(id): Path<String>,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    run(visitor, move |db, bank, visitor| {
        let known = find(db, visitor, &id)?;
        keep(db, bank, visitor, Some(known.id), &OrderForm::read(known.order_type, sent))
    })
    .await
}

pub(super) async fn delete(visitor: Visitor, Path(id): Path<String>) -> Response {
    run(visitor, move |db, _, visitor| {
        allow(visitor)?;
        let template = find(db, visitor, &id)?;
        store::delete::<Template>(db, &visitor.access.customer.id, &template.id.to_string())?;
        let text = visitor.texts.with("web-template-deleted", &[("name", template.name.as_str())]);
        told(db, visitor, LIST, true, text)
    })
    .await
}

/// The customer's template of that identifier.
pub(super) fn find(db: &Connection, visitor: &Visitor, id: &str) -> Page<Template> {
    let id: TemplateId = id.parse().map_err(|_| ProblemCode::NotFound)?;
    let found = store::get(db, &visitor.access.customer.id, &id.to_string())?;
    found.ok_or_else(|| ProblemCode::NotFound.into())
}

fn allow(visitor: &Visitor) -> Page<()> {
    if may_record(visitor) { Ok(()) } else { Err(ProblemCode::NotPermitted.into()) }
}

fn keep(
    db: &Connection,
    bank: &Bank,
    visitor: &Visitor,
    known: Option<TemplateId>,
    form: &OrderForm,
) -> Page {
    allow(visitor)?;
    let (texts, customer) = (visitor.texts, &visitor.access.customer.id);
    let id = known.unwrap_or_else(|| TemplateId(Uuid::now_v7()));
    let refuse = |why: String| -> Page {
        let page = page(db, bank, visitor, known, form, Some(why))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let template = match form.template(id) {
        Ok(template) => template,
        Err(problem) => return refuse(texts.explain(&problem)),
    };
    let namesake = store::key_of_title::<Template>(db, customer, template.name.as_str())?;
    if namesake.is_some_and(|key| key != id.to_string()) {
        return refuse(texts.text("web-template-name-taken"));
    }
    store::put(db, customer, &template)?;
    told(db, visitor, LIST, true, texts.with("web-template-saved", &[("name", template.name.as_str())]))
}

fn page(
    db: &Connection,
    bank: &Bank,
    visitor: &Visitor,
    known: Option<TemplateId>,
    form: &OrderForm,
    wrong_name: Option<String>,
) -> Page {
    let texts = visitor.texts;
    let (debitable, own) =
        (accounts::disposable(db, bank, visitor)?, accounts::in_forints(db, bank, visitor)?);
    let shown = Shown { texts, debitable: &debitable, own: &own, errors: &[] };
    let new_of = |kind: OrderType| format!("/templates/new?code={}", kind.code());
    let action = known.map_or_else(|| new_of(form.kind()), |id| format!("{LIST}/{id}"));
    let title = match known {
        Some(_) => form.name.clone(),
        None => texts.text("web-template-new"),
    };
    let body = html! {
        p { a href=(LIST) { "‹ " (texts.text("web-templates")) } }
        @if known.is_none() { (kinds::tabs(texts, &bank.rules.profile, form.kind(), new_of)) }
        section.panel.slim {
            p.hint { (texts.text("web-template-intro")) }
            form method="post" action=(action) {
                (visitor.csrf())
                (TextField::new("name", texts.text("web-template-name"), &form.name).required().error(wrong_name).show())
                (shown.fields(form))
                button.primary type="submit" { (texts.text("web-save")) }
            }
            @if let Some(id) = known {
                details.sure {
                    summary { (texts.text("web-template-delete")) }
                    form method="post" action={ (LIST) "/" (id) "/delete" } {
                        (visitor.csrf())
                        p { (texts.text("web-template-delete-sure")) }
                        button.danger type="submit" { (texts.text("web-delete")) }
                    }
                }
            }
        }
    };
    Ok(visitor.page(Place::Partners, &title, body))
}
