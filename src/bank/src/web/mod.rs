//! The HTTP face of the bank: routes, limits, refusals as problem documents.

mod accounts;
mod caller;
mod events;
mod login;
mod messages;
mod packages;
mod releases;
mod renewals;
mod reply;
mod shared;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use protocol::{MAX_BODY_BYTES, Problem, ProblemCode, ServerInfo, endpoints as at};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::bank::{Bank, blocking};
use crate::clients;
use crate::error::Refusal;
use crate::faults::{self, Faults};

use reply::Answer;
pub use reply::problem_response;

/// A call that takes longer is given up: a slow upload must not hold a connection for ever.
const CALL_TIMEOUT: Duration = Duration::from_secs(60);
/// Answers above this size are compressed, in bytes.
const COMPRESS_ABOVE: u16 = 1024;

/// Everything under `/api/v1`.
pub fn router(bank: Arc<Bank>, faults: Arc<Faults>) -> Router {
    Router::new()
        .route(at::INFO, get(info))
        .route(at::CHALLENGE, post(login::challenge))
        .route(at::LOGIN, post(login::login))
        .route(at::SESSION, get(login::session).delete(login::logout))
        .route(at::CUSTOMER, get(accounts::customer))
        .route(at::ACCOUNTS, get(accounts::list))
        .route(at::TRANSACTIONS, get(accounts::transactions))
        .route(at::PACKAGES, get(packages::changed))
        .route(at::PACKAGE, get(packages::status).put(packages::submit))
        .route(at::SHARED, get(shared::list))
        .route(at::SHARED_PACKAGE, get(shared::content).put(shared::put))
        .route(at::SHARED_TAKE, post(shared::take))
        .route(at::SHARED_WITHDRAW, post(shared::withdraw))
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
        .layer(from_fn_with_state(Arc::clone(&bank), clients::refuse_old))
        .layer(from_fn(give_up_when_slow))
        .layer(from_fn_with_state(faults, faults::apply))
        .with_state(bank)
}

async fn info(State(bank): State<Arc<Bank>>) -> Answer<ServerInfo> {
    Ok(Json(blocking(&bank, |bank| Ok::<_, Refusal>(bank.info())).await?))
}

async fn not_found() -> Response {
    problem_response(&ProblemCode::NotFound.into())
}

/// Gives up a call that takes too long.
pub async fn give_up_when_slow(request: Request, next: Next) -> Response {
    match tokio::time::timeout(CALL_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            problem_response(&Problem::new(ProblemCode::Internal).with_detail("the call took too long"))
                .into_response()
        }
    }
}
