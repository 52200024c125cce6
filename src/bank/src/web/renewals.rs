//! Renewing certificates.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::{RenewalAnswer, RenewalRequest};

use super::caller::{Body, OfRenewal, Token};
use super::reply::Answer;
use crate::bank::{Bank, blocking};
use crate::error::Refusal;
use crate::renewal::{self, Context};
use crate::sessions;

pub async fn renew(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    Body(request): Body<RenewalRequest>,
) -> Answer<RenewalAnswer> {
    let answer = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            let context = Context {
                identity: &bank.identity,
                trust: &bank.trust(db)?,
                window_days: bank.rules.profile.token.renewal_days,
                now,
            };
            renewal::renew(db, &context, &session, &request)
        })
    });
    Ok(Json(answer.await?))
}

pub async fn done(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfRenewal,
) -> Result<StatusCode, Refusal> {
    blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            renewal::done(db, &session.user, of.renewal, now)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
