//! The interface for installed clients: routes and limits.

mod accounts;
mod as_user;
mod caller;
mod events;
mod faulty;
mod login;
mod messages;
mod old_clients;
mod packages;
mod releases;
mod renewals;
mod reply;
mod shared_area;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use protocol::{MAX_BODY_BYTES, ProblemCode, ServerInfo, endpoints as at};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use super::faults::Faults;
use super::http::body::see_through;
use super::http::patience::give_up_when_slow;
use super::http::problem::problem_response;
use super::http::streams::Streams;
use crate::bank::{Bank, blocking};
use crate::ground::error::Refusal;
use reply::Answer;

/// Largest body of a call by somebody who is not let in yet, in bytes: a login's signature with its certificates.
const MAX_STRANGER: usize = 64 << 10;
/// Answers above this size are compressed, in bytes.
const COMPRESS_ABOVE: u16 = 1024;

/// Everything under `/api/v1`.
pub(crate) fn router(bank: Arc<Bank>, faults: Arc<Faults>) -> Router {
    Router::new()
        .route(at::INFO, get(info))
        .route(at::CHALLENGE, post(login::challenge).layer(DefaultBodyLimit::max(MAX_STRANGER)))
        .route(at::LOGIN, post(login::login).layer(DefaultBodyLimit::max(MAX_STRANGER)))
        .route(at::SESSION, get(login::session).delete(login::logout))
        .route(at::CUSTOMER, get(accounts::customer))
        .route(at::ACCOUNTS, get(accounts::list))
        .route(at::TRANSACTIONS, get(accounts::transactions))
        .route(at::PACKAGES, get(packages::changed))
        .route(at::PACKAGE, get(packages::status).put(packages::submit))
        .route(at::SHARED, get(shared_area::list))
        .route(at::SHARED_PACKAGE, get(shared_area::content).put(shared_area::put))
        .route(at::SHARED_TAKE, post(shared_area::take))
        .route(at::SHARED_WITHDRAW, post(shared_area::withdraw))
        .route(at::MESSAGES, get(messages::page).post(messages::write))
        .route(at::MESSAGE_READ, post(messages::read))
        .route(at::SECONDARY_ID_CODE, post(accounts::one_time_code))
        .route(at::SECONDARY_ID_LOOKUP, post(accounts::secondary_id))
        .route(at::RELEASE, get(releases::newest))
        .route(at::RELEASE_FILE, get(releases::file))
        .route(at::RENEWALS, post(renewals::renew))
        .route(at::RENEWAL_DONE, post(renewals::done))
        .route(at::EVENTS, get(events::stream))
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(CompressionLayer::new().compress_when(
            SizeAbove::new(COMPRESS_ABOVE).and(NotForContentType::const_new("text/event-stream")),
        ))
        .layer(from_fn_with_state(Arc::clone(&bank), old_clients::refuse))
        .layer(from_fn(give_up_when_slow))
        .layer(from_fn(see_through))
        .layer(Extension(Arc::new(Streams::default())))
        .layer(from_fn_with_state(faults, faulty::apply))
        .with_state(bank)
}

async fn info(State(bank): State<Arc<Bank>>) -> Answer<ServerInfo> {
    Ok(Json(blocking(&bank, |bank| Ok::<_, Refusal>(bank.info())).await?))
}

async fn not_found() -> Response {
    problem_response(&ProblemCode::NotFound.into())
}
