//! "Bankkapcsolatok": the banks of this store; each is named, paused, put away or removed here, and it is noted which
//! customers are one company.

mod view;
mod work;

use std::sync::Arc;

use client::ClientError;
use domain::{ConnectionKey, CustomerKey};
use iced::Task;
use iced::keyboard::key::Named;

use super::action::{Action, Wish};
use super::contract::{self, Screen, Topic};
use super::notice::Notice;
use crate::design::keys::Press;
use crate::design::table::{Pick, Selection};
use crate::design::{Element, modal};
use crate::desk::Desk;
use crate::house::{Bank, House};
use crate::texts::explain;
use work::Done;
pub(crate) use work::Work;

/// The name by which focus finds the list.
const LIST: &str = "connections-list";
/// The name by which focus finds the button of a question.
const ACCEPT: &str = "connection-accept";
/// The name by which focus finds the button that leaves all as it is.
const CANCEL: &str = "connection-cancel";
/// The name by which focus finds the name's field.
const NAME: &str = "connection-name";

#[derive(Default)]
pub(crate) struct Connections {
    selection: Selection,
    /// The bank that is shown beside the list.
    open: Option<ConnectionKey>,
    /// Its name as typed.
    name: String,
    /// A question before something that ends more than it seems.
    question: Option<Question>,
    /// The bank to which something is being done.
    busy: Option<ConnectionKey>,
}

/// What is asked before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Archive,
    Remove,
    /// It cannot be removed, as something was recorded there: whether it shall be put away instead.
    ArchiveInstead,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// A bank was picked.
    Picked(Pick),
    /// Typed into the name.
    Name(String),
    Do(Work),
    /// How something ended that was done to that bank, whichever is shown by then.
    Done(ConnectionKey, Work, Result<Done, Arc<ClientError>>),
    /// What the sheet asks about shall be done.
    Accept,
    /// It shall not.
    Cancel,
    LogIn,
    /// One more bank.
    Add,
    /// That the first customer is one company with the other, or with none.
    Company(CustomerKey, Option<CustomerKey>),
    Marked(Result<(), Arc<ClientError>>),
}

impl Connections {
    pub(crate) fn new(desk: &Desk) -> Self {
        let mut place = Self::default();
        let own = desk.client.own_connection();
        let at = desk.house.banks.iter().position(|bank| Some(bank.line.key) == own);
        place.show(at.unwrap_or_default(), &desk.house);
        place
    }

    /// With a bank of a made-up store chosen, and perhaps what is asked when it cannot be removed.
    pub(crate) fn showing(at: usize, kept: bool, house: &House) -> Self {
        let mut place = Self::default();
        place.show(at, house);
        place.question = kept.then_some(Question::ArchiveInstead);
        place
    }

    fn show(&mut self, at: usize, house: &House) {
        let bank = house.banks.get(at);
        self.selection = bank.map(|_| Selection::of(at)).unwrap_or_default();
        self.open = bank.map(|bank| bank.line.key);
        self.name = bank.map(|bank| bank.line.name.clone()).unwrap_or_default();
        self.question = None;
    }

    fn bank<'a>(&self, house: &'a House) -> Option<&'a Bank> {
        house.bank(self.open?)
    }

    /// Whether the name is another one than the stored one.
    fn is_renamed(&self, house: &House) -> bool {
        let name = self.name.trim();
        self.bank(house).is_some_and(|bank| !name.is_empty() && name != bank.line.name)
    }
}

impl Screen for Connections {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Picked(Pick::Only(at) | Pick::Toggle(at) | Pick::To(at) | Pick::Cursor(at)) => {
                self.show(at, &desk.house);
                Action::none()
            }
            Message::Picked(Pick::All(_)) => Action::none(),
            Message::Name(name) => {
                self.name = name;
                Action::none()
            }
            Message::Do(work) => self.start(work, desk),
            Message::Done(bank, work, answer) => self.done(bank, work, answer, desk),
            Message::Accept => match self.question {
                Some(Question::Remove) => self.run(Work::Remove, desk),
                Some(Question::Archive | Question::ArchiveInstead) => self.run(Work::Archive, desk),
                None => Action::none(),
            },
            // What is being done cannot be called back; how it ends must be seen.
            Message::Cancel if self.busy.is_some() => Action::none(),
            Message::Cancel => {
                self.question = None;
                Action::none()
            }
            Message::LogIn => match self.open {
                Some(bank) => Action::wish(Wish::LogInAt(bank)),
                None => Action::none(),
            },
            Message::Add => Action::wish(Wish::Connect),
            Message::Company(one, other) => Action::run(work::mark(one, other, desk)),
            Message::Marked(Ok(())) => Action::none(),
            Message::Marked(Err(error)) => Action::say(Notice::bad(explain(&*error))),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            // The list is the window's own; only a bank that has gone leaves a gap.
            Topic::Session | Topic::Others if self.bank(&desk.house).is_none() => {
                self.show(0, &desk.house);
                Task::none()
            }
            topic => contract::nothing(topic),
        }
    }

    fn key(&self, press: &Press) -> Option<Message> {
        if self.question.is_some() {
            return None;
        }
        match press {
            press if press.is_ctrl('s') => Some(Message::Do(Work::Rename)),
            press if press.is(Named::Insert) => Some(Message::Add),
            _ => None,
        }
    }

    fn begins_at(&self) -> Option<&'static str> {
        Some(LIST)
    }

    fn has_sheet(&self) -> bool {
        self.question.is_some()
    }

    fn is_of_customer(&self) -> bool {
        false
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let page = self.draw(&desk.house, &|at| desk.relative(at));
        modal::modal(page, self.sheet(&desk.house), Some(Message::Cancel))
    }
}
