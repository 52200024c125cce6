//! What the window needs of every screen, and of what it tells them.

use client::Change;
use iced::{Subscription, Task};

use super::action::Action;
use crate::design::Element;
use crate::design::keys::Press;
use crate::desk::Desk;
use crate::go::Go;

/// A place of the window with its state. The window knows no more of any of them.
pub(crate) trait Screen {
    type Message: Clone + std::fmt::Debug + Send + 'static;

    fn update(&mut self, message: Self::Message, desk: &Desk) -> Action<Self::Message>;

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Self::Message>;

    /// Looks again at what it shows of the topic. Every screen decides of every topic, so there is no default: a wire
    /// that is not thought of does not compile.
    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Self::Message>;

    /// What a key means here that no widget wanted.
    fn key(&self, _press: &Press) -> Option<Self::Message> {
        None
    }

    /// It is left by a way that it was not asked about: what is typed is kept now, not at the next pause.
    fn left(&mut self, _desk: &Desk) -> Task<Self::Message> {
        Task::none()
    }

    /// The way back to it as it stands, with what is chosen in it; none is the way by which it was opened.
    fn here(&self) -> Option<Go> {
        None
    }

    /// The name of the stop with which it begins; none is the first one.
    fn begins_at(&self) -> Option<&'static str> {
        None
    }

    /// What it listens to while it is open.
    fn subscription(&self) -> Subscription<Self::Message> {
        Subscription::none()
    }

    /// Whether a sheet lies above it, below which nothing is to be reached.
    fn has_sheet(&self) -> bool {
        false
    }

    /// Whether something is typed here that would be lost with the window. Forms that are kept as they are typed lose
    /// nothing.
    fn may_lose(&self) -> bool {
        false
    }

    /// Whether what is shown belongs to one customer: then it begins anew for another one.
    fn is_of_customer(&self) -> bool {
        true
    }
}

/// What has changed, as far as a screen may show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// Packages and their orders, here or at the bank.
    Packages,
    SharedArea,
    /// Accounts, balances, what was booked.
    Accounts,
    MasterData,
    /// Who may do what.
    Authority,
    /// Messages of the bank and to it.
    Messages,
    /// The connection, or who is logged in.
    Session,
    /// The bank's rules: a sync may have brought others.
    Rules,
    /// Something of another customer, or of another bank than the shown one's.
    Others,
    /// What is in the reader.
    Token,
    /// The language of the window: what was explained in the other one is to be said again.
    Language,
}

impl Topic {
    /// Everything that can be missed when the client tells more than the window hears.
    pub(crate) const OF_CLIENT: [Self; 9] = [
        Self::Packages,
        Self::SharedArea,
        Self::Accounts,
        Self::MasterData,
        Self::Authority,
        Self::Messages,
        Self::Session,
        Self::Rules,
        Self::Others,
    ];

    /// What a change of the client is about; nothing for what is only worth a notice.
    #[must_use]
    pub(crate) fn of(change: &Change) -> Option<Self> {
        match change {
            Change::Packages | Change::Finished { .. } => Some(Self::Packages),
            Change::SharedArea => Some(Self::SharedArea),
            Change::Accounts => Some(Self::Accounts),
            Change::MasterData => Some(Self::MasterData),
            Change::Authority => Some(Self::Authority),
            Change::Messages => Some(Self::Messages),
            Change::Connection => Some(Self::Session),
            Change::Synced => Some(Self::Rules),
            Change::Outdated | Change::Shared(_) | Change::SessionEndsSoon { .. } => None,
        }
    }
}

/// What a screen does that shows nothing of any topic. A topic that comes new is to be thought of here, for all of them.
pub(crate) fn nothing<M>(topic: Topic) -> Task<M> {
    match topic {
        Topic::Packages
        | Topic::SharedArea
        | Topic::Accounts
        | Topic::MasterData
        | Topic::Authority
        | Topic::Messages
        | Topic::Session
        | Topic::Rules
        | Topic::Others
        | Topic::Token
        | Topic::Language => Task::none(),
    }
}
