//! The signing sheet: shows what will be signed, read from the very bytes, and asks for the token's PIN.
//!
//! A wrong PIN changes nothing but the tries that are left; the sheet stays. The view is in `signing_view`.

use std::sync::Arc;

use client::{ClientError, NotToSign, Signed, SigningSheet};
use domain::{Explain, PackageId};
use iced::Task;

use super::entry::{self, Entry, PIN, Press, Wish};
use crate::design::keys;
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask};

/// Code of the error for a package that changed under the sheet.
const CHANGED: &str = "changed-since-shown";

#[derive(Debug)]
pub(crate) struct Signing {
    pub(super) package: PackageId,
    pub(super) sheet: Option<Arc<SigningSheet>>,
    pub(super) entry: Entry,
    pub(super) all: bool,
    /// Why there is no sheet.
    pub(super) failure: Option<Arc<ClientError>>,
    question: Question,
}

/// What happens to the sheet.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The sheet was read.
    Loaded(Question, Answer<Arc<SigningSheet>>),
    /// Of the PIN's field.
    Entry(entry::Message),
    /// All orders, or only the largest.
    All,
    /// The token has answered.
    Signed(Question, Answer<Signed>),
}

impl Signing {
    /// Opens the sheet of a package.
    pub(crate) fn new(package: PackageId, desk: &Desk) -> (Self, Task<Message>) {
        let (entry, watched) = Entry::new(desk);
        let signing =
            Self { package, sheet: None, entry, all: false, failure: None, question: Question::ask() };
        let task = Task::batch([signing.load(desk), watched.map(Message::Entry)]);
        (signing, task)
    }

    fn load(&self, desk: &Desk) -> Task<Message> {
        let (client, package, question) = (desk.client.clone(), self.package, self.question);
        let read = async move { client.signing_sheet(package).await.map(Arc::new) };
        ask(read, move |answer| Message::Loaded(question, answer))
    }

    /// Whether the bytes have been read.
    #[cfg(test)]
    pub(in crate::screen) fn is_read(&self) -> bool {
        self.sheet.is_some()
    }

    /// Why this user's signature is not asked for.
    pub(super) fn not_to_sign(&self) -> Option<NotToSign> {
        self.sheet.as_ref()?.head.not_to_sign
    }

    pub(super) fn may_sign(&self) -> bool {
        self.not_to_sign().is_none() && self.sheet.is_some() && self.entry.may_sign()
    }

    /// Does what the message says.
    pub(crate) fn update(&mut self, message: Message, desk: &Desk) -> Action<Message, Wish<Signed>> {
        match message {
            Message::Loaded(question, answer) if question == self.question => {
                let first = self.sheet.is_none();
                match answer {
                    Ok(sheet) => (self.sheet, self.failure) = (Some(sheet), None),
                    Err(error) => (self.sheet, self.failure) = (None, Some(error)),
                }
                // The PIN's field is there only now.
                if first && self.sheet.is_some() { Action::run(keys::focus(PIN)) } else { Action::none() }
            }
            Message::Entry(message) => {
                let (action, press) = self.entry.update(message, desk).heard(Message::Entry);
                match press {
                    Some(Press::Sign) => self.sign(desk),
                    Some(Press::OpenToken) => Action::wish(Wish::OpenToken),
                    Some(Press::Leave) => Action::wish(Wish::Leave),
                    None => action,
                }
            }
            Message::All => {
                self.all = !self.all;
                Action::none()
            }
            Message::Signed(question, answer) if question == self.question => self.signed(answer, desk),
            Message::Loaded(..) | Message::Signed(..) => Action::none(),
        }
    }

    fn sign(&mut self, desk: &Desk) -> Action<Message, Wish<Signed>> {
        let Some(sheet) = self.sheet.clone().filter(|sheet| sheet.head.not_to_sign.is_none()) else {
            return Action::none();
        };
        let (pin, last) = self.entry.ask();
        let (client, package, question) = (desk.client.clone(), self.package, self.question);
        let sign = async move { client.sign(package, sheet.head.fingerprint, pin, last).await };
        Action::run(ask(sign, move |answer| Message::Signed(question, answer)))
    }

    fn signed(&mut self, answer: Answer<Signed>, desk: &Desk) -> Action<Message, Wish<Signed>> {
        self.entry.ended(desk);
        match answer {
            Ok(signed) => Action::wish(Wish::Signed(signed)),
            Err(error) => {
                let changed = error.code() == CHANGED;
                let again = self.entry.failed(error).map(Message::Entry);
                if changed {
                    // Another package than the one shown: it must be looked at again.
                    self.sheet = None;
                    return Action::run(self.load(desk));
                }
                Action::run(again)
            }
        }
    }
}
