//! What the place asks of the client: judging and recording the order, and the one-time code.

use std::sync::Arc;

use client::{ClientError, PackageChoice, Saved};
use domain::OrderDraft;

use super::sheets::{self, Confirm};
use super::{Action, Administration, Message};
use crate::design::keys;
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::notice::Notice;
use crate::texts::explain;
use crate::tr;

impl Administration {
    /// Judges the form and asks before the order is recorded.
    pub(super) fn save(&mut self) -> Action<Message> {
        let (Some(form), Some(overview), false) = (&mut self.form, &self.overview, self.saving) else {
            return Action::none();
        };
        let judged = form.action().and_then(|action| {
            let change = overview.preview(&action).map_err(|error| explain(&error))?;
            Ok((action, change))
        });
        match judged {
            Ok((action, change)) => {
                self.sheet = Some(Confirm { action, change });
                Action::run(keys::focus(sheets::FIRST))
            }
            Err(words) => {
                form.problem = Some(words);
                Action::none()
            }
        }
    }

    /// Enter on the question: the order is recorded.
    pub(super) fn accept(&mut self, desk: &Desk) -> Action<Message> {
        let (Some(sheet), Some(form)) = (self.sheet.take(), &self.form) else { return Action::none() };
        self.saving = true;
        let (client, draft, replaces) =
            (desk.client.clone(), OrderDraft::of_change(&sheet.action), form.replaces);
        // A changed order stays in its package as long as it can.
        let choice = if replaces.is_some() { PackageChoice::Auto } else { self.choice };
        Action::run(ask(async move { client.save_order(draft, choice, replaces).await }, Message::Saved))
    }

    /// The recorded order is shown in its package, ready to be signed.
    pub(super) fn saved(&mut self, answer: Answer<Saved>) -> Action<Message> {
        self.saving = false;
        match answer {
            Ok(saved) => {
                (self.form, self.touched) = (None, false);
                Action::say(Notice::good(tr!("admin-saved")))
                    .and(Action::go(Go::Prepared(Some(saved.package))))
            }
            Err(error) => {
                let words = match &*error {
                    ClientError::Fields(problems) => problems.first().map(|problem| explain(problem)),
                    _ => None,
                };
                if let Some(form) = &mut self.form {
                    form.problem = Some(words.unwrap_or_else(|| explain(&*error)));
                }
                Action::none()
            }
        }
    }

    /// Has the bank send a one-time code to the typed identifier.
    pub(super) fn send_code(&mut self, desk: &Desk) -> Action<Message> {
        let Some(form) = &mut self.form else { return Action::none() };
        let id = match form.typed_id() {
            Ok(id) => id,
            Err(words) => {
                form.sent = Some(Err(words));
                return Action::none();
            }
        };
        self.coding = Question::ask();
        let (client, question) = (desk.client.clone(), self.coding);
        let send = async move { client.send_one_time_code(id).await };
        Action::run(ask(send, move |answer| Message::CodeSent(question, answer)))
    }

    pub(super) fn code_sent(&mut self, answer: Answer<()>) {
        if let Some(form) = &mut self.form {
            let to = form.typed_id().map(|id| id.to_string()).unwrap_or_default();
            let said = answer.map_err(|error: Arc<_>| explain(&*error));
            form.sent = Some(said.map(|()| tr!("admin-code-sent", id = to)));
        }
    }
}
