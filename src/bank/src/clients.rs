//! Which versions of the client program the bank takes: the operator's demand, and how calls of older ones are known.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use protocol::release::Version;
use protocol::{ClientPolicy, Problem, ProblemCode, endpoints as at};
use serde::{Deserialize, Serialize};

use crate::bank::{Bank, blocking};
use crate::error::Refusal;
use crate::{BankError, Result};

/// Oldest client that may log in while the operator demands no other.
const MINIMUM: &str = "0.1.0";
/// How the client's name begins in its calls (`User-Agent: kapocs/0.1.0`) and in its login statement
/// (`kapocs 0.1.0`).
const NAME: &str = "kapocs";

/// What the operator demands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Older ones are refused.
    pub minimum: String,
    /// The newest that clients are told of; without it, that of the newest release.
    #[serde(default)]
    pub latest: Option<String>,
}

impl Default for Demand {
    fn default() -> Self {
        Self { minimum: MINIMUM.to_owned(), latest: None }
    }
}

impl Demand {
    /// Whether both are versions, and the newest is not refused itself.
    ///
    /// # Errors
    /// [`BankError::Data`].
    pub fn check(&self) -> Result<()> {
        let version = |text: &str| -> Result<Version> {
            text.parse().map_err(|e| BankError::data(format!("version {text}"), e))
        };
        let minimum = version(&self.minimum)?;
        match self.latest.as_deref().map(version).transpose()? {
            Some(latest) if latest < minimum => {
                Err(BankError::data("latest", "the newest version would be refused itself"))
            }
            _ => Ok(()),
        }
    }

    /// As clients are told; `released` is the version of the newest release.
    pub fn policy(&self, released: Option<String>) -> ClientPolicy {
        let own = || env!("CARGO_PKG_VERSION").to_owned();
        let latest = self.latest.clone().or(released).unwrap_or_else(own);
        ClientPolicy { minimum: self.minimum.clone(), latest }
    }

    /// Whether a version is refused; what cannot be read as one is old.
    pub fn refuses(&self, version: Option<Version>) -> bool {
        version < self.minimum.parse().ok()
    }
}

/// The version of a login statement's client, "name 1.2.3".
pub fn of_statement(client: &str) -> Option<Version> {
    client.rsplit_once(' ').and_then(|(_, version)| version.parse().ok())
}

/// Refuses calls of old clients, also in sessions that were opened before the demand rose. What an old client needs
/// to become a newer one it gets: the bank's rules with the demand, the release, its files; and it may log out.
pub async fn refuse_old(State(bank): State<Arc<Bank>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let open = path == at::INFO
        || path.starts_with(at::RELEASE)
        || (path == at::SESSION && request.method() == Method::DELETE);
    if !open && calls_old(&request).is_some_and(|version| bank.demand().refuses(Some(version))) {
        let minimum = bank.demand().minimum;
        return crate::web::problem_response(&Problem::new(ProblemCode::ClientOutdated).with_detail(minimum))
            .into_response();
    }
    next.run(request).await
}

/// The demand in the control interface: `/clients`.
pub fn control<S: Clone + Send + Sync + 'static>(bank: Arc<Bank>) -> Router<S> {
    Router::new().route("/", get(show).put(set)).with_state(bank)
}

async fn show(State(bank): State<Arc<Bank>>) -> Json<Demand> {
    Json(bank.demand())
}

async fn set(
    State(bank): State<Arc<Bank>>,
    Json(demand): Json<Demand>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&bank, move |bank| bank.set_demand(demand)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The version that one of our clients names in its call.
fn calls_old(request: &Request) -> Option<Version> {
    let agent = request.headers().get(header::USER_AGENT)?.to_str().ok()?;
    agent.strip_prefix(NAME)?.strip_prefix('/')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number_and_what_is_none_is_old() {
        let demand = Demand { minimum: "0.9.1".to_owned(), latest: None };
        let refuses = |client| demand.refuses(of_statement(client));
        assert!(!refuses("kapocs 0.10.0") && !refuses("kapocs-cli 0.9.1"));
        assert!(refuses("kapocs 0.9.0") && refuses("kapocs") && refuses("kapocs 0.9") && refuses("0.10.0"));
    }

    #[test]
    fn a_demand_that_nobody_can_meet_is_none() {
        let demand = |minimum: &str, latest: Option<&str>| {
            Demand { minimum: minimum.to_owned(), latest: latest.map(str::to_owned) }.check().is_ok()
        };
        assert!(demand("0.2.0", None) && demand("0.2.0", Some("0.2.0")));
        assert!(!demand("0.2.0", Some("0.1.9")) && !demand("two", None) && !demand("0.2.0", Some("new")));
    }

    #[test]
    fn the_newest_release_is_told_unless_the_operator_says_another() {
        let told = |latest: Option<&str>, released: Option<&str>| {
            let demand = Demand { latest: latest.map(str::to_owned), ..Demand::default() };
            demand.policy(released.map(str::to_owned)).latest
        };
        assert_eq!(told(Some("0.4.0"), Some("0.3.0")), "0.4.0");
        assert_eq!(told(None, Some("0.3.0")), "0.3.0");
        assert_eq!(told(None, None), env!("CARGO_PKG_VERSION"));
    }
}
