//! "Elküldött megbízások": what the bank says of every package that has left, and the story of the chosen one.
//!
//! A package whose answer was lost says so in words, and is never sent again from here: the bank is asked.

mod detail;
mod list;
mod state;
pub(in crate::screen) mod timeline;

use std::sync::Arc;

use chrono::Days;
use client::domain::{OrderId, PackageId};
use client::store::Page;
use client::store::orders::BankState;
use client::{SentDetail, SentPackage};
use iced::Task;

use crate::design::table::{Order, Pick, Selection};
use crate::design::theme::Tone;
use crate::design::{Element, keys};
use crate::go::{Go, NewOrder};
use crate::screen::ask::{Question, after_pause};
use crate::screen::packages::words;
use crate::shared::Shared;
use crate::texts::explain;
use crate::tr;
pub use state::{Period, StateFilter};

/// Packages that are read at most; a search finds the others.
const LISTED: u32 = 2000;
/// The name by which focus finds the search field.
const SEARCH: &str = "sent-search";
/// The name by which focus finds the orders of the chosen package.
const ORDERS: &str = "sent-orders";

/// The place.
pub struct Sent {
    search: String,
    period: Period,
    filter: StateFilter,
    /// Everything that was read.
    all: Arc<[SentPackage]>,
    /// Which of them are shown, in order.
    shown: Vec<usize>,
    sorting: Option<(usize, Order)>,
    read: bool,
    failure: Option<String>,
    selection: Selection,
    open: Option<PackageId>,
    detail: Option<Arc<SentDetail>>,
    orders: Selection,
    tab: Tab,
    busy: Option<Work>,
    typing: Option<Question>,
    listing: Option<Question>,
    showing: Option<Question>,
}

/// What of the chosen package is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// What happened so far.
    #[default]
    Story,
    /// Its orders.
    Orders,
    /// Who signed, the receipt, the fingerprint.
    Proof,
}

/// Something that a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Asks the bank now.
    Ask,
    /// Records the refused orders anew.
    Again,
    /// The chosen order as a new one.
    Copy,
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub enum Message {
    /// The search text was changed.
    Search(String),
    /// Nothing was typed for a while.
    Paused(Question),
    /// Ctrl+F.
    FocusSearch,
    /// Another period.
    Period(usize),
    /// Another state.
    State(usize),
    /// The list was read.
    Listed(Question, Result<Arc<[SentPackage]>, String>),
    /// The chosen package was read.
    Shown(Question, Result<Arc<SentDetail>, String>),
    /// A package was chosen.
    Pick(Pick),
    /// Enter or a double click on a package.
    OpenPackage,
    /// The header was pressed.
    Sort(usize),
    /// An order was chosen.
    PickOrder(Pick),
    /// Another tab.
    Tab(Tab),
    /// A button or a shortcut.
    Do(Work),
    /// The bank was asked.
    Asked(Result<(), String>),
    /// The refused orders stand in a new package.
    Recorded(Result<PackageId, String>),
}

/// What the window must do.
pub enum Action {
    /// Nothing.
    None,
    /// Work.
    Run(Task<Message>),
    /// Another place.
    Go(Go),
    /// A message that floats for a while.
    Toast(Tone, String),
    /// Several of these, in order.
    Several(Vec<Action>),
}

impl Sent {
    /// Opens the place, with one of the packages chosen.
    pub fn new(open: Option<PackageId>, shared: &Shared) -> (Self, Task<Message>) {
        let mut sent = Self {
            search: String::new(),
            period: Period::default(),
            filter: StateFilter::default(),
            all: Arc::from([]),
            shown: Vec::new(),
            sorting: None,
            read: false,
            failure: None,
            selection: Selection::default(),
            open,
            detail: None,
            orders: Selection::default(),
            tab: Tab::default(),
            busy: None,
            typing: None,
            listing: None,
            showing: None,
        };
        let task = sent.reload(shared);
        (sent, task)
    }

    /// Reads everything again: packages have changed somewhere.
    pub fn reload(&mut self, shared: &Shared) -> Task<Message> {
        Task::batch([self.read_list(shared), self.read_detail(shared)])
    }

    /// The place is left: nothing lies above it that would have to be closed.
    pub fn interrupt(&mut self) {
        self.typing = None;
    }

    /// What a key asks for that no widget wanted.
    #[must_use]
    pub fn key(&self, press: &keys::Press) -> Option<Message> {
        press.is_ctrl('f').then_some(Message::FocusSearch)
    }

    fn read_list(&mut self, shared: &Shared) -> Task<Message> {
        let question = Question::ask();
        self.listing = Some(question);
        let (client, text) = (shared.client.clone(), self.search.clone());
        Task::perform(
            async move {
                let found = client.sent(text, Page::first(LISTED)).await;
                found.map(Arc::from).map_err(|e| explain(&e))
            },
            move |answer| Message::Listed(question, answer),
        )
    }

    fn read_detail(&mut self, shared: &Shared) -> Task<Message> {
        let Some(id) = self.open else {
            (self.detail, self.showing) = (None, None);
            return Task::none();
        };
        let question = Question::ask();
        self.showing = Some(question);
        let client = shared.client.clone();
        Task::perform(
            async move { client.sent_package(id).await.map(Arc::new).map_err(|e| explain(&e)) },
            move |answer| Message::Shown(question, answer),
        )
    }

