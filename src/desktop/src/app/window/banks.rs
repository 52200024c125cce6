//! All banks of the store in the running window: listening to each, syncing all, logging in at one of them.

use std::sync::Arc;

use client::{Client, ClientError, Connection, ConnectionState, SyncOutcome};
use domain::{ConnectionKey, CustomerKey};
use iced::futures::future::join_all;
use iced::{Subscription, Task};

use super::{Banks, Message, Window};
use crate::app::events;
use crate::design::theme::Tone;
use crate::house::{Bank, Handle, Whom};
use crate::navigation::Place;
use crate::screen::ask::ask;
use crate::screen::connect::Purpose;
use crate::tr;

impl Window {
    /// What each bank tells by itself.
    pub(super) fn heard(&self) -> Subscription<Message> {
        let own = self.desk.client.own_connection();
        let others = self.facts.house.banks.iter().filter(|bank| Some(bank.line.key) != own);
        let others = others.filter_map(|bank| bank.handle.as_ref());
        let all = others.map(|Handle(side)| side).chain([&self.desk.client]);
        Subscription::batch(all.map(events::events)).map(|(of, event)| Message::Event(of, event))
    }

    /// Somebody is at work: the idle time of the shown bank begins anew, that of all where all are shown.
    pub(super) fn touched(&self) {
        self.desk.client.touch();
        if self.place == Place::Everyone {
            for Handle(side) in self.facts.house.banks.iter().filter_map(|bank| bank.handle.as_ref()) {
                side.touch();
            }
        }
    }

    /// The bank's state was pressed: what can be done about it.
    pub(super) fn bank(&mut self) -> Task<Message> {
        let own = self.desk.client.own_connection().and_then(|key| self.facts.house.bank(key));
        if own.is_some_and(|bank| bank.line.state != ConnectionState::Active) {
            return self.open(Place::Connections);
        }
        self.sync()
    }

    /// Brings what is new: of the customer, and where there are several of all at whose bank somebody is logged in.
    pub(super) fn sync(&mut self) -> Task<Message> {
        let is_any_open = self.facts.house.banks.iter().any(Bank::is_open);
        match self.connection {
            Connection::LoggedOut | Connection::NoBank if self.place == Place::Everyone && is_any_open => {}
            Connection::NoBank => return self.open_connect(Purpose::First),
            Connection::LoggedOut => return self.open_login(),
            Connection::LoggedIn { .. } | Connection::Interrupted { .. } => {}
        }
        if self.sync.is_some() {
            return Task::none();
        }
        let client = self.desk.client.clone();
        let task = if self.facts.house.has_choice() {
            let named = |outcome: SyncOutcome| (outcome.name, outcome.result.map_err(Arc::new));
            let all = async move { Ok(client.sync_all().await?.into_iter().map(named).collect()) };
            ask(all, Message::SyncedAll)
        } else {
            let of = client.shown_customer();
            ask(async move { client.sync().await }, move |answer| Message::Synced(of, answer))
        };
        let (task, handle) = task.abortable();
        self.sync = Some(handle.abort_on_drop());
        task
    }

    /// How the sync of a customer ended, whoever is shown by then.
    pub(super) fn synced(
        &mut self,
        of: Option<CustomerKey>,
        answer: Result<(), Arc<ClientError>>,
    ) -> Task<Message> {
        self.sync = None;
        let whose = of.and_then(|key| self.facts.house.whose(key));
        match answer {
            Ok(()) => {
                self.say_of(whose, Tone::Good, tr!("sync-done"));
                self.look()
            }
            Err(error) if of == self.desk.client.shown_customer() => self.trouble(&error),
            Err(error) => {
                self.trouble_of(whose, &error);
                Task::none()
            }
        }
    }

    /// Whom the user's menu logs out: at the shown bank, at all of them where all are shown.
    pub(super) fn open_banks(&self) -> Vec<&Bank> {
        let own = self.desk.client.own_connection();
        let all = self.place == Place::Everyone;
        let open = self.facts.house.banks.iter().filter(|bank| bank.is_open());
        open.filter(|bank| all || Some(bank.line.key) == own).collect()
    }

    pub(super) fn log_out(&self) -> Task<Message> {
        let sides = self.open_banks().into_iter().filter_map(|bank| bank.handle.clone());
        let mut sides: Vec<Client> = sides.map(|Handle(side)| side).collect();
        // A login of this moment may not have been looked at yet.
        let own = self.desk.client.own_connection();
        if self.connection.user().is_some() && sides.iter().all(|side| side.own_connection() != own) {
            sides.push(self.desk.client.clone());
        }
        let out = async move {
            let _: Vec<()> = join_all(sides.iter().map(Client::log_out)).await;
            sides.iter().filter_map(Client::own_connection).collect()
        };
        Task::perform(out, Message::LoggedOut)
    }

    /// Says at which banks the sessions have been ended.
    pub(super) fn logged_out(&mut self, banks: &[ConnectionKey]) {
        let house = self.facts.house.clone();
        let names: Vec<String> = banks.iter().filter_map(|key| house.which_bank(*key)).collect();
        let words = match names.len() {
            0 => tr!("logged-out"),
            _ => tr!("logged-out-of", banks = names.join(", ")),
        };
        self.say_plain(Tone::Neutral, words);
    }

    /// How all ended: what went wrong says at which bank, and all else is well.
    pub(super) fn synced_all(&mut self, answer: Result<Banks, Arc<ClientError>>) -> Task<Message> {
        let banks = match answer {
            Ok(banks) => banks,
            Err(error) => return self.trouble(&error),
        };
        let well = banks.iter().filter(|(_, result)| result.is_ok()).count();
        for (bank, result) in &banks {
            if let Err(error) = result {
                self.trouble_of(Some(bank.clone()), error);
            }
        }
        if well > 0 {
            let words = if well == banks.len() { tr!("sync-done-all") } else { tr!("sync-done-others") };
            self.say_plain(Tone::Good, words);
        }
        self.look()
    }

    /// The login at a bank, above whatever is shown: it stays where it is.
    pub(super) fn log_in_at(&mut self, bank: ConnectionKey) -> Task<Message> {
        if self.desk.client.own_connection() == Some(bank) {
            return self.open_login();
        }
        let side = self.facts.house.bank(bank).and_then(|bank| bank.handle.clone());
        side.map_or_else(Task::none, |Handle(side)| self.open_login_at(side))
    }

    /// The first customer of a bank, or the bank where none is known yet.
    pub(super) fn first_of(&self, bank: ConnectionKey) -> Whom {
        let first = self.facts.house.customers.iter().find(|one| one.connection == bank);
        first.map_or(Whom::Bank(bank), |one| Whom::Customer(one.key))
    }
}
