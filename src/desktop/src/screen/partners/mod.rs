//! "Partnerek": the payees that the customer keeps; the list, and the chosen one as a form beside it.

mod typing;
mod view;
mod windows;
mod work;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use client::domain::{Field, Partner, PartnerId};
use client::store::history::EarlierPayment;
use client::{ClientError, PartnerDraft, PartnerProblem};
use iced::Task;
use iced::keyboard::key::Named;
use serde::{Deserialize, Serialize};

use super::ask::{Question, after_pause};
use super::notice::Notice;
use crate::design::keys::{self, Press};
use crate::design::table::{Pick, Selection};
use crate::go::{Go, NewOrder};
use crate::shared::Shared;
use crate::texts::explain;
use crate::tr;
use windows::{Wanted, Windows};

/// Key of the form that was not saved yet.
const KEY: &str = "partner-form";
/// The first field of the form.
const FIRST: &str = "partner-short-name";
/// The search box.
const SEARCH: &str = "partner-search";

/// A place of the form in which something can be wrong; accounts count by line.
type Place = (Field, usize);

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Form {
    /// The partner that saving replaces.
    id: Option<PartnerId>,
    draft: PartnerDraft,
}

impl Form {
    fn of(partner: &Partner) -> Self {
        Self { id: Some(partner.id), draft: PartnerDraft::of(partner) }
    }

    fn blank() -> Self {
        let draft = PartnerDraft { targets: vec![String::new()], ..PartnerDraft::default() };
        Self { id: None, draft }
    }
}

/// The place.
pub struct Partners {
    search: String,
    windows: Windows,
    selection: Selection,
    form: Form,
    /// The form as it is stored: another one means that something would be lost.
    stored: Form,
    restored: bool,
    problems: Vec<PartnerProblem>,
    left: BTreeSet<Place>,
    tried: bool,
    last: Vec<EarlierPayment>,
    waiting: Option<Wish>,
    deleting: bool,
    busy: bool,
    trouble: Option<String>,
    list: Question,
    searching: Question,
    pause: Question,
    past: Question,
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
    /// Nothing was typed into the search box for a while.
    Searched(Question),
    /// Partners changed: look again.
    Refresh,
    /// A new list's first window.
    Listed(Question, Result<(Arc<[Partner]>, u32), Arc<ClientError>>),
    /// The table wants a window.
    Wanted(Wanted),
    /// A window of the list.
    Loaded(Wanted, Result<Arc<[Partner]>, Arc<ClientError>>),
    /// A row was picked.
    Picked(Pick),
    /// A row was opened: the keyboard goes to the form.
    Opened(usize),
    /// What was typed earlier and not saved.
    Restored(Option<Box<Restored>>),
    /// Typed into a field.
    Typed(Field, String),
    /// Typed into the note.
    Note(String),
    /// Typed into a line of accounts.
    Target(usize, String),
    /// One more line.
    AddTarget,
    /// One line less.
    RemoveTarget(usize),
    /// A field was left.
    Left(Field, usize),
    /// Nothing was typed for a while.
    Paused(Question),
    /// What is typed was kept or forgotten.
    Kept(Result<(), Arc<ClientError>>),
    /// The last payments to the shown partner.
    Past(Question, Vec<EarlierPayment>),
    /// An empty form.
    New,
    /// Save.
    Save,
    /// The save ended.
    Saved(Result<Box<Partner>, Arc<ClientError>>),
    /// Throw away what was typed and go on with what was asked for.
    Discard,
    /// Stay with what is typed.
    Stay,
    /// Ask whether to delete.
    Delete,
    /// Delete.
    ReallyDelete,
    /// It is deleted.
    Deleted(Result<(), Arc<ClientError>>),
    /// A new order to the partner.
    Order,
    /// To the place that writes partners to a file.
    Export,
    /// To the place that takes partners from a file.
    Import,
    /// To the search box.
    FocusSearch,
    /// Away.
    Leave,
}

/// A form that was kept, and its partner as it is stored.
#[derive(Debug, Clone)]
pub struct Restored {
    form: Form,
    stored: Option<Partner>,
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

impl Partners {
    /// The place, with all partners.
    pub fn new(shared: &Shared) -> (Self, Task<Message>) {
        let (windows, wants) = Windows::new(Message::Wanted);
        let mut place = Self {
            search: String::new(),
            windows,
            selection: Selection::default(),
            form: Form::blank(),
            stored: Form::blank(),
            restored: false,
            problems: Vec::new(),
            left: BTreeSet::new(),
            tried: false,
            last: Vec::new(),
            waiting: None,
            deleting: false,
            busy: false,
            trouble: None,
            list: Question::ask(),
            searching: Question::ask(),
            pause: Question::ask(),
            past: Question::ask(),
        };
        let client = shared.client.clone();
        let restore = async move {
            let form = client.kept_draft::<Form>(KEY).await.ok().flatten()?;
            let stored = match form.id {
                Some(id) => Some(client.partner(id).await.ok()?),
                None => None,
            };
            Some(Box::new(Restored { form, stored }))
        };
        let tasks =
            [wants, place.look(shared), Task::perform(restore, Message::Restored), keys::focus(SEARCH)];
        (place, Task::batch(tasks))
    }

