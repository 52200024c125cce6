//! The sheets above every place: the login, also as the lock of a session that ended by itself, the connection
//! assistant, the choice of a customer. What stands behind them keeps what was typed.

use std::sync::Arc;

use client::{Client, ConnectionState, Locked, LoggedIn};
use domain::ConnectionKey;
use iced::Task;
use iced::keyboard::key::Named;

use super::help::Help;
use super::{Message, Window};
use crate::app::start;
use crate::design::keys::Press;
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, spacing};
use crate::house::{Handle, House, Whom};
use crate::navigation::Place;
use crate::screen::connect::Purpose;
use crate::screen::{choice, connect, login, update};
use crate::tr;

/// A sheet above the place.
pub(super) enum Sheet {
    /// At the bank of that handle: what is typed here goes there, whoever is shown by then.
    Login(login::Login, Handle),
    Connect(connect::Connect),
    Update(Box<update::Updating>),
    Choice(choice::Choice),
    Help(Help),
}

impl Sheet {
    /// The sheet; the login says at which bank it is, where there are several.
    pub(super) fn view<'a>(&'a self, house: &House) -> Element<'a, Message> {
        match self {
            Self::Login(sheet, Handle(side)) => {
                let of = side.own_connection();
                let bank = of.and_then(|key| house.which_bank(key));
                let bank = bank.map(|name| text::hint(name).accent().one_line());
                let asked = login::Asked::of(side);
                let sheet = sheet.view(&asked).map(move |message| Message::Login(of, message));
                Column::new().spacing(spacing::XS).push(bank).push(sheet).into()
            }
            Self::Choice(sheet) => sheet.view(house).map(Message::Choice),
            Self::Connect(sheet) => sheet.view().map(Message::Connect),
            Self::Update(sheet) => sheet.view().map(Message::UpdateSheet),
            Self::Help(sheet) => sheet.view(),
        }
    }

    /// What Esc means.
    pub(super) fn leave(&self) -> Message {
        match self {
            Self::Login(_, Handle(side)) => Message::Login(side.own_connection(), login::Message::Leave),
            Self::Connect(_) => Message::Connect(connect::Message::Leave),
            Self::Update(_) => Message::UpdateSheet(update::Message::Leave),
            Self::Choice(_) => Message::Choice(choice::Message::Leave),
            Self::Help(_) => Message::Help(false),
        }
    }

    /// The bank at which it logs in, if it is a login.
    pub(super) fn logs_in_at(&self) -> Option<Option<ConnectionKey>> {
        match self {
            Self::Login(_, Handle(side)) => Some(side.own_connection()),
            Self::Connect(_) | Self::Update(_) | Self::Choice(_) | Self::Help(_) => None,
        }
    }

    /// What a key means that nothing in the sheet wanted.
    pub(super) fn key(&self, press: &Press) -> Option<Message> {
        match self {
            Self::Choice(sheet) => sheet.key(press).map(Message::Choice),
            Self::Help(_) => press.is(Named::F1).then_some(Message::Help(false)),
            Self::Login(..) | Self::Connect(_) | Self::Update(_) => None,
        }
    }
}

impl Window {
    /// The shown bank's session locked itself, or is not locked any more: says why, and offers the login.
    pub(super) fn locked(&mut self, locked: Option<Locked>) -> Task<Message> {
        let Some(locked) = locked else { return Task::none() };
        let own = self.desk.client.own_connection();
        // A PIN that is being typed for another bank must not go on into this one's field.
        if self.sheet.as_ref().and_then(Sheet::logs_in_at).is_some_and(|at| at != own) {
            self.say_of(self.own_bank(), Tone::Care, client::texts::text(locked.why.code(), &[]));
            return Task::none();
        }
        let (sheet, task) = login::Login::after(&locked);
        self.put_login(sheet, self.desk.client.clone(), task)
    }

    /// The login at the shown bank.
    pub(super) fn open_login(&mut self) -> Task<Message> {
        // The bank would refuse it; and it may have changed its mind.
        if self.desk.program.is_too_old() {
            return self.check_updates(true);
        }
        self.open_login_at(self.desk.client.clone())
    }

    /// The login at the bank of a handle; none at one that is to be left alone.
    pub(super) fn open_login_at(&mut self, side: Client) -> Task<Message> {
        let bank = side.own_connection().and_then(|key| self.facts.house.bank(key));
        if let Some(bank) = bank.filter(|bank| bank.line.state != ConnectionState::Active) {
            let name = bank.line.name.clone();
            self.say_of(Some(name), Tone::Care, tr!("login-not-in-use"));
            return Task::none();
        }
        let (sheet, task) = login::Login::new();
        self.put_login(sheet, side, task)
    }

