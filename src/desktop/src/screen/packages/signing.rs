//! The signing sheet: shows what will be signed, read from the very bytes, and asks for the token's PIN.
//!
//! A wrong PIN changes nothing but the tries that are left; the sheet stays. The view is in `signing_view`.

use std::sync::Arc;

use client::domain::{OrderType, PackageId};
use client::{AdminSheet, Signed, SigningSheet, TokenStatus};
use iced::Task;
use iced::task::Handle;

use super::entry::{self, Entry, Failure, PIN, watch};
use crate::design::keys;
use crate::screen::ask::Question;
use crate::shared::Shared;
use crate::texts::explain;

/// Code of the error for a package that changed under the sheet.
const CHANGED: &str = "changed-since-shown";

/// What is shown of the package's bytes.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// Payments.
    Payments(Arc<SigningSheet>),
    /// Self-administration.
    Administration(Arc<AdminSheet>),
}

impl Shown {
    fn fingerprint(&self) -> [u8; 32] {
        match self {
            Self::Payments(sheet) => sheet.fingerprint,
            Self::Administration(sheet) => sheet.fingerprint,
        }
    }
}

/// The sheet.
#[derive(Debug)]
pub struct Signing {
    pub(super) package: PackageId,
    order_type: OrderType,
    pub(super) sheet: Option<Shown>,
    pub(super) entry: Entry,
    pub(super) all: bool,
    /// Why there is no sheet.
    pub(super) failure: Option<String>,
    question: Question,
    watching: Handle,
}

/// What happens to the sheet.
#[derive(Debug, Clone)]
pub enum Message {
    /// The sheet was read.
    Loaded(Question, Result<Shown, String>),
    /// Another token, or another count of tries.
    Token(Question, TokenStatus),
    /// Of the PIN's field.
    Entry(entry::Message),
    /// All orders, or only the largest.
    All,
    /// The token has answered.
    Signed(Question, Result<Signed, Failure>),
    /// Esc.
    Cancel,
}

/// What the place of packages must do.
pub enum Action {
    /// Nothing.
    None,
    /// Work.
    Run(Task<Message>),
    /// The sheet is over without a signature.
    Close,
    /// The sheet is over; the token needs its own place.
    OpenToken,
    /// The package has been signed.
    Signed(Signed),
}

impl Signing {
    /// Opens the sheet of a package with orders of that type.
    pub fn new(package: PackageId, order_type: OrderType, shared: &Shared) -> (Self, Task<Message>) {
        let question = Question::ask();
        let token = shared.client.token_status().borrow().clone();
        let (news, watching) = watch(token.clone(), shared, move |status| Message::Token(question, status));
        let signing = Self {
            package,
            order_type,
            sheet: None,
            entry: Entry::new(token),
            all: false,
            failure: None,
            question,
            watching,
        };
        let task = Task::batch([signing.load(shared), news]);
        (signing, task)
    }

    fn load(&self, shared: &Shared) -> Task<Message> {
        let (client, package, question) = (shared.client.clone(), self.package, self.question);
        let order_type = self.order_type;
        Task::perform(
            async move {
                let read = match order_type {
                    OrderType::Hct => client.signing_sheet(package).await.map(Arc::new).map(Shown::Payments),
                    OrderType::Adm => {
                        client.admin_sheet(package).await.map(Arc::new).map(Shown::Administration)
                    }
                };
                read.map_err(|e| explain(&e))
            },
            move |answer| Message::Loaded(question, answer),
        )
    }

    /// Whether the bytes have been read.
    #[cfg(test)]
    pub(in crate::screen) fn is_read(&self) -> bool {
        self.sheet.is_some()
    }

    pub(super) fn may_sign(&self) -> bool {
        self.sheet.is_some() && self.entry.may_sign()
    }

    /// Does what the message says.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Loaded(question, answer) if question == self.question => {
                let first = self.sheet.is_none();
                match answer {
                    Ok(sheet) => (self.sheet, self.failure) = (Some(sheet), None),
                    Err(words) => (self.sheet, self.failure) = (None, Some(words)),
                }
                // The PIN's field is there only now.
                if first && self.sheet.is_some() { Action::Run(keys::focus(PIN)) } else { Action::None }
            }
            Message::Token(question, status) if question == self.question => {
                let (news, watching) =
                    watch(status.clone(), shared, move |status| Message::Token(question, status));
                self.entry.token_changed(status);
                self.watching = watching;
                Action::Run(news)
            }
            Message::Entry(entry::Message::Pin(pin)) => {
                self.entry.pin = pin;
                Action::None
            }
            Message::Entry(entry::Message::LastTry(on)) => {
                self.entry.last_try = on;
                Action::None
            }
            Message::Entry(entry::Message::Sign) => self.sign(shared),
            Message::Entry(entry::Message::OpenToken) => Action::OpenToken,
            Message::All => {
                self.all = !self.all;
                Action::None
            }
            Message::Signed(question, answer) if question == self.question => self.signed(answer, shared),
            // While the token works it cannot be called back; what it does must be seen.
            Message::Cancel if self.entry.busy => Action::None,
            Message::Cancel => Action::Close,
            Message::Loaded(..) | Message::Token(..) | Message::Signed(..) => Action::None,
        }
    }

    fn sign(&mut self, shared: &Shared) -> Action {
        let Some(sheet) = self.sheet.clone().filter(|_| self.may_sign()) else { return Action::None };
        let (pin, last) = self.entry.ask();
        let (client, package, question) = (shared.client.clone(), self.package, self.question);
        Action::Run(Task::perform(
            async move { client.sign(package, sheet.fingerprint(), pin, last).await.map_err(Failure::of) },
            move |answer| Message::Signed(question, answer),
        ))
    }

    fn signed(&mut self, answer: Result<Signed, Failure>, shared: &Shared) -> Action {
        self.entry.busy = false;
        match answer {
            Ok(signed) => Action::Signed(signed),
            Err(failure) => {
                self.entry.token = shared.client.token_status().borrow().clone();
                self.entry.error = Some(failure.words);
                if failure.code == CHANGED {
                    // Another package than the one shown: it must be looked at again.
                    self.sheet = None;
                    return Action::Run(self.load(shared));
                }
                Action::Run(keys::focus(PIN))
            }
        }
    }
}
