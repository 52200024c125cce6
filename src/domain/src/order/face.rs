//! What an order of any type shows of itself in lists, searches, totals, on the signing sheet and in prints.

use chrono::NaiveDate;

use crate::account::AccountNumber;
use crate::money::Money;

/// An order as lists know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Whom or what it is about.
    pub label: Label,
    /// Account, identifier or user that it goes to, as people write it.
    pub target: String,
    /// Account to debit.
    pub debit: Option<AccountNumber>,
    /// What is debited.
    pub amount: Option<Money>,
    /// Day that was asked for.
    pub day: Option<NaiveDate>,
    /// Free text that travels with it.
    pub text: String,
    /// Payee without separators, by which earlier payments to the same one are found.
    pub payee: Option<String>,
    /// Everything else that a search finds it by: document number, own reference.
    pub references: String,
}

/// A name that was typed, or words that the program says in its user's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A payee's name.
    Name(String),
    /// Key of a text.
    Words(&'static str),
    /// Nothing beyond the target: an own account or a secondary identifier.
    Target,
}

impl Label {
    /// The name, if it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Words(_) | Self::Target => None,
        }
    }
}

impl Face {
    /// The name or, where none stands beside it, the target; nothing where only words of the program name it.
    pub fn title(&self) -> Option<&str> {
        match &self.label {
            Label::Name(name) => Some(name),
            Label::Target => Some(&self.target),
            Label::Words(_) => None,
        }
    }

    /// The text in which searches look for words beside name and payee: text, references, and the target of an order
    /// that pays nobody.
    pub fn words(&self) -> String {
        let target = if self.payee.is_none() { self.target.as_str() } else { "" };
        lines([target, &self.text, &self.references])
    }
}

/// The texts that say something, each in a line of its own.
pub(super) fn lines<const N: usize>(parts: [&str; N]) -> String {
    let mut lines = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(part);
    }
    lines
}
