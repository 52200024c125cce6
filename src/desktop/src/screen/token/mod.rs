//! "Token" (Token Manager): what is in the reader, what to do about its state, and the life of its PIN.
//!
//! The left panel says the state and holds the one thing that is being done: [`pin_panel`] (first use and change),
//! [`unblock`], [`renew`], [`choose`]. The right one shows what is on the token. All of it is drawn from what was told,
//! so that the gallery and the tests show every state without a card.

mod choose;
mod details;
pub mod new_pin;
mod pin_panel;
mod renew;
pub mod samples;
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
use crate::screen::ask::Question;
use crate::screen::notice::Notice;
use crate::shared::Shared;
use crate::tr;
use choose::Choose;
use pin_panel::PinPanel;
use renew::Renew;
pub use state::{Condition, State, state};
use unblock::Unblock;

/// The place.
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

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// To the login.
    LogIn,
    /// Change the PIN.
    ChangePin,
    /// Begin to unblock.
    StartUnblock,
    /// Begin to renew the certificates.
    StartRenew,
    /// Choose another reader, module or key file.
    StartChoose,
    /// Of the PIN's form.
    Pin(pin_panel::Message),
    /// Of the unblocking.
    Unblock(unblock::Message),
    /// Of the renewal.
    Renew(renew::Message),
    /// Of the choice of a reader.
    Choose(choose::Message),
    /// Whether a renewal was cut off.
    Looked(Question, bool),
}

/// What the frame must do.
pub enum Action {
    /// Nothing.
    None,
    /// Work.
    Run(Task<Message>),
    /// Open the login.
    LogIn,
    /// Say this, and do the work.
    Say(Notice, Task<Message>),
}

/// What a panel wants.
pub(super) enum Outcome<M> {
    /// Nothing.
    None,
    /// Work.
    Run(Task<M>),
    /// It is over, perhaps with something to say.
    Over(Option<Notice>),
}

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
    pub fn new(shared: &Shared) -> (Self, Task<Message>) {
        let mut manager = Self { panel: Panel::State, unfinished: false, looking: None };
        let status = shared.client.token_status().borrow().clone();
        if shared.client.unblock_question().borrow().is_some() {
            let task = manager.start_unblock(shared);
            return (manager, task);
        }
        let task = manager.token_changed(&status, shared);
        (manager, task)
    }

    /// Another token, or another state of it: a form that is for another one is closed, a new token's opens.
    pub fn token_changed(&mut self, status: &TokenStatus, shared: &Shared) -> Task<Message> {
        let csn = status.info().map(|info| info.csn.as_str());
        let stale = match &self.panel {
            Panel::Pin(panel) => !panel.is_busy() && csn != Some(panel.csn()),
            Panel::Renew(panel) => !panel.is_busy() && csn != Some(panel.csn()),
            _ => false,
        };
        if stale {
            self.panel = Panel::State;
        }
        let look = self.look(shared);
        let is_new = state(status, false, shared.client.now()).condition == Condition::New;
        match (&self.panel, status.info()) {
            (Panel::State, Some(info)) if is_new => {
                let (panel, task) = PinPanel::new(info, shared.client.pin_rules());
                self.panel = Panel::Pin(panel);
                Task::batch([look, task.map(Message::Pin)])
            }
            _ => look,
        }
    }

    /// Asks whether a renewal of this token was cut off.
    fn look(&mut self, shared: &Shared) -> Task<Message> {
        let (client, asked) = (shared.client.clone(), Question::ask());
        self.looking = Some(asked);
        Task::perform(async move { client.renewal_state().await }, move |answer| {
            Message::Looked(asked, matches!(answer, Ok(RenewalState::Unfinished)))
        })
    }

    fn start_unblock(&mut self, shared: &Shared) -> Task<Message> {
        let (panel, task) = Unblock::new(shared.client.pin_rules(), shared);
        self.panel = Panel::Unblock(Box::new(panel));
        task.map(Message::Unblock)
    }

    /// Does what happened.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        let status = shared.client.token_status().borrow().clone();
        let tries = status.info().and_then(|info| info.tries_left);
        match (&mut self.panel, message) {
            (_, Message::LogIn) => Action::LogIn,
            (_, Message::Looked(asked, unfinished)) if self.looking == Some(asked) => {
                self.unfinished = unfinished;
                Action::None
            }
            (Panel::State, Message::ChangePin) => match status.info() {
                Some(info) => {
                    let (panel, task) = PinPanel::new(info, shared.client.pin_rules());
                    self.panel = Panel::Pin(panel);
                    Action::Run(task.map(Message::Pin))
                }
                None => Action::None,
            },
            (Panel::State, Message::StartUnblock) => Action::Run(self.start_unblock(shared)),
            (Panel::State, Message::StartRenew) => match status.info() {
                Some(info) => {
                    let (panel, task) = Renew::new(info);
                    self.panel = Panel::Renew(panel);
                    Action::Run(task.map(Message::Renew))
                }
                None => Action::None,
            },
            (Panel::State, Message::StartChoose) => {
                let (panel, task) = Choose::new(shared);
                self.panel = Panel::Choose(panel);
                Action::Run(task.map(Message::Choose))
            }
            (Panel::Pin(panel), Message::Pin(message)) => {
                let outcome = panel.update(message, tries, shared);
                self.follow(outcome, Message::Pin, shared)
            }
            (Panel::Unblock(panel), Message::Unblock(message)) => {
                let outcome = panel.update(message, &status, shared);
                self.follow(outcome, Message::Unblock, shared)
            }
            (Panel::Renew(panel), Message::Renew(message)) => {
                let outcome = panel.update(message, tries, shared);
                self.follow(outcome, Message::Renew, shared)
            }
            (Panel::Choose(panel), Message::Choose(message)) => {
                let outcome = panel.update(message, shared);
                self.follow(outcome, Message::Choose, shared)
            }
            // Of a panel that was left.
            _ => Action::None,
        }
    }

    fn follow<M: Send + 'static>(
        &mut self,
        outcome: Outcome<M>,
        message: fn(M) -> Message,
        shared: &Shared,
    ) -> Action {
        match outcome {
            Outcome::None => Action::None,
            Outcome::Run(task) => Action::Run(task.map(message)),
            Outcome::Over(notice) => {
                self.panel = Panel::State;
                let status = shared.client.token_status().borrow().clone();
                let task = self.token_changed(&status, shared);
                match notice {
                    Some(notice) => Action::Say(notice, task),
                    None => Action::Run(task),
                }
            }
        }
    }

    /// What a key asks for that no widget wanted: Esc leaves what is being done.
    #[must_use]
    pub fn key(&self, press: &Press) -> Option<Message> {
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

    /// A clock of seconds, only while a question stands on the screen.
    pub fn subscription(&self) -> Subscription<Message> {
        match &self.panel {
            Panel::Unblock(panel) if panel.ticks() => iced::time::every(Duration::from_secs(1))
                .map(|now| Message::Unblock(unblock::Message::Tick(now))),
            _ => Subscription::none(),
        }
    }

    /// The place.
    pub fn view<'a>(&'a self, seen: Seen<'a>) -> Element<'a, Message> {
        view::view(self, seen)
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
