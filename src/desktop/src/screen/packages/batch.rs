//! Signing several packages under one PIN entry: what each of them is, what deserves a look in any of them, how far
//! the token is, and at which one it stopped.
//!
//! Each package is signed by the bytes that its line was read from. The first failure ends the job: what was signed
//! stays signed, the rest is untouched. The view is in `batch_view`.

use std::sync::Arc;

use client::{ClientError, Shortage, SignedMany, SigningProgress, SigningSheet};
use domain::{Explain, PackageId};
use iced::Task;
use tokio::sync::mpsc;

use super::entry::{self, Entry, PIN, Press, Wish};
use crate::design::keys;
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask, each};

/// Code of the error for a package that keeps the others from being signed.
const NOT_SIGNABLE: &str = "package-not-signable";

#[derive(Debug)]
pub(crate) struct Batch {
    pub(super) packages: Vec<(PackageId, String)>,
    pub(super) sheets: Option<Arc<[SigningSheet]>>,
    /// Accounts that do not cover all of them together.
    pub(super) shortages: Arc<[Shortage]>,
    /// Why there are no sheets.
    pub(super) failure: Option<Arc<ClientError>>,
    pub(super) entry: Entry,
    pub(super) signed: Vec<PackageId>,
    /// How it ended, where it stopped at one of them.
    pub(super) stopped: Option<Arc<SignedMany>>,
    question: Question,
}

/// What was read of the packages: their sheets, and what is not covered of all of them together.
type Sheets = (Arc<[SigningSheet]>, Arc<[Shortage]>);

/// What happens to the sheet.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The packages were read.
    Loaded(Question, Answer<Sheets>),
    /// Of the PIN's field.
    Entry(entry::Message),
    /// One more package is signed.
    Progress(Question, SigningProgress),
    /// The token has ended.
    Ended(Question, Answer<Arc<SignedMany>>),
}

impl Batch {
    /// Opens the sheet for packages with their names.
    pub(crate) fn new(packages: Vec<(PackageId, String)>, desk: &Desk) -> (Self, Task<Message>) {
        let (entry, watched) = Entry::new(desk);
        let batch = Self {
            packages,
            sheets: None,
            shortages: Arc::from([]),
            failure: None,
            entry,
            signed: Vec::new(),
            stopped: None,
            question: Question::ask(),
        };
        let task = Task::batch([batch.load(desk), watched.map(Message::Entry)]);
        (batch, task)
    }

    fn load(&self, desk: &Desk) -> Task<Message> {
        let (client, packages, question) = (desk.client.clone(), self.packages.clone(), self.question);
        let read = async move {
            let ids = packages.iter().map(|(id, _)| *id).collect();
            let mut sheets = Vec::with_capacity(packages.len());
            for (id, name) in packages {
                let sheet = client.signing_sheet(id).await;
                sheets.push(sheet.map_err(|why| ClientError::NotSignable { name, why: Box::new(why) })?);
            }
            Ok((Arc::from(sheets), Arc::from(client.cover_of(ids).await?)))
        };
        ask(read, move |answer| Message::Loaded(question, answer))
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

    /// The package at which it stopped, and why.
    pub(super) fn stop(&self) -> Option<&(PackageId, ClientError)> {
        self.stopped.as_ref()?.failed.as_ref()
    }

    pub(super) fn may_sign(&self) -> bool {
        self.sheets.is_some() && self.stopped.is_none() && self.entry.may_sign()
    }

    /// Does what the message says; so many packages have been signed when all have.
    pub(crate) fn update(&mut self, message: Message, desk: &Desk) -> Action<Message, Wish<usize>> {
        match message {
            Message::Loaded(question, answer) if question == self.question => {
                match answer {
                    Ok((sheets, shortages)) => {
                        (self.sheets, self.shortages, self.failure) = (Some(sheets), shortages, None);
                    }
                    Err(error) => (self.sheets, self.failure) = (None, Some(error)),
                }
                Action::run(keys::focus(PIN))
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
            Message::Progress(question, progress) if question == self.question => {
                self.signed.push(progress.package);
                Action::none()
            }
            Message::Ended(question, answer) if question == self.question => self.ended(answer, desk),
            Message::Loaded(..) | Message::Progress(..) | Message::Ended(..) => Action::none(),
        }
    }

    fn sign(&mut self, desk: &Desk) -> Action<Message, Wish<usize>> {
        let Some(sheets) = self.sheets.clone().filter(|_| self.may_sign()) else { return Action::none() };
        let shown = sheets.iter().map(|sheet| (sheet.head.package, sheet.head.fingerprint)).collect();
        let (pin, last) = self.entry.ask();
        let (client, question) = (desk.client.clone(), self.question);
        let (progress, made) = mpsc::unbounded_channel();
        let made = each(made).map(move |progress| Message::Progress(question, progress));
        let sign = async move { client.sign_many(shown, pin, last, progress).await.map(Arc::new) };
        Action::run(Task::batch([made, ask(sign, move |answer| Message::Ended(question, answer))]))
    }

    fn ended(&mut self, answer: Answer<Arc<SignedMany>>, desk: &Desk) -> Action<Message, Wish<usize>> {
        self.entry.ended(desk);
        match answer {
            Ok(outcome) => {
                // What the client says counts, not what came through the channel.
                self.signed = outcome.signed.iter().map(|(package, _)| *package).collect();
                if outcome.failed.is_none() {
                    return Action::wish(Wish::Signed(self.signed.len()));
                }
                self.stopped = Some(outcome);
                Action::none()
            }
            Err(error) => {
                let changed = error.code() == NOT_SIGNABLE;
                let again = self.entry.failed(error).map(Message::Entry);
                if changed {
                    // Perhaps another package than the one shown: they must be looked at again.
                    self.sheets = None;
                    return Action::run(self.load(desk));
                }
                Action::run(again)
            }
        }
    }
}
