//! What the place asks from the client: lists, saving, deleting, keeping.

use std::sync::Arc;

use client::{Client, PackageChoice, Page};
use domain::{OrderDraft, Partner};
use iced::Task;

use super::windows::{WINDOW, Wanted};
use super::{Action, Form, Message, Partners, SEARCH, view};
use crate::design::keys;
use crate::design::table::Selection;
use crate::desk::Desk;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::notice::Notice;
use crate::screen::record_form::{self, Next, Owned};
use crate::tr;

impl Partners {
    /// Looks up the list again, from its first window.
    pub(super) fn look(&mut self, desk: &Desk) -> Task<Message> {
        let question = Question::ask();
        self.list = question;
        let (client, text) = (desk.client.clone(), self.search.text().to_owned());
        let list = async move {
            let (rows, count) = client.partners(text, Page::first(WINDOW as u32)).await?;
            Ok((owned(&client, rows).await?, count))
        };
        ask(list, move |answer| Message::Listed(question, answer))
    }

    pub(super) fn listed(
        &mut self,
        question: Question,
        answer: Answer<(Arc<[Owned<Partner>]>, u32)>,
    ) -> Action<Message> {
        if question != self.list {
            return Action::none();
        }
        match answer {
            Ok((rows, count)) => {
                self.windows.begin(question, rows, count as usize);
                self.select_shown();
            }
            Err(error) => self.record.troubled(error),
        }
        Action::none()
    }

    fn select_shown(&mut self) {
        let shown = self.record.form.id.and_then(|id| self.windows.position(id));
        self.selection = shown.map(Selection::of).unwrap_or_default();
    }

    /// What happens to the form, and what follows from it here.
    pub(super) fn record_message(
        &mut self,
        message: record_form::Message<Form>,
        desk: &Desk,
    ) -> Action<Message> {
        let (action, next) = self.record.update(message, desk).heard(Message::Record);
        match next {
            None => action,
            Some(Next::Restored) => {
                self.judge();
                self.select_shown();
                action.and_run(self.ask_past(desk))
            }
            Some(Next::Show(asked)) => action.and_run(self.show_asked(asked, desk)),
            Some(Next::Save) => action.and_run(self.save(desk)),
            Some(Next::Saved(partner)) => {
                self.shown();
                let words = tr!("partner-saved", name = partner.short_name.to_string());
                action
                    .and(Action::say(Notice::good(words)))
                    .and_run(Task::batch([self.look(desk), self.ask_past(desk)]))
            }
            Some(Next::Deleted) => {
                self.shown();
                action
                    .and(Action::say(Notice::good(tr!("partner-deleted"))))
                    .and_run(Task::batch([self.look(desk), keys::focus(SEARCH)]))
            }
        }
    }

    pub(super) fn load(&self, wanted: Wanted, desk: &Desk) -> Action<Message> {
        let (client, text) = (desk.client.clone(), self.search.text().to_owned());
        let load = async move {
            let (rows, _) = client.partners(text, wanted.page()).await?;
            owned(&client, rows).await
        };
        Action::run(ask(load, move |answer| Message::Loaded(wanted, answer)))
    }

    /// Asks for the last payments to the stored partner.
    pub(super) fn ask_past(&mut self, desk: &Desk) -> Task<Message> {
        let question = Question::ask();
        self.past = question;
        let Some(Ok(partner)) = self.record.stored.id.map(|id| self.record.stored.draft.check(id)) else {
            return Task::none();
        };
        let client = desk.client.clone();
        let past = async move {
            let draft = OrderDraft::default().for_partner(&partner, 0);
            let check = client.check_order(draft, PackageChoice::Auto, None).await.ok()?;
            check.payee.map(|payee| payee.last)
        };
        Task::perform(past, move |last| Message::Past(question, last.unwrap_or_default()))
    }

    fn save(&mut self, desk: &Desk) -> Task<Message> {
        let id = self.record.form.id.unwrap_or_else(|| desk.client.new_partner_id());
        match self.record.form.draft.check(id) {
            Ok(record) => {
                let is_own = self.record.form.is_own;
                self.record.save(Owned { record, is_own }, desk).map(Message::Record)
            }
            Err(problems) => {
                self.problems = problems;
                keys::focus(view::first_wrong(&self.problems))
            }
        }
    }
}

/// Partners with whose each of them is.
async fn owned(client: &Client, partners: Vec<Partner>) -> client::Result<Arc<[Owned<Partner>]>> {
    let own = client.own_partners(partners.iter().map(|partner| partner.id).collect()).await?;
    let owned = |record: Partner| Owned { is_own: own.contains(&record.id), record };
    Ok(partners.into_iter().map(owned).collect())
}
