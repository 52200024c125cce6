//! Logging in with a virtual chip card: the browser's login key signs the bank's challenge, the user's personal
//! code is compared, a session begins.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::UserId;
use maud::html;
use protocol::{Base64Bytes, ProblemCode};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::problem::{WebProblem, codes};
use super::sessions::{self, Opening};
use super::shell::{self, Shell};
use super::statements::LoginStatement;
use super::visitor::{Anybody, LoggedIn};
use super::{guard, rights};
use crate::bank::{Bank, blocking, blocking_in};
use crate::doors::http::cookie;
use crate::ground::lanes::Lane;
use crate::ground::random;
use crate::people::virtual_cards::{self, CardState, Guess, VirtualCard};
use crate::people::{error_points, revocation, users};

/// Whose card wants in.
#[derive(Deserialize)]
pub(super) struct Wish {
    user: String,
}

#[derive(Serialize)]
struct Given {
    challenge: String,
    time: String,
}

/// A signed statement and the personal code.
#[derive(Deserialize)]
pub(super) struct Login {
    statement: String,
    signature: Base64Bytes,
    personal_code: String,
}

pub(super) async fn show(Anybody(call): Anybody) -> Response {
    if call.session.is_some() {
        return Redirect::to("/").into_response();
    }
    let texts = call.texts;
    let token = random::token();
    let body = html! {
        section.panel.slim {
            noscript { (shell::notice(false, &texts.text("web-needs-script"))) }
            div data-no-card hidden {
                p { (texts.text("web-login-no-card")) }
                p { a.button.primary href="/register" { (texts.text("web-login-register")) } }
            }
            form data-login method="post" hidden
                data-text-network=(texts.text("web-script-network"))
                data-text-key=(texts.text("web-script-key")) {
                fieldset {
                    legend { (texts.text("web-login-card")) }
                    div data-cards {}
                }
                label for="personal-code" { (texts.text("web-personal-code")) }
                input id="personal-code" name="personal-code" type="password" inputmode="numeric"
                    autocomplete="off" maxlength="12" required;
                p.notice.bad role="alert" data-error hidden {}
                button.primary type="submit" { (texts.text("web-login-submit")) }
            }
            p.hint data-other-card hidden { a href="/register" { (texts.text("web-login-other-card")) } }
        }
        p.hint.slim { (texts.text("web-login-help")) }
    };
    let page = shell::page(&Shell::new(texts).with_form_token(&token), &texts.text("web-login-title"), body);
    cookie::set(page, guard::FORM, &token)
}

/// Gives a challenge; unknown users get one too, so that nobody learns who exists.
pub(super) async fn challenge(
    State(bank): State<Arc<Bank>>,
    Anybody(call): Anybody,
    Json(wish): Json<Wish>,
) -> Response {
    let Ok(user) = wish.user.parse::<UserId>() else {
        return WebProblem::from(ProblemCode::LoginStatementInvalid).json(call.texts);
    };
    let given = bank.challenges.give(&user, bank.clock.now());
    Json(Given {
        challenge: hex::encode(given.challenge.as_slice()),
        time: given.server_time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
    })
    .into_response()
}

/// Checks a login and opens the session.
pub(super) async fn log_in(
    State(bank): State<Arc<Bank>>,
    Anybody(call): Anybody,
    Json(login): Json<Login>,
) -> Response {
    match blocking_in(&bank, Lane::SlowHash, move |bank| admit(bank, &login)).await {
        Ok(token) => {
            let answer = Json(serde_json::json!({ "location": "/" })).into_response();
            cookie::set(cookie::set(answer, guard::SESSION, &token), guard::FORM, "")
        }
        Err(problem) => problem.json(call.texts),
    }
}

pub(super) async fn log_out(State(bank): State<Arc<Bank>>, visitor: LoggedIn) -> Response {
    let LoggedIn { session, texts, by_script } = visitor;
    match blocking(&bank, move |bank| bank.write(|db| session.close(db))).await {
        Ok(()) => cookie::set(Redirect::to("/login").into_response(), guard::SESSION, ""),
        Err(error) => guard::refuse(&error.into(), texts, by_script),
    }
}

