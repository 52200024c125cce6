//! "Elküldött megbízások": what the bank says of every package that has left, and the story of the chosen one.
//!
//! A package whose answer was lost says so in words, and is never sent again from here: the bank is asked.

mod detail;
mod list;
mod state;
pub(in crate::screen) mod timeline;

use std::sync::Arc;

use chrono::Days;
use client::Page;
use client::{SentDetail, SentPackage};
use domain::submission::{ItemState, OrderState};
use domain::{OrderId, PackageId, PackageState};
use iced::Task;

use crate::design::table::{Order, Pick, Selection};
use crate::design::{Element, keys};
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::browse::{Browse, Row, Search};
use crate::screen::busy::Busy;
use crate::screen::contract::{Screen, Topic};
use crate::screen::notice::Notice;
use crate::screen::packages::words;
use crate::texts::explain;
use crate::tr;
pub(crate) use state::{Period, StateFilter};

/// Packages that are read at most; a search finds the others.
const LISTED: u32 = 2000;
/// The name by which focus finds the search field.
const SEARCH: &str = "sent-search";
/// The name by which focus finds the orders of the chosen package.
const ORDERS: &str = "sent-orders";

pub(crate) struct Sent {
    search: Search,
    period: Period,
    filter: StateFilter,
    browse: Browse<SentPackage, Arc<SentDetail>>,
    sorting: Option<(usize, Order)>,
    orders: Selection,
    tab: Tab,
    busy: Busy<Work, PackageId>,
}

impl Row for SentPackage {
    type Id = PackageId;

    fn id(&self) -> PackageId {
        self.line.header.id
    }
}

/// What of the chosen package is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Tab {
    /// What happened so far.
    #[default]
    Story,
    Orders,
    /// Who signed, the receipt, the fingerprint.
    Proof,
}

/// Something that a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// Asks the bank now.
    Ask,
    /// Records the refused orders anew.
    Again,
    /// The chosen order as a new one.
    Copy,
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The search text was changed.
    Search(String),
    /// Nothing was typed for a while.
    Paused(Question),
    /// Ctrl+F.
    FocusSearch,
    Period(usize),
    State(usize),
    /// The list was read.
    Listed(Question, Answer<Arc<[SentPackage]>>),
    /// The chosen package was read.
    Shown(Question, Answer<Arc<SentDetail>>),
    /// A package was chosen.
    Pick(Pick),
    /// Enter or a double click on a package.
    OpenPackage,
    /// The header was pressed.
    Sort(usize),
    /// An order was chosen.
    PickOrder(Pick),
    Tab(Tab),
    /// A button or a shortcut.
    Do(Work),
    /// The bank was asked.
    Asked(Answer<()>),
    /// The refused orders stand in a new package.
    Recorded(Answer<PackageId>),
}

impl Sent {
    /// Opens the place, with one of the packages chosen.
    pub(crate) fn new(open: Option<PackageId>, desk: &Desk) -> (Self, Task<Message>) {
        let mut sent = Self {
            search: Search::default(),
            period: Period::default(),
            filter: StateFilter::default(),
            browse: Browse::new(open),
            sorting: None,
            orders: Selection::default(),
            tab: Tab::default(),
            busy: Busy::default(),
        };
        let task = sent.reload(desk);
        (sent, task)
    }

