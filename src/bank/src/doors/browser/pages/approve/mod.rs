//! "Approve only" [Electra24]: balances, transactions, prepared packages to sign and send, in one narrow
//! column. Recording is not here, on purpose (for the users' feeling of security [K&H webElectra]): no
//! address below `/approve` records, changes or imports anything, and no page of it leads to one that does.
//! Signing itself is [`crate::doors::browser::approve`].

mod pages;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::packages::act;
use crate::bank::Bank;

pub(super) fn router() -> Router<Arc<Bank>> {
    Router::new()
        .route("/approve", get(pages::home))
        .route("/approve/transactions", get(pages::transactions))
        .route("/approve/packages", get(pages::packages))
        .route("/approve/packages/{id}", get(pages::package))
        .route("/approve/packages/{id}/send", post(act::send_approved))
}
