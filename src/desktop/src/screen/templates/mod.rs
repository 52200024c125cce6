//! "Sablonok": named orders of which any field may be filled; the list, and the chosen one as a form beside it.

mod view;
mod work;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use client::ClientError;
use client::domain::{Field, OrderDraft, Template, TemplateId};
use iced::Task;
use iced::keyboard::key::Named;
use iced::widget::operation::move_cursor_to_end;
use serde::{Deserialize, Serialize};

use super::ask::{Question, after_pause};
use super::notice::Notice;
use super::order::{form, notes};
use crate::design::keys::{self, Press};
use crate::design::table::{Pick, Selection};
use crate::go::{Go, NewOrder};
use crate::shared::Shared;
use crate::texts::explain;
use crate::tr;

/// Key of the form that was not saved yet.
const KEY: &str = "template-form";
/// The first field of the form.
const NAME: &str = "template-name";
/// The search box.
const SEARCH: &str = "template-search";
/// The list.
const LIST: &str = "template-list";
/// Templates in the list.
const SHOWN: u32 = 2_000;

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    id: Option<TemplateId>,
    name: String,
    fields: OrderDraft,
}

impl Form {
    fn of(template: &Template) -> Self {
        let fields = notes::as_shown(template.fields.clone());
        Self { id: Some(template.id), name: template.name.to_string(), fields }
    }
}

/// The place.
pub struct Templates {
    search: String,
    templates: Vec<Template>,
    selection: Selection,
    form: Form,
    /// The form as it is stored: another one means that something would be lost.
    stored: Form,
    restored: bool,
    tried: bool,
    waiting: Option<Wish>,
    deleting: bool,
    busy: bool,
    trouble: Option<String>,
    list: Question,
    searching: Question,
    pause: Question,
}

/// What the user asked for while the form held something unsaved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Another row.
    Row(usize),
    /// An empty form.
    New,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Typed into the search box.
    Search(String),
    /// Nothing was typed into it for a while.
    Searched(Question),
    /// Templates changed: look again.
    Refresh,
    /// The list.
    Listed(Question, Result<Vec<Template>, Arc<ClientError>>),
    /// What was typed earlier and not saved.
    Restored(Option<Box<(Form, Option<Template>)>>),
    /// A row was picked.
    Picked(Pick),
    /// Enter on a row: a new order from it.
    Opened(usize),
    /// Typed into the name.
    Name(String),
    /// Typed into a field.
    Typed(Field, String),
    /// An account was chosen, or none.
    Account(usize),
    /// The tick "azonnali".
    Instant(bool),
    /// Nothing was typed for a while.
    Paused(Question),
    /// What is typed was kept or forgotten.
    Kept(Result<(), Arc<ClientError>>),
    /// An empty form.
    New,
    /// Save.
    Save,
    /// The save ended.
    Saved(Result<Box<Template>, Arc<ClientError>>),
    /// Throw away what was typed and go on.
    Discard,
    /// Stay with what is typed.
    Stay,
    /// Ask whether to delete.
    Delete,
    /// Delete.
    ReallyDelete,
    /// It is deleted.
    Deleted(Result<(), Arc<ClientError>>),
    /// A new order from the shown template.
    Order,
    /// To the search box.
    FocusSearch,
    /// Away.
    Leave,
}

/// What the window must do.
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Open a place.
    Go(Go),
    /// Say something and run this.
    Say(Notice, Task<Message>),
}

impl Templates {
    /// The place, with all templates.
    pub fn new(shared: &Shared) -> (Self, Task<Message>) {
        let mut place = Self {
            search: String::new(),
            templates: Vec::new(),
            selection: Selection::default(),
            form: Form::default(),
            stored: Form::default(),
            restored: false,
            tried: false,
            waiting: None,
            deleting: false,
            busy: false,
            trouble: None,
            list: Question::ask(),
            searching: Question::ask(),
            pause: Question::ask(),
        };
        let client = shared.client.clone();
        let restore = async move {
            let form = client.kept_draft::<Form>(KEY).await.ok().flatten()?;
            let stored = match form.id {
                Some(id) => Some(client.template(id).await.ok()?),
                None => None,
            };
            Some(Box::new((form, stored)))
        };
        let tasks = [place.look(shared), Task::perform(restore, Message::Restored), keys::focus(LIST)];
        (place, Task::batch(tasks))
    }

    /// The message of a key that no widget wanted.
    pub fn key(&self, press: &Press) -> Option<Message> {
        match press {
            press if press.is_ctrl('s') => Some(Message::Save),
            press if press.is_ctrl('n') => Some(Message::Order),
            press if press.is_ctrl('f') => Some(Message::FocusSearch),
            press if press.is(Named::Insert) => Some(Message::New),
            press if press.is(Named::Delete) => Some(Message::Delete),
            press if press.is(Named::Escape) && (self.deleting || self.waiting.is_some()) => {
                Some(Message::Stay)
            }
            press if press.is(Named::Escape) => Some(Message::Leave),
            _ => None,
        }
    }

