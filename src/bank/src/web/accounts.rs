//! Accounts, transactions, rights, secondary identifiers.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::{AccountList, CustomerAccess, SecondaryIdAnswer, SecondaryIdQuestion, TransactionPage};

use super::caller::{Body, OfCustomer, PageOf, Token};
use super::reply::Answer;
use crate::administration::one_time_codes;
use crate::bank::{Bank, blocking};
use crate::error::Refusal;
use crate::{customers, history, ledger, proxies, sessions};

pub async fn customer(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfCustomer,
) -> Answer<CustomerAccess> {
    let access = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            customers::permitted(db, &session.user, &of.customer)
        })
    });
    Ok(Json(access.await?))
}

pub async fn list(State(bank): State<Arc<Bank>>, Token(token): Token, of: OfCustomer) -> Answer<AccountList> {
    let list = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            let access = customers::permitted(db, &session.user, &of.customer)?;
            let mut accounts = Vec::new();
            for account in ledger::accounts_of(db, &of.customer)? {
                let info = ledger::info(db, &account, now)?;
                if customers::may_view(&session.user, &access.authority, info.account.number) {
                    accounts.push(info);
                }
            }
            Ok::<_, Refusal>(AccountList { accounts })
        })
    });
    Ok(Json(list.await?))
}

pub async fn transactions(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfCustomer,
    page: PageOf,
) -> Answer<TransactionPage> {
    let page = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            let access = customers::permitted(db, &session.user, &of.customer)?;
            history::page(
                db,
                &session.user,
                &of.customer,
                &access.authority,
                page.after.as_ref(),
                page.rows(),
            )
        })
    });
    Ok(Json(page.await?))
}

/// Sends a one-time code to an identifier that is to be registered.
pub async fn one_time_code(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfCustomer,
    Body(question): Body<SecondaryIdQuestion>,
) -> Result<StatusCode, Refusal> {
    blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            customers::permitted(db, &session.user, &of.customer)?;
            one_time_codes::send(db, &of.customer, &question.id, now)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn secondary_id(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    Body(question): Body<SecondaryIdQuestion>,
) -> Answer<SecondaryIdAnswer> {
    let answer = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            sessions::use_token(db, &token, now)?;
            let exists = proxies::resolve(db, &question.id)?.is_some();
            Ok::<_, Refusal>(SecondaryIdAnswer { exists })
        })
    });
    Ok(Json(answer.await?))
}
