//! "Sablonok": named orders of which any field may be filled; the list, and the chosen one as a form beside it.

mod view;
mod work;

#[cfg(test)]
mod tests;

use client::Client;
use domain::{OrderType, Template, TemplateId, Values};
use iced::Task;
use iced::keyboard::key::Named;
use serde::{Deserialize, Serialize};

use super::ask::{Answer, Question};
use super::browse::Search;
use super::notice::Notice;
use super::order::fields::{self, Edit};
use super::order::notes;
use super::record_form::{self, Asked, Next, Owned, Record, RecordForm, Texts};
use crate::design::Element;
use crate::design::keys::{self, Press};
use crate::design::table::{Pick, Selection};
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::screen::action::Action;
use crate::screen::contract::{Screen, Topic};
use crate::tr;

/// The first field of the form.
const NAME: &str = "template-name";
const SEARCH: &str = "template-search";
const LIST: &str = "template-list";
/// Templates in the list.
const SHOWN: u32 = 2_000;

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    id: Option<TemplateId>,
    name: String,
    order_type: OrderType,
    fields: Values,
    /// Whether it is the customer's own.
    is_own: bool,
}

impl Record for Form {
    type Stored = Owned<Template>;
    type Id = TemplateId;
    const KEY: &'static str = "template-form";

    fn blank() -> Self {
        Self::default()
    }

    fn of(template: &Owned<Template>) -> Self {
        let fields = notes::values_as_shown(template.fields.clone());
        let name = template.name.to_string();
        let (order_type, is_own) = (template.order_type, template.is_own);
        Self { id: Some(template.id), name, order_type, fields, is_own }
    }

    fn id(&self) -> Option<TemplateId> {
        self.id
    }

    async fn find(client: Client, id: TemplateId) -> client::Result<Owned<Template>> {
        let is_own = client.own_templates(vec![id]).await?.contains(&id);
        Ok(Owned { record: client.template(id).await?, is_own })
    }

    async fn save(client: Client, template: Owned<Template>) -> client::Result<()> {
        client.save_template_as(template.record, template.is_own).await
    }

    async fn remove(client: Client, id: TemplateId) -> client::Result<()> {
        client.remove_template(id).await
    }

    fn texts() -> Texts {
        Texts { restored: tr!("template-restored"), delete: (tr!("template-delete"), String::new()) }
    }
}

pub(crate) struct Templates {
    search: Search,
    templates: Vec<Owned<Template>>,
    selection: Selection,
    record: RecordForm<Form>,
    list: Question,
    /// Whether the rare fields are shown.
    more: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Typed into the search box.
    Search(String),
    /// Nothing was typed into it for a while.
    Searched(Question),
    Listed(Question, Answer<Vec<Owned<Template>>>),
    Record(record_form::Message<Form>),
    /// A row was picked.
    Picked(Pick),
    /// Enter on a row: a new order from it.
    Opened(usize),
    /// Typed into the name.
    Name(String),
    /// Of a field.
    Field(Edit),
    /// Another type of order.
    Type(OrderType),
    /// Whether it shall be the customer's own.
    Owner(bool),
    /// A new order from the shown template.
    Order,
    /// To the search box.
    FocusSearch,
    Leave,
}