    /// Does what the message says.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Search(text) => {
                self.search = text;
                let question = Question::ask();
                self.typing = Some(question);
                Action::Run(after_pause(Message::Paused(question)))
            }
            Message::Paused(question) if self.typing == Some(question) => Action::Run(self.read_list(shared)),
            Message::FocusSearch => Action::Run(keys::focus(SEARCH)),
            Message::Period(index) => {
                self.period = Period::ALL.get(index).copied().unwrap_or_default();
                self.narrow(shared)
            }
            Message::State(index) => {
                self.filter = StateFilter::ALL.get(index).copied().unwrap_or_default();
                self.narrow(shared)
            }
            Message::Listed(question, answer) if self.listing == Some(question) => match answer {
                Ok(list) => {
                    (self.all, self.read, self.failure) = (list, true, None);
                    self.narrow(shared)
                }
                Err(words) => {
                    self.failure = Some(words);
                    Action::None
                }
            },
            Message::Shown(question, answer) if self.showing == Some(question) => {
                match answer {
                    Ok(detail) => (self.detail, self.failure) = (Some(detail), None),
                    Err(words) => (self.detail, self.failure) = (None, Some(words)),
                }
                Action::None
            }
            Message::Pick(pick) => {
                self.selection.apply(pick);
                self.open_chosen(shared)
            }
            Message::OpenPackage => {
                self.tab = Tab::Orders;
                Action::Run(keys::focus(ORDERS))
            }
            Message::Sort(column) => {
                self.sorting = match self.sorting {
                    Some((same, order)) if same == column => Some((column, order.turned())),
                    _ => Some((column, Order::Ascending)),
                };
                self.narrow(shared)
            }
            Message::PickOrder(pick) => {
                self.orders.apply(pick);
                Action::None
            }
            Message::Tab(tab) => {
                self.tab = tab;
                Action::None
            }
            Message::Do(work) => self.start(work, shared),
            Message::Asked(answer) => {
                self.busy = None;
                let toast = match answer {
                    Ok(()) => Action::Toast(Tone::Good, tr!("sent-asked")),
                    Err(words) => Action::Toast(Tone::Bad, words),
                };
                Action::Several(vec![toast, Action::Run(self.reload(shared))])
            }
            Message::Recorded(answer) => {
                self.busy = None;
                match answer {
                    Ok(package) => Action::Several(vec![
                        Action::Toast(Tone::Good, tr!("sent-recorded-again")),
                        Action::Go(Go::Prepared(Some(package))),
                    ]),
                    Err(words) => Action::Toast(Tone::Bad, words),
                }
            }
            Message::Paused(_) | Message::Listed(..) | Message::Shown(..) => Action::None,
        }
    }

    fn start(&mut self, work: Work, shared: &Shared) -> Action {
        let (Some(id), None) = (self.open, self.busy) else { return Action::None };
        let client = shared.client.clone();
        match work {
            Work::Ask => {
                self.busy = Some(work);
                Action::Run(Task::perform(
                    async move { client.ask_now(id).await.map_err(|e| explain(&e)) },
                    Message::Asked,
                ))
            }
            Work::Again if self.rejected() > 0 => {
                self.busy = Some(work);
                Action::Run(Task::perform(
                    async move { client.record_rejected_again(id).await.map_err(|e| explain(&e)) },
                    Message::Recorded,
                ))
            }
            Work::Again => Action::None,
            Work::Copy => {
                self.copied().map_or(Action::None, |order| Action::Go(Go::NewOrder(NewOrder::Copy(order))))
            }
        }
    }

    /// Shows what period and state let through, sorted; the chosen one stays chosen if it is among them.
    fn narrow(&mut self, shared: &Shared) -> Action {
        let today = words::now(shared).date();
        let since = self.period.days().and_then(|days| today.checked_sub_days(Days::new(days)));
        let moment = |sent: &SentPackage| sent.line.sent_at.unwrap_or(sent.line.updated_at);
        let all = &self.all;
        let mut shown: Vec<usize> = (0..all.len())
            .filter(|row| self.filter.lets_through(&all[*row]))
            .filter(|row| since.is_none_or(|day| words::local(shared, moment(&all[*row])).date() >= day))
            .collect();
        let sorting = self.sorting;
        shown.sort_by(|a, b| list::compare(&all[*a], &all[*b], sorting));
        self.shown = shown;
        let row =
            self.open.and_then(|id| self.shown.iter().position(|at| self.all[*at].line.header.id == id));
        self.selection = match row {
            Some(row) => Selection::of(row),
            None if self.shown.is_empty() => Selection::default(),
            None => Selection::of(0),
        };
        self.open_chosen(shared)
    }

    fn open_chosen(&mut self, shared: &Shared) -> Action {
        let chosen = self.selection.iter().next().and_then(|row| self.shown.get(row));
        let open = chosen.map(|at| self.all[*at].line.header.id);
        if open == self.open {
            return Action::None;
        }
        (self.open, self.detail) = (open, None);
        (self.orders, self.tab) = (Selection::default(), Tab::Story);
        Action::Run(self.read_detail(shared))
    }

    /// Whether this package is shown with everything about it.
    #[cfg(test)]
    pub(super) fn has_detail_of(&self, id: PackageId) -> bool {
        self.detail.as_ref().is_some_and(|detail| detail.line.header.id == id)
    }

    /// How many packages the list shows.
    #[cfg(test)]
    pub(super) fn shown_count(&self) -> usize {
        self.shown.len()
    }

    /// Orders of the open package that the bank refused.
    fn rejected(&self) -> usize {
        let orders = self.detail.iter().flat_map(|detail| &detail.orders);
        orders.filter(|o| o.status.as_ref().is_some_and(|s| s.state == BankState::Rejected)).count()
    }

    /// The order that "copy" means: the chosen one, or the only one.
    fn copied(&self) -> Option<OrderId> {
        let detail = self.detail.as_ref()?;
        let row = self.orders.iter().next().or((detail.orders.len() == 1).then_some(0))?;
        detail.orders.get(row).map(|stored| stored.order.id)
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        list::page(self, shared)
    }
}
