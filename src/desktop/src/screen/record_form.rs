//! The form of a stored record beside the list of all: what is typed and what is stored, the questions before something
//! would be lost, and keeping what is typed so that a crash loses nothing. Partners and templates are such records.

use std::sync::Arc;

use client::{Client, ClientError};
use iced::Task;
use iced::keyboard::key::Named;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::action::Action;
use super::ask::{Answer, Question, after_pause, ask};
use super::trouble;
use crate::design::keys::Press;
use crate::design::table::Cell;
use crate::design::theme::Tone;
use crate::design::{Element, Row, banner, button, select, spacing};
use crate::desk::Desk;
use crate::tr;

/// A record as typed: every field is text or a tick, so that anything half-done can be kept.
pub(crate) trait Record:
    Clone + std::fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// The record as it is stored.
    type Stored: Clone + std::fmt::Debug + Send + Sync + 'static;
    type Id: Copy + Send + 'static;
    /// Key under which an unsaved form is kept.
    const KEY: &'static str;

    fn blank() -> Self;
    fn of(stored: &Self::Stored) -> Self;
    /// The record that saving replaces.
    fn id(&self) -> Option<Self::Id>;

    /// The same without what makes no difference.
    fn bare(&self) -> Self {
        self.clone()
    }

    fn find(client: Client, id: Self::Id) -> impl Future<Output = client::Result<Self::Stored>> + Send;
    fn save(client: Client, stored: Self::Stored) -> impl Future<Output = client::Result<()>> + Send;
    fn remove(client: Client, id: Self::Id) -> impl Future<Output = client::Result<()>> + Send;

    /// What the form of such a record says of itself.
    fn texts() -> Texts;
}

/// What the form of a kind of records says of itself.
pub(crate) struct Texts {
    /// That what was typed earlier is here again.
    pub restored: String,
    /// The question before one is deleted, and its consequence.
    pub delete: (String, String),
}

/// A record with whose it is: the customer's own, or common to all customers of the store.
#[derive(Debug, Clone)]
pub(crate) struct Owned<T> {
    pub record: T,
    pub is_own: bool,
}

impl<T> std::ops::Deref for Owned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.record
    }
}

/// Whose the record shall be; nothing where the store has one customer.
pub(crate) fn owner<'a, M: Clone + 'a>(
    is_own: bool,
    desk: &Desk,
    message: impl Fn(bool) -> M + 'a,
) -> Option<Element<'a, M>> {
    let whose = desk.whose()?;
    let choices = [tr!("owner-common"), tr!("owner-own", name = whose)];
    let owner = select::select(tr!("owner-label"), choices, Some(usize::from(is_own))).id("record-owner");
    Some(owner.on_select(move |at| message(at == 1)).into())
}

/// Whose a record of a list is, in a word.
pub(crate) fn owner_cell<'a>(is_own: bool) -> Cell<'a> {
    if is_own { Cell::text(tr!("owner-column-own")) } else { Cell::hint(tr!("owner-column-common")) }
}

pub(crate) struct RecordForm<R: Record> {
    pub form: R,
    /// The form as it is stored: another one means that something would be lost.
    pub stored: R,
    /// Saving was tried: what is wrong is said everywhere.
    pub tried: bool,
    restored: bool,
    waiting: Option<Asked>,
    deleting: bool,
    busy: bool,
    trouble: Option<Arc<ClientError>>,
    pause: Question,
}

/// What the user asked for, perhaps while the form held something unsaved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Another row of the list.
    Row(usize),
    New,
}

/// A form that was kept, and its record as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Restored<R: Record> {
    form: R,
    stored: Option<R::Stored>,
}

/// What happens to the form.
#[derive(Debug, Clone)]
pub(crate) enum Message<R: Record> {
    /// What was typed earlier and not saved.
    Restored(Option<Box<Restored<R>>>),
    /// Nothing was typed for a while.
    Paused(Question),
    /// What is typed was kept or forgotten.
    Kept(Answer<()>),
    Show(Asked),
    Save,
    Saved(Answer<Box<R::Stored>>),
    /// Throw away what was typed and go on with what was asked for.
    Discard,
    /// Stay with what is typed.
    Stay,
    /// Ask whether to delete.
    Delete,
    ReallyDelete,
    Deleted(Answer<()>),
}

