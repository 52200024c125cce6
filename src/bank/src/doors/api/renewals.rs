//! Renewing certificates.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::{RenewalAnswer, RenewalRequest};

use super::as_user::{as_user, let_in};
use super::caller::{Body, OfRenewal, Token};
use super::reply::Answer;
use crate::bank::{Bank, blocking_in};
use crate::ground::error::Refusal;
use crate::ground::lanes::Lane;
use crate::people::renewal::{self, Asked, Context};

pub(super) async fn renew(
    State(bank): State<Arc<Bank>>,
    token: Token,
    Body(request): Body<RenewalRequest>,
) -> Answer<RenewalAnswer> {
    let answer = blocking_in(&bank, Lane::Examine, move |bank| {
        let asked = Asked::of(&request, &bank.trust()?, bank.clock.now())?;
        let_in(bank, &token.0, |caller| {
            let context = Context {
                identity: &bank.identity,
                window_days: bank.rules.profile.token.renewal_days,
                now: caller.now,
            };
            renewal::renew(caller.db, &context, caller.session, &asked)
        })
    });
    answer.await.map(Json)
}

pub(super) async fn done(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfRenewal,
) -> Result<StatusCode, Refusal> {
    as_user(&bank, token, move |caller| {
        renewal::done(caller.db, &caller.session.user, of.renewal, caller.now)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
