//! "Üzenetek": what the bank writes to the customer and the customer to the bank.
//!
//! A message that is opened counts as read. One that is written here is kept at once; until the bank has it, the list
//! says so.

mod view;

use std::sync::Arc;

use client::{ClientError, ShownMessage};
use iced::Task;
use iced::keyboard::key::Named;
use iced::widget::text_editor;
use uuid::Uuid;

use crate::design::table::Pick;
use crate::design::{Element, keys};
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::browse::{Browse, Row};
use crate::screen::contract::{Screen, Topic};
use crate::screen::notice::Notice;
use crate::texts::explain;
use crate::tr;

/// The name by which focus finds the subject of a new message.
const SUBJECT: &str = "message-subject";

pub(crate) struct Messages {
    browse: Browse<ShownMessage, ()>,
    writing: Option<Draft>,
}

impl Row for ShownMessage {
    type Id = Uuid;

    fn id(&self) -> Uuid {
        self.id
    }
}

/// A message that is being written.
struct Draft {
    subject: String,
    body: text_editor::Content,
    problem: Option<Arc<ClientError>>,
    busy: bool,
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The list was read.
    Listed(Question, Answer<Arc<[ShownMessage]>>),
    /// A message was chosen.
    Pick(Pick),
    /// It is noted that it was read, or not.
    Noted(Answer<()>),
    /// "Új üzenet".
    New,
    Subject(String),
    Body(text_editor::Action),
    /// Ctrl+Enter.
    Send,
    /// It is kept, or not.
    Kept(Answer<Uuid>),
    /// Leaves the new message.
    Leave,
}

impl Messages {
    /// Whether a message is being written.
    #[must_use]
    pub(crate) fn is_writing(&self) -> bool {
        let typed = |draft: &Draft| !draft.subject.is_empty() || !draft.body.text().trim().is_empty();
        self.writing.as_ref().is_some_and(typed)
    }

    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let mut place = Self { browse: Browse::waiting(), writing: None };
        let task = place.reload(desk);
        (place, task)
    }

    /// Reads the list again.
    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        let client = desk.client.clone();
        self.browse.read_list(async move { client.messages().await }, Message::Listed)
    }

    fn opened(&self) -> Option<&ShownMessage> {
        self.browse.open_id().and_then(|id| self.browse.by_id(id))
    }

    fn note_read(&self, desk: &Desk) -> Action<Message> {
        let Some(message) = self.opened().filter(|message| !message.read) else { return Action::none() };
        let (client, id) = (desk.client.clone(), message.id);
        Action::run(ask(async move { client.read_message(id).await }, Message::Noted))
    }

    fn send(&mut self, desk: &Desk) -> Action<Message> {
        let Some(draft) = self.writing.as_mut().filter(|draft| !draft.busy) else { return Action::none() };
        (draft.busy, draft.problem) = (true, None);
        let (client, subject, body) = (desk.client.clone(), draft.subject.clone(), draft.body.text());
        Action::run(ask(async move { client.write_message(&subject, &body).await }, Message::Kept))
    }
}

impl Screen for Messages {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Listed(question, answer) => {
                if self.browse.take_list(question, answer) {
                    self.browse.arrange_all();
                }
                Action::none()
            }
            Message::Pick(pick) => {
                self.writing = None;
                self.browse.pick(pick);
                self.note_read(desk)
            }
            Message::Noted(Ok(())) => Action::run(self.reload(desk)),
            Message::Noted(Err(error)) => Action::say(Notice::bad(explain(&*error))),
            Message::New => {
                let body = text_editor::Content::new();
                self.writing = Some(Draft { subject: String::new(), body, problem: None, busy: false });
                Action::run(keys::focus(SUBJECT))
            }
            Message::Subject(typed) => {
                if let Some(draft) = &mut self.writing {
                    (draft.subject, draft.problem) = (typed, None);
                }
                Action::none()
            }
            Message::Body(action) => {
                if let Some(draft) = &mut self.writing {
                    draft.body.perform(action);
                    draft.problem = None;
                }
                Action::none()
            }
            Message::Send => self.send(desk),
            Message::Kept(Ok(id)) => {
                self.writing = None;
                self.browse.open(Some(id));
                let again = self.reload(desk);
                Action::say(Notice::good(tr!("message-kept"))).and_run(again)
            }
            Message::Kept(Err(error)) => {
                if let Some(draft) = &mut self.writing {
                    (draft.problem, draft.busy) = (Some(error), false);
                }
                Action::none()
            }
            Message::Leave => {
                self.writing = None;
                Action::none()
            }
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Messages | Topic::Session => self.reload(desk),
            Topic::Packages
            | Topic::SharedArea
            | Topic::Accounts
            | Topic::MasterData
            | Topic::Authority
            | Topic::Rules
            | Topic::Others
            | Topic::Token
            | Topic::Language => Task::none(),
        }
    }

    fn key(&self, press: &keys::Press) -> Option<Message> {
        match (press, &self.writing) {
            (press, Some(_)) if press.is_ctrl_named(Named::Enter) => Some(Message::Send),
            (press, Some(_)) if press.is(Named::Escape) => Some(Message::Leave),
            (press, None) if press.is(Named::Insert) => Some(Message::New),
            _ => None,
        }
    }

    fn may_lose(&self) -> bool {
        self.is_writing()
    }

    fn begins_at(&self) -> Option<&'static str> {
        Some("messages-list")
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        view::page(self, desk)
    }
}

#[cfg(test)]
mod tests;
