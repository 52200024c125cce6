//! All banks and customers of the store, as the window shows them: what each is called and how it stands.
//!
//! Where the store has one customer nobody has to be told whose something is; from the second one on everything says so.

use client::{Client, Connection, ConnectionLine, ConnectionState, CustomerOf, Locked};
use domain::{ConnectionKey, CustomerKey};

use crate::design::theme::Tone;
use crate::tr;

/// A handle of the client, which says nothing of itself.
#[derive(Clone)]
pub struct Handle(pub Client);

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handle")
    }
}

/// Who is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    Customer(CustomerKey),
    /// A bank of which no customer is known yet.
    Bank(ConnectionKey),
}

/// A bank, by its connection.
#[derive(Debug, Clone)]
pub struct Bank {
    pub line: ConnectionLine,
    /// Why its session locked itself, until the next login.
    pub locked: Option<Locked>,
    /// The way to it; none while it is put away.
    pub handle: Option<Handle>,
}

impl Bank {
    /// Whether it is not put away.
    pub(crate) fn is_shown(&self) -> bool {
        self.line.state != ConnectionState::Archived
    }

    /// Whether somebody is logged in there.
    pub(crate) fn is_open(&self) -> bool {
        self.line.standing.user().is_some()
    }

    /// How it stands, in a word.
    pub(crate) fn standing(&self) -> (Tone, String) {
        self.standing_by(&self.line.standing)
    }

    /// How it stands by what its session has told since.
    pub(crate) fn standing_by(&self, session: &Connection) -> (Tone, String) {
        match (self.line.state, session) {
            (ConnectionState::Archived, _) => (Tone::Neutral, tr!("bank-archived")),
            (ConnectionState::Paused, _) => (Tone::Neutral, tr!("bank-paused")),
            (_, Connection::LoggedIn { .. }) => (Tone::Good, tr!("bank-connected")),
            (_, Connection::Interrupted { .. }) => (Tone::Care, tr!("bank-interrupted")),
            (_, Connection::LoggedOut) if self.locked.is_some() => (Tone::Care, tr!("bank-locked")),
            (_, Connection::LoggedOut) => (Tone::Neutral, tr!("bank-logged-out")),
            (_, Connection::NoBank) => (Tone::Care, tr!("bank-unusable")),
        }
    }
}

/// All banks of the store, and their customers.
#[derive(Debug, Clone, Default)]
pub struct House {
    /// In their order, those that are put away too.
    pub banks: Vec<Bank>,
    /// Of all banks that are not put away, by bank and name.
    pub customers: Vec<CustomerOf>,
}

impl House {
    /// Whether it has to be said whose something is.
    pub(crate) fn is_shared(&self) -> bool {
        self.customers.len() > 1
    }

    /// Whether there is a choice at all: another customer, or a bank at which nobody has logged in yet.
    pub(crate) fn has_choice(&self) -> bool {
        self.is_shared() || self.shown().count() > 1
    }

    /// Banks that are not put away.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Bank> {
        self.banks.iter().filter(|bank| bank.is_shown())
    }

    pub(crate) fn bank(&self, key: ConnectionKey) -> Option<&Bank> {
        self.banks.iter().find(|bank| bank.line.key == key)
    }

    /// Whether data of a bank's customers may be looked at now: its session may have ended since they were read.
    pub(crate) fn may_view(&self, bank: ConnectionKey) -> bool {
        let handle = self.bank(bank).and_then(|bank| bank.handle.as_ref());
        handle.is_none_or(|Handle(side)| side.may_view())
    }

    pub(crate) fn customer(&self, key: CustomerKey) -> Option<&CustomerOf> {
        self.customers.iter().find(|one| one.key == key)
    }

    /// "K&H · Minta Kft.", where that has to be said.
    pub(crate) fn whose(&self, key: CustomerKey) -> Option<String> {
        self.customer(key).filter(|_| self.is_shared()).map(called)
    }

    /// The bank's name, where there are several.
    pub(crate) fn which_bank(&self, key: ConnectionKey) -> Option<String> {
        self.bank(key).filter(|_| self.shown().count() > 1).map(|bank| bank.line.name.clone())
    }
}

/// "K&H · Minta Kft."
pub(crate) fn called(one: &CustomerOf) -> String {
    format!("{} · {}", one.bank, one.customer.name)
}

/// A file's name, with whose it is before what it is, without what a file's name cannot hold.
pub(crate) fn file_name(whose: Option<&str>, name: &str) -> String {
    let whose = whose.map(|whose| format!("{} - ", whose.replace(" · ", " - "))).unwrap_or_default();
    let can_hold = |letter: char| !letter.is_control() && !r#"/\:*?"<>|"#.contains(letter);
    let held =
        |text: String| text.chars().map(|letter| if can_hold(letter) { letter } else { '_' }).collect();
    let (whose, name): (String, String) = (held(whose), held(name.to_owned()));
    format!("{whose}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_says_whose_it_is_in_letters_that_any_system_takes() {
        assert_eq!(file_name(None, "bérek.xml"), "bérek.xml");
        assert_eq!(
            file_name(Some("K&H · Minta Kft."), "bérek: I/2.xml"),
            "K&H - Minta Kft. - bérek_ I_2.xml"
        );
    }
}
