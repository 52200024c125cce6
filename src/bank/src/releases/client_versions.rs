//! Which versions of the client program the bank takes: the operator's demand.

use protocol::ClientPolicy;
use protocol::release::Version;
use serde::{Deserialize, Serialize};

use crate::ground::error::{BankError, Result};

/// Oldest client that may log in while the operator demands no other.
const MINIMUM: &str = "0.1.0";

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
