//! Who asks, and by which rules: what the shared area and the web client's packages want to know of a call.

use protocol::Problem;
use rusqlite::Connection;
use signature::TrustStore;

use super::super::format;
use super::super::problem::WebProblem;
use super::super::texts::Texts;
use super::super::visitor::Visitor;
use crate::Result;
use crate::acceptance::Context;
use crate::bank::Bank;
use crate::shared::Asker;

/// The visitor's call: everything that must live as long as an [`Asker`] or [`Context`] made of it.
pub struct Asking<'a> {
    visitor: &'a Visitor,
    bank: &'a Bank,
    trust: TrustStore,
    now: chrono::DateTime<chrono::Utc>,
}

impl<'a> Asking<'a> {
    /// Of a call now.
    pub fn new(db: &Connection, bank: &'a Bank, visitor: &'a Visitor) -> Result<Self> {
        Ok(Self { visitor, bank, trust: bank.trust(db)?, now: bank.clock.now() })
    }

    /// Who asks.
    pub fn asker(&self) -> Asker<'_> {
        self.visitor.asker(self.now)
    }

    /// By which rules.
    pub fn context(&self) -> Context<'_> {
        Context { profile: &self.bank.rules.profile, trust: &self.trust, now: self.now }
    }
}

/// A refusal in words, with who and when where it names them: the loser of a race is told who was faster.
pub fn in_words(texts: &Texts, problem: &Problem) -> String {
    let sentence = WebProblem::from(problem).text(texts);
    match (&problem.user, problem.at) {
        (Some(user), Some(at)) => {
            let at = format::moment(texts, at);
            format!("{sentence} {}", texts.with("web-blamed", &[("user", user), ("at", &at)]))
        }
        _ => sentence,
    }
}