    /// Does what happened.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Search(text) => {
                self.search = text;
                self.searching = Question::ask();
                Action::Run(after_pause(Message::Searched(self.searching)))
            }
            Message::Searched(pause) if pause != self.searching => Action::None,
            Message::Searched(_) | Message::Refresh => Action::Run(self.look(shared)),
            Message::Listed(question, result) if question == self.list => match result {
                Ok(templates) => {
                    self.templates = templates;
                    self.select_shown();
                    Action::None
                }
                Err(error) => self.troubled(&error),
            },
            Message::Listed(..) => Action::None,
            Message::Restored(Some(kept)) if self.form == Form::default() => {
                let (form, stored) = *kept;
                self.stored = stored.as_ref().map_or_else(Form::default, Form::of);
                self.form = form;
                self.restored = self.is_changed();
                self.select_shown();
                Action::None
            }
            Message::Restored(_) => Action::None,
            Message::Picked(pick) => match pick {
                Pick::Only(row) | Pick::Toggle(row) | Pick::To(row) | Pick::Cursor(row) => {
                    self.wish(Wish::Row(row))
                }
                Pick::All(_) => Action::None,
            },
            Message::Opened(row) => match self.templates.get(row) {
                Some(template) if !self.is_changed() => {
                    Action::Go(Go::NewOrder(NewOrder::FromTemplate(template.id)))
                }
                _ => Action::None,
            },
            Message::Name(text) => {
                self.form.name = text;
                self.changed(Task::none())
            }
            Message::Typed(field, text) => self.typed(field, text),
            Message::Account(index) => {
                let account = index.checked_sub(1).and_then(|at| view::own_accounts(shared).nth(at));
                self.form.fields.debit_account = account.map(|a| a.number.to_string()).unwrap_or_default();
                self.changed(Task::none())
            }
            Message::Instant(on) => {
                self.form.fields.instant = on;
                self.changed(Task::none())
            }
            Message::Paused(pause) if pause == self.pause && self.is_changed() => {
                let (client, form) = (shared.client.clone(), self.form.clone());
                let keep = async move { client.keep_draft(KEY, form).await };
                Action::Run(Task::perform(keep, |done| Message::Kept(done.map_err(Arc::new))))
            }
            Message::Paused(_) | Message::Kept(Ok(())) => Action::None,
            Message::New => self.wish(Wish::New),
            Message::Save => self.save(shared),
            Message::Saved(Ok(template)) => {
                self.busy = false;
                self.show(Form::of(&template));
                let words = tr!("template-saved", name = template.name.to_string());
                Action::Say(Notice::good(words), self.look(shared))
            }
            Message::Discard => {
                let wish = self.waiting.take().unwrap_or(Wish::New);
                self.form = self.stored.clone();
                let forget = self.forget(shared);
                match self.wish(wish) {
                    Action::Run(task) => Action::Run(Task::batch([forget, task])),
                    _ => Action::Run(forget),
                }
            }
            Message::Stay => {
                (self.waiting, self.deleting) = (None, false);
                Action::None
            }
            Message::Delete => {
                self.deleting = self.form.id.is_some();
                Action::None
            }
            Message::ReallyDelete => self.delete(shared),
            Message::Deleted(Ok(())) => {
                self.busy = false;
                self.show(Form::default());
                let tasks = [self.forget(shared), self.look(shared), keys::focus(LIST)];
                Action::Say(Notice::good(tr!("template-deleted")), Task::batch(tasks))
            }
            Message::Kept(Err(error)) | Message::Saved(Err(error)) | Message::Deleted(Err(error)) => {
                self.busy = false;
                self.troubled(&error)
            }
            Message::Order => match self.form.id {
                Some(id) if !self.is_changed() => Action::Go(Go::NewOrder(NewOrder::FromTemplate(id))),
                _ => Action::None,
            },
            Message::FocusSearch => Action::Run(keys::focus(SEARCH)),
            Message::Leave => Action::Go(Go::Overview),
        }
    }

    fn is_changed(&self) -> bool {
        self.form != self.stored
    }

    fn wish(&mut self, wish: Wish) -> Action {
        if self.is_changed() {
            self.waiting = Some(wish);
            return Action::None;
        }
        match wish {
            Wish::New => {
                self.show(Form::default());
                self.selection = Selection::default();
                Action::Run(keys::focus(NAME))
            }
            Wish::Row(row) => {
                self.selection.apply(Pick::Only(row));
                if let Some(form) = self.templates.get(row).map(Form::of) {
                    self.show(form);
                }
                Action::None
            }
        }
    }

    fn show(&mut self, form: Form) {
        self.stored = form.clone();
        self.form = form;
        (self.tried, self.restored, self.waiting, self.deleting) = (false, false, None, false);
        self.trouble = None;
    }

    fn select_shown(&mut self) {
        let shown = self.form.id.and_then(|id| self.templates.iter().position(|t| t.id == id));
        self.selection = shown.map(Selection::of).unwrap_or_default();
    }

    fn typed(&mut self, field: Field, text: String) -> Action {
        let Some(place) = form::text_of(&mut self.form.fields, field) else { return Action::None };
        if field != Field::Target {
            *place = text;
            return self.changed(Task::none());
        }
        let (grouped, follows) = notes::group_target(place, text);
        *place = grouped;
        self.changed(if follows { move_cursor_to_end(field.key()) } else { Task::none() })
    }

    fn changed(&mut self, also: Task<Message>) -> Action {
        self.trouble = None;
        self.pause = Question::ask();
        Action::Run(Task::batch([also, after_pause(Message::Paused(self.pause))]))
    }

    fn troubled(&mut self, error: &ClientError) -> Action {
        self.trouble = Some(explain(error));
        Action::None
    }
}
