//! What the place asks from the client: the list, saving, deleting.

use client::Page;
use domain::Template;
use domain::text::{PackageName, TextError};
use iced::Task;

use super::{Message, NAME, SHOWN, Templates};
use crate::design::keys;
use crate::desk::Desk;
use crate::screen::ask::{Question, ask};

impl Templates {
    /// The name, or why it is none.
    pub(super) fn name(&self) -> Result<PackageName, TextError> {
        self.record.form.name.parse()
    }

    pub(super) fn look(&mut self, desk: &Desk) -> Task<Message> {
        let question = Question::ask();
        self.list = question;
        let (client, text) = (desk.client.clone(), self.search.text().to_owned());
        let list = async move { client.templates(text, Page::first(SHOWN)).await };
        ask(list, move |answer| Message::Listed(question, answer))
    }

    pub(super) fn save(&mut self, desk: &Desk) -> Task<Message> {
        let Ok(name) = self.name() else { return keys::focus(NAME) };
        let form = &self.record.form;
        let id = form.id.unwrap_or_else(|| desk.client.new_template_id());
        let fields = form.fields.clone().only(form.order_type.fields());
        let template = Template { id, name, order_type: form.order_type, fields };
        self.record.save(template, desk).map(Message::Record)
    }
}
