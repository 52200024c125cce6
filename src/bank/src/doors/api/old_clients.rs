//! Calls of client programs that are older than the operator demands: no answers.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::Response;
use protocol::release::Version;
use protocol::{Problem, ProblemCode, endpoints as at};

use crate::bank::Bank;
use crate::doors::http::problem::problem_response;

/// How the client's name begins in its calls: `User-Agent: kapocs/0.1.0`.
const NAME: &str = "kapocs";

/// Refuses calls of old clients, also in sessions that were opened before the demand rose. What an old client needs
/// to become a newer one it gets: the bank's rules with the demand, the release, its files; and it may log out.
pub(super) async fn refuse(State(bank): State<Arc<Bank>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = path == at::INFO
        || path.starts_with(at::RELEASE)
        || (path == at::SESSION && request.method() == Method::DELETE);
    if !open && calls_old(&request).is_some_and(|version| bank.demand().refuses(Some(version))) {
        let minimum = bank.demand().minimum;
        return problem_response(&Problem::new(ProblemCode::ClientOutdated).with_detail(minimum));
    }
    next.run(request).await
}

/// The version that one of our clients names in its call.
fn calls_old(request: &Request) -> Option<Version> {
    let agent = request.headers().get(header::USER_AGENT)?.to_str().ok()?;
    agent.strip_prefix(NAME)?.strip_prefix('/')?.parse().ok()
}
