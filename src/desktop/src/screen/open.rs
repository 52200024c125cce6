//! The open place: one of all, with what the frame needs to know of none of them alone.

use client::{Change, TokenStatus};
use iced::Task;

use super::notice::Notice;
use super::{accounts, journal, overview, settings, token};
use crate::app::preferences::Preferences;
use crate::app::route::Place;
use crate::app::start::Folders;
use crate::design::Element;
use crate::design::keys::Press;
use crate::go::Go;
use crate::shared::Shared;

/// The open place with its state.
pub enum Screen {
    /// "Áttekintés".
    Overview(overview::Overview),
    /// "Egyenlegek és forgalom".
    Accounts(accounts::Accounts),
    /// "Token".
    Token,
    /// "Eseménynapló".
    Journal(journal::Journal),
    /// "Beállítások".
    Settings,
}

/// A message of one of the places.
#[derive(Debug, Clone)]
pub enum Message {
    /// Of the overview.
    Overview(overview::Message),
    /// Of the accounts.
    Accounts(accounts::Message),
    /// Of the token's place.
    Token(token::Message),
    /// Of the log.
    Journal(journal::Message),
    /// Of the settings.
    Settings(settings::Message),
}

/// What a place wants of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Another place, perhaps with something chosen in it.
    Go(Go),
    /// A place as it begins.
    Open(Place),
    /// The login.
    LogIn,
    /// Other preferences.
    Prefer(Preferences),
}

/// What follows a message: work to run, something to say, a wish.
pub struct Effects {
    /// Run this.
    pub task: Task<Message>,
    /// Say this.
    pub notice: Option<Notice>,
    /// Do this.
    pub wish: Option<Wish>,
}

impl Effects {
    fn none() -> Self {
        Self::run(Task::none())
    }

    fn run(task: Task<Message>) -> Self {
        Self { task, notice: None, wish: None }
    }

    fn wish(wish: Wish) -> Self {
        Self { wish: Some(wish), ..Self::none() }
    }
}

/// What places show beside the shared data.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// What is in the reader.
    pub token: &'a TokenStatus,
    /// What the user prefers.
    pub preferences: Preferences,
    /// Where this run keeps its files.
    pub folders: &'a Folders,
}

impl Screen {
    /// Opens a place.
    pub fn open(place: Place, shared: &Shared) -> (Self, Task<Message>) {
        match place {
            Place::Accounts => {
                let (screen, task) = accounts::Accounts::new(shared);
                (Self::Accounts(screen), task.map(Message::Accounts))
            }
            Place::Token => (Self::Token, Task::none()),
            Place::Journal => {
                let (screen, task) = journal::Journal::new(shared);
                (Self::Journal(screen), task.map(Message::Journal))
            }
            Place::Settings => (Self::Settings, Task::none()),
            _ => {
                let (screen, task) = overview::Overview::new(shared);
                (Self::Overview(screen), task.map(Message::Overview))
            }
        }
    }

    /// Opens the place that [`Go`] names, with what it chooses there.
    pub fn go(go: Go, shared: &Shared) -> (Self, Task<Message>) {
        Self::open(Place::of(go), shared)
    }

    /// Does what happened. Messages of another place than the open one are late and dropped.
    pub fn update(&mut self, message: Message, shared: &Shared, preferences: Preferences) -> Effects {
        match (self, message) {
            (Self::Overview(screen), Message::Overview(message)) => match screen.update(message, shared) {
                overview::Action::None => Effects::none(),
                overview::Action::Run(task) => Effects::run(task.map(Message::Overview)),
                overview::Action::Go(go) => Effects::wish(Wish::Go(go)),
                overview::Action::Accounts => Effects::wish(Wish::Open(Place::Accounts)),
                overview::Action::LogIn => Effects::wish(Wish::LogIn),
            },
            (Self::Accounts(screen), Message::Accounts(message)) => match screen.update(message, shared) {
                accounts::Action::None => Effects::none(),
                accounts::Action::Run(task) => Effects::run(task.map(Message::Accounts)),
            },
            (Self::Journal(screen), Message::Journal(message)) => match screen.update(message, shared) {
                journal::Action::None => Effects::none(),
                journal::Action::Run(task) => Effects::run(task.map(Message::Journal)),
            },
            (Self::Token, Message::Token(token::Message::LogIn)) => Effects::wish(Wish::LogIn),
            (Self::Settings, Message::Settings(message)) => {
                Effects::wish(Wish::Prefer(message.apply(preferences)))
            }
            _ => Effects::none(),
        }
    }

    /// The client told of a change: looks again at what it may have touched.
    pub fn changed(&mut self, change: &Change, shared: &Shared) -> Task<Message> {
        match self {
            Self::Overview(screen) => screen.reload(shared).map(Message::Overview),
            Self::Accounts(screen) if *change == Change::Accounts => {
                screen.reload(shared).map(Message::Accounts)
            }
            Self::Journal(screen) if *change == Change::Packages => {
                screen.reload(shared).map(Message::Journal)
            }
            _ => Task::none(),
        }
    }

    /// A key that no widget wanted: what the place does with it, or none.
    pub fn key(&mut self, press: &Press, _shared: &Shared) -> Option<Effects> {
        match self {
            Self::Accounts(screen) if press.is_ctrl('f') => {
                Some(Effects::run(screen.find().map(Message::Accounts)))
            }
            _ => None,
        }
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared, around: Surroundings<'a>) -> Element<'a, Message> {
        match self {
            Self::Overview(screen) => screen.view(shared).map(Message::Overview),
            Self::Accounts(screen) => screen.view(shared).map(Message::Accounts),
            Self::Token => token::view(around.token, shared).map(Message::Token),
            Self::Journal(screen) => screen.view(shared).map(Message::Journal),
            Self::Settings => settings::view(around.preferences, around.folders).map(Message::Settings),
        }
    }
}
