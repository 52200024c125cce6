//! What the place asks from the client: lists, saving, deleting, keeping.

use std::sync::Arc;

use client::domain::{OrderDraft, Partner};
use client::store::Page;
use client::{ClientError, PackageChoice, draft_for_partner};
use iced::Task;

use super::windows::{WINDOW, Wanted};
use super::{Action, Form, KEY, Message, Partners, view};
use crate::design::keys;
use crate::design::table::Selection;
use crate::screen::ask::Question;
use crate::screen::notice::Notice;
use crate::shared::Shared;
use crate::tr;

impl Partners {
    /// Looks up the list again, from its first window.
    pub(super) fn look(&mut self, shared: &Shared) -> Task<Message> {
        let question = Question::ask();
        self.list = question;
        let (client, text) = (shared.client.clone(), self.search.clone());
        let list = async move { client.partners(text, Page::first(WINDOW as u32)).await };
        Task::perform(list, move |found| {
            let found = found.map(|(rows, count)| (rows.into(), count)).map_err(Arc::new);
            Message::Listed(question, found)
        })
    }

    pub(super) fn listed(
        &mut self,
        question: Question,
        result: Result<(Arc<[Partner]>, u32), Arc<ClientError>>,
    ) -> Action {
        match result {
            Ok((rows, count)) => {
                self.windows.begin(question, rows, count as usize);
                let shown = self.form.id.and_then(|id| self.windows.position(id));
                self.selection = shown.map(Selection::of).unwrap_or_default();
                Action::None
            }
            Err(error) => self.troubled(&error),
        }
    }

    pub(super) fn load(&self, wanted: Wanted, shared: &Shared) -> Action {
        let (client, text) = (shared.client.clone(), self.search.clone());
        let load = async move { client.partners(text, wanted.page()).await };
        Action::Run(Task::perform(load, move |found| {
            Message::Loaded(wanted, found.map(|(rows, _)| rows.into()).map_err(Arc::new))
        }))
    }

    /// Keeps the form, if it holds anything that is not saved.
    pub(super) fn keep(&self, shared: &Shared) -> Action {
        if !self.is_changed() {
            return Action::None;
        }
        let (client, form) = (shared.client.clone(), self.form.clone());
        let keep = async move { client.keep_draft(KEY, form).await };
        Action::Run(Task::perform(keep, |done| Message::Kept(done.map_err(Arc::new))))
    }

    pub(super) fn forget(&mut self, shared: &Shared) -> Task<Message> {
        self.pause = Question::ask();
        let client = shared.client.clone();
        let forget = async move { client.drop_draft(KEY).await };
        Task::perform(forget, |done| Message::Kept(done.map_err(Arc::new)))
    }

    /// Asks for the last payments to the stored partner.
    pub(super) fn ask_past(&mut self, shared: &Shared) -> Task<Message> {
        let question = Question::ask();
        self.past = question;
        let Some(Ok(partner)) = self.stored.id.map(|id| self.stored.draft.check(id)) else {
            return Task::none();
        };
        let client = shared.client.clone();
        let past = async move {
            let draft = draft_for_partner(&partner, OrderDraft::default());
            let check = client.check_order(draft, PackageChoice::Auto, None).await.ok()?;
            check.payee.map(|payee| payee.last)
        };
        Task::perform(past, move |last| Message::Past(question, last.unwrap_or_default()))
    }

    pub(super) fn save(&mut self, shared: &Shared) -> Action {
        if self.busy {
            return Action::None;
        }
        self.tried = true;
        self.waiting = None;
        let id = self.form.id.unwrap_or_else(|| shared.client.new_partner_id());
        let partner = match self.form.draft.check(id) {
            Ok(partner) => partner,
            Err(problems) => {
                self.problems = problems;
                return Action::Run(keys::focus(view::first_wrong(&self.problems)));
            }
        };
        self.busy = true;
        let client = shared.client.clone();
        let save = async move {
            client.save_partner(partner.clone()).await?;
            client.drop_draft(KEY).await?;
            Ok(Box::new(partner))
        };
        self.pause = Question::ask();
        let done = |done: client::Result<Box<Partner>>| Message::Saved(done.map_err(Arc::new));
        Action::Run(Task::perform(save, done))
    }

    pub(super) fn saved(&mut self, partner: &Partner, shared: &Shared) -> Action {
        self.busy = false;
        self.show(Form::of(partner));
        let words = tr!("partner-saved", name = partner.short_name.to_string());
        let tasks = [self.look(shared), self.ask_past(shared)];
        Action::Say(Notice::good(words), Task::batch(tasks))
    }

    pub(super) fn delete(&mut self, shared: &Shared) -> Action {
        let Some(id) = self.form.id.filter(|_| self.deleting && !self.busy) else { return Action::None };
        self.busy = true;
        let client = shared.client.clone();
        let delete = async move { client.remove_partner(id).await };
        Action::Run(Task::perform(delete, |done| Message::Deleted(done.map_err(Arc::new))))
    }
}
