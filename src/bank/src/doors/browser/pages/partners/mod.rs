//! Partnertörzs kezelése [K&H web manual] [K&H webElectra]: partners and templates of the customer, and PARTNERS.DAT in
//! and out.

mod edit;
mod form;
mod import;
mod import_form;
mod list;
mod merge;
pub(super) mod store;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::bank::Bank;

/// The addresses of partners; those of single templates are the order form's.
pub(super) fn router() -> Router<Arc<Bank>> {
    Router::new()
        .route("/partners", get(list::show))
        .route("/partners/new", get(edit::new).post(edit::add))
        .route("/partners/export", get(import::export))
        .route("/partners/import", post(import::upload))
        .route("/partners/{id}", get(edit::show).post(edit::save))
        .route("/partners/{id}/delete", post(edit::delete))
        .route("/templates", get(list::templates))
}
