//! The web client: the bank in a browser, with nothing to install.
//!
//! Pages are written by the bank, in Hungarian or English; scripts do only what a browser must do itself: keep the
//! keys of a virtual chip card, sign with them, and check that what is signed is what is shown. A call passes
//! [`guard`] (headers, session, form token), becomes a [`visitor::Visitor`], and its answer gets the frame of
//! [`shell`].

mod approve;
pub(crate) mod assets;
mod card;
mod customers;
pub(crate) mod format;
pub(crate) mod guard;
mod login;
mod notes;
mod packages;
mod pages;
pub(crate) mod problem;
mod register;
pub(crate) mod rights;
pub(crate) mod sessions;
pub(crate) mod shell;
mod signing;
mod statements;
#[cfg(test)]
mod tests;
pub(crate) mod texts;
pub(crate) mod visitor;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use protocol::ProblemCode;

use super::http::body::see_through;
use super::http::patience::give_up_when_slow;
use super::http::streams::Streams;
use crate::bank::Bank;
use crate::doors::http::cookie;
use problem::WebProblem;
use visitor::Anybody;

/// Everything on the web client's port.
pub(crate) fn router(bank: Arc<Bank>) -> Router {
    Router::new()
        .merge(pages::router())
        .route("/login", get(login::show).post(login::log_in))
        .route("/login/challenge", post(login::challenge))
        .route("/logout", post(login::log_out))
        .route("/register", get(register::show).post(register::register))
        .route("/packages/{id}/sign", get(approve::show))
        .route("/approve/packages/{id}/sign", get(approve::show_narrow))
        .route("/approval/{id}/document", get(approve::document))
        .route("/approval/{id}/begin", post(approve::begin))
        .route("/approval/{id}/finish", post(approve::finish))
        .route("/customers", get(customers::show).post(customers::choose))
        .route("/card", get(card::show))
        .route("/card/suspend", post(card::suspend))
        .route("/language/{language}", get(language))
        .merge(assets::router())
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .layer(DefaultBodyLimit::max(guard::MAX_BODY))
        .layer(from_fn_with_state(Arc::clone(&bank), guard::guard))
        .layer(from_fn(give_up_when_slow))
        .layer(from_fn(see_through))
        .layer(Extension(Arc::new(Streams::default())))
        .layer(Extension(Arc::<register::Codes>::default()))
        .with_state(bank)
}

async fn not_found(Anybody(call): Anybody) -> Response {
    guard::refuse(&WebProblem::from(ProblemCode::NotFound), call.texts, call.by_script)
}

/// Sets the language and goes back to the page that asked.
async fn language(
    State(bank): State<Arc<Bank>>,
    Path(language): Path<String>,
    headers: HeaderMap,
) -> Response {
    let language = texts::of(Some(&language)).language;
    let origin = bank.web_origin();
    let back = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok()?.strip_prefix(&origin))
        .filter(|path| path.starts_with('/') && !path.starts_with("//"))
        .unwrap_or("/");
    cookie::set(Redirect::to(back).into_response(), guard::LANGUAGE, language.code())
}
