//! Messages between the customer and the bank.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::{MessagePage, WriteMessage};

use super::caller::{Body, OfCustomer, OfMessage, PageOf, Token};
use super::reply::Answer;
use crate::bank::{Bank, blocking};
use crate::error::Refusal;
use crate::{customers, messages, sessions};

pub async fn page(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfCustomer,
    page: PageOf,
) -> Answer<MessagePage> {
    let messages = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            customers::permitted(db, &session.user, &of.customer)?;
            messages::page(db, &of.customer, &session.user, page.after.as_ref(), page.rows())
        })
    });
    Ok(Json(messages.await?))
}

pub async fn write(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfCustomer,
    Body(message): Body<WriteMessage>,
) -> Result<StatusCode, Refusal> {
    blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            customers::permitted(db, &session.user, &of.customer)?;
            messages::write(db, &of.customer, Some(&session.user), &message, now)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn read(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfMessage,
) -> Result<StatusCode, Refusal> {
    blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            customers::permitted(db, &session.user, &of.customer)?;
            messages::read(db, &of.customer, &session.user, of.message)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
