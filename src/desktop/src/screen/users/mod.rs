//! "Felhasználók és jogok": the authority table in readable form, and from each thing in it the way to the order that
//! changes it. Nothing changes here by itself: every change is a signed order.

mod customer;
mod matrix;
mod person;
mod view;

use std::sync::Arc;

use client::AdminOverview;
use iced::Task;

use crate::design::Element;
use crate::design::table::{Pick, Selection};
use crate::go::{AdminKind, AdminStart, Go};
use crate::screen::ask::Question;
use crate::shared::Shared;
use crate::texts::explain;

/// The place.
pub struct Users {
    overview: Option<Arc<AdminOverview>>,
    failure: Option<String>,
    tab: Tab,
    selection: Selection,
    looking: Question,
}

/// What is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// Users, one by one.
    #[default]
    People,
    /// Accounts against users.
    Matrix,
    /// What belongs to the customer as a whole.
    Customer,
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub enum Message {
    /// The authority table was read.
    Looked(Question, Result<Arc<AdminOverview>, String>),
    /// Another tab.
    Tab(Tab),
    /// A user was chosen.
    Pick(Pick),
    /// An order to fill in.
    Order(AdminKind, Option<usize>),
}

/// What the window must do.
pub enum Action {
    /// Nothing.
    None,
    /// Another place.
    Go(Go),
}

impl Users {
    /// Opens the place with the first user chosen.
    pub fn new(shared: &Shared) -> (Self, Task<Message>) {
        let mut place = Self {
            overview: None,
            failure: None,
            tab: Tab::default(),
            selection: Selection::of(0),
            looking: Question::ask(),
        };
        let task = place.reload(shared);
        (place, task)
    }

    /// Reads the table again.
    pub fn reload(&mut self, shared: &Shared) -> Task<Message> {
        self.looking = Question::ask();
        let (client, question) = (shared.client.clone(), self.looking);
        Task::perform(
            async move { client.admin_overview().await.map(Arc::new).map_err(|e| explain(&e)) },
            move |answer| Message::Looked(question, answer),
        )
    }

    /// Does what the message says.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Looked(question, answer) if question == self.looking => {
                match answer {
                    Ok(overview) => {
                        if self.chosen().is_some_and(|row| row >= overview.table.users.len()) {
                            self.selection = Selection::of(0);
                        }
                        (self.overview, self.failure) = (Some(overview), None);
                    }
                    Err(words) => self.failure = Some(words),
                }
                Action::None
            }
            Message::Looked(..) => Action::None,
            Message::Tab(tab) => {
                self.tab = tab;
                Action::None
            }
            Message::Pick(pick) => {
                self.selection.apply(pick);
                Action::None
            }
            Message::Order(kind, subject) => Action::Go(Go::NewAdminOrder(AdminStart { kind, subject })),
        }
    }

    /// The chosen user's row.
    fn chosen(&self) -> Option<usize> {
        self.selection.iter().next()
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        view::page(self, shared)
    }
}

#[cfg(test)]
mod tests;
