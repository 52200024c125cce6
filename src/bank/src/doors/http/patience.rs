//! How long a call may take.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use protocol::{Problem, ProblemCode};

use super::problem::problem_response;

/// A call that takes longer is given up: a slow upload must not hold a connection for ever.
const CALL_TIMEOUT: Duration = Duration::from_secs(60);

/// Gives up a call that takes too long.
pub(crate) async fn give_up_when_slow(request: Request, next: Next) -> Response {
    match tokio::time::timeout(CALL_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            problem_response(&Problem::new(ProblemCode::Internal).with_detail("the call took too long"))
        }
    }
}