impl Templates {
    /// The place, with all templates.
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let (record, restore) = RecordForm::new(desk);
        let mut place = Self {
            search: Search::default(),
            templates: Vec::new(),
            selection: Selection::default(),
            record,
            list: Question::ask(),
            more: true,
        };
        let tasks = [place.look(desk), restore.map(Message::Record), keys::focus(LIST)];
        (place, Task::batch(tasks))
    }

    /// What happens to the form, and what follows from it here.
    fn record_message(&mut self, message: record_form::Message<Form>, desk: &Desk) -> Action<Message> {
        let (action, next) = self.record.update(message, desk).heard(Message::Record);
        match next {
            None => action,
            Some(Next::Restored) => {
                self.select_shown();
                action
            }
            Some(Next::Show(Asked::New)) => {
                self.record.show(Form::blank());
                self.selection = Selection::default();
                action.and_run(keys::focus(NAME))
            }
            Some(Next::Show(Asked::Row(row))) => {
                self.selection.apply(Pick::Only(row));
                if let Some(form) = self.templates.get(row).map(Form::of) {
                    self.record.show(form);
                }
                action
            }
            Some(Next::Save) => action.and_run(self.save(desk)),
            Some(Next::Saved(template)) => {
                let words = tr!("template-saved", name = template.name.to_string());
                action.and(Action::say(Notice::good(words))).and_run(self.look(desk))
            }
            Some(Next::Deleted) => action
                .and(Action::say(Notice::good(tr!("template-deleted"))))
                .and_run(Task::batch([self.look(desk), keys::focus(LIST)])),
        }
    }

    fn select_shown(&mut self) {
        let shown = self.record.form.id.and_then(|id| self.templates.iter().position(|t| t.id == id));
        self.selection = shown.map(Selection::of).unwrap_or_default();
    }

    fn typed(&mut self) -> Action<Message> {
        Action::run(self.record.typed().map(Message::Record))
    }
}

impl Screen for Templates {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Search(text) => Action::run(self.search.typed(text, Message::Searched)),
            Message::Searched(pause) if self.search.is_due(pause) => Action::run(self.look(desk)),
            Message::Searched(_) => Action::none(),
            Message::Listed(question, answer) if question == self.list => {
                match answer {
                    Ok(templates) => {
                        self.templates = templates;
                        self.select_shown();
                    }
                    Err(error) => self.record.troubled(error),
                }
                Action::none()
            }
            Message::Listed(..) => Action::none(),
            Message::Record(message) => self.record_message(message, desk),
            Message::Picked(pick) => match pick {
                Pick::Only(row) | Pick::Toggle(row) | Pick::To(row) | Pick::Cursor(row) => {
                    self.record_message(record_form::Message::Show(Asked::Row(row)), desk)
                }
                Pick::All(_) => Action::none(),
            },
            Message::Opened(row) => match self.templates.get(row) {
                Some(template) if !self.record.is_changed() => {
                    Action::go(Go::NewOrder(NewOrder::FromTemplate(template.id)))
                }
                _ => Action::none(),
            },
            Message::Name(text) => {
                self.record.form.name = text;
                self.typed()
            }
            Message::Field(Edit::More) => {
                self.more = !self.more;
                Action::none()
            }
            Message::Field(edit) => {
                let accounts = view::own_accounts(desk);
                fields::edit(&mut self.record.form.fields, edit, &accounts);
                self.typed()
            }
            Message::Type(kind) => {
                self.record.form.order_type = kind;
                self.typed()
            }
            Message::Owner(is_own) => {
                self.record.form.is_own = is_own;
                self.typed()
            }
            Message::Order => match self.record.saved_id() {
                Some(id) => Action::go(Go::NewOrder(NewOrder::FromTemplate(id))),
                None => Action::none(),
            },
            Message::FocusSearch => Action::run(keys::focus(SEARCH)),
            Message::Leave => Action::back(),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::MasterData => self.look(desk),
            Topic::Packages
            | Topic::SharedArea
            | Topic::Accounts
            | Topic::Authority
            | Topic::Messages
            | Topic::Session
            | Topic::Rules
            | Topic::Others
            | Topic::Token
            | Topic::Language => Task::none(),
        }
    }

    fn key(&self, press: &Press) -> Option<Message> {
        if let Some(message) = self.record.key(press) {
            return Some(Message::Record(message));
        }
        match press {
            press if press.is_ctrl('n') => Some(Message::Order),
            press if press.is_ctrl('f') => Some(Message::FocusSearch),
            press if press.is(Named::Escape) => Some(Message::Leave),
            _ => None,
        }
    }

    fn left(&mut self, desk: &Desk) -> Task<Message> {
        self.record.left(desk).map(Message::Record)
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        self.page(desk)
    }
}
