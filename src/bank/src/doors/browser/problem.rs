//! How the web client refuses: a stable code whose text stands in `locales/*/{web,errors}.ftl`, as a page for
//! people or as JSON for the pages' script.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{Problem, ProblemCode};
use serde::Serialize;

use crate::doors::http::texts::Texts;
use crate::ground::error::{BankError, Refusal};

/// Why the web client did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebProblem {
    /// Key of the text.
    pub code: &'static str,
    /// HTTP status.
    pub status: StatusCode,
}

/// The refusals that only the web client has; the others are the protocol's.
pub(crate) mod codes {
    /// The form is old or did not come from our page.
    pub(crate) const FORM_STALE: &str = "web-form-stale";
    /// A typed activation code is no code.
    pub(crate) const ACTIVATION_MISTYPED: &str = "web-activation-mistyped";
    /// Not this user's activation code.
    pub(crate) const ACTIVATION_WRONG: &str = "web-activation-wrong";
    /// The activation code's day is over.
    pub(crate) const ACTIVATION_EXPIRED: &str = "web-activation-expired";
    /// The activation code has registered a card already.
    pub(crate) const ACTIVATION_USED: &str = "web-activation-used";
    /// A new personal code against the rules.
    pub(crate) const PERSONAL_CODE_WEAK: &str = "web-personal-code-weak";
    /// The personal code is wrong: an error point.
    pub(crate) const PERSONAL_CODE_WRONG: &str = "web-personal-code-wrong";
    /// The card's name is empty or too long.
    pub(crate) const LABEL: &str = "web-card-label-bad";
    /// The new keys are not keys, or not proven.
    pub(crate) const KEYS: &str = "web-card-keys";
    /// The bank knows no such card of this user.
    pub(crate) const CARD_UNKNOWN: &str = "web-card-unknown";
    /// The card is suspended or withdrawn.
    pub(crate) const CARD_CLOSED: &str = "web-card-closed";
    /// The user may not use the web client for any customer.
    pub(crate) const NOT_ENABLED: &str = "web-not-enabled";
    /// The user may not sign in the web client for this customer.
    pub(crate) const SIGNING_NOT_ENABLED: &str = "web-signing-not-enabled";
    /// The document is not the one that was shown.
    pub(crate) const DOCUMENT_CHANGED: &str = "web-document-changed";
    /// The approval is over, used or another session's.
    pub(crate) const APPROVAL_UNKNOWN: &str = "web-approval-unknown";

    #[cfg(test)]
    pub(crate) const ALL: &[&str] = &[
        FORM_STALE,
        ACTIVATION_MISTYPED,
        ACTIVATION_WRONG,
        ACTIVATION_EXPIRED,
        ACTIVATION_USED,
        PERSONAL_CODE_WEAK,
        PERSONAL_CODE_WRONG,
        LABEL,
        KEYS,
        CARD_UNKNOWN,
        CARD_CLOSED,
        NOT_ENABLED,
        SIGNING_NOT_ENABLED,
        DOCUMENT_CHANGED,
        APPROVAL_UNKNOWN,
    ];
}

#[derive(Serialize)]
struct ForScript<'a> {
    code: &'a str,
    text: String,
}

impl WebProblem {
    /// A refusal that is the request's fault.
    pub fn new(code: &'static str) -> Self {
        Self { code, status: StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// The same with another status.
    pub fn with_status(code: &'static str, status: StatusCode) -> Self {
        Self { code, status }
    }

    /// The sentence for people.
    pub fn text(&self, texts: &Texts) -> String {
        texts.text(self.code)
    }

    /// The answer for the pages' script.
    pub fn json(&self, texts: &Texts) -> Response {
        (self.status, Json(ForScript { code: self.code, text: self.text(texts) })).into_response()
    }
}

impl From<ProblemCode> for WebProblem {
    fn from(code: ProblemCode) -> Self {
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { code: code.name(), status }
    }
}

impl From<&Problem> for WebProblem {
    fn from(problem: &Problem) -> Self {
        problem.code.into()
    }
}

impl From<Box<Problem>> for WebProblem {
    fn from(problem: Box<Problem>) -> Self {
        problem.code.into()
    }
}

impl From<BankError> for WebProblem {
    fn from(error: BankError) -> Self {
        tracing::error!(code = error.code(), %error, "a call of the web client failed");
        ProblemCode::Internal.into()
    }
}

impl From<rusqlite::Error> for WebProblem {
    fn from(error: rusqlite::Error) -> Self {
        BankError::from(error).into()
    }
}

impl From<signature::SignatureError> for WebProblem {
    fn from(error: signature::SignatureError) -> Self {
        BankError::from(error).into()
    }
}

impl From<Refusal> for WebProblem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Problem(problem) => problem.into(),
            Refusal::Failure(error) => error.into(),
        }
    }
}
