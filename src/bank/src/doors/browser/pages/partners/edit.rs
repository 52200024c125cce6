//! Adding, changing and deleting one partner.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{Partner, PartnerId};
use maud::html;
use protocol::ProblemCode;
use rusqlite::Connection;
use uuid::Uuid;

use super::form::{PartnerForm, Wrong};
use super::store;
use crate::doors::browser::pages::accounts::may_record;
use crate::doors::browser::pages::parts::{Page, run, told};
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;

pub(super) async fn new(visitor: Visitor) -> Response {
    run(visitor, |_, _, visitor| page(visitor, None, &PartnerForm::default(), &[])).await
}

/// The form of a partner.
pub(super) async fn show(visitor: Visitor, Path(id): Path<String>) -> Response {
    run(visitor, move |db, _, visitor| {
        let partner = find(db, visitor, &id)?;
        page(visitor, Some(partner.id), &PartnerForm::of(&partner), &[])
    })
    .await
}

/// Keeps a new partner.
pub(super) async fn add(visitor: Visitor, Form(form): Form<PartnerForm>) -> Response {
    run(visitor, move |db, _, visitor| keep(db, visitor, None, &form)).await
}

/// Keeps a changed partner.
pub(super) async fn save(
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<PartnerForm>,
) -> Response {
    run(visitor, move |db, _, visitor| {
        let known = find(db, visitor, &id)?;
        keep(db, visitor, Some(known.id), &form)
    })
    .await
}

pub(super) async fn delete(visitor: Visitor, Path(id): Path<String>) -> Response {
    run(visitor, move |db, _, visitor| {
        let partner = find(db, visitor, &id)?;
        allow(visitor)?;
        store::delete::<Partner>(db, &visitor.access.customer.id, &partner.id.to_string())?;
        let text = visitor.texts.with("web-partner-deleted", &[("name", partner.short_name.as_str())]);
        told(db, visitor, Place::Partners.path(), true, text)
    })
    .await
}

fn find(db: &Connection, visitor: &Visitor, id: &str) -> Page<Partner> {
    let id: PartnerId = id.parse().map_err(|_| ProblemCode::NotFound)?;
    let found = store::get(db, &visitor.access.customer.id, &id.to_string())?;
    found.ok_or_else(|| ProblemCode::NotFound.into())
}

fn allow(visitor: &Visitor) -> Page<()> {
    if may_record(visitor) { Ok(()) } else { Err(ProblemCode::NotPermitted.into()) }
}

fn keep(db: &Connection, visitor: &Visitor, known: Option<PartnerId>, form: &PartnerForm) -> Page {
    allow(visitor)?;
    let (texts, customer) = (visitor.texts, &visitor.access.customer.id);
    let id = known.unwrap_or_else(|| PartnerId(Uuid::now_v7()));
    let refuse = |wrong: &[Wrong]| -> Page {
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page(visitor, known, form, wrong)?).into_response())
    };
    let partner = match form.check(texts, id) {
        Ok(partner) => partner,
        Err(wrong) => return refuse(&wrong),
    };
    let namesake = store::key_of_title::<Partner>(db, customer, partner.short_name.as_str())?;
    if namesake.is_some_and(|key| key != id.to_string()) {
        return refuse(&[("short_name", texts.text("web-partner-name-taken"))]);
    }
    store::put(db, customer, &partner)?;
    let text = texts.with("web-partner-saved", &[("name", partner.short_name.as_str())]);
    told(db, visitor, Place::Partners.path(), true, text)
}

fn page(visitor: &Visitor, known: Option<PartnerId>, form: &PartnerForm, wrong: &[Wrong]) -> Page {
    let texts = visitor.texts;
    let action = known.map_or_else(|| "/partners/new".to_owned(), |id| format!("/partners/{id}"));
    let title = match known {
        Some(_) => form.short_name.clone(),
        None => texts.text("web-partner-new"),
    };
    let body = html! {
        p { a href=(Place::Partners.path()) { "‹ " (texts.text("web-nav-partners")) } }
        section.panel.slim {
            form method="post" action=(action) {
                (visitor.csrf())
                (form.show(texts, wrong))
                @if may_record(visitor) { button.primary type="submit" { (texts.text("web-save")) } }
            }
            @if let Some(id) = known.filter(|_| may_record(visitor)) {
                details.sure {
                    summary { (texts.text("web-partner-delete")) }
                    form method="post" action={ "/partners/" (id) "/delete" } {
                        (visitor.csrf())
                        p { (texts.text("web-partner-delete-sure")) }
                        button.danger type="submit" { (texts.text("web-delete")) }
                    }
                }
            }
        }
    };
    Ok(visitor.page(Place::Partners, &title, body))
}
