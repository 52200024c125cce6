//! A refusal as an answer: a problem document. What failed inside, the log learns and the caller not.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode};

use crate::ground::error::Refusal;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem_response(&problem),
            Self::Failure(error) => {
                tracing::error!(code = error.code(), %error, "call failed");
                problem_response(&ProblemCode::Internal.into())
            }
        }
    }
}

/// A problem document as response.
pub(crate) fn problem_response(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(problem)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_MEDIA_TYPE));
    if let Some(seconds) = problem.retry_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
