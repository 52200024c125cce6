//! Answers: JSON, or a problem document.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use protocol::{Problem, ProblemCode};

use crate::ground::error::Refusal;

/// Answer of a call.
pub(super) type Answer<T> = std::result::Result<Json<T>, Refusal>;

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        let code = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ProblemCode::PayloadTooLarge
        } else {
            ProblemCode::RequestInvalid
        };
        Problem::new(code).with_detail(rejection.body_text()).into()
    }
}

impl From<PathRejection> for Refusal {
    fn from(rejection: PathRejection) -> Self {
        Problem::new(ProblemCode::RequestInvalid).with_detail(rejection.body_text()).into()
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Self {
        Problem::new(ProblemCode::RequestInvalid).with_detail(rejection.body_text()).into()
    }
}
