//! The desk over HTTP: addresses, and headers that leave a browser nothing to misuse.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Form, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::search;
use serde::Deserialize;

use super::operators::{Attempts, KNOWN_DAYS, Knock};
use super::pages::{self, Caller, Note};
use super::visit::{LANGUAGE, PlainForm, VISIT, failed, html, visit};
use super::visits::{self, Visit};
use super::{codes, identification, log, office, operators, texts};
use crate::bank::{Bank, blocking, blocking_in};
use crate::doors::faults::Faults;
use crate::doors::http::body::see_through;
use crate::doors::http::cookie;
use crate::doors::http::form::is_ours;
use crate::doors::http::patience::give_up_when_slow;
use crate::doors::http::peer::Peer;
use crate::ground::error::Result;
use crate::ground::lanes::Lane;
use crate::ground::random;
use crate::people::cards::{self, Outcome};
use crate::people::{customers, users};

/// Largest form, in bytes.
const MAX_FORM: usize = 16 << 10;
/// Lines of one page of the log.
const LOG_PAGE: usize = 100;
/// Before login: the form's token, once in the form and once in this cookie.
const LOGIN_FORM: &str = "__Host-desk-login";
/// What a browser is known by in which an operator has logged in.
const BROWSER: &str = "__Host-desk-browser";
/// Nothing from anywhere but our own style sheet; forms go home; no frames.
const CONTENT_POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Everything on the desk's port.
pub(crate) fn router(bank: Arc<Bank>, faults: Arc<Faults>) -> Router {
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
        .layer(Extension(Arc::<Attempts>::default()))
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(from_fn(give_up_when_slow))
        .layer(from_fn(guard))
        .layer(from_fn(see_through))
        .with_state(bank)
}

#[derive(Deserialize)]
struct LoginForm {
    csrf: String,
    operator: String,
    password: String,
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
    /// Words that must stand in a line, as it is shown.
    #[serde(default)]
    q: String,
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
    let language = texts::of(Some(&language)).language;
    cookie::set(Redirect::to("/").into_response(), LANGUAGE, language.code())
}

async fn show_login(headers: HeaderMap) -> Response {
    login_page(&headers, StatusCode::OK, Note::None)
}

async fn log_in(
    State(bank): State<Arc<Bank>>,
    Extension(attempts): Extension<Arc<Attempts>>,
    Peer(address): Peer,
    headers: HeaderMap,
    Form(form): Form<LoginForm>,
) -> Response {
    if !cookie::read(&headers, LOGIN_FORM).is_some_and(|token| is_ours(token, &form.csrf)) {
        return login_page(&headers, StatusCode::FORBIDDEN, Note::Bad("desk-form-stale"));
    }
    let browser = cookie::read(&headers, BROWSER).map(str::to_owned);
    match let_in(&bank, attempts, address, browser, form).await {
        Ok(Ok((visit, browser))) => {
            let known = cookie::keep(Redirect::to("/").into_response(), BROWSER, &browser, KNOWN_DAYS);
            cookie::set(known, VISIT, &visit)
        }
        Ok(Err(why)) => login_page(&headers, StatusCode::UNAUTHORIZED, Note::Bad(why)),
        Err(error) => failed(texts::of(cookie::read(&headers, LANGUAGE)), &error),
    }
}

/// The cookies of a visit and of a known browser, or the text of why there are none. Whoever has had enough tries takes
/// no place among the slow hashes.
async fn let_in(
    bank: &Arc<Bank>,
    attempts: Arc<Attempts>,
    address: IpAddr,
    browser: Option<String>,
    form: LoginForm,
) -> Result<std::result::Result<(String, String), &'static str>> {
    let now = bank.clock.now();
    let begun = {
        let (attempts, browser, name) = (Arc::clone(&attempts), browser.clone(), form.operator.clone());
        blocking(bank, move |bank| {
            attempts.begin(bank, &Knock { name: &name, address, browser: browser.as_deref() }, now)
        })
        .await?
    };
    let Some(allowed) = begun else { return Ok(Err("desk-login-too-many")) };
    blocking_in(bank, Lane::SlowHash, move |bank| {
        let knock = Knock { name: &form.operator, address, browser: browser.as_deref() };
        let Some(browser) = operators::log_in(bank, &attempts, &allowed, &knock, &form.password, now)? else {
            return Ok(Err("desk-login-refused"));
        };
        Ok(Ok((bank.write(|db| visits::open(db, &form.operator, now))?, browser)))
    })
    .await
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
        let words = search::words(&page.q);
        let is_wanted = |entry: &log::Entry| {
            let shown = search::fold(&pages::log_line(texts, entry).join(" "));
            words.iter().all(|word| shown.contains(word))
        };
        let entries = bank.read(|db| log::read(db, page.before, LOG_PAGE, is_wanted))?;
        let older = entries.last().filter(|_| entries.len() == LOG_PAGE).map(|entry| entry.id);
        Ok(html(pages::log(texts, visit, &page.q, &entries, older)))
    })
    .await
}

fn caller(bank: &Bank, visit: &Visit) -> Result<Option<Caller>> {
    let Some(id) = &visit.caller else { return Ok(None) };
    bank.read(|db| {
        let Some(row) = users::find(db, id.as_str())? else { return Ok(None) };
        let customers = customers::of_user(db, id)?.into_iter().map(|access| access.customer).collect();
        Ok(Some(Caller { user: row.user, customers, cards: cards::of_user(db, id)? }))
    })
}

fn login_page(headers: &HeaderMap, status: StatusCode, note: Note<'_>) -> Response {
    let form_token = random::token();
    let page = pages::login(texts::of(cookie::read(headers, LANGUAGE)), &form_token, note);
    cookie::set((status, html(page)).into_response(), LOGIN_FORM, &form_token)
}
