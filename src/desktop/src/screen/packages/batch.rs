//! Signing several packages under one PIN entry: what each of them is, what deserves a look in any of them, how far
//! the token is, and at which one it stopped.
//!
//! Each package is signed by the bytes that its line was read from. The first failure ends the job: what was signed
//! stays signed, the rest is untouched. The view is in `batch_view`.

use std::sync::Arc;

use client::domain::PackageId;
use client::{ClientError, SignedMany, SigningProgress, SigningSheet, TokenStatus};
use iced::Task;
use iced::task::Handle;
use tokio::sync::mpsc;

use super::entry::{self, Entry, Failure, PIN, watch};
use crate::design::keys;
use crate::screen::ask::{Question, each};
use crate::shared::Shared;
use crate::texts::explain;

/// Code of the error for a package that keeps the others from being signed.
const NOT_SIGNABLE: &str = "package-not-signable";

/// The sheet.
#[derive(Debug)]
pub struct Batch {
    pub(super) packages: Vec<(PackageId, String)>,
    pub(super) sheets: Option<Arc<[SigningSheet]>>,
    /// Why there are no sheets.
    pub(super) failure: Option<String>,
    pub(super) entry: Entry,
    /// Signed so far.
    pub(super) signed: Vec<PackageId>,
    /// Where it stopped, and why.
    pub(super) stopped: Option<Stop>,
    question: Question,
    watching: Handle,
}

/// Where signing stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The package that was not signed.
    pub package: PackageId,
    /// Why, in words.
    pub why: String,
}

/// What happens to the sheet.
#[derive(Debug, Clone)]
pub enum Message {
    /// The packages were read.
    Loaded(Question, Result<Arc<[SigningSheet]>, String>),
    /// Another token, or another count of tries.
    Token(Question, TokenStatus),
    /// Of the PIN's field.
    Entry(entry::Message),
    /// One more package is signed.
    Progress(Question, SigningProgress),
    /// The token has ended.
    Ended(Question, Result<Arc<SignedMany>, Failure>),
    /// Esc.
    Cancel,
}

/// What the place of packages must do.
pub enum Action {
    /// Nothing.
    None,
    /// Work.
    Run(Task<Message>),
    /// The sheet is over; the packages may have changed.
    Close,
    /// The sheet is over; the token needs its own place.
    OpenToken,
    /// All of them, so many, have been signed.
    Signed(usize),
}

impl Batch {
    /// Opens the sheet for packages with their names.
    pub fn new(packages: Vec<(PackageId, String)>, shared: &Shared) -> (Self, Task<Message>) {
        let question = Question::ask();
        let token = shared.client.token_status().borrow().clone();
        let (news, watching) = watch(token.clone(), shared, move |status| Message::Token(question, status));
        let batch = Self {
            packages,
            sheets: None,
            failure: None,
            entry: Entry::new(token),
            signed: Vec::new(),
            stopped: None,
            question,
            watching,
        };
        let task = Task::batch([batch.load(shared), news]);
        (batch, task)
    }

    fn load(&self, shared: &Shared) -> Task<Message> {
        let (client, packages, question) = (shared.client.clone(), self.packages.clone(), self.question);
        Task::perform(
            async move {
                let mut sheets = Vec::with_capacity(packages.len());
                for (id, name) in packages {
                    let sheet = client.signing_sheet(id).await;
                    sheets.push(sheet.map_err(|error| {
                        explain(&ClientError::NotSignable { name, why: Box::new(error) })
                    })?);
                }
                Ok(Arc::from(sheets))
            },
            move |answer| Message::Loaded(question, answer),
        )
    }

    #[cfg(test)]
    pub(super) fn question(&self) -> Question {
        self.question
    }

    /// Packages to sign in all.
    pub(super) fn total(&self) -> usize {
        self.packages.len()
    }

    /// The name of a package.
    pub(super) fn name(&self, package: PackageId) -> &str {
        self.packages.iter().find(|(id, _)| *id == package).map_or("", |(_, name)| name)
    }

    pub(super) fn may_sign(&self) -> bool {
        self.sheets.is_some() && self.stopped.is_none() && self.entry.may_sign()
    }

    /// Does what the message says.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Loaded(question, answer) if question == self.question => {
                match answer {
                    Ok(sheets) => (self.sheets, self.failure) = (Some(sheets), None),
                    Err(words) => (self.sheets, self.failure) = (None, Some(words)),
                }
                Action::Run(keys::focus(PIN))
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
            Message::Progress(question, progress) if question == self.question => {
                self.signed.push(progress.package);
                Action::None
            }
            Message::Ended(question, answer) if question == self.question => self.ended(answer, shared),
            // While the token works it cannot be called back; what it does must be seen.
            Message::Cancel if self.entry.busy => Action::None,
            Message::Cancel => Action::Close,
            Message::Loaded(..) | Message::Token(..) | Message::Progress(..) | Message::Ended(..) => {
                Action::None
            }
        }
    }

    fn sign(&mut self, shared: &Shared) -> Action {
        let Some(sheets) = self.sheets.clone().filter(|_| self.may_sign()) else { return Action::None };
        let shown = sheets.iter().map(|sheet| (sheet.package, sheet.fingerprint)).collect();
        let (pin, last) = self.entry.ask();
        let (client, question) = (shared.client.clone(), self.question);
        let (progress, made) = mpsc::unbounded_channel();
        let made = each(made).map(move |progress| Message::Progress(question, progress));
        let ended = Task::perform(
            async move { client.sign_many(shown, pin, last, progress).await.map(Arc::new).map_err(Failure::of) },
            move |answer| Message::Ended(question, answer),
        );
        Action::Run(Task::batch([made, ended]))
    }

    fn ended(&mut self, answer: Result<Arc<SignedMany>, Failure>, shared: &Shared) -> Action {
        self.entry.busy = false;
        self.entry.token = shared.client.token_status().borrow().clone();
        match answer {
            Ok(outcome) => {
                // What the client says counts, not what came through the channel.
                self.signed = outcome.signed.iter().map(|(package, _)| *package).collect();
                let Some((package, error)) = &outcome.failed else {
                    return Action::Signed(self.signed.len());
                };
                self.stopped = Some(Stop { package: *package, why: explain(error) });
                Action::None
            }
            Err(failure) => {
                self.entry.error = Some(failure.words);
                if failure.code == NOT_SIGNABLE {
                    // Perhaps another package than the one shown: they must be looked at again.
                    self.sheets = None;
                    return Action::Run(self.load(shared));
                }
                Action::Run(keys::focus(PIN))
            }
        }
    }
}
