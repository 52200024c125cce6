//! What the place asks from the client: the list, saving, deleting.

use std::sync::Arc;

use client::domain::text::{PackageName, TextError};
use client::domain::{OrderDraft, OrderType, Template};
use client::store::Page;
use iced::Task;

use super::{Action, KEY, Message, NAME, SHOWN, Templates};
use crate::design::keys;
use crate::screen::ask::Question;
use crate::shared::Shared;

impl Templates {
    /// The name, or why it is none.
    pub(super) fn name(&self) -> Result<PackageName, TextError> {
        self.form.name.parse()
    }

    pub(super) fn look(&mut self, shared: &Shared) -> Task<Message> {
        let question = Question::ask();
        self.list = question;
        let (client, text) = (shared.client.clone(), self.search.clone());
        let list = async move { client.templates(text, Page::first(SHOWN)).await };
        Task::perform(list, move |found| Message::Listed(question, found.map_err(Arc::new)))
    }

    pub(super) fn save(&mut self, shared: &Shared) -> Action {
        if self.busy {
            return Action::None;
        }
        (self.tried, self.waiting) = (true, None);
        let Ok(name) = self.name() else { return Action::Run(keys::focus(NAME)) };
        self.busy = true;
        self.pause = Question::ask();
        let id = self.form.id.unwrap_or_else(|| shared.client.new_template_id());
        let fields = OrderDraft { template: None, ..self.form.fields.clone() };
        let template = Template { id, name, order_type: OrderType::Hct, fields };
        let client = shared.client.clone();
        let save = async move {
            client.save_template(template.clone()).await?;
            client.drop_draft(KEY).await?;
            Ok(Box::new(template))
        };
        let done = |done: client::Result<Box<Template>>| Message::Saved(done.map_err(Arc::new));
        Action::Run(Task::perform(save, done))
    }

    pub(super) fn delete(&mut self, shared: &Shared) -> Action {
        let Some(id) = self.form.id.filter(|_| self.deleting && !self.busy) else { return Action::None };
        self.busy = true;
        let client = shared.client.clone();
        let delete = async move { client.remove_template(id).await };
        Action::Run(Task::perform(delete, |done| Message::Deleted(done.map_err(Arc::new))))
    }

    pub(super) fn forget(&mut self, shared: &Shared) -> Task<Message> {
        self.pause = Question::ask();
        let client = shared.client.clone();
        let forget = async move { client.drop_draft(KEY).await };
        Task::perform(forget, |done| Message::Kept(done.map_err(Arc::new)))
    }
}
