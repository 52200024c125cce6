//! Makes the faults happen that wait for a call.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use protocol::ProblemCode;

use crate::doors::faults::{FaultKind, Faults, Scissors};
use crate::doors::http::problem::problem_response;

/// So long the first half of an answer may take to leave.
const FLUSHED: Duration = Duration::from_millis(200);

pub(super) async fn apply(State(faults): State<Arc<Faults>>, request: Request, next: Next) -> Response {
    let Some(fault) = faults.take(request.method().as_str(), request.uri().path()) else {
        return next.run(request).await;
    };
    tracing::info!(kind = ?fault.kind, path = request.uri().path(), "fault");
    let scissors = request.extensions().get::<Scissors>().cloned().unwrap_or_default();
    match fault.kind {
        FaultKind::DropAfterCommit => {
            let _ = next.run(request).await;
            cut(&scissors).await
        }
        FaultKind::CutConnection => cut(&scissors).await,
        FaultKind::Status500 => problem_response(&ProblemCode::Internal.into()),
        FaultKind::Delay => {
            tokio::time::sleep(Duration::from_millis(fault.millis)).await;
            next.run(request).await
        }
        FaultKind::Garbage => {
            let _ = next.run(request).await;
            let mut response = Body::from("{\"receipt\": <html>\u{fffd}\u{0}").into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        FaultKind::CutMidway => halved(next.run(request).await, scissors).await,
    }
}

/// Ends the connection; the call itself never answers.
async fn cut(scissors: &Scissors) -> Response {
    scissors.0.notify_one();
    std::future::pending().await
}

/// Gives the first half of an answer under the head of the whole, then ends the connection.
async fn halved(response: Response, scissors: Scissors) -> Response {
    let (mut head, body) = response.into_parts();
    let Ok(whole) = axum::body::to_bytes(body, usize::MAX).await else { return cut(&scissors).await };
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    head.headers.remove(header::TRANSFER_ENCODING);
    let half = whole.slice(..whole.len() / 2);
    let pieces = stream::unfold(Some(half), move |half| {
        let scissors = scissors.clone();
        async move {
            if let Some(half) = half {
                return Some((Ok::<_, Infallible>(half), None));
            }
            // What was given is on its way before the connection ends.
            tokio::time::sleep(FLUSHED).await;
            let _ = cut(&scissors).await;
            None
        }
    });
    Response::from_parts(head, Body::from_stream(pieces))
}
