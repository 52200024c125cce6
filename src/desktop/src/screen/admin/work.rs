//! What the buttons of the place do, and what is said when it is done.

use client::{Client, ClientError, Pacing, Signed};
use domain::submission::SubmissionState;
use domain::{PackageId, PackageState};
use iced::Task;

use super::form::Form;
use super::sheets::{self, Sheet};
use super::{Action, Administration, Beside, Message, Which};
use crate::design::keys;
use crate::design::theme::Tone;
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::ask::Question;
use crate::screen::notice::Notice;
use crate::screen::packages::{entry, signing};
use crate::texts::explain;
use crate::{format, tr};

/// Something that a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// The recorded order into its form again.
    Edit,
    /// The second pair of eyes.
    Check,
    /// F8.
    Sign,
    /// F9.
    Send,
    Withdraw,
    /// Del.
    Delete,
    /// Asks the bank about a sent package now.
    Ask,
    Save,
}

/// What has been done.
#[derive(Debug, Clone)]
pub(crate) enum Done {
    /// The order is recorded, in this package.
    Saved(Result<PackageId, String>),
    /// A package was changed: what to say, or why it was not.
    Changed(Result<String, String>),
    /// The package has left, or not.
    Sent(PackageId, Result<SubmissionState, String>),
}

impl Administration {
    /// Judges the form and asks before the package is made.
    pub(super) fn save(&mut self) -> Action<Message> {
        let (Beside::Form(form), Some(overview), None) = (&mut self.beside, &self.overview, self.busy) else {
            return Action::none();
        };
        let judged = form.action().and_then(|action| {
            let change = overview.preview(&action).map_err(|error| explain(&error))?;
            Ok((action, change))
        });
        match judged {
            Ok((action, change)) => {
                self.sheet = Some(Sheet::Confirm { action, replaces: form.replaces, change });
                Action::run(keys::focus(sheets::FIRST))
            }
            Err(words) => {
                form.problem = Some(words);
                Action::none()
            }
        }
    }

    /// Enter on a small sheet.
    pub(super) fn accept(&mut self, desk: &Desk) -> Action<Message> {
        match self.sheet.take() {
            Some(Sheet::Confirm { action, replaces, .. }) => {
                self.busy = Some(Work::Save);
                let client = desk.client.clone();
                Action::run(Task::perform(
                    async move {
                        let saved = match replaces {
                            Some(order) => client.change_admin_order(order, action).await,
                            None => client.save_admin_order(action, None).await,
                        };
                        saved.map_err(|error| explain(&error))
                    },
                    |answer| Message::Done(Done::Saved(answer)),
                ))
            }
            Some(Sheet::SendNow { package, .. }) => self.send(package, desk),
            Some(Sheet::Ask { work: Work::Delete, .. }) => {
                self.change(Work::Delete, desk, tr!("done-deleted", count = "1"), |client, id| async move {
                    client.delete_package(id).await
                })
            }
            Some(Sheet::Ask { .. }) => self.withdraw_now(desk),
            other => {
                self.sheet = other;
                Action::none()
            }
        }
    }

    /// Starts what a button asks for; a package that does not allow it is left alone.
    pub(super) fn start(&mut self, work: Work, desk: &Desk) -> Action<Message> {
        use client::Action as May;
        if self.busy.is_some() {
            return Action::none();
        }
        match work {
            Work::Edit if self.allows(May::Edit) => self.edit(),
            Work::Check if self.allows(May::Check) => {
                self.change(work, desk, tr!("done-checked"), |client, id| async move {
                    client.check_package(id).await
                })
            }
            Work::Sign => self.open_signing(desk),
            Work::Send if self.allows(May::Send) => {
                self.open.map_or(Action::none(), |package| self.send(package, desk))
            }
            Work::Withdraw if self.allows(May::Withdraw) => {
                let signatures = self.detail.as_ref().map_or(0, |detail| detail.package.signatures.len());
                if signatures == 0 {
                    return self.withdraw_now(desk);
                }
                let consequence = tr!("withdraw-words", count = format::count(signatures));
                self.ask(work, [tr!("withdraw-title"), consequence, tr!("packages-withdraw")])
            }
            Work::Delete if self.allows(May::Delete) => {
                let name = self.detail.as_ref().map(|d| d.line.header.name.to_string()).unwrap_or_default();
                let consequence = tr!("admin-delete-words", name = name);
                self.ask(work, [tr!("delete-title"), consequence, tr!("packages-delete")])
            }
            Work::Ask => self
                .change(work, desk, tr!("sent-asked"), |client, id| async move { client.ask_now(id).await }),
            _ => Action::none(),
        }
    }

    fn ask(&mut self, work: Work, words: [String; 3]) -> Action<Message> {
        self.sheet = Some(Sheet::Ask { work, words });
        Action::run(keys::focus(sheets::FIRST))
    }

    /// The recorded order of the package into its form again.
    fn edit(&mut self) -> Action<Message> {
        let (Some(detail), Some(overview)) = (&self.detail, &self.overview) else { return Action::none() };
        let [only] = &detail.orders[..] else { return Action::none() };
        let form = Form::of(only.order.id, &only.order.action, overview.clone());
        self.beside = Beside::Form(Box::new(form));
        Action::run(keys::focus(super::form_view::FIRST))
    }

    fn withdraw_now(&mut self, desk: &Desk) -> Action<Message> {
        self.change(Work::Withdraw, desk, tr!("done-withdrawn"), |client, id| async move {
            client.withdraw_package(id).await
        })
    }

