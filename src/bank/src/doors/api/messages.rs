//! Messages between the customer and the bank.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::{MessagePage, WriteMessage};

use super::as_user::{asks_at_customer, at_customer};
use super::caller::{Body, OfCustomer, OfMessage, PageOf, Token};
use super::reply::Answer;
use crate::bank::Bank;
use crate::ground::error::Refusal;
use crate::people::messages;

pub(super) async fn page(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfCustomer,
    page: PageOf,
) -> Answer<MessagePage> {
    let found = asks_at_customer(&bank, token, of.customer, move |seat| {
        let (customer, user) = (&seat.access.customer.id, &seat.session.user);
        messages::page(seat.db, customer, user, page.after.as_ref(), page.rows())
    });
    found.await.map(Json)
}

pub(super) async fn write(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfCustomer,
    Body(message): Body<WriteMessage>,
) -> Result<StatusCode, Refusal> {
    at_customer(&bank, token, of.customer, move |seat| {
        messages::write(seat.db, &seat.access.customer.id, Some(&seat.session.user), &message, seat.now)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn read(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfMessage,
) -> Result<StatusCode, Refusal> {
    at_customer(&bank, token, of.customer, move |seat| {
        messages::read(seat.db, &seat.access.customer.id, &seat.session.user, of.message)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
