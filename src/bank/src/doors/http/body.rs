//! Bodies of calls: a sender that falls silent is given up, and what nobody has read of a body is swallowed before the
//! answer leaves. A connection that is closed over unread bytes takes the answer with it, and the caller would see a
//! broken pipe instead of why it was refused.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::stream::{StreamExt, unfold};
use tokio::sync::Mutex;
use tokio::time::timeout;

/// A sender may be silent for so long in the middle of a body.
const SILENCE: Duration = Duration::from_secs(15);
/// Bytes of a refused body that are swallowed at most; nothing of them is kept.
const SWALLOWED: usize = 128 << 20;
/// So long the bank swallows.
const SWALLOWING: Duration = Duration::from_secs(20);

/// A body that is read here and there: by the call, and what is left of it after the answer is known.
type Source = Arc<Mutex<BodyDataStream>>;

/// Sees a call's body through to its end, whatever becomes of the call.
pub(crate) async fn see_through(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let is_worth_it = is_worth_swallowing(&parts.headers);
    let source: Source = Arc::new(Mutex::new(body.into_data_stream()));
    let body = Body::from_stream(unfold(Arc::clone(&source), |source| async move {
        let chunk = next_chunk(&source, SILENCE).await?;
        Some((chunk, source))
    }));
    let response = next.run(Request::from_parts(parts, body)).await;
    if is_worth_it && timeout(SWALLOWING, swallow(&source)).await.is_err() {
        tracing::debug!("a refused body did not end in time");
    }
    response
}

/// The next piece of a body; an error when its sender is silent for too long.
async fn next_chunk(source: &Source, silence: Duration) -> Option<io::Result<Bytes>> {
    let mut source = source.lock().await;
    match timeout(silence, source.next()).await {
        Ok(chunk) => chunk.map(|chunk| chunk.map_err(io::Error::other)),
        Err(_) => Some(Err(io::ErrorKind::TimedOut.into())),
    }
}

async fn swallow(source: &Source) {
    let (mut source, mut swallowed) = (source.lock().await, 0_usize);
    while let Some(Ok(chunk)) = source.next().await {
        swallowed = swallowed.saturating_add(chunk.len());
        if swallowed > SWALLOWED {
            return;
        }
    }
}

/// Not for a body that is too long to be swallowed anyway, and not for one whose sender waits for a word before it
/// begins: to ask for it only to throw it away helps nobody.
fn is_worth_swallowing(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    !headers.contains_key(header::EXPECT) && length.is_none_or(|length: usize| length <= SWALLOWED)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::http::StatusCode;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use futures_util::stream;
    use tower::ServiceExt;

    use super::*;

    /// Calls a bank that refuses everything unread; gives how many of the body's pieces it took.
    async fn refused(pieces: usize, headers: &[(header::HeaderName, &str)]) -> usize {
        let taken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&taken);
        let body = stream::iter(0..pieces).map(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(Bytes::from_static(&[0; 1 << 16]))
        });
        let router = Router::new()
            .route("/", post(async || StatusCode::UNSUPPORTED_MEDIA_TYPE))
            .layer(from_fn(see_through));
        let mut request = Request::post("/").body(Body::from_stream(body)).unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        taken.load(Ordering::Relaxed)
    }

    #[tokio::test]
    async fn a_refused_body_is_swallowed_within_its_limits() {
        assert_eq!(refused(40, &[]).await, 40);
        assert_eq!(refused(1 << 16, &[]).await, (SWALLOWED >> 16) + 1, "not for ever");
        assert_eq!(refused(40, &[(header::EXPECT, "100-continue")]).await, 0);
        assert_eq!(refused(40, &[(header::CONTENT_LENGTH, "999999999999")]).await, 0);
    }

    #[tokio::test]
    async fn a_sender_that_falls_silent_is_given_up() {
        let half = stream::once(async { Ok::<_, Infallible>(Bytes::from_static(b"half")) });
        let body = Body::from_stream(half.chain(stream::pending()));
        let source: Source = Arc::new(Mutex::new(body.into_data_stream()));
        let next = async || next_chunk(&source, Duration::from_millis(20)).await.unwrap();
        assert_eq!(next().await.unwrap(), "half");
        assert_eq!(next().await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
