//! "Felhasználók és jogok": the authority table in readable form, and from each thing in it the way to the order that
//! changes it. Nothing changes here by itself: every change is a signed order.

mod customer;
mod matrix;
mod person;
mod view;

use std::sync::Arc;

use client::{AdminOverview, ClientError};
use iced::Task;

use crate::design::Element;
use crate::design::table::{Pick, Selection};
use crate::desk::Desk;
use crate::go::{AdminKind, AdminStart, Administer, Go};
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::contract::{Screen, Topic};

pub(crate) struct Users {
    overview: Option<Arc<AdminOverview>>,
    failure: Option<Arc<ClientError>>,
    tab: Tab,
    selection: Selection,
    looking: Question,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Users, one by one.
    #[default]
    People,
    Matrix,
    /// What belongs to the customer as a whole.
    Customer,
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The authority table was read.
    Looked(Question, Answer<Arc<AdminOverview>>),
    Tab(Tab),
    /// A user was chosen.
    Pick(Pick),
    /// An order to fill in.
    Order(AdminKind, Option<usize>),
}

impl Users {
    /// Opens the place with the first user chosen.
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let mut place = Self {
            overview: None,
            failure: None,
            tab: Tab::default(),
            selection: Selection::of(0),
            looking: Question::ask(),
        };
        let task = place.reload(desk);
        (place, task)
    }

    /// Reads the table again.
    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        self.looking = Question::ask();
        let (client, question) = (desk.client.clone(), self.looking);
        ask(async move { client.admin_overview().await.map(Arc::new) }, move |answer| {
            Message::Looked(question, answer)
        })
    }

    /// The chosen user's row.
    fn chosen(&self) -> Option<usize> {
        self.selection.iter().next()
    }
}

impl Screen for Users {
    type Message = Message;

    fn update(&mut self, message: Message, _: &Desk) -> Action<Message> {
        match message {
            Message::Looked(question, answer) if question == self.looking => {
                match answer {
                    Ok(overview) => {
                        if self.chosen().is_some_and(|row| row >= overview.table.users.len()) {
                            self.selection = Selection::of(0);
                        }
                        (self.overview, self.failure) = (Some(overview), None);
                    }
                    Err(error) => self.failure = Some(error),
                }
                Action::none()
            }
            Message::Looked(..) => Action::none(),
            Message::Tab(tab) => {
                self.tab = tab;
                Action::none()
            }
            Message::Pick(pick) => {
                self.selection.apply(pick);
                Action::none()
            }
            Message::Order(kind, subject) => {
                Action::go(Go::Administration(Administer::Start(AdminStart { kind, subject })))
            }
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Packages
            | Topic::Accounts
            | Topic::Authority
            | Topic::Session
            | Topic::Rules
            | Topic::Language => self.reload(desk),
            Topic::SharedArea | Topic::MasterData | Topic::Messages | Topic::Others | Topic::Token => {
                Task::none()
            }
        }
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        view::page(self, desk)
    }
}

#[cfg(test)]
mod tests;
