//! Releases of the client program that the bank hands out: `releases/manifest.json` of the data folder, its
//! signature `manifest.json.minisig`, and the files in `releases/files`. The bank only carries them: it has no key,
//! and the client believes nothing that the key of its connection file has not signed.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use protocol::ProblemCode;
use protocol::release::SignedRelease;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use super::reply::Answer;
use crate::BankError;
use crate::bank::Bank;
use crate::error::Refusal;

/// The newest release.
pub async fn newest(State(bank): State<Arc<Bank>>) -> Answer<SignedRelease> {
    let folder = bank.releases();
    let read = |name: &str| {
        let path = folder.join(name);
        async move {
            match tokio::fs::read_to_string(&path).await {
                Ok(text) => Ok(text),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    Err(Refusal::from(ProblemCode::ReleaseUnknown))
                }
                Err(error) => Err(BankError::io(path.display())(error).into()),
            }
        }
    };
    let manifest = read("manifest.json").await?;
    Ok(Json(SignedRelease { manifest, signature: read("manifest.json.minisig").await? }))
}

/// A file of a release; only names without folders exist.
pub async fn file(
    State(bank): State<Arc<Bank>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let path: PathBuf = bank.releases().join("files").join(&name);
    if name.starts_with('.') || !name.chars().all(plain) || !path.is_file() {
        return Err(ProblemCode::ReleaseUnknown.into());
    }
    match ServeFile::new(path).oneshot(request).await {
        Ok(response) => Ok(response.into_response()),
        Err(never) => match never {},
    }
}
