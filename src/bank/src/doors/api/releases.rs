//! Releases of the client program that the bank hands out. The bank only carries them: it has no key, and the client
//! believes nothing that the key of its connection file has not signed.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use protocol::ProblemCode;
use protocol::release::SignedRelease;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use super::reply::Answer;
use crate::bank::{Bank, blocking};
use crate::ground::error::Refusal;

/// The newest release.
pub(super) async fn newest(State(bank): State<Arc<Bank>>) -> Answer<SignedRelease> {
    let newest = blocking(&bank, |bank| bank.releases().newest()).await?;
    Ok(Json(newest.ok_or(ProblemCode::ReleaseUnknown)?))
}

/// A file of a release.
pub(super) async fn file(
    State(bank): State<Arc<Bank>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let path = bank.releases().file(&name).ok_or(ProblemCode::ReleaseUnknown)?;
    match ServeFile::new(path).oneshot(request).await {
        Ok(response) => Ok(response.into_response()),
        Err(never) => match never {},
    }
}