/// The cookie of a new session. The slow comparison stands between two transactions, so nobody waits for it.
fn admit(bank: &Bank, login: &Login) -> Result<String, WebProblem> {
    let now = bank.clock.now();
    let proven = prove(bank, login, now)?;
    // What a refusal changes (an error point) must stay, so it leaves the transaction as a value.
    let (card, guess) = bank.write(|db| -> Result<_, WebProblem> {
        let card = match judge(bank, db, &proven, now)? {
            Ok(card) => card,
            Err(problem) => return Ok(Err(problem)),
        };
        let guess = virtual_cards::begin_guess(db, &card.user, &card.id)?;
        Ok(Ok((card, guess)))
    })??;
    let Guess::Against(hash) = guess else { return Err(ProblemCode::LoginUserLocked.into()) };
    let right = hash.is_of(&login.personal_code)?;
    let opened = bank.write(|db| -> Result<_, WebProblem> {
        virtual_cards::settle_guess(db, &card.user, right)?;
        if !right {
            return Ok(None);
        }
        let row = users::find(db, card.user.as_str())?.ok_or(ProblemCode::LoginUserUnknown)?;
        let choices = rights::customers_for_web(db, &card.user)?;
        let only = if let [access] = choices.as_slice() { Some(&access.customer.id) } else { None };
        users::note_login(db, &card.user, now)?;
        virtual_cards::note_login(db, &card.id, now)?;
        let opening = Opening {
            user: &card.user,
            card: &card.id,
            previous_login: row.last_login,
            customer: only,
            life: bank.session_life(),
        };
        Ok(Some(sessions::open(db, &opening, now)?))
    })?;
    opened.ok_or_else(|| WebProblem::new(codes::PERSONAL_CODE_WRONG))
}

/// A statement that a card's own login key has signed: its user may learn more than strangers do.
struct Proven {
    statement: LoginStatement,
    card: String,
    /// Whether the card's certificate is one that the bank takes today.
    is_trusted: bool,
}

/// Reads a login and verifies its signature, before a transaction begins.
fn prove(bank: &Bank, login: &Login, now: DateTime<Utc>) -> Result<Proven, WebProblem> {
    let bytes = login.statement.as_bytes();
    let statement = LoginStatement::parse(bytes).ok_or(ProblemCode::LoginStatementInvalid)?;
    let card = bank
        .read(|db| virtual_cards::find(db, &statement.card))?
        .filter(|card| card.user.as_str() == statement.user)
        .ok_or_else(|| WebProblem::new(codes::CARD_UNKNOWN))?;
    let digest = Sha256::digest(bytes).into();
    if !card.login.verifies(&digest, login.signature.as_slice()) {
        return Err(ProblemCode::LoginSignatureInvalid.into());
    }
    let is_trusted = bank.identity.trust().check(&card.login, &[], now).is_ok();
    Ok(Proven { statement, card: card.id, is_trusted })
}

/// The card, if its statement is good. The inner error is the answer, with what it changed kept.
fn judge(
    bank: &Bank,
    db: &Connection,
    proven: &Proven,
    now: DateTime<Utc>,
) -> Result<Result<VirtualCard, WebProblem>, WebProblem> {
    let statement = &proven.statement;
    let card = virtual_cards::find(db, &proven.card)?.ok_or_else(|| WebProblem::new(codes::CARD_UNKNOWN))?;
    if card.state != CardState::Active {
        return Err(WebProblem::new(codes::CARD_CLOSED));
    }
    let login = hex::encode(card.login.fingerprint());
    if !proven.is_trusted || revocation::has_ended(db, &login, now)? {
        return Err(ProblemCode::LoginCertificateRevoked.into());
    }
    if users::find(db, card.user.as_str())?.is_none_or(|row| row.locked) {
        return Err(ProblemCode::LoginUserLocked.into());
    }
    let refused = if statement.origin == bank.web_origin() {
        bank.challenges.take(&statement.challenge, &card.user, now).err()
    } else {
        Some(ProblemCode::LoginWrongServer)
    };
    if let Some(code) = refused {
        if matches!(code, ProblemCode::LoginWrongServer | ProblemCode::LoginChallengeReplayed) {
            error_points::add(db, &card.user)?;
        }
        return Ok(Err(code.into()));
    }
    if !rights::may_use_web(db, &card.user)? {
        return Err(WebProblem::new(codes::NOT_ENABLED));
    }
    Ok(Ok(card))
}
