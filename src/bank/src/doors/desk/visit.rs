//! Who may see a page of the desk: a logged-in operator, and forms come from our own pages only.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::Markup;
use serde::Deserialize;

use super::pages::{self, Note};
use super::texts;
use super::visits::{self, Visit};
use crate::bank::{Bank, blocking};
use crate::doors::http::cookie;
use crate::doors::http::form::is_ours;
use crate::doors::http::texts::Texts;
use crate::ground::error::{BankError, Result};

/// The visit's cookie. `__Host-`: browsers take it only from this host, over TLS, for every path.
pub(super) const VISIT: &str = "__Host-desk";
pub(super) const LANGUAGE: &str = "__Host-desk-language";

/// A form that only its button is about.
#[derive(Deserialize)]
pub(super) struct PlainForm {
    pub csrf: String,
}

/// Runs `work` for a logged-in operator; with a form, only if the form came from our own page.
pub(super) async fn visit(
    bank: Arc<Bank>,
    headers: HeaderMap,
    form_token: Option<String>,
    work: impl FnOnce(&Bank, &Visit, &'static Texts) -> Result<Response> + Send + 'static,
) -> Response {
    let texts = texts::of(cookie::read(&headers, LANGUAGE));
    let Some(token) = cookie::read(&headers, VISIT).map(str::to_owned) else {
        return Redirect::to("/login").into_response();
    };
    let answer = blocking(&bank, move |bank| -> Result<Response> {
        let now = bank.clock.now();
        let Some((visit, is_worth_noting)) = bank.read(|db| visits::find(db, &token, now))? else {
            return Ok(Redirect::to("/login").into_response());
        };
        if is_worth_noting {
            bank.write(|db| visits::note_use(db, &visit, now))?;
        }
        if form_token.is_some_and(|form_token| !is_ours(&visit.form_token, &form_token)) {
            let page = pages::message(texts, Note::Bad("desk-form-stale"));
            return Ok((StatusCode::FORBIDDEN, html(page)).into_response());
        }
        work(bank, &visit, texts)
    });
    answer.await.unwrap_or_else(|error| failed(texts, &error))
}

/// The page of a failure; the log says more.
pub(super) fn failed(texts: &Texts, error: &BankError) -> Response {
    tracing::error!(code = error.code(), %error, "a page of the desk failed");
    (StatusCode::INTERNAL_SERVER_ERROR, html(pages::message(texts, Note::Bad("desk-failed")))).into_response()
}

/// A page as an answer.
pub(super) fn html(page: Markup) -> Response {
    Html(page.into_string()).into_response()
}
