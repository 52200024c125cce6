//! The sheets above every place: the login, also as the lock of a session that ended by itself, the connection
//! assistant, the choice of a customer. What stands behind them keeps what was typed.

use std::sync::Arc;

use client::{Locked, LoggedIn, TokenStatus};
use domain::ConnectionKey;
use iced::Task;

use super::{Message, Window};
use crate::app::start;
use crate::design::keys::Press;
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, spacing};
use crate::house::{Handle, House, Whom};
use crate::navigation::Place;
use crate::screen::{choice, connect, login, update};
use crate::tr;

/// A sheet above the place.
pub(super) enum Sheet {
    Login(login::Login),
    Connect(connect::Connect),
    Update(Box<update::Updating>),
    Choice(choice::Choice),
}

impl Sheet {
    /// The sheet; the login says at which bank it is, where there are several.
    pub(super) fn view<'a>(
        &'a self,
        token: &TokenStatus,
        house: &House,
        bank: Option<ConnectionKey>,
    ) -> Element<'a, Message> {
        match self {
            Self::Login(sheet) => {
                let bank = bank.and_then(|key| house.which_bank(key));
                let bank = bank.map(|name| text::hint(name).accent().one_line());
                let sheet = sheet.view(token).map(Message::Login);
                Column::new().spacing(spacing::XS).push(bank).push(sheet).into()
            }
            Self::Choice(sheet) => sheet.view(house).map(Message::Choice),
            Self::Connect(sheet) => sheet.view().map(Message::Connect),
            Self::Update(sheet) => sheet.view().map(Message::UpdateSheet),
        }
    }

    /// What Esc means.
    pub(super) fn leave(&self) -> Message {
        match self {
            Self::Login(_) => Message::Login(login::Message::Leave),
            Self::Connect(_) => Message::Connect(connect::Message::Leave),
            Self::Update(_) => Message::UpdateSheet(update::Message::Leave),
            Self::Choice(_) => Message::Choice(choice::Message::Leave),
        }
    }

    /// What a key means that nothing in the sheet wanted.
    pub(super) fn key(&self, press: &Press) -> Option<Message> {
        match self {
            Self::Choice(sheet) => sheet.key(press).map(Message::Choice),
            Self::Login(_) | Self::Connect(_) | Self::Update(_) => None,
        }
    }
}

impl Window {
    /// The session locked itself, or is not locked any more: says why, and offers the login.
    pub(super) fn locked(&mut self, locked: Option<Locked>) -> Task<Message> {
        let Some(locked) = locked else { return Task::none() };
        let (sheet, task) = login::Login::after(&locked);
        self.sheet = Some(Sheet::Login(sheet));
        task.map(Message::Login)
    }

    pub(super) fn open_login(&mut self) -> Task<Message> {
        // The bank would refuse it; and it may have changed its mind.
        if self.desk.program.is_too_old() {
            return self.check_updates(true);
        }
        let (sheet, task) = login::Login::new();
        self.sheet = Some(Sheet::Login(sheet));
        task.map(Message::Login)
    }

    pub(super) fn open_choice(&mut self) -> Task<Message> {
        let (sheet, task) = choice::Choice::new(self.desk.client.shown_customer(), &self.facts.house);
        self.sheet = Some(Sheet::Choice(sheet));
        task.map(Message::Choice)
    }

    pub(super) fn open_connect(&mut self) -> Task<Message> {
        let (sheet, task) = connect::Connect::new(self.started.refused.clone());
        self.sheet = Some(Sheet::Connect(sheet));
        task.map(Message::Connect)
    }

    pub(super) fn login(&mut self, message: login::Message) -> Task<Message> {
        let Some(Sheet::Login(sheet)) = &mut self.sheet else { return Task::none() };
        let (action, wish) = sheet.update(message, &self.desk).heard::<_, ()>(Message::Login);
        let followed = match wish {
            Some(login::Wish::Close) => {
                self.sheet = None;
                Task::none()
            }
            Some(login::Wish::LoggedIn(logged_in)) => {
                self.sheet = None;
                self.logged_in(&logged_in)
            }
            Some(login::Wish::Token) => {
                self.sheet = None;
                self.open(Place::Token)
            }
            None => Task::none(),
        };
        Task::batch([action.task, followed])
    }

    pub(super) fn logged_in(&mut self, logged_in: &LoggedIn) -> Task<Message> {
        let name = logged_in.user.name.as_str();
        let words = match logged_in.last_login {
            Some(last) => {
                tr!("login-done-again", name = name, time = self.desk.relative(last))
            }
            None => tr!("login-done", name = name),
        };
        self.say_of(self.own_bank(), Tone::Good, words);
        // Who logs in may have no right on the customer that is shown: then another one is.
        let side =
            self.desk.client.own_connection().and_then(|key| self.facts.house.bank(key)?.handle.clone());
        let chosen = side.and_then(|Handle(side)| side.shown_customer());
        let shown = self.desk.client.shown_customer();
        let other = chosen.filter(|key| shown.is_some_and(|shown| shown != *key));
        let other = other.map_or_else(Task::none, |key| self.show_whom(Whom::Customer(key), None, false));
        let started = self.started.clone();
        let furnish = async move { start::furnish(started).await.map_err(Arc::new) };
        Task::batch([other, Task::perform(furnish, Message::Furnished), self.check_updates(false)])
    }

    pub(super) fn connect(&mut self, message: connect::Message) -> Task<Message> {
        let Some(Sheet::Connect(sheet)) = &mut self.sheet else { return Task::none() };
        let (action, wish) = sheet.update(message, &self.desk).heard::<_, ()>(Message::Connect);
        let followed = match wish {
            Some(connect::Wish::Close) => {
                self.sheet = None;
                Task::none()
            }
            Some(connect::Wish::Connected(Handle(client), bank)) => {
                self.sheet = None;
                self.say_plain(Tone::Good, tr!("connect-done", bank = bank));
                self.arrive(std::future::ready(Ok(client)), None, true)
            }
            None => Task::none(),
        };
        Task::batch([action.task, followed])
    }
}
