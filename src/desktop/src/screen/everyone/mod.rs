//! "Minden ügyfél": what waits, the next deadlines and how each customer stands, over all banks; and a search in the
//! packages of all.

mod gather;
mod view;

use std::sync::Arc;

use domain::{ConnectionKey, CustomerKey};
use iced::Task;
use iced::keyboard::key::Named;

use super::action::{Action, Wish};
use super::ask::Question;
use super::browse::Search;
use super::contract::{Screen, Topic};
use super::notice::Notice;
use crate::design::Element;
use crate::design::keys::{self, Press};
use crate::design::table::{Pick, Selection};
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::house::Whom;
use crate::tr;
pub(crate) use gather::OfCustomer;
use gather::{Finds, Waits, gather, seek};

/// The name by which focus finds the search field.
const SEARCH: &str = "everyone-search";
/// The name by which focus finds the list of customers.
const LIST: &str = "everyone-customers";

pub(crate) struct Everyone {
    /// What is known of each customer; nothing before the first answer.
    all: Option<Arc<[OfCustomer]>>,
    waiting: Vec<Waits>,
    selection: Selection,
    search: Search,
    found: Option<Arc<Finds>>,
    chosen: Selection,
    asked: Question,
    sought: Question,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    Gathered(Question, Arc<[OfCustomer]>),
    /// The action of a waiting line.
    Open(usize),
    /// A customer was chosen in the list.
    Picked(Pick),
    /// A customer was opened.
    Show(usize),
    LogIn(ConnectionKey),
    /// Typed into the search box.
    Search(String),
    /// Nothing was typed into it for a while.
    Paused(Question),
    FocusSearch,
    Found(Question, Arc<Finds>),
    /// A package was chosen among those that were found.
    PickedFound(Pick),
    /// A package was opened.
    OpenFound(usize),
    /// Something is begun for the customer of the chosen line.
    Begin(Go),
    /// Away from what was found.
    Leave,
}

impl Everyone {
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let mut place = Self::blank();
        let task = place.reload(desk);
        (place, task)
    }

    /// Looks at everything again; what is shown stays until the answer is here.
    fn reload(&mut self, desk: &Desk) -> Task<Message> {
        self.asked = Question::ask();
        let asked = self.asked;
        let gathered = gather(desk.client.clone(), desk.house.clone());
        let gather = Task::perform(gathered, move |all| Message::Gathered(asked, all));
        if self.search.is_blank() { gather } else { Task::batch([gather, self.seek(desk)]) }
    }

    fn seek(&mut self, desk: &Desk) -> Task<Message> {
        self.sought = Question::ask();
        if self.search.is_blank() {
            self.found = None;
            return Task::none();
        }
        let sought = self.sought;
        let found = seek(desk.client.clone(), desk.house.clone(), self.search.text().to_owned());
        Task::perform(found, move |found| Message::Found(sought, found))
    }

    /// With what was gathered of made-up customers.
    pub(crate) fn showing(all: Arc<[OfCustomer]>) -> Self {
        let waiting = gather::waiting(&all);
        Self { waiting, all: Some(all), ..Self::blank() }
    }

    fn blank() -> Self {
        Self {
            all: None,
            waiting: Vec::new(),
            selection: Selection::default(),
            search: Search::default(),
            found: None,
            chosen: Selection::default(),
            asked: Question::ask(),
            sought: Question::ask(),
        }
    }

    /// How many packages were found.
    #[cfg(test)]
    pub(crate) fn found(&self) -> Option<usize> {
        self.found.as_ref().map(|found| found.rows.len())
    }

    /// The customer of the line that is chosen, in whichever list is shown.
    fn chosen_customer(&self) -> Option<CustomerKey> {
        if self.search.is_blank() {
            return self.customer(self.selection.iter().next()?).map(|one| one.of.key);
        }
        let found = self.found.as_ref()?.rows.get(self.chosen.iter().next()?)?;
        Some(found.customer)
    }

    fn customer(&self, at: usize) -> Option<&OfCustomer> {
        self.all.as_ref()?.get(at)
    }
}

fn show(customer: CustomerKey, go: Go) -> Action<Message> {
    Action::wish(Wish::Show(Whom::Customer(customer), Some(go)))
}

impl Screen for Everyone {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Gathered(asked, all) if asked == self.asked => {
                self.waiting = gather::waiting(&all);
                self.all = Some(all);
                Action::none()
            }
            Message::Found(sought, found) if sought == self.sought => {
                self.chosen = if found.rows.is_empty() { Selection::default() } else { Selection::of(0) };
                self.found = Some(found);
                Action::none()
            }
            Message::Gathered(..) | Message::Found(..) => Action::none(),
            Message::Open(line) => match self.waiting.get(line) {
                Some(waits) => show(waits.customer, waits.go),
                None => Action::none(),
            },
            Message::Picked(pick) => {
                self.selection.apply(pick);
                Action::none()
            }
            Message::Show(at) => match self.customer(at) {
                Some(one) => show(one.of.key, Go::Overview),
                None => Action::none(),
            },
            Message::LogIn(bank) => Action::wish(Wish::LogInAt(bank)),
            Message::Search(text) => Action::run(self.search.typed(text, Message::Paused)),
            Message::Paused(pause) if self.search.is_due(pause) => Action::run(self.seek(desk)),
            Message::Paused(_) => Action::none(),
            Message::FocusSearch => Action::run(keys::focus(SEARCH)),
            Message::PickedFound(pick) => {
                self.chosen.apply(pick);
                Action::none()
            }
            Message::OpenFound(at) => match self.found.as_ref().and_then(|found| found.rows.get(at)) {
                Some(found) => show(found.customer, found.go),
                None => Action::none(),
            },
            Message::Begin(go) => match self.chosen_customer() {
                Some(customer) => show(customer, go),
                None => Action::say(Notice::care(tr!("everyone-choose-first"))),
            },
            Message::Leave => {
                let cleared = self.search.typed(String::new(), Message::Paused);
                Action::run(Task::batch([cleared, self.seek(desk), keys::focus(LIST)]))
            }
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Packages
            | Topic::SharedArea
            | Topic::Accounts
            | Topic::Authority
            | Topic::Messages
            | Topic::Session
            | Topic::Rules
            | Topic::Others
            | Topic::Language => self.reload(desk),
            Topic::MasterData | Topic::Token => Task::none(),
        }
    }

    fn key(&self, press: &Press) -> Option<Message> {
        match press {
            press if press.is_ctrl('f') => Some(Message::FocusSearch),
            // Whoever was shown before is not meant here.
            press if press.is(Named::F2) => Some(Message::Begin(Go::NewOrder(NewOrder::Blank))),
            press if press.is_ctrl('i') => Some(Message::Begin(Go::Import)),
            press if press.is(Named::Escape) && !self.search.is_blank() => Some(Message::Leave),
            _ => None,
        }
    }

    fn begins_at(&self) -> Option<&'static str> {
        Some(LIST)
    }

    fn is_of_customer(&self) -> bool {
        false
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        self.draw(&desk.house)
    }
}

#[cfg(test)]
mod tests;
