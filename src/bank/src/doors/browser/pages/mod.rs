//! The pages behind the login: accounts, prepared and sent packages, new orders, partners, messages, and the narrow
//! pages that only show and approve.
//!
//! A page is a query and a drawing: [`parts::run`] runs both off the network's threads in one transaction. Every
//! query asks for the visitor's rights itself ([`accounts`]); a page never draws what its query did not check.

mod accounts;
mod approve;
mod asking;
mod authority;
mod events;
mod faces;
mod history;
mod messages;
mod order;
mod overview;
mod packages;
mod partners;
mod parts;
mod sent;
mod sent_pages;
#[cfg(test)]
mod tests;
mod transactions;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::bank::Bank;

pub(super) fn router() -> Router<Arc<Bank>> {
    Router::new()
        .route("/", get(overview::show))
        .route("/history", get(transactions::show))
        .route("/authority", get(authority::show))
        .route("/sent", get(sent_pages::show))
        .route("/sent/{id}", get(sent_pages::detail))
        .route("/events", get(events::stream))
        .route("/messages", get(messages::show))
        .route("/messages/new", get(messages::new).post(messages::write))
        .route("/messages/{id}", get(messages::read))
        .merge(partners::router())
        .merge(order::router())
        .merge(packages::router())
        .merge(approve::router())
}
