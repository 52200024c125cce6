//! "Token" (Token Manager): what is in the reader, what to do about its state, and the life of its PIN.
//!
//! The left panel says the state and holds the one thing that is being done: [`pin_panel`] (first use and change),
//! [`unblock`], [`renew`], [`choose`]. The right one shows what is on the token. All of it is drawn from what was told,
//! so that the gallery and the tests show every state without a card.

mod choose;
mod details;
pub(crate) mod new_pin;
mod pin_panel;
mod renew;
pub(crate) mod samples;
mod state;
mod unblock;
mod unblock_view;
mod view;

use std::time::Duration;

use chrono::{DateTime, Utc};
use client::{RenewalState, TokenStatus};
use iced::{Subscription, Task};

use crate::design::keys::Press;
use crate::design::theme::Tone;
use crate::design::{Column, Element, banner, check};
use crate::desk::Desk;
use crate::screen::action::{Action, Wish};
use crate::screen::ask::Question;
use crate::screen::contract::{Screen, Topic};
use crate::tr;
use choose::Choose;
use pin_panel::PinPanel;
use renew::Renew;
pub(crate) use state::{Condition, state};
use unblock::Unblock;

#[derive(Debug)]
pub struct Manager {
    panel: Panel,
    /// A renewal of this token was cut off.
    unfinished: bool,
    looking: Option<Question>,
}

/// What is being done.
#[derive(Debug)]
enum Panel {
    State,
    Pin(PinPanel),
    Unblock(Box<Unblock>),
    Renew(Renew),
    Choose(Choose),
}

#[derive(Debug, Clone)]
pub enum Message {
    LogIn,
    ChangePin,
    StartUnblock,
    /// Begin to renew the certificates.
    StartRenew,
    /// Choose another reader, module or key file.
    StartChoose,
    /// Of the PIN's form.
    Pin(pin_panel::Message),
    Unblock(unblock::Message),
    Renew(renew::Message),
    /// Of the choice of a reader.
    Choose(choose::Message),
    /// Whether a renewal was cut off.
    Looked(Question, bool),
}

/// A panel is over.
pub(super) struct Over;

/// What the place shows beside its own state.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// What is in the reader.
    pub token: &'a TokenStatus,
    /// Its PIN opened the session.
    pub logged_in: bool,
    /// Now, by the bank's clock.
    pub now: DateTime<Utc>,
}

impl Manager {
    /// Opens the place; an unblocking that stands is taken up again.
    pub fn new(desk: &Desk) -> (Self, Task<Message>) {
        let mut manager = Self { panel: Panel::State, unfinished: false, looking: None };
        let status = desk.client.token_status().borrow().clone();
        if desk.client.unblock_question().borrow().is_some() {
            let task = manager.start_unblock(desk);
            return (manager, task);
        }
        let task = manager.token_changed(&status, desk);
        (manager, task)
    }

    /// Another token, or another state of it: a form that is for another one is closed, a new token's opens.
    pub fn token_changed(&mut self, status: &TokenStatus, desk: &Desk) -> Task<Message> {
        let csn = status.info().map(|info| info.csn.as_str());
        let stale = match &self.panel {
            Panel::Pin(panel) => !panel.is_busy() && csn != Some(panel.csn()),
            Panel::Renew(panel) => !panel.is_busy() && csn != Some(panel.csn()),
            _ => false,
        };
        if stale {
            self.panel = Panel::State;
        }
        let look = self.look(desk);
        let is_new = state(status, false, desk.client.now()).condition == Condition::New;
        match (&self.panel, status.info()) {
            (Panel::State, Some(info)) if is_new => {
                let (panel, task) = PinPanel::new(info, desk.client.pin_rules());
                self.panel = Panel::Pin(panel);
                Task::batch([look, task.map(Message::Pin)])
            }
            _ => look,
        }
    }

    /// Asks whether a renewal of this token was cut off.
    fn look(&mut self, desk: &Desk) -> Task<Message> {
        let (client, asked) = (desk.client.clone(), Question::ask());
        self.looking = Some(asked);
        Task::perform(async move { client.renewal_state().await }, move |answer| {
            Message::Looked(asked, matches!(answer, Ok(RenewalState::Unfinished)))
        })
    }

    fn start_unblock(&mut self, desk: &Desk) -> Task<Message> {
        let (panel, task) = Unblock::new(desk.client.pin_rules(), desk);
        self.panel = Panel::Unblock(Box::new(panel));
        task.map(Message::Unblock)
    }

