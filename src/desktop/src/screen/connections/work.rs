//! What is done to a bank's connection, and what is said of it.

use std::sync::Arc;

use client::{Client, ClientError, ConnectionState, StoreError};
use domain::{ConnectionKey, CustomerKey};
use iced::Task;

use super::{ACCEPT, Action, CANCEL, Connections, Message, Question};
use crate::design::keys;
use crate::desk::Desk;
use crate::house::{House, Whom};
use crate::screen::Wish;
use crate::screen::ask::ask;
use crate::screen::notice::Notice;
use crate::texts::explain;
use crate::tr;

/// Something that a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    Rename,
    LogOut,
    Pause,
    Resume,
    Archive,
    Remove,
}

/// What has been done: the name of the bank.
#[derive(Debug, Clone)]
pub(crate) struct Done(String);

impl Connections {
    /// Starts what a button asks for, after a question where more ends than it seems.
    pub(super) fn start(&mut self, work: Work, desk: &Desk) -> Action<Message> {
        match work {
            Work::Archive if !self.may_put_away(&desk.house) => Action::none(),
            Work::Remove if !self.may_put_away(&desk.house) => Action::none(),
            Work::Archive => self.ask(Question::Archive),
            Work::Remove => self.ask(Question::Remove),
            Work::Rename if !self.is_renamed(&desk.house) => Action::none(),
            Work::Rename | Work::LogOut | Work::Pause | Work::Resume => self.run(work, desk),
        }
    }

    fn ask(&mut self, question: Question) -> Action<Message> {
        self.question = Some(question);
        // The Enter that said yes to removing may be pressed twice: it must not say yes to something else.
        let begins_at = if question == Question::ArchiveInstead { CANCEL } else { ACCEPT };
        Action::run(keys::focus(begins_at))
    }

    /// Whether another bank would still be shown without this one.
    pub(super) fn may_put_away(&self, house: &House) -> bool {
        self.bank(house).is_some_and(|bank| {
            !bank.is_shown() || house.shown().any(|other| other.line.key != bank.line.key)
        })
    }

    pub(super) fn run(&mut self, work: Work, desk: &Desk) -> Action<Message> {
        let Some(bank) = self.bank(&desk.house).filter(|_| self.busy.is_none()) else {
            return Action::none();
        };
        self.busy = Some(bank.line.key);
        let (client, key, name) = (desk.client.clone(), bank.line.key, self.name.trim().to_owned());
        let told = if work == Work::Rename { name.clone() } else { bank.line.name.clone() };
        let done = async move {
            act(&client, work, key, &name).await?;
            Ok(Done(told))
        };
        Action::run(ask(done, move |answer| Message::Done(key, work, answer)))
    }

    pub(super) fn done(
        &mut self,
        bank: ConnectionKey,
        work: Work,
        answer: Result<Done, Arc<ClientError>>,
        desk: &Desk,
    ) -> Action<Message> {
        self.busy = None;
        let is_shown = self.open == Some(bank);
        let name = match answer {
            Ok(Done(name)) => name,
            // What was signed and sent is kept for ever; it can still be put out of the way.
            Err(error) if is_shown && matches!(&*error, ClientError::Store(StoreError::ConnectionKept)) => {
                return self.ask(Question::ArchiveInstead);
            }
            Err(error) => {
                self.question = self.question.filter(|_| !is_shown);
                return Action::say(Notice::bad(explain(&*error)));
            }
        };
        self.question = self.question.filter(|_| !is_shown);
        let words = match work {
            Work::Rename => tr!("connection-renamed", name = name),
            Work::LogOut => tr!("connection-logged-out", name = name),
            Work::Pause => tr!("connection-paused-done", name = name),
            Work::Resume => tr!("connection-resumed", name = name),
            Work::Archive => tr!("connection-archived", name = name),
            Work::Remove => tr!("connection-removed", name = name),
        };
        let said = Action::say(Notice::good(words));
        if matches!(work, Work::Archive | Work::Remove) {
            return said.and(leave_gone(bank, desk));
        }
        said
    }
}

/// Where the bank that has gone is the one that is shown, another one is from now on.
fn leave_gone(gone: ConnectionKey, desk: &Desk) -> Action<Message> {
    if desk.client.own_connection().is_some_and(|own| own != gone) {
        return Action::none();
    }
    let customer = desk.house.customers.iter().find(|one| one.connection != gone);
    let bank = desk.house.shown().find(|bank| bank.line.key != gone);
    match (customer, bank) {
        (Some(one), _) => Action::wish(Wish::Show(Whom::Customer(one.key), None)),
        (None, Some(bank)) => Action::wish(Wish::Show(Whom::Bank(bank.line.key), None)),
        (None, None) => Action::none(),
    }
}

async fn act(client: &Client, work: Work, key: ConnectionKey, name: &str) -> Result<(), ClientError> {
    match work {
        Work::Rename => client.rename_connection(key, name).await,
        Work::LogOut => {
            client.of_connection(key).await?.log_out().await;
            Ok(())
        }
        Work::Pause => client.pause_connection(key).await,
        Work::Resume => client.resume_connection(key).await,
        Work::Archive => client.archive_connection(key).await,
        Work::Remove => client.remove_connection(key).await,
    }
}

/// Notes that a customer is one company with another, or with none.
pub(super) fn mark(one: CustomerKey, other: Option<CustomerKey>, desk: &Desk) -> Task<Message> {
    let client = desk.client.clone();
    let marked = async move { client.set_company(one, other).await };
    ask(marked, Message::Marked)
}

/// Where a connection is in its life, in a word.
pub(super) fn life(state: ConnectionState) -> String {
    match state {
        ConnectionState::Active => tr!("connection-active"),
        ConnectionState::Paused => tr!("bank-paused"),
        ConnectionState::Archived => tr!("bank-archived"),
    }
}