    fn put_login(&mut self, sheet: login::Login, side: Client, task: Task<login::Message>) -> Task<Message> {
        let of = side.own_connection();
        self.sheet = Some(Sheet::Login(sheet, Handle(side)));
        task.map(move |message| Message::Login(of, message))
    }

    /// Shows the keys of the open place, or shows them no more.
    pub(super) fn help(&mut self, open: bool) -> Task<Message> {
        match (&self.sheet, open) {
            (None, true) if !self.screen.has_sheet() => {
                let house = &self.facts.house;
                self.sheet = Some(Sheet::Help(Help::new(self.place, house.is_shared(), house.has_choice())));
            }
            (Some(Sheet::Help(_)), false) => self.sheet = None,
            _ => {}
        }
        Task::none()
    }

    pub(super) fn open_choice(&mut self) -> Task<Message> {
        self.coming = None;
        let (sheet, task) = choice::Choice::new(self.desk.client.shown_customer(), &self.facts.house);
        self.sheet = Some(Sheet::Choice(sheet));
        task.map(Message::Choice)
    }

    /// The connection assistant for the first bank or for one more; what was wrong with the first one is said there.
    pub(super) fn open_connect(&mut self, purpose: Purpose) -> Task<Message> {
        let refused = self.started.refused.clone().filter(|_| purpose == Purpose::First);
        let (sheet, task) = connect::Connect::new(purpose, refused);
        self.sheet = Some(Sheet::Connect(sheet));
        task.map(Message::Connect)
    }

    /// What happens on the login's sheet of a bank. What comes of a sheet that gave way to another bank's is told, and
    /// touches that one not.
    pub(super) fn login(&mut self, of: Option<ConnectionKey>, message: login::Message) -> Task<Message> {
        let (sheet, side) = match &mut self.sheet {
            Some(Sheet::Login(sheet, Handle(side))) if side.own_connection() == of => (sheet, side.clone()),
            _ => return self.late_login(of, message),
        };
        let (action, wish) =
            sheet.update(message, &side).heard::<_, ()>(move |message| Message::Login(of, message));
        let followed = match wish {
            Some(login::Wish::Close) => {
                self.sheet = None;
                Task::none()
            }
            Some(login::Wish::LoggedIn(logged_in)) => {
                self.sheet = None;
                self.logged_in(of, &logged_in)
            }
            Some(login::Wish::Token) => {
                self.sheet = None;
                self.show_token_of(&side)
            }
            None => Task::none(),
        };
        Task::batch([action.task, followed])
    }

    /// A login that ended after its sheet had gone.
    fn late_login(&mut self, of: Option<ConnectionKey>, message: login::Message) -> Task<Message> {
        match message {
            login::Message::Done(Ok(logged_in)) => self.logged_in(of, &logged_in),
            login::Message::Done(Err(error)) => {
                self.trouble_of(of.and_then(|key| self.facts.house.which_bank(key)), &error);
                Task::none()
            }
            _ => Task::none(),
        }
    }

    /// The place of the token that logs in at a bank.
    fn show_token_of(&mut self, side: &Client) -> Task<Message> {
        let of = side.own_connection();
        if of == self.desk.client.own_connection() {
            return self.open(Place::Token);
        }
        of.map_or_else(Task::none, |key| self.show_whom(self.first_of(key), Some(Place::Token.go())))
    }

    /// Somebody has logged in at a bank, the shown one or another.
    pub(super) fn logged_in(&mut self, of: Option<ConnectionKey>, logged_in: &LoggedIn) -> Task<Message> {
        let name = logged_in.user.name.as_str();
        let words = match logged_in.last_login {
            Some(last) => {
                tr!("login-done-again", name = name, time = self.desk.relative(last))
            }
            None => tr!("login-done", name = name),
        };
        let house = self.facts.house.clone();
        self.say_of(of.and_then(|key| house.which_bank(key)), Tone::Good, words);
        // Who logs in may have no right on the customer that is shown: then another one of the bank is.
        let is_shown = of == self.desk.client.own_connection();
        let side = of.filter(|_| is_shown).and_then(|key| house.bank(key)?.handle.clone());
        let chosen = side.and_then(|Handle(side)| side.shown_customer());
        let shown = self.desk.client.shown_customer();
        let other = chosen.filter(|key| shown.is_some_and(|shown| shown != *key));
        // A login that was begun among all customers leads back there.
        let then = (self.place == Place::Everyone).then_some(Place::Everyone.go());
        let other = other.map_or_else(Task::none, |key| self.show_whom(Whom::Customer(key), then));
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
                self.arrive(std::future::ready(Ok(client)), None, None, true)
            }
            None => Task::none(),
        };
        Task::batch([action.task, followed])
    }
}