    /// The message of a key that no widget wanted.
    pub fn key(&self, press: &Press) -> Option<Message> {
        match press {
            press if press.is_ctrl('s') => Some(Message::Save),
            press if press.is_ctrl('n') => Some(Message::Order),
            press if press.is_ctrl('e') => Some(Message::Export),
            press if press.is_ctrl('o') => Some(Message::Import),
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
            Message::Listed(question, result) if question == self.list => self.listed(question, result),
            Message::Listed(..) => Action::None,
            Message::Wanted(wanted) => self.load(wanted, shared),
            Message::Loaded(wanted, Ok(rows)) => {
                self.windows.take(wanted, rows);
                Action::None
            }
            Message::Loaded(wanted, Err(error)) => {
                self.windows.failed(wanted);
                self.troubled(&error)
            }
            Message::Picked(pick) => match pick {
                Pick::Only(row) | Pick::Toggle(row) | Pick::To(row) | Pick::Cursor(row) => {
                    self.wish(Wish::Row(row), shared)
                }
                Pick::All(_) => Action::None,
            },
            Message::Opened(_) => Action::Run(keys::focus(FIRST)),
            Message::Restored(Some(kept)) if self.form == Form::blank() => {
                self.stored = kept.stored.as_ref().map_or_else(Form::blank, Form::of);
                self.form = kept.form;
                self.restored = self.form != self.stored;
                self.judge();
                Action::Run(self.ask_past(shared))
            }
            Message::Restored(_) => Action::None,
            Message::Typed(field, text) => {
                if let Some(place) = typing::text_of(&mut self.form.draft, field) {
                    *place = text;
                }
                self.changed()
            }
            Message::Note(text) => {
                self.form.draft.note = text;
                self.changed()
            }
            Message::Target(line, text) => self.target(line, text),
            Message::AddTarget => {
                self.form.draft.targets.push(String::new());
                let line = view::target_id(self.form.draft.targets.len() - 1);
                Action::Run(keys::focus(line))
            }
            Message::RemoveTarget(line) => {
                if line < self.form.draft.targets.len() {
                    let _ = self.form.draft.targets.remove(line);
                }
                self.left.retain(|(field, _)| *field != Field::Target);
                self.changed()
            }
            Message::Left(field, line) => {
                let _ = self.left.insert((field, line));
                Action::None
            }
            Message::Paused(pause) if pause == self.pause => self.keep(shared),
            Message::Paused(_) => Action::None,
            Message::Past(question, last) => {
                if question == self.past {
                    self.last = last;
                }
                Action::None
            }
            Message::Kept(Ok(())) => Action::None,
            Message::New => self.wish(Wish::New, shared),
            Message::Save => self.save(shared),
            Message::Saved(Ok(partner)) => self.saved(&partner, shared),
            Message::Discard => {
                let wish = self.waiting.take().unwrap_or(Wish::New);
                self.form = self.stored.clone();
                let forget = self.forget(shared);
                let Action::Run(task) = self.wish(wish, shared) else { return Action::Run(forget) };
                Action::Run(Task::batch([forget, task]))
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
                self.show(Form::blank());
                let tasks = [self.forget(shared), self.look(shared), keys::focus(SEARCH)];
                Action::Say(Notice::good(tr!("partner-deleted")), Task::batch(tasks))
            }
            Message::Kept(Err(error)) | Message::Saved(Err(error)) | Message::Deleted(Err(error)) => {
                self.busy = false;
                self.troubled(&error)
            }
            Message::Order => match self.form.id {
                Some(id) if !self.is_changed() => Action::Go(Go::NewOrder(NewOrder::ToPartner(id))),
                _ => Action::None,
            },
            Message::Export => Action::Go(Go::PartnerExport),
            Message::Import => Action::Go(Go::PartnerImport),
            Message::FocusSearch => Action::Run(keys::focus(SEARCH)),
            Message::Leave => Action::Go(Go::Overview),
        }
    }

    fn is_changed(&self) -> bool {
        let bare = |form: &Form| {
            let mut form = form.clone();
            form.draft.targets.retain(|target| !target.trim().is_empty());
            form
        };
        bare(&self.form) != bare(&self.stored)
    }

    fn troubled(&mut self, error: &ClientError) -> Action {
        self.trouble = Some(explain(error));
        Action::None
    }
}
