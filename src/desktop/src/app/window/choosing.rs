//! Whose data the window shows: another customer or bank is chosen here, with all that follows from it.
//!
//! Everything changes at once, when the store has told what is known of them: rules and a place never belong to two.

use std::sync::Arc;

use client::{Client, ClientError, Connection};
use domain::CustomerKey;
use iced::Task;
use iced::keyboard::{Modifiers, key::Named};

use super::trail::Trail;
use super::{Message, Window};
use crate::app::facts::{self, Facts};
use crate::design::keys::{self, Press};
use crate::design::theme::Tone;
use crate::design::{Element, button, strip};
use crate::go::Go;
use crate::house::{Handle, Whom};
use crate::navigation::Place;
use crate::screen::ask::{Question, ask};
use crate::screen::{Opened, choice};
use crate::tr;

/// Somebody else is to be shown: what is known of them, and where to begin.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    facts: Facts,
    then: Option<Go>,
    log_in: bool,
}

impl Window {
    /// Shows a customer or a bank, at a place or where one is. Below a sheet nobody is exchanged: what is done there is
    /// for the one for whom it was begun.
    pub(super) fn show_whom(&mut self, whom: Whom, then: Option<Go>) -> Task<Message> {
        if self.is_covered() {
            self.say_plain(Tone::Care, tr!("sheet-first"));
            return Task::none();
        }
        if self.is_shown(whom) {
            // Whoever was on the way is not wanted any more.
            self.coming = None;
            return match then {
                Some(go) => self.go(go),
                None if self.place == Place::Everyone => self.open(Place::Overview),
                None => Task::none(),
            };
        }
        // What is typed here would go with the customer that it is for.
        if self.screen.may_lose() {
            self.say_plain(Tone::Care, tr!("customer-not-now"));
            return Task::none();
        }
        let client = self.desk.client.clone();
        let handle = async move {
            match whom {
                Whom::Customer(key) => client.at(key).await,
                Whom::Bank(key) => client.of_connection(key).await,
            }
        };
        let whose = match whom {
            Whom::Customer(key) => self.facts.house.whose(key),
            Whom::Bank(key) => self.facts.house.which_bank(key),
        };
        self.arrive(handle, whose, then, false)
    }

    /// What a key means while somebody else is on the way: another choice, or that all stays as it is. What is meant for
    /// one customer's place must not reach another's.
    pub(super) fn key_on_the_way(&mut self, press: &Press) -> Task<Message> {
        if press.is(Named::Escape) {
            self.coming = None;
            return Task::none();
        }
        if press.is_ctrl('u') && self.facts.house.has_choice() {
            return self.open_choice();
        }
        match keys::digit(press, Modifiers::CTRL).filter(|_| self.facts.house.is_shared()) {
            Some(number) => self.show_numbered(number),
            None => Task::none(),
        }
    }

    /// Whether somebody else is on the way.
    pub(in crate::app) fn is_changing(&self) -> bool {
        self.coming.is_some()
    }

    /// Whether a sheet lies above the open place.
    pub(super) fn is_covered(&self) -> bool {
        self.sheet.is_some() || self.screen.has_sheet()
    }

    /// Shows the customer or bank of a handle, once it is known what there is to show.
    pub(super) fn arrive(
        &mut self,
        handle: impl Future<Output = Result<Client, ClientError>> + Send + 'static,
        whose: Option<String>,
        then: Option<Go>,
        log_in: bool,
    ) -> Task<Message> {
        let coming = Question::ask();
        self.coming = Some(coming);
        let arrive = async move {
            let facts = facts::look(handle.await?).await;
            Ok(Box::new(Arrival { facts, then, log_in }))
        };
        ask(arrive, move |answer| Message::Arrived(coming, whose, answer))
    }