    /// Runs one change of the open package; `said` is what is told when it worked.
    fn change<F>(
        &mut self,
        work: Work,
        desk: &Desk,
        said: String,
        call: impl FnOnce(Client, PackageId) -> F,
    ) -> Action<Message>
    where
        F: Future<Output = Result<(), ClientError>> + Send + 'static,
    {
        let Some(id) = self.open else { return Action::none() };
        self.busy = Some(work);
        let answer = call(desk.client.clone(), id);
        Action::run(Task::perform(answer, move |answer| {
            Message::Done(Done::Changed(answer.map(|()| said).map_err(|error| explain(&error))))
        }))
    }

    fn send(&mut self, package: PackageId, desk: &Desk) -> Action<Message> {
        if desk.user.is_none() {
            return Action::say(Notice::care(explain(&ClientError::NotLoggedIn)));
        }
        self.busy = Some(Work::Send);
        let client = desk.client.clone();
        Action::run(Task::perform(
            async move {
                let outcome = client.send(vec![package], Pacing::Together).await.into_iter().next();
                match outcome {
                    Some(outcome) => outcome.result.map_err(|error| explain(&error)),
                    None => Err(explain(&ClientError::NotFound)),
                }
            },
            move |answer| Message::Done(Done::Sent(package, answer)),
        ))
    }

    /// Has the bank send a one-time code to the typed identifier.
    pub(super) fn send_code(&mut self, desk: &Desk) -> Action<Message> {
        let Beside::Form(form) = &mut self.beside else { return Action::none() };
        let id = match form.typed_id() {
            Ok(id) => id,
            Err(words) => {
                form.sent = Some(Err(words));
                return Action::none();
            }
        };
        self.coding = Question::ask();
        let (client, question) = (desk.client.clone(), self.coding);
        Action::run(Task::perform(
            async move { client.send_one_time_code(id).await.map_err(|error| explain(&error)) },
            move |answer| Message::CodeSent(question, answer),
        ))
    }

    pub(super) fn code_sent(&mut self, answer: Result<(), String>) {
        if let Beside::Form(form) = &mut self.beside {
            let to = form.typed_id().map(|id| id.to_string()).unwrap_or_default();
            form.sent = Some(answer.map(|()| tr!("admin-code-sent", id = to)));
        }
    }

    /// Says what was done.
    pub(super) fn finish(&mut self, done: Done, desk: &Desk) -> Action<Message> {
        self.busy = None;
        let told = match done {
            Done::Saved(Ok(package)) => {
                (self.beside, self.which, self.open) = (Beside::Package, Which::Prepared, Some(package));
                self.detail = None;
                Action::say(Notice::good(tr!("admin-saved")))
            }
            Done::Saved(Err(words)) => {
                if let Beside::Form(form) = &mut self.beside {
                    form.problem = Some(words);
                }
                return Action::none();
            }
            Done::Changed(Ok(words)) => Action::say(Notice::good(words)),
            Done::Changed(Err(words)) => Action::say(Notice::bad(words)),
            Done::Sent(package, result) => self.sent(package, result),
        };
        Action::all([told, Action::run(self.reload(desk))])
    }

    fn sent(&mut self, package: PackageId, result: Result<SubmissionState, String>) -> Action<Message> {
        let name = self.detail.as_ref().map(|d| d.line.header.name.to_string()).unwrap_or_default();
        let name = name.as_str();
        let (tone, words) = match &result {
            Ok(SubmissionState::Received) => (Tone::Good, tr!("sent-received", name = name)),
            Ok(SubmissionState::NeverSeen | SubmissionState::Refused) => {
                (Tone::Bad, tr!("sent-refused", name = name))
            }
            Ok(_) => (Tone::Care, tr!("sent-unknown", name = name)),
            Err(why) => (Tone::Bad, tr!("sent-not-begun", name = name, why = why.as_str())),
        };
        // What has left, or may have, is followed among the sent ones.
        if matches!(result, Ok(state) if state == SubmissionState::Received || !state.is_over()) {
            (self.which, self.open, self.detail) = (Which::Sent, Some(package), None);
        }
        Action::say(Notice::new(tone, words))
    }

    pub(super) fn signing(&mut self, message: signing::Message, desk: &Desk) -> Action<Message> {
        let Some(Sheet::Signing(signing)) = &mut self.sheet else { return Action::none() };
        let (action, wish) = signing.update(message, desk).heard(Message::Signing);
        let Some(wish) = wish else { return action };
        self.sheet = None;
        match wish {
            entry::Wish::Leave => action,
            entry::Wish::OpenToken => action.and(Action::go(Go::Token)),
            entry::Wish::Signed(signed) => action.and(self.signed(&signed, desk)),
        }
    }

    /// The package has one more signature; when that was the last one, sending it is offered.
    fn signed(&mut self, signed: &Signed, desk: &Desk) -> Action<Message> {
        self.sheet = None;
        let (have, need) = (i64::from(signed.signing.have), i64::from(signed.signing.need));
        let again = Action::run(self.reload(desk));
        if signed.state != PackageState::Signed {
            let words = tr!("done-signed-partly", have = have, need = need);
            return Action::all([Action::say(Notice::good(words)), again]);
        }
        let mut actions = vec![Action::say(Notice::good(tr!("done-signed"))), again];
        if let (Some(detail), Some(_)) = (&self.detail, &desk.user) {
            let name = detail.line.header.name.to_string();
            self.sheet = Some(Sheet::SendNow { package: detail.line.header.id, name });
            actions.push(Action::run(keys::focus(sheets::FIRST)));
        }
        Action::all(actions)
    }
}
