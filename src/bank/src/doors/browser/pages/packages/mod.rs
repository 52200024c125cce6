//! Megbízások kezelése → Előkészített csomagok [K&H web manual] [K&H webElectra]: the shared area, the web client's own
//! packages, and what is done with them.

pub(super) mod act;
pub(super) mod detail;
pub(super) mod lists;
mod manage;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::bank::Bank;

/// The addresses of prepared packages.
pub(super) fn router() -> Router<Arc<Bank>> {
    Router::new()
        .route("/packages", get(lists::show))
        .route("/packages/{id}", get(detail::show))
        .route("/packages/{id}/take", post(act::take))
        .route("/packages/{id}/withdraw", post(act::withdraw))
        .route("/packages/{id}/share", post(act::share))
        .route("/packages/{id}/rename", post(act::rename))
        .route("/packages/{id}/schedule", post(act::schedule))
        .route("/packages/{id}/delete", post(act::delete))
        .route("/packages/{id}/send", post(act::send))
        .route("/packages/{id}/orders/{order}/remove", post(act::remove_order))
}