    pub(super) fn arrived(
        &mut self,
        coming: Question,
        whose: Option<String>,
        answer: Result<Box<Arrival>, Arc<ClientError>>,
    ) -> Task<Message> {
        if self.coming != Some(coming) {
            return Task::none();
        }
        self.coming = None;
        let Arrival { facts, then, log_in } = match answer {
            Ok(arrival) => *arrival,
            Err(error) => {
                self.trouble_of(whose, &error);
                return Task::none();
            }
        };
        // A sheet may have opened meanwhile, or something been begun: it is for the one that is shown.
        if self.is_covered() {
            self.say_plain(Tone::Care, tr!("sheet-first"));
            return Task::none();
        }
        if self.screen.may_lose() {
            self.say_plain(Tone::Care, tr!("customer-not-now"));
            return Task::none();
        }
        // What is typed is the customer's for whom it was typed.
        let left = self.left();
        let Handle(client) = facts.handle.clone();
        let is_same_bank = client.own_connection() == self.desk.client.own_connection();
        self.desk.token = client.token_status().borrow().clone();
        self.connection = client.connection().borrow().clone();
        self.desk.user = self.connection.user().cloned();
        let remembered = remember(client.clone(), facts.of);
        self.desk.client = client;
        self.trail = Trail::default();
        self.know(facts);
        self.offers_login = self.connection == Connection::LoggedOut;
        // Who is chosen among all customers is to be seen.
        let is_for_any = !self.screen.is_of_customer() && self.place != Place::Everyone;
        let stays = then.is_none() && is_for_any && (is_same_bank || !self.is_of_bank());
        let go = then.unwrap_or_else(|| match self.place {
            Place::Everyone => Go::Overview,
            place => place.go(),
        });
        let shown = if stays { self.look() } else { self.put(go, Opened::at(go, &self.desk)) };
        let next = match self.connection {
            Connection::LoggedIn { .. } | Connection::Interrupted { .. } => self.fetch(),
            Connection::LoggedOut if log_in => self.open_login(),
            Connection::LoggedOut | Connection::NoBank => Task::none(),
        };
        Task::batch([left, remembered, shown, next])
    }

    /// Whether the open place shows something of the bank whoever the customer is.
    pub(super) fn is_of_bank(&self) -> bool {
        self.place == Place::Token
    }

    /// Brings what is new of the customer that has just been chosen.
    fn fetch(&mut self) -> Task<Message> {
        self.fetching += 1;
        let (client, whose) = (self.desk.client.clone(), self.desk.whose());
        ask(async move { client.sync().await }, move |answer| Message::Fetched(whose, answer))
    }

    pub(super) fn fetched(
        &mut self,
        whose: Option<String>,
        answer: Result<(), Arc<ClientError>>,
    ) -> Task<Message> {
        self.fetching = self.fetching.saturating_sub(1);
        if let Err(error) = answer {
            self.trouble_of(whose, &error);
        }
        self.look()
    }

    pub(super) fn is_shown(&self, whom: Whom) -> bool {
        let client = &self.desk.client;
        match whom {
            Whom::Customer(key) => client.shown_customer() == Some(key),
            Whom::Bank(key) => client.own_connection() == Some(key),
        }
    }

    /// The customer of that number in the list, from 1.
    pub(super) fn show_numbered(&mut self, number: usize) -> Task<Message> {
        let house = self.facts.house.clone();
        match number.checked_sub(1) {
            None => {
                self.coming = None;
                self.open(Place::Everyone)
            }
            Some(at) => match house.customers.get(at) {
                Some(one) => self.show_whom(Whom::Customer(one.key), None),
                None => Task::none(),
            },
        }
    }

    /// What the sheet of the choice wishes.
    pub(super) fn choice(&mut self, message: choice::Message) -> Task<Message> {
        let house = self.facts.house.clone();
        let Some(super::sheets::Sheet::Choice(sheet)) = &mut self.sheet else { return Task::none() };
        let (action, wish) = sheet.update(message, &house).heard::<_, ()>(Message::Choice);
        let Some(wish) = wish else { return action.task };
        self.sheet = None;
        let follows = match wish {
            choice::Wish::Close => Task::none(),
            choice::Wish::Everyone => self.open(Place::Everyone),
            choice::Wish::Show(whom) => self.show_whom(whom, None),
        };
        Task::batch([action.task, follows])
    }

    /// After a choice of somebody at whose bank nobody is logged in: what is shown, and the way to the login.
    pub(super) fn login_notice(&self) -> Option<Element<'_, Message>> {
        let offers = self.offers_login && self.connection == Connection::LoggedOut;
        let house = &self.facts.house;
        let bank = house.bank(self.desk.client.own_connection()?).filter(|_| offers && house.has_choice())?;
        if self.place == Place::Everyone || bank.line.state != client::ConnectionState::Active {
            return None;
        }
        let log_in = button::link(tr!("login-open")).id("choice-login").on_press(Message::Bank);
        let hide = button::quiet("✕").small().id("choice-hide").on_press(Message::HideOffer);
        let words = tr!("choice-offline", bank = bank.line.name.as_str());
        Some(strip::strip(Tone::Accent, words, [log_in.into(), hide.into()]))
    }
}

/// Remembers who is shown, for the next start and for whoever logs in at that bank.
fn remember(client: Client, shown: Option<CustomerKey>) -> Task<Message> {
    let Some(customer) = shown else { return Task::none() };
    ask(async move { client.show_customer(customer).await.map(drop) }, Message::Remembered)
}
