//! What a call brings along: its session token, its place in the address, its page.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Json, Path, Query};
use axum::http::Method;
use axum::http::request::Parts;
use domain::{CustomerId, PackageId};
use protocol::{Cursor, ProblemCode, SESSION_HEADER};
use serde::Deserialize;
use uuid::Uuid;

use crate::bank::{Bank, blocking};
use crate::ground::error::Refusal;
use crate::people::sessions;

/// Rows of a page when the caller names no number, and at most.
const PAGE: u32 = 500;

/// The session token of the `Authorization` header. Whether it is good the handler asks the bank, in the transaction of
/// its work; for a call that brings a body the bank is asked before, too: it reads nothing for strangers.
pub(super) struct Token(pub String);

impl FromRequestParts<Arc<Bank>> for Token {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, bank: &Arc<Bank>) -> Result<Self, Refusal> {
        let token = parts
            .headers
            .get(SESSION_HEADER)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .ok_or(ProblemCode::SessionExpired)?;
        let token = token.to_owned();
        if matches!(parts.method, Method::POST | Method::PUT) {
            let asking = token.clone();
            blocking(bank, move |bank| {
                bank.read(|db| sessions::look_up(db, &asking, bank.clock.now()).map(drop))
            })
            .await?;
        }
        Ok(Self(token))
    }
}

/// A JSON body whose errors are problem documents.
#[derive(FromRequest)]
#[from_request(via(Json), rejection(Refusal))]
pub(super) struct Body<T>(pub T);

/// The customer of the address.
#[derive(Deserialize, FromRequestParts)]
#[from_request(via(Path), rejection(Refusal))]
pub(super) struct OfCustomer {
    pub customer: CustomerId,
}

/// The package of the address.
#[derive(Deserialize, FromRequestParts)]
#[from_request(via(Path), rejection(Refusal))]
pub(super) struct OfPackage {
    pub customer: CustomerId,
    pub package: PackageId,
}

/// The message of the address.
#[derive(Deserialize, FromRequestParts)]
#[from_request(via(Path), rejection(Refusal))]
pub(super) struct OfMessage {
    pub customer: CustomerId,
    pub message: Uuid,
}

/// The renewal of the address.
#[derive(Deserialize, FromRequestParts)]
#[from_request(via(Path), rejection(Refusal))]
pub(super) struct OfRenewal {
    pub renewal: Uuid,
}

#[derive(Deserialize, FromRequestParts)]
#[from_request(via(Query), rejection(Refusal))]
pub(super) struct PageOf {
    pub after: Option<Cursor>,
    limit: Option<u32>,
}

impl PageOf {
    /// Rows of the page: at least 1, at most 500.
    pub(super) fn rows(&self) -> u32 {
        self.limit.unwrap_or(PAGE).clamp(1, PAGE)
    }
}
