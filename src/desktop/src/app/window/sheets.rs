//! The sheets above every place: the login, also as the lock of a session that ended by itself, and the connection
//! assistant. What stands behind them keeps what was typed.

use std::sync::Arc;

use client::{Locked, LoggedIn, TokenStatus};
use iced::Task;

use super::{Message, Window};
use crate::app::start;
use crate::design::Element;
use crate::design::theme::Tone;
use crate::navigation::Place;
use crate::screen::{connect, login, update};
use crate::tr;

/// A sheet above the place.
pub(super) enum Sheet {
    Login(login::Login),
    Connect(connect::Connect),
    Update(Box<update::Updating>),
}

impl Sheet {
    pub(super) fn view(&self, token: &TokenStatus) -> Element<'_, Message> {
        match self {
            Self::Login(sheet) => sheet.view(token).map(Message::Login),
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
        self.say(Tone::Good, words);
        let started = self.started.clone();
        let furnish = async move { start::furnish(started).await.map_err(Arc::new) };
        Task::batch([Task::perform(furnish, Message::Furnished), self.check_updates(false)])
    }

    pub(super) fn connect(&mut self, message: connect::Message) -> Task<Message> {
        let Some(Sheet::Connect(sheet)) = &mut self.sheet else { return Task::none() };
        let (action, wish) = sheet.update(message, &self.desk).heard::<_, ()>(Message::Connect);
        let followed = match wish {
            Some(connect::Wish::Close) => {
                self.sheet = None;
                Task::none()
            }
            Some(connect::Wish::Connected(bank)) => {
                self.say(Tone::Good, tr!("connect-done", bank = bank));
                self.open_login()
            }
            None => Task::none(),
        };
        Task::batch([action.task, followed])
    }
}
