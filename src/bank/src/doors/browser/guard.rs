//! What every call of the web client passes first: headers that leave a browser nothing to misuse, the session of
//! its cookie, and, before anything is changed, the proof that our own page asks for it.
//!
//! The proof stands here and nowhere else, so no page can forget it. Whatever is not GET or HEAD must come from our
//! origin (`Origin`, and `Sec-Fetch-Site` where the browser says it) and carry the session's form token, in the
//! field `csrf` of a form or in the header `x-csrf` of a script. Before login the token is that of the cookie that
//! the page set, which no other site can read.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use protocol::ProblemCode;

use super::problem::{WebProblem, codes};
use super::sessions::{self, Session};
use super::{shell, texts};
use crate::bank::{Bank, blocking};
use crate::doors::http::cookie;
use crate::doors::http::form::is_ours;
use crate::doors::http::texts::Texts;
use crate::ground::error::Result;

/// The session's cookie. `__Host-`: browsers take it only from this host, over TLS, for every path.
pub(crate) const SESSION: &str = "__Host-web";
/// Before login: the token of the page's forms.
pub(crate) const FORM: &str = "__Host-web-form";
pub(crate) const LANGUAGE: &str = "__Host-web-language";
/// Header in which a script brings the form token.
pub(crate) const CSRF_HEADER: &str = "x-csrf";
/// What an open page accepts when it asks for itself again (`live.js`).
const PARTS: &str = "application/x-kapocs-parts";
/// Largest body of a call, in bytes: an imported partner file.
pub(crate) const MAX_BODY: usize = 32 << 20;
/// Largest form without a file, in bytes.
const MAX_FORM: usize = 256 << 10;
/// Largest body before login, in bytes: keys and proofs of a new card.
const MAX_STRANGER: usize = 64 << 10;
/// The token of a form with a file stands within so many bytes of its beginning.
const FIRST_PART: usize = 1 << 10;

/// Our own style sheet, scripts and answers, nothing from anywhere else; forms go home; no frames.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer. The referrer stays within the origin: without one browsers would also hide
/// the origin of our own forms.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// What the guard found out about a call.
#[derive(Clone)]
pub(crate) struct Call {
    pub session: Option<Session>,
    pub texts: &'static Texts,
    /// A script asks, not a page.
    pub by_script: bool,
}

pub(crate) async fn guard(State(bank): State<Arc<Bank>>, request: Request, next: Next) -> Response {
    let mut response = match admit(&bank, request).await {
        Ok(request) => next.run(request).await,
        Err(response) => response,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn admit(bank: &Arc<Bank>, request: Request) -> std::result::Result<Request, Response> {
    let headers = request.headers();
    let texts = texts::of(cookie::read(headers, LANGUAGE));
    let by_script = headers.contains_key(CSRF_HEADER);
    let shows_page = request.method() == Method::GET && accepts(headers, "text/html");
    let person = !accepts(headers, "text/event-stream") && !accepts(headers, PARTS);
    let failed = |problem: WebProblem| refuse(&problem, texts, by_script);
    let session = match cookie::read(headers, SESSION).map(str::to_owned) {
        Some(token) => blocking(bank, move |bank| resume(bank, &token, shows_page, person))
            .await
            .map_err(|error| failed(error.into()))?,
        None => None,
    };
    let form_token = session
        .as_ref()
        .map(|session| session.form_token.clone())
        .or_else(|| cookie::read(headers, FORM).map(str::to_owned));
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    let mut request = if changes {
        let from_us = is_from_us(headers, &bank.web_origin());
        // A form of our own whose session has ended meanwhile: the honest word is not that the form is old.
        let ended = from_us && session.is_none() && cookie::read(headers, SESSION).is_some();
        let stale = || match ended {
            true => failed(ProblemCode::SessionExpired.into()),
            false => failed(WebProblem::with_status(codes::FORM_STALE, StatusCode::FORBIDDEN)),
        };
        // Only who has a token at all gets so far that the bank reads a body for it.
        if form_token.is_none() || !from_us {
            return Err(stale());
        }
        let limit = if session.is_some() { MAX_BODY } else { MAX_STRANGER };
        let (request, given) = given_token(request, limit).await.ok_or_else(stale)?;
        if !form_token.as_ref().is_some_and(|token| is_ours(token, &given)) {
            return Err(stale());
        }
        match session {
            Some(_) => request,
            // The token of a page before login is whatever the caller says, so its body is only as long as a form.
            None => small(request).await.ok_or_else(|| failed(ProblemCode::PayloadTooLarge.into()))?,
        }
    } else {
        request
    };
    request.extensions_mut().insert(Call { session, texts, by_script });
    Ok(request)
}

fn resume(bank: &Bank, token: &str, shows_page: bool, person: bool) -> Result<Option<Session>> {
    let now = bank.clock.now();
    let Some((session, is_worth_noting)) = bank.read(|db| sessions::find(db, token, now))? else {
        return Ok(None);
    };
    let (notes, tells) = (person && is_worth_noting, shows_page && session.notice.is_some());
    if notes || tells {
        bank.write(|db| -> Result<()> {
            if notes {
                session.note_use(db, now)?;
            }
            if tells {
                session.take_notice(db)?;
            }
            Ok(())
        })?;
    }
    Ok(Some(session))
}

/// The answer to a refused call: a page, or JSON for a script.
pub(crate) fn refuse(problem: &WebProblem, texts: &Texts, by_script: bool) -> Response {
    if by_script { problem.json(texts) } else { shell::problem_page(problem, texts) }
}

fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains(kind))
}

/// Browsers name the origin of everything that is not GET or HEAD.
fn is_from_us(headers: &HeaderMap, our_origin: &str) -> bool {
    let text = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
    text("origin") == Some(our_origin.as_bytes())
        && text("sec-fetch-site").is_none_or(|site| site == b"same-origin")
}

/// The request, if its body is one that a stranger may send.
async fn small(request: Request) -> Option<Request> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_STRANGER).await.ok()?;
    Some(Request::from_parts(parts, Body::from(body)))
}

/// The request and the form token that it brings; of a body at most `limit` bytes are read.
async fn given_token(request: Request, limit: usize) -> Option<(Request, String)> {
    if let Some(token) = request.headers().get(CSRF_HEADER) {
        let token = token.to_str().ok()?.to_owned();
        return Some((request, token));
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let has_file = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let (parts, body) = request.into_parts();
    let body: Bytes = to_bytes(body, if has_file { limit } else { limit.min(MAX_FORM) }).await.ok()?;
    let token = if has_file { first_part(&body, "csrf")? } else { form_field(&body, "csrf")? };
    Some((Request::from_parts(parts, Body::from(body)), token))
}

/// A field of a form. Form tokens are hex, so nothing of one is ever escaped.
fn form_field(body: &[u8], name: &str) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    text.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
}

/// The first part of a form with a file, if it has that name: our forms begin with their token.
fn first_part(body: &[u8], name: &str) -> Option<String> {
    let start = body.get(..body.len().min(FIRST_PART))?;
    let text: String = start.iter().map(|byte| char::from(*byte)).collect();
    let (head, rest) = text.split_once("\r\n\r\n")?;
    let named = format!("form-data; name=\"{name}\"");
    head.ends_with(&named).then(|| rest.split("\r\n").next().unwrap_or_default().to_owned())
}