    fn follow<M: Send + 'static>(
        &mut self,
        action: Action<M, Over>,
        message: fn(M) -> Message,
        desk: &Desk,
    ) -> Action<Message> {
        let (action, over) = action.heard(message);
        if over.is_none() {
            return action;
        }
        self.panel = Panel::State;
        let task = self.token_changed(&desk.client.token_status().borrow().clone(), desk);
        action.and_run(task)
    }

    /// The place, as told.
    pub fn draw<'a>(&'a self, seen: Seen<'a>) -> Element<'a, Message> {
        view::view(self, seen)
    }
}

impl Screen for Manager {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        let status = desk.client.token_status().borrow().clone();
        let tries = status.info().and_then(|info| info.tries_left);
        match (&mut self.panel, message) {
            (_, Message::LogIn) => Action::wish(Wish::LogIn),
            (_, Message::Looked(asked, unfinished)) if self.looking == Some(asked) => {
                self.unfinished = unfinished;
                Action::none()
            }
            (Panel::State, Message::ChangePin) => match status.info() {
                Some(info) => {
                    let (panel, task) = PinPanel::new(info, desk.client.pin_rules());
                    self.panel = Panel::Pin(panel);
                    Action::run(task.map(Message::Pin))
                }
                None => Action::none(),
            },
            (Panel::State, Message::StartUnblock) => Action::run(self.start_unblock(desk)),
            (Panel::State, Message::StartRenew) => match status.info() {
                Some(info) => {
                    let (panel, task) = Renew::new(info);
                    self.panel = Panel::Renew(panel);
                    Action::run(task.map(Message::Renew))
                }
                None => Action::none(),
            },
            (Panel::State, Message::StartChoose) => {
                let (panel, task) = Choose::new(desk);
                self.panel = Panel::Choose(panel);
                Action::run(task.map(Message::Choose))
            }
            (Panel::Pin(panel), Message::Pin(message)) => {
                let action = panel.update(message, tries, desk);
                self.follow(action, Message::Pin, desk)
            }
            (Panel::Unblock(panel), Message::Unblock(message)) => {
                let action = panel.update(message, &status, desk);
                self.follow(action, Message::Unblock, desk)
            }
            (Panel::Renew(panel), Message::Renew(message)) => {
                let action = panel.update(message, tries, desk);
                self.follow(action, Message::Renew, desk)
            }
            (Panel::Choose(panel), Message::Choose(message)) => {
                let action = panel.update(message, desk);
                self.follow(action, Message::Choose, desk)
            }
            // Of a panel that was left.
            _ => Action::none(),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Token | Topic::Session => self.token_changed(&desk.token, desk),
            Topic::Packages
            | Topic::SharedArea
            | Topic::Accounts
            | Topic::MasterData
            | Topic::Authority
            | Topic::Messages
            | Topic::Rules
            | Topic::Others
            | Topic::Language => Task::none(),
        }
    }

    fn key(&self, press: &Press) -> Option<Message> {
        if !press.is(iced::keyboard::key::Named::Escape) {
            return None;
        }
        match &self.panel {
            Panel::State => None,
            Panel::Pin(panel) if panel.is_first_use() => None,
            Panel::Pin(_) => Some(Message::Pin(pin_panel::Message::Leave)),
            Panel::Unblock(_) => Some(Message::Unblock(unblock::Message::Leave)),
            Panel::Renew(_) => Some(Message::Renew(renew::Message::Leave)),
            Panel::Choose(_) => Some(Message::Choose(choose::Message::Leave)),
        }
    }

    fn subscription(&self) -> Subscription<Message> {
        match &self.panel {
            Panel::Unblock(panel) if panel.ticks() => iced::time::every(Duration::from_secs(1))
                .map(|now| Message::Unblock(unblock::Message::Tick(now))),
            _ => Subscription::none(),
        }
    }

    fn is_of_customer(&self) -> bool {
        false
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        self.draw(Seen { token: &desk.token, logged_in: desk.user.is_some(), now: desk.client.now() })
    }
}

/// The consent to the last try, while it is the last one.
pub(super) fn last_try<'a, M: Clone + 'a>(
    tries: Option<u8>,
    consent: bool,
    on_toggle: fn(bool) -> M,
) -> Option<Element<'a, M>> {
    if tries != Some(1) {
        return None;
    }
    let tick = check::checkbox(tr!("login-last-try-consent"), consent).id("pin-consent").on_toggle(on_toggle);
    let words = banner::banner(
        Tone::Bad,
        tr!("login-last-try"),
        tr!("login-last-try-help"),
        Some(Column::new().push(tick).into()),
    );
    Some(words)
}

#[cfg(test)]
mod tests;
