//! The desk over HTTP: addresses, cookies, forms that only its own pages can send, and headers that leave a
//! browser nothing to misuse.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Form, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use maud::Markup;
use serde::Deserialize;
use subtle::ConstantTimeEq;

use super::pages::{self, Caller, Note};
use super::texts::Texts;
use super::visits::{self, Visit};
use super::{codes, identification, log, office, operators};
use crate::bank::{Bank, blocking};
use crate::cards::{self, Outcome};
use crate::faults::Faults;
use crate::{BankError, Result, customers, web};

/// Largest form, in bytes.
const MAX_FORM: usize = 16 << 10;
/// Lines of one page of the log.
const LOG_PAGE: u32 = 100;
/// The visit's cookie. `__Host-`: browsers take it only from this host, over TLS, for every path.
const VISIT: &str = "__Host-desk";
/// Before login: the form's token, once in the form and once in this cookie.
const LOGIN_FORM: &str = "__Host-desk-login";
/// The operator's language.
const LANGUAGE: &str = "__Host-desk-language";
const COOKIE_RULES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";
/// Nothing from anywhere but our own style sheet; forms go home; no frames.
const CONTENT_POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Everything on the desk's port.
pub fn router(bank: Arc<Bank>, faults: Arc<Faults>) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/login", get(show_login).post(log_in))
        .route("/logout", post(log_out))
        .route("/identify", post(identify))
        .route("/caller", get(show_caller))
        .route("/code", post(code))
        .route("/result", post(result))
        .route("/leave", post(leave))
        .route("/log", get(show_log))
        .route("/language/{language}", get(language))
        .route("/desk.css", get(style))
        .merge(office::router())
        .layer(Extension(faults))
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(from_fn(web::give_up_when_slow))
        .layer(from_fn(guard))
        .with_state(bank)
}

#[derive(Deserialize)]
struct LoginForm {
    csrf: String,
    operator: String,
    password: String,
}

/// A form that only its button is about.
#[derive(Deserialize)]
pub(super) struct PlainForm {
    pub(super) csrf: String,
}

#[derive(Deserialize)]
struct IdentifyForm {
    csrf: String,
    user: String,
    epin: String,
}

#[derive(Deserialize)]
struct CodeForm {
    csrf: String,
    csn: String,
    random: String,
}

#[derive(Deserialize)]
struct ResultForm {
    csrf: String,
    csn: String,
    number: u32,
    result: Outcome,
}

#[derive(Deserialize)]
struct LogPage {
    before: Option<i64>,
}

/// Every answer carries the same strict headers.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("desk.css"))
}

async fn language(Path(language): Path<String>) -> Response {
    let language = Texts::of(Some(&language)).language;
    with_cookie(Redirect::to("/").into_response(), LANGUAGE, language)
}

async fn show_login(headers: HeaderMap) -> Response {
    login_page(&headers, StatusCode::OK, Note::None)
}

async fn log_in(State(bank): State<Arc<Bank>>, headers: HeaderMap, Form(form): Form<LoginForm>) -> Response {
    if !cookie(&headers, LOGIN_FORM).is_some_and(|token| same(token, &form.csrf)) {
        return login_page(&headers, StatusCode::FORBIDDEN, Note::Bad("desk-form-stale"));
    }
    let opened = blocking(&bank, move |bank| -> Result<_> {
        let now = bank.clock.now();
        if !operators::log_in(bank, &form.operator, &form.password, now)? {
            return Ok(None);
        }
        bank.write(|db| visits::open(db, &form.operator, now)).map(Some)
    });
    match opened.await {
        Ok(Some(token)) => with_cookie(Redirect::to("/").into_response(), VISIT, &token),
        Ok(None) => login_page(&headers, StatusCode::UNAUTHORIZED, Note::Bad("desk-login-refused")),
        Err(error) => failed(Texts::of(cookie(&headers, LANGUAGE)), &error),
    }
}

async fn front(State(bank): State<Arc<Bank>>, headers: HeaderMap) -> Response {
    visit(bank, headers, None, |_, visit, texts| Ok(html(pages::identify(texts, visit, Note::None)))).await
}

async fn log_out(State(bank): State<Arc<Bank>>, headers: HeaderMap, Form(form): Form<PlainForm>) -> Response {
    visit(bank, headers, Some(form.csrf), |bank, visit, _| {
        bank.write(|db| visits::close(db, visit))?;
        Ok(Redirect::to("/login").into_response())
    })
    .await
}

async fn identify(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Form(form): Form<IdentifyForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        if identification::identify(bank, visit, &form.user, &form.epin, bank.clock.now())? {
            return Ok(Redirect::to("/caller").into_response());
        }
        let mut nobody = visit.clone();
        nobody.caller = None;
        let page = pages::identify(texts, &nobody, Note::Bad("desk-identify-refused"));
        Ok((StatusCode::UNPROCESSABLE_ENTITY, html(page)).into_response())
    })
    .await
}

