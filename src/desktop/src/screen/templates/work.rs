//! What the place asks from the client: the list, saving, deleting.

use client::Page;
use domain::Template;
use domain::text::{PackageName, TextError};
use iced::Task;

use super::{Message, NAME, SHOWN, Templates};
use crate::design::keys;
use crate::desk::Desk;
use crate::screen::ask::{Question, ask};
use crate::screen::record_form::Owned;

impl Templates {
    /// The name, or why it is none.
    pub(super) fn name(&self) -> Result<PackageName, TextError> {
        self.record.form.name.parse()
    }

    pub(super) fn look(&mut self, desk: &Desk) -> Task<Message> {
        let question = Question::ask();
        self.list = question;
        let (client, text) = (desk.client.clone(), self.search.text().to_owned());
        let list = async move {
            let templates = client.templates(text, Page::first(SHOWN)).await?;
            let own = client.own_templates(templates.iter().map(|template| template.id).collect()).await?;
            let owned = |record: Template| Owned { is_own: own.contains(&record.id), record };
            Ok(templates.into_iter().map(owned).collect())
        };
        ask(list, move |answer| Message::Listed(question, answer))
    }

    pub(super) fn save(&mut self, desk: &Desk) -> Task<Message> {
        let Ok(name) = self.name() else { return keys::focus(NAME) };
        let form = &self.record.form;
        let id = form.id.unwrap_or_else(|| desk.client.new_template_id());
        let fields = form.fields.clone().only(form.order_type.fields());
        let record = Template { id, name, order_type: form.order_type, fields };
        let is_own = form.is_own;
        self.record.save(Owned { record, is_own }, desk).map(Message::Record)
    }
}
