//! "Üzenetek": what the bank writes to the customer and the customer to the bank.
//!
//! A message that is opened counts as read. One that is written here is kept at once; until the bank has it, the list
//! says so.

mod view;

use std::sync::Arc;

use client::ShownMessage;
use iced::Task;
use iced::keyboard::key::Named;
use iced::widget::text_editor;
use uuid::Uuid;

use crate::design::table::{Pick, Selection};
use crate::design::{Element, keys};
use crate::screen::ask::Question;
use crate::screen::notice::Notice;
use crate::shared::Shared;
use crate::texts::explain;
use crate::tr;

/// The name by which focus finds the subject of a new message.
const SUBJECT: &str = "message-subject";

/// The place.
pub struct Messages {
    list: Arc<[ShownMessage]>,
    read: bool,
    failure: Option<String>,
    selection: Selection,
    open: Option<Uuid>,
    writing: Option<Draft>,
    listing: Question,
}

/// A message that is being written.
struct Draft {
    subject: String,
    body: text_editor::Content,
    problem: Option<String>,
    busy: bool,
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub enum Message {
    /// The list was read.
    Listed(Question, Result<Arc<[ShownMessage]>, String>),
    /// A message was chosen.
    Pick(Pick),
    /// It is noted that it was read, or not.
    Noted(Result<(), String>),
    /// "Új üzenet".
    New,
    /// Typed.
    Subject(String),
    /// Typed.
    Body(text_editor::Action),
    /// Ctrl+Enter.
    Send,
    /// It is kept, or not.
    Kept(Result<Uuid, String>),
    /// Leaves the new message.
    Leave,
}

/// What the window must do.
pub enum Action {
    /// Nothing.
    None,
    /// Work.
    Run(Task<Message>),
    /// Say something and run this.
    Say(Notice, Task<Message>),
}

impl Messages {
    /// Whether a message is being written.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        let typed = |draft: &Draft| !draft.subject.is_empty() || !draft.body.text().trim().is_empty();
        self.writing.as_ref().is_some_and(typed)
    }

    /// Opens the place.
    pub fn new(shared: &Shared) -> (Self, Task<Message>) {
        let mut place = Self {
            list: Arc::from([]),
            read: false,
            failure: None,
            selection: Selection::default(),
            open: None,
            writing: None,
            listing: Question::ask(),
        };
        let task = place.reload(shared);
        (place, task)
    }

    /// Reads the list again.
    pub fn reload(&mut self, shared: &Shared) -> Task<Message> {
        self.listing = Question::ask();
        let (client, question) = (shared.client.clone(), self.listing);
        Task::perform(
            async move { client.messages().await.map(Arc::from).map_err(|e| explain(&e)) },
            move |answer| Message::Listed(question, answer),
        )
    }

    /// What a key asks for that no widget wanted.
    #[must_use]
    pub fn key(&self, press: &keys::Press) -> Option<Message> {
        match (press, &self.writing) {
            (press, Some(_)) if press.is_ctrl_named(Named::Enter) => Some(Message::Send),
            (press, Some(_)) if press.is(Named::Escape) => Some(Message::Leave),
            (press, None) if press.is(Named::Insert) => Some(Message::New),
            _ => None,
        }
    }

    /// Does what the message says.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Listed(question, answer) if question == self.listing => {
                match answer {
                    Ok(list) => (self.list, self.read, self.failure) = (list, true, None),
                    Err(words) => self.failure = Some(words),
                }
                self.choose_again();
                Action::None
            }
            Message::Listed(..) => Action::None,
            Message::Pick(pick) => {
                self.selection.apply(pick);
                self.writing = None;
                self.open = self.selection.iter().next().and_then(|row| self.list.get(row)).map(|m| m.id);
                self.note_read(shared)
            }
            Message::Noted(Ok(())) => Action::Run(self.reload(shared)),
            Message::Noted(Err(words)) => Action::Say(Notice::bad(words), Task::none()),
            Message::New => {
                let body = text_editor::Content::new();
                self.writing = Some(Draft { subject: String::new(), body, problem: None, busy: false });
                Action::Run(keys::focus(SUBJECT))
            }
            Message::Subject(typed) => {
                if let Some(draft) = &mut self.writing {
                    (draft.subject, draft.problem) = (typed, None);
                }
                Action::None
            }
            Message::Body(action) => {
                if let Some(draft) = &mut self.writing {
                    draft.body.perform(action);
                    draft.problem = None;
                }
                Action::None
            }
            Message::Send => self.send(shared),
            Message::Kept(Ok(id)) => {
                (self.writing, self.open) = (None, Some(id));
                let again = self.reload(shared);
                Action::Say(Notice::good(tr!("message-kept")), again)
            }
            Message::Kept(Err(words)) => {
                if let Some(draft) = &mut self.writing {
                    (draft.problem, draft.busy) = (Some(words), false);
                }
                Action::None
            }
            Message::Leave => {
                self.writing = None;
                Action::None
            }
        }
    }

    /// The open message stays open when the list has changed around it.
    fn choose_again(&mut self) {
        let row = self.open.and_then(|id| self.list.iter().position(|message| message.id == id));
        self.selection = row.map_or_else(Selection::default, Selection::of);
    }

    fn opened(&self) -> Option<&ShownMessage> {
        self.open.and_then(|id| self.list.iter().find(|message| message.id == id))
    }

    fn note_read(&self, shared: &Shared) -> Action {
        let Some(message) = self.opened().filter(|message| !message.read) else { return Action::None };
        let (client, id) = (shared.client.clone(), message.id);
        Action::Run(Task::perform(
            async move { client.read_message(id).await.map_err(|e| explain(&e)) },
            Message::Noted,
        ))
    }

    fn send(&mut self, shared: &Shared) -> Action {
        let Some(draft) = self.writing.as_mut().filter(|draft| !draft.busy) else { return Action::None };
        (draft.busy, draft.problem) = (true, None);
        let (client, subject, body) = (shared.client.clone(), draft.subject.clone(), draft.body.text());
        Action::Run(Task::perform(
            async move { client.write_message(&subject, &body).await.map_err(|e| explain(&e)) },
            Message::Kept,
        ))
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        view::page(self, shared)
    }
}

#[cfg(test)]
mod tests;
