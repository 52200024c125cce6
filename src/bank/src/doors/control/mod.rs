//! The control interface, on loopback and with a token of its own: clock, faults, money, locks and a look
//! inside. For tests and for the operator; no part of the bank protocol, and never open to the network.

mod client_versions;
mod clock;
mod faults;
mod money;
mod packages;
mod people;
mod web;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};

use super::faults::Faults;
use crate::bank::Bank;
use crate::ground::error::Refusal;

pub use clock::ClockControl;
pub use packages::PackageInspection;

type Answer<T> = std::result::Result<Json<T>, Refusal>;

/// What the interface works on.
#[derive(Clone)]
struct Control {
    bank: Arc<Bank>,
    faults: Arc<Faults>,
    token: Arc<str>,
}

/// The routes; every call needs `Authorization: Bearer <token>`.
pub(crate) fn router(bank: Arc<Bank>, faults: Arc<Faults>, token: &str) -> Router {
    let control = Control { bank, faults, token: token.into() };
    Router::new()
        .route("/clock", get(clock::show).put(clock::set))
        .route("/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/accounts/{account}/funding", post(money::fund))
        .route("/accounts/{account}/ledger", get(money::show_ledger))
        .route("/users/{user}/lock", put(people::lock))
        .route("/users/{user}/phone", delete(people::unlock_phone))
        .route("/cards/{csn}", put(people::put_card))
        .route("/revocations", post(people::revoke))
        .route("/software-tokens", put(people::allow_software))
        .route("/packages/{package}", get(packages::inspect))
        .route("/shared/{package}", get(packages::inspect_shared))
        .route("/sums", get(money::sums))
        .route("/notices", get(packages::list_notices))
        .route("/clients", get(client_versions::show).put(client_versions::set))
        .route("/web/users/{user}", put(web::set_rights))
        .route("/web/users/{user}/activation-code", post(web::activation_code))
        .route("/web/users/{user}/cards", put(web::set_cards))
        .layer(from_fn_with_state(control.clone(), only_with_token))
        .with_state(control)
}

async fn only_with_token(State(control): State<Control>, request: Request, next: Next) -> Response {
    let given = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    if given == Some(&format!("Bearer {}", control.token)) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}
