//! Requests out and answers in: what a failure means, limits on the size and the silence of answers.

use std::time::Duration;

use futures_util::{Stream, StreamExt};
use protocol::Problem;
use reqwest::{RequestBuilder, Response};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::connection::kapocs::error::CallError;

/// An event stream is silent at most so long: the bank sends heartbeats.
const STREAM_SILENCE: Duration = Duration::from_secs(60);
/// Largest answer that is read into memory.
const MAX_ANSWER: usize = 64 << 20;

/// Sends a request and reads a JSON answer.
pub(super) async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, CallError> {
    let response = accepted(send(request).await?).await?;
    parse(&body(response).await?)
}

/// Sends a request that is answered by no content.
pub(super) async fn nothing(request: RequestBuilder) -> Result<(), CallError> {
    let _: Response = accepted(send(request).await?).await?;
    Ok(())
}

pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CallError> {
    serde_json::from_slice(bytes).map_err(|e| CallError::Nonsense(e.to_string()))
}

pub(super) async fn send(request: RequestBuilder) -> Result<Response, CallError> {
    request.send().await.map_err(|e| transport(&e))
}

/// The response if the bank agreed, else the reason that it gave.
pub(super) async fn accepted(response: Response) -> Result<Response, CallError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let is_problem = response
        .headers()
        .get(reqwest::header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with(protocol::PROBLEM_MEDIA_TYPE));
    let bytes = body(response).await?;
    match serde_json::from_slice::<Problem>(&bytes) {
        Ok(problem) if is_problem => Err(CallError::Refused(Box::new(problem))),
        _ => Err(CallError::Nonsense(format!("status {status} without a reason"))),
    }
}

pub(super) async fn body(response: Response) -> Result<Vec<u8>, CallError> {
    let mut bytes = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk.map_err(|e| transport(&e))?);
        if bytes.len() > MAX_ANSWER {
            return Err(CallError::Nonsense("the answer is too large".to_owned()));
        }
    }
    Ok(bytes)
}

/// Sorts out what a failed transport means for the call.
pub(super) fn transport(error: &reqwest::Error) -> CallError {
    let text = chain(error);
    if error.is_connect() {
        // A certificate that does not fit is found while connecting, before anything is sent.
        let certificate = text.contains("certificate") || text.contains("UnknownIssuer");
        return if certificate { CallError::Untrusted(text) } else { CallError::Unreachable(text) };
    }
    if error.is_decode() {
        return CallError::Nonsense(text);
    }
    CallError::AnswerLost(text)
}

/// The whole chain of causes; reqwest's own text hides them.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

pub(super) fn leaf_fingerprint(response: &Response) -> Result<[u8; 32], CallError> {
    response
        .extensions()
        .get::<reqwest::tls::TlsInfo>()
        .and_then(|info| info.peer_certificate())
        .map(|der| Sha256::digest(der).into())
        .ok_or_else(|| CallError::Untrusted("the server showed no certificate".to_owned()))
}

/// Ends a stream that carries no byte for [`STREAM_SILENCE`]: a line that died without a word.
pub(super) fn until_silent<S, B>(
    bytes: S,
) -> impl Stream<Item = Result<B, CallError>> + Send + Unpin + 'static
where
    S: Stream<Item = Result<B, CallError>> + Send + 'static,
    B: Send + 'static,
{
    let quiet = || CallError::AnswerLost("the bank fell silent".to_owned());
    Box::pin(futures_util::stream::unfold(Some(Box::pin(bytes)), move |state| async move {
        let mut bytes = state?;
        match tokio::time::timeout(STREAM_SILENCE, bytes.next()).await {
            Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(bytes))),
            Ok(Some(Err(error))) => Some((Err(error), None)),
            Ok(None) => None,
            Err(_) => Some((Err(quiet()), None)),
        }
    }))
}