/// What the screen around the form must do.
pub(crate) enum Next<R: Record> {
    /// Another form is there that was typed earlier.
    Restored,
    /// Show what was asked for.
    Show(Asked),
    /// Check what is typed, and [`RecordForm::save`] it.
    Save,
    /// Say so, and look at the list again.
    Saved(Box<R::Stored>),
    Deleted,
}

impl<R: Record> RecordForm<R> {
    /// An empty form, and the look for one that was kept.
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message<R>>) {
        let form = Self {
            form: R::blank(),
            stored: R::blank(),
            tried: false,
            restored: false,
            waiting: None,
            deleting: false,
            busy: false,
            trouble: None,
            pause: Question::ask(),
        };
        let client = desk.client.clone();
        let restore = async move {
            let form = client.kept_draft::<R>(R::KEY).await.ok().flatten()?;
            let stored = match form.id() {
                Some(id) => Some(R::find(client, id).await.ok()?),
                None => None,
            };
            Some(Box::new(Restored { form, stored }))
        };
        (form, Task::perform(restore, Message::Restored))
    }

    /// What a key means that no widget wanted.
    pub(crate) fn key(&self, press: &Press) -> Option<Message<R>> {
        match press {
            press if press.is_ctrl('s') => Some(Message::Save),
            press if press.is(Named::Insert) => Some(Message::Show(Asked::New)),
            press if press.is(Named::Delete) => Some(Message::Delete),
            press if press.is(Named::Escape) && self.is_asking() => Some(Message::Stay),
            _ => None,
        }
    }

    pub(crate) fn update(&mut self, message: Message<R>, desk: &Desk) -> Action<Message<R>, Next<R>> {
        match message {
            Message::Restored(Some(kept)) if self.form == R::blank() => {
                self.stored = kept.stored.as_ref().map_or_else(R::blank, R::of);
                self.form = kept.form;
                self.restored = self.is_changed();
                Action::wish(Next::Restored)
            }
            Message::Restored(_) | Message::Kept(Ok(())) => Action::none(),
            Message::Paused(pause) if pause == self.pause && self.is_changed() => {
                Action::run(self.keep(desk))
            }
            Message::Paused(_) => Action::none(),
            Message::Show(asked) if self.is_changed() => {
                self.waiting = Some(asked);
                Action::none()
            }
            Message::Show(asked) => Action::wish(Next::Show(asked)),
            Message::Save if self.busy => Action::none(),
            Message::Save => {
                (self.tried, self.waiting) = (true, None);
                Action::wish(Next::Save)
            }
            Message::Saved(Ok(stored)) => {
                self.show(R::of(&stored));
                Action::wish(Next::Saved(stored))
            }
            Message::Discard => {
                let asked = self.waiting.take().unwrap_or(Asked::New);
                self.form = self.stored.clone();
                Action::run(self.forget(desk)).and(Action::wish(Next::Show(asked)))
            }
            Message::Stay => {
                (self.waiting, self.deleting) = (None, false);
                Action::none()
            }
            Message::Delete => {
                self.deleting = self.form.id().is_some();
                Action::none()
            }
            Message::ReallyDelete => {
                let Some(id) = self.form.id().filter(|_| self.deleting && !self.busy) else {
                    return Action::none();
                };
                self.busy = true;
                Action::run(ask(R::remove(desk.client.clone(), id), Message::Deleted))
            }
            Message::Deleted(Ok(())) => {
                self.show(R::blank());
                Action::run(self.forget(desk)).and(Action::wish(Next::Deleted))
            }
            Message::Kept(Err(error)) | Message::Saved(Err(error)) | Message::Deleted(Err(error)) => {
                self.busy = false;
                self.troubled(error);
                Action::none()
            }
        }
    }

    /// Whether what was typed earlier is here again.
    #[cfg(test)]
    pub(crate) fn is_restored(&self) -> bool {
        self.restored
    }

    /// Whether something would be lost.
    pub(crate) fn is_changed(&self) -> bool {
        self.form.bare() != self.stored.bare()
    }

    fn is_asking(&self) -> bool {
        self.deleting || self.waiting.is_some()
    }

    /// The stored record in the form, if nothing in it is unsaved.
    pub(crate) fn saved_id(&self) -> Option<R::Id> {
        self.form.id().filter(|_| !self.is_changed())
    }

    /// Shows a record as it is stored.
    pub(crate) fn show(&mut self, form: R) {
        self.stored = form.clone();
        self.form = form;
        (self.tried, self.restored, self.waiting, self.deleting) = (false, false, None, false);
        (self.busy, self.trouble) = (false, None);
    }

    /// Something was typed: it is kept at the next pause.
    pub(crate) fn typed(&mut self) -> Task<Message<R>> {
        self.trouble = None;
        self.pause = Question::ask();
        after_pause(Message::Paused(self.pause))
    }

    /// The place is left: what is typed is kept now, and not at a pause that comes too late.
    pub(crate) fn left(&mut self, desk: &Desk) -> Task<Message<R>> {
        self.pause = Question::ask();
        if self.is_changed() && !self.busy { self.keep(desk) } else { Task::none() }
    }

    fn keep(&self, desk: &Desk) -> Task<Message<R>> {
        let (client, form) = (desk.client.clone(), self.form.clone());
        ask(async move { client.keep_draft(R::KEY, form).await }, Message::Kept)
    }

    /// Saves a record that has been checked.
    pub(crate) fn save(&mut self, stored: R::Stored, desk: &Desk) -> Task<Message<R>> {
        self.busy = true;
        // A pause that is still running must not keep the form again.
        self.pause = Question::ask();
        let client = desk.client.clone();
        let save = async move {
            R::save(client.clone(), stored.clone()).await?;
            client.drop_draft(R::KEY).await?;
            Ok(Box::new(stored))
        };
        ask(save, Message::Saved)
    }

    fn forget(&mut self, desk: &Desk) -> Task<Message<R>> {
        self.pause = Question::ask();
        let client = desk.client.clone();
        ask(async move { client.drop_draft(R::KEY).await }, Message::Kept)
    }

    pub(crate) fn troubled(&mut self, error: Arc<ClientError>) {
        self.trouble = Some(error);
    }

    /// What stands above the fields: trouble, a question, or that what was typed earlier is here again.
    pub(crate) fn banner(&self) -> Option<Element<'_, Message<R>>> {
        let texts = R::texts();
        if let Some(error) = &self.trouble {
            return Some(trouble::note(tr!("order-trouble"), &**error));
        }
        let choices = Row::new().spacing(spacing::S);
        if self.deleting {
            let delete = button::danger(tr!("delete")).small().id("really-delete");
            let choices = choices
                .push(delete.on_press(Message::ReallyDelete))
                .push(button::secondary(tr!("cancel")).small().on_press(Message::Stay));
            let (title, help) = texts.delete;
            return Some(banner::banner(Tone::Care, title, help, Some(choices.into())));
        }
        if self.waiting.is_some() {
            let choices = choices
                .push(button::secondary(tr!("save")).small().on_press(Message::Save))
                .push(button::danger(tr!("discard")).small().id("discard").on_press(Message::Discard))
                .push(button::secondary(tr!("stay")).small().on_press(Message::Stay));
            let (title, help) = (tr!("unsaved"), tr!("unsaved-help"));
            return Some(banner::banner(Tone::Care, title, help, Some(choices.into())));
        }
        self.restored.then(|| {
            let discard = button::link(tr!("discard")).on_press(Message::Discard);
            banner::banner(Tone::Accent, tr!("order-restored"), texts.restored, Some(discard.into()))
        })
    }

    pub(crate) fn save_button(&self) -> button::Button<Message<R>> {
        button::primary(tr!("save")).shortcut("Ctrl+S").on_press_maybe((!self.busy).then_some(Message::Save))
    }

    pub(crate) fn delete_button(&self) -> button::Button<Message<R>> {
        let stored = self.form.id().is_some();
        button::quiet(tr!("delete")).shortcut("Del").on_press_maybe(stored.then_some(Message::Delete))
    }
}
