//! Who asks, and by which rules: what the shared area and the web client's packages want to know of a call.

use protocol::Problem;

use crate::bank::Bank;
use crate::doors::browser::format;
use crate::doors::browser::problem::WebProblem;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;
use crate::orders::context::Context;
use crate::orders::shared_area::Asker;

/// The visitor's call: everything that must live as long as an [`Asker`] or [`Context`] made of it.
pub(super) struct Asking<'a> {
    visitor: &'a Visitor,
    bank: &'a Bank,
    now: chrono::DateTime<chrono::Utc>,
}

impl<'a> Asking<'a> {
    /// Of a call now.
    pub(super) fn new(bank: &'a Bank, visitor: &'a Visitor) -> Self {
        Self { visitor, bank, now: bank.clock.now() }
    }

    pub(super) fn asker(&self) -> Asker<'_> {
        self.visitor.asker(self.now)
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context { rules: &self.bank.rules, now: self.now }
    }
}

/// A refusal in words, with who and when where it names them: the loser of a race is told who was faster.
pub(super) fn in_words(texts: &Texts, problem: &Problem) -> String {
    let sentence = WebProblem::from(problem).text(texts);
    match (&problem.user, problem.at) {
        (Some(user), Some(at)) => {
            let at = format::moment(texts, at);
            format!("{sentence} {}", texts.with("web-blamed", &[("user", user), ("at", &at)]))
        }
        _ => sentence,
    }
}