async fn show_caller(State(bank): State<Arc<Bank>>, headers: HeaderMap) -> Response {
    visit(bank, headers, None, |bank, visit, texts| {
        let Some(caller) = caller(bank, visit)? else { return Ok(Redirect::to("/").into_response()) };
        Ok(html(pages::caller(texts, visit, &caller, Note::None, None)))
    })
    .await
}

async fn code(State(bank): State<Arc<Bank>>, headers: HeaderMap, Form(form): Form<CodeForm>) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        let Some(caller) = caller(bank, visit)? else { return Ok(Redirect::to("/").into_response()) };
        let (now, typed) = (bank.clock.now(), (form.csn.as_str(), form.random.as_str()));
        let answer = bank.write(|db| codes::answer(db, &bank.cards, visit, &caller.user.id, typed, now))?;
        let status = if answer.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let page = pages::caller(texts, visit, &caller, Note::None, Some(&answer));
        Ok((status, html(page)).into_response())
    })
    .await
}

async fn result(State(bank): State<Arc<Bank>>, headers: HeaderMap, Form(form): Form<ResultForm>) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        let Some(caller) = caller(bank, visit)? else { return Ok(Redirect::to("/").into_response()) };
        let now = bank.clock.now();
        let noted = bank
            .write(|db| codes::note(db, visit, &caller.user.id, &form.csn, form.number, form.result, now))?;
        let (status, note) = if noted {
            (StatusCode::OK, Note::Good("desk-result-noted"))
        } else {
            (StatusCode::CONFLICT, Note::Bad("desk-result-late"))
        };
        Ok((status, html(pages::caller(texts, visit, &caller, note, None))).into_response())
    })
    .await
}

async fn leave(State(bank): State<Arc<Bank>>, headers: HeaderMap, Form(form): Form<PlainForm>) -> Response {
    visit(bank, headers, Some(form.csrf), |bank, visit, _| {
        bank.write(|db| visits::set_caller(db, visit, None))?;
        Ok(Redirect::to("/").into_response())
    })
    .await
}

async fn show_log(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Query(page): Query<LogPage>,
) -> Response {
    visit(bank, headers, None, move |bank, visit, texts| {
        let entries = bank.write(|db| log::read(db, page.before, LOG_PAGE))?;
        let full = u32::try_from(entries.len()).is_ok_and(|n| n == LOG_PAGE);
        let older = entries.last().filter(|_| full).map(|entry| entry.id);
        Ok(html(pages::log(texts, visit, &entries, older)))
    })
    .await
}

/// Runs `work` for a logged-in operator; with a form, only if the form came from our own page.
pub(super) async fn visit(
    bank: Arc<Bank>,
    headers: HeaderMap,
    form_token: Option<String>,
    work: impl FnOnce(&Bank, &Visit, &'static Texts) -> Result<Response> + Send + 'static,
) -> Response {
    let texts = Texts::of(cookie(&headers, LANGUAGE));
    let Some(token) = cookie(&headers, VISIT).map(str::to_owned) else {
        return Redirect::to("/login").into_response();
    };
    let answer = blocking(&bank, move |bank| -> Result<Response> {
        let now = bank.clock.now();
        let Some(visit) = bank.write(|db| visits::resume(db, &token, now))? else {
            return Ok(Redirect::to("/login").into_response());
        };
        if form_token.is_some_and(|form_token| !same(&form_token, &visit.form_token)) {
            let page = pages::message(texts, Note::Bad("desk-form-stale"));
            return Ok((StatusCode::FORBIDDEN, html(page)).into_response());
        }
        work(bank, &visit, texts)
    });
    answer.await.unwrap_or_else(|error| failed(texts, &error))
}

fn caller(bank: &Bank, visit: &Visit) -> Result<Option<Caller>> {
    let Some(id) = &visit.caller else { return Ok(None) };
    bank.write(|db| {
        let Some(row) = customers::user(db, id.as_str())? else { return Ok(None) };
        let customers = customers::of_user(db, id)?.into_iter().map(|access| access.customer).collect();
        Ok(Some(Caller { user: row.user, customers, cards: cards::of_user(db, id)? }))
    })
}

fn login_page(headers: &HeaderMap, status: StatusCode, note: Note<'_>) -> Response {
    let form_token = visits::random();
    let page = pages::login(Texts::of(cookie(headers, LANGUAGE)), &form_token, note);
    with_cookie((status, html(page)).into_response(), LOGIN_FORM, &form_token)
}

fn failed(texts: &Texts, error: &BankError) -> Response {
    tracing::error!(code = error.code(), %error, "a page of the desk failed");
    (StatusCode::INTERNAL_SERVER_ERROR, html(pages::message(texts, Note::Bad("desk-failed")))).into_response()
}

/// A page as an answer.
pub(super) fn html(page: Markup) -> Response {
    Html(page.into_string()).into_response()
}

/// Sets a cookie for the browser's session. Names and values are ours: letters, digits and dashes.
fn with_cookie(mut response: Response, name: &str, value: &str) -> Response {
    if let Ok(line) = HeaderValue::from_str(&format!("{name}={value}; {COOKIE_RULES}")) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
