//! Új megbízás: the form of an order of any type [K&H web manual], started empty, from a partner, a template or an
//! order that is to be changed; and the form of templates, which has the same fields.

mod fields;
mod forecast;
mod form;
mod kinds;
mod page;
mod picker;
mod save;
mod templates;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::bank::Bank;

/// The addresses of recording. None of them is below `/approve`.
pub(super) fn router() -> Router<Arc<Bank>> {
    Router::new()
        .route("/orders/new", get(page::begin))
        .route("/order/{code}", get(page::show).post(save::submit))
        .route("/templates/new", get(templates::new).post(templates::add))
        .route("/templates/{id}", get(templates::show).post(templates::save))
        .route("/templates/{id}/delete", post(templates::delete))
}
