//! Accounts, transactions, rights, secondary identifiers.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::{AccountList, CustomerAccess, SecondaryIdAnswer, SecondaryIdQuestion, TransactionPage};

use super::as_user::{asks_at_customer, at_customer, user_asks};
use super::caller::{Body, OfCustomer, PageOf, Token};
use super::reply::Answer;
use crate::accounts::{history, ledger, proxies, view};
use crate::bank::Bank;
use crate::ground::error::Refusal;
use crate::orders::administration::one_time_codes;

pub(super) async fn customer(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfCustomer,
) -> Answer<CustomerAccess> {
    asks_at_customer(&bank, token, of.customer, |seat| Ok(seat.access.clone())).await.map(Json)
}

pub(super) async fn list(State(bank): State<Arc<Bank>>, token: Token, of: OfCustomer) -> Answer<AccountList> {
    let list = asks_at_customer(&bank, token, of.customer, |seat| {
        let mut accounts = Vec::new();
        for account in ledger::accounts_of(seat.db, &seat.access.customer.id)? {
            let info = ledger::info(seat.db, &account, seat.now)?;
            if view::may_view(&seat.session.user, &seat.access.authority, info.account.number) {
                accounts.push(info);
            }
        }
        Ok(AccountList { accounts })
    });
    list.await.map(Json)
}

pub(super) async fn transactions(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfCustomer,
    page: PageOf,
) -> Answer<TransactionPage> {
    let found = asks_at_customer(&bank, token, of.customer, move |seat| {
        let (user, access) = (&seat.session.user, seat.access);
        history::page(seat.db, user, &access.customer.id, &access.authority, page.after.as_ref(), page.rows())
    });
    found.await.map(Json)
}

/// Sends a one-time code to an identifier that is to be registered.
pub(super) async fn one_time_code(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfCustomer,
    Body(question): Body<SecondaryIdQuestion>,
) -> Result<StatusCode, Refusal> {
    at_customer(&bank, token, of.customer, move |seat| {
        one_time_codes::send(seat.db, &seat.access.customer.id, &question.id, seat.now)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn secondary_id(
    State(bank): State<Arc<Bank>>,
    token: Token,
    Body(question): Body<SecondaryIdQuestion>,
) -> Answer<SecondaryIdAnswer> {
    let answer = user_asks(&bank, token, move |caller| {
        Ok(SecondaryIdAnswer { exists: proxies::resolve(caller.db, &question.id)?.is_some() })
    });
    answer.await.map(Json)
}
