//! What a connection can be good for, by name.

use std::collections::BTreeSet;

use domain::Explain;

use crate::workplace::texts;

/// One thing that a connection can be good for; each has its trait in [`crate::bank`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Logging in with a token; rights as the bank has them.
    Login,
    /// Handing packages over to be executed.
    Submit,
    /// Balances and transactions.
    Accounts,
    /// The shared area.
    SharedArea,
    /// Self-administration.
    Administration,
    /// Messages with the bank.
    Messages,
    /// The bank's rules, told by itself.
    Information,
    /// Releases of this program.
    Releases,
    /// Renewing a token's certificates.
    Renewal,
    /// Hints of changes as they happen.
    Events,
}

domain::names! {
    pub Capability {
        Login = "login",
        Submit = "submit",
        Accounts = "accounts",
        SharedArea = "shared-area",
        Administration = "administration",
        Messages = "messages",
        Information = "information",
        Releases = "releases",
        Renewal = "renewal",
        Events = "events",
    }
}

/// What a connection has, for menus, buttons and commands to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities(BTreeSet<Capability>);

impl Capabilities {
    /// Everything there is: before a connection is known, nothing is known to be missing.
    pub fn all() -> Self {
        Capability::ALL.into_iter().collect()
    }

    /// Whether that is among them.
    pub fn has(&self, capability: Capability) -> bool {
        self.0.contains(&capability)
    }

    /// What is missing.
    pub fn missing(&self) -> impl Iterator<Item = Capability> + '_ {
        Capability::ALL.into_iter().filter(|one| !self.has(*one))
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

/// The connection does not offer what was asked of it; nothing was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this connection does not offer: {}", .0.name())]
pub struct NotOffered(pub Capability);

impl Explain for NotOffered {
    fn code(&self) -> &'static str {
        "not-offered-by-this-connection"
    }

    /// What is missing, and what can be done instead.
    fn args(&self) -> Vec<(&'static str, String)> {
        let text = |part: &str| texts::text(&format!("capability-{}{part}", self.0.name()), &[]);
        vec![("what", text("")), ("instead", text("-instead"))]
    }
}
