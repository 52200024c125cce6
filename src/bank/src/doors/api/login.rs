//! Challenge, login, session, logout.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::{Challenge, ChallengeRequest, LoginRequest, Session, SessionToken};

use super::as_user::user_asks;
use super::caller::{Body, Token};
use super::reply::Answer;
use crate::bank::{Bank, blocking};
use crate::ground::error::{BankError, Refusal};
use crate::people::{login, sessions};

pub(super) async fn challenge(
    State(bank): State<Arc<Bank>>,
    Body(request): Body<ChallengeRequest>,
) -> Answer<Challenge> {
    Ok(Json(bank.challenges.give(&request.user, bank.clock.now())))
}

pub(super) async fn login(
    State(bank): State<Arc<Bank>>,
    Body(request): Body<LoginRequest>,
) -> Answer<Session> {
    let session = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        let proven = login::prove(&request, &bank.trust()?, now)?;
        // A refused login is written down too (error points), so the refusal must not roll back.
        let outcome = bank.write(|db| -> std::result::Result<_, BankError> {
            bank.as_server(|server| login::check(db, &bank.challenges, server, proven, now))
        })?;
        let admitted = outcome?;
        bank.write(|db| {
            let token = sessions::open(db, &admitted, bank.session_life(), now)?;
            let session = sessions::use_token(db, &token.0, now)?;
            Ok::<_, Refusal>(sessions::describe(db, token, &session)?)
        })
    });
    Ok(Json(session.await?))
}

pub(super) async fn session(State(bank): State<Arc<Bank>>, token: Token) -> Answer<Session> {
    let name = SessionToken(token.0.clone());
    let session = user_asks(&bank, token, |caller| Ok(sessions::describe(caller.db, name, caller.session)?));
    session.await.map(Json)
}

pub(super) async fn logout(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&bank, move |bank| bank.write(|db| sessions::close(db, &token))).await?;
    Ok(StatusCode::NO_CONTENT)
}