    /// Reads everything again: packages have changed somewhere.
    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        Task::batch([self.read_list(desk), self.read_detail(desk)])
    }

    fn read_list(&mut self, desk: &Desk) -> Task<Message> {
        let (client, text) = (desk.client.clone(), self.search.text().to_owned());
        let list = async move { client.sent(text, Page::first(LISTED)).await };
        self.browse.read_list(list, Message::Listed)
    }

    fn read_detail(&mut self, desk: &Desk) -> Task<Message> {
        let client = desk.client.clone();
        let read = move |id| async move { client.sent_package(id).await.map(Arc::new) };
        self.browse.read_open(read, Message::Shown)
    }

    fn start(&mut self, work: Work, desk: &Desk) -> Action<Message> {
        let Some(id) = self.browse.open_id().filter(|_| self.busy.is_free()) else { return Action::none() };
        let client = desk.client.clone();
        match work {
            Work::Ask => {
                self.busy.begin(work, vec![id]);
                Action::run(ask(async move { client.ask_now(id).await }, Message::Asked))
            }
            // They are recorded again once; then this leads there.
            Work::Again => match self.again() {
                Some((again, state)) if state.is_sent() => Action::go(Go::Sent(Some(again))),
                // Split since: its orders stand in several packages.
                Some((_, PackageState::Deleted)) => Action::go(Go::Prepared(None)),
                Some((again, _)) => Action::go(Go::Prepared(Some(again))),
                None if self.rejected() > 0 => {
                    self.busy.begin(work, vec![id]);
                    let again = async move { client.record_rejected_again(id).await };
                    Action::run(ask(again, Message::Recorded))
                }
                None => Action::none(),
            },
            Work::Copy => {
                let kind = self.browse.detail().map(|detail| detail.line.header.order_type);
                let copied = self.copied().zip(kind);
                copied.map_or(Action::none(), |(order, kind)| {
                    Action::go(Go::order(kind, NewOrder::Copy(order)))
                })
            }
        }
    }

    /// Shows what period and state let through, sorted.
    fn narrow(&mut self, desk: &Desk) -> Action<Message> {
        let today = desk.now().date();
        let since = self.period.days().and_then(|days| today.checked_sub_days(Days::new(days)));
        let (filter, sorting) = (self.filter, self.sorting);
        let moment = |sent: &SentPackage| sent.line.sent_at.unwrap_or(sent.line.updated_at);
        let recent = |sent: &SentPackage| since.is_none_or(|day| desk.local(moment(sent)).date() >= day);
        let other = self
            .browse
            .arrange(|sent| filter.lets_through(sent) && recent(sent), |a, b| list::compare(a, b, sorting));
        if other { self.read_other(desk) } else { Action::none() }
    }

    fn read_other(&mut self, desk: &Desk) -> Action<Message> {
        (self.orders, self.tab) = (Selection::default(), Tab::Story);
        Action::run(self.read_detail(desk))
    }

    /// Whether this package is shown with everything about it.
    #[cfg(test)]
    pub(super) fn has_detail_of(&self, id: PackageId) -> bool {
        self.browse.detail().is_some_and(|detail| detail.line.header.id == id)
    }

    /// Whether nothing runs and what came of it is shown.
    #[cfg(test)]
    pub(super) fn is_at_rest(&self) -> bool {
        self.busy.is_free() && self.again().is_some()
    }

    /// How many packages the list shows.
    #[cfg(test)]
    pub(super) fn shown_count(&self) -> usize {
        self.browse.len()
    }

    /// Orders of the open package that the bank refused.
    fn rejected(&self) -> usize {
        let orders = self.browse.detail().into_iter().flat_map(|detail| &detail.orders);
        orders
            .filter(|o| o.status.as_ref().is_some_and(|s| s.state == OrderState::At(ItemState::Rejected)))
            .count()
    }

    /// The package in which the refused orders stand again.
    fn again(&self) -> Option<(PackageId, PackageState)> {
        self.browse.detail()?.again
    }

    /// The order that "copy" means: the chosen one, or the only one.
    fn copied(&self) -> Option<OrderId> {
        let detail = self.browse.detail()?;
        let row = self.orders.iter().next().or((detail.orders.len() == 1).then_some(0))?;
        detail.orders.get(row).map(|stored| stored.order.id())
    }
}

impl Screen for Sent {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Search(text) => Action::run(self.search.typed(text, Message::Paused)),
            Message::Paused(pause) if self.search.is_due(pause) => {
                self.browse.seek();
                Action::run(self.read_list(desk))
            }
            Message::Paused(_) => Action::none(),
            Message::FocusSearch => Action::run(keys::focus(SEARCH)),
            Message::Period(index) => {
                self.period = Period::ALL.get(index).copied().unwrap_or_default();
                self.browse.seek();
                self.narrow(desk)
            }
            Message::State(index) => {
                self.filter = StateFilter::ALL.get(index).copied().unwrap_or_default();
                self.browse.seek();
                self.narrow(desk)
            }
            Message::Listed(question, answer) => {
                let is_here = self.browse.take_list(question, answer);
                if self.browse.is_settled() {
                    self.busy.listed();
                }
                if is_here { self.narrow(desk) } else { Action::none() }
            }
            Message::Shown(question, answer) => {
                self.browse.take_open(question, answer);
                Action::none()
            }
            Message::Pick(pick) => {
                if self.browse.pick(pick) {
                    self.read_other(desk)
                } else {
                    Action::none()
                }
            }
            Message::OpenPackage => {
                self.tab = Tab::Orders;
                Action::run(keys::focus(ORDERS))
            }
            Message::Sort(column) => {
                self.sorting = match self.sorting {
                    Some((same, order)) if same == column => Some((column, order.turned())),
                    _ => Some((column, Order::Ascending)),
                };
                self.narrow(desk)
            }
            Message::PickOrder(pick) => {
                self.orders.apply(pick);
                Action::none()
            }
            Message::Tab(tab) => {
                self.tab = tab;
                Action::none()
            }
            Message::Do(work) => self.start(work, desk),
            Message::Asked(answer) => {
                self.busy.end();
                let told = match answer {
                    Ok(()) => Notice::good(tr!("sent-asked")),
                    Err(error) => Notice::bad(explain(&*error)),
                };
                Action::say(told).and_run(self.reload(desk))
            }
            Message::Recorded(answer) => {
                self.busy.end();
                let again = self.reload(desk);
                match answer {
                    Ok(package) => Action::say(Notice::good(tr!("sent-recorded-again")))
                        .and(Action::go(Go::Prepared(Some(package)))),
                    Err(error) => Action::say(Notice::bad(explain(&*error))),
                }
                .and_run(again)
            }
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            // What an order of the service changes comes as words.
            Topic::Packages | Topic::Session | Topic::Rules | Topic::Language => self.reload(desk),
            Topic::SharedArea
            | Topic::Accounts
            | Topic::MasterData
            | Topic::Authority
            | Topic::Messages
            | Topic::Others
            | Topic::Token => Task::none(),
        }
    }

    fn key(&self, press: &keys::Press) -> Option<Message> {
        press.is_ctrl('f').then_some(Message::FocusSearch)
    }

    fn here(&self) -> Option<Go> {
        Some(Go::Sent(self.browse.open_id()))
    }

    fn begins_at(&self) -> Option<&'static str> {
        Some(list::ID)
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        list::page(self, desk)
    }
}
