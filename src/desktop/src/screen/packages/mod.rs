//! "Előkészített csomagok": packages that wait to be signed and sent, with their orders and routes beside the list.
//!
//! The list and the chosen package come from the client and are read again after every change. What the buttons do is
//! in [`work`], the small sheets above the page in [`dialogs`], [`signing`] and [`sending`].

mod batch;
mod batch_view;
mod detail;
mod dialogs;
pub(in crate::screen) mod entry;
mod list;
mod route;
mod sending;
mod share_work;
mod sharing;
mod sign_work;
pub mod signing;
mod signing_view;
pub(in crate::screen) mod steps;
pub(in crate::screen) mod words;
mod work;

use std::sync::Arc;

use client::domain::{OrderId, PackageId};
use client::store::Page;
use client::{ListedPackage, PackageDetail, PackageFilter};
use iced::Task;

use crate::design::table::{Pick, Selection};
use crate::design::theme::Tone;
use crate::design::{Element, keys, modal};
use crate::go::{Go, NewOrder};
use crate::screen::ask::{Question, after_pause};
pub use crate::screen::typed::TypedPin;
use crate::shared::Shared;
use crate::texts::explain;
use batch::Batch;
use dialogs::Dialog;
use list::Sorting;
use sending::Sending;
use sharing::Sharing;
use signing::Signing;
pub use work::{Done, Work};

/// Packages that are listed at most; a search finds the others.
const LISTED: u32 = 1000;
/// Characters of an account number 8-8; one of 8-8-8 is longer.
const SHORT_TARGET: usize = 17;
/// The name by which focus finds the search field.
const SEARCH: &str = "packages-search";
/// The name by which focus finds the orders of the chosen package.
const ORDERS: &str = "packages-orders";

/// The place.
pub struct Packages {
    search: String,
    list: Vec<ListedPackage>,
    /// Whether the list has been read once.
    read: bool,
    failure: Option<String>,
    sorting: Sorting,
    selection: Selection,
    open: Option<PackageId>,
    detail: Option<Arc<PackageDetail>>,
    orders: Selection,
    /// Whether an account of the open package has 24 digits.
    long_targets: bool,
    /// Whether the reasons of the route are unfolded.
    why: bool,
    sheet: Option<Sheet>,
    /// What runs now; the buttons that would disturb it are off.
    busy: Option<Work>,
    typing: Option<Question>,
    listing: Option<Question>,
    showing: Option<Question>,
    /// Whether the package that is being read is to be signed as soon as it is here.
    then_sign: bool,
}

/// What lies above the page.
#[derive(Debug)]
enum Sheet {
    Signing(Box<Signing>),
    Batch(Box<Batch>),
    Sending(Sending),
    Sharing(Sharing),
    Dialog(Dialog),
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
    /// The list was read.
    Listed(Question, Result<Arc<[ListedPackage]>, String>),
    /// The chosen package was read.
    Shown(Question, Result<Arc<PackageDetail>, String>),
    /// A package was chosen.
    Pick(Pick),
    /// The header was pressed.
    Sort(usize),
    /// Enter or a double click on a package.
    FocusOrders,
    /// An order was chosen.
    PickOrder(Pick),
    /// Enter or a double click on an order.
    OpenOrder(usize),
    /// The reasons of the route.
    Why,
    /// A button or a shortcut.
    Do(Work),
    /// The client has done what a button asked for.
    Done(Done),
    /// Of the signing sheet.
    Signing(signing::Message),
    /// Of the sheet that signs several packages.
    Batch(batch::Message),
    /// Of the sheet before several packages leave.
    Sending(sending::Message),
    /// Of the sheet before packages are put into the shared area.
    Sharing(sharing::Message),
    /// Of a small sheet.
    Dialog(dialogs::Message),
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

impl Packages {
    /// Opens the place, with one of the packages chosen.
    pub fn new(open: Option<PackageId>, shared: &Shared) -> (Self, Task<Message>) {
        let mut packages = Self {
            search: String::new(),
            list: Vec::new(),
            read: false,
            failure: None,
            sorting: Sorting::default(),
            selection: Selection::default(),
            open,
            detail: None,
            orders: Selection::default(),
            long_targets: false,
            why: false,
            sheet: None,
            busy: None,
            typing: None,
            listing: None,
            showing: None,
            then_sign: false,
        };
        let task = packages.reload(shared);
        (packages, task)
    }

    /// Opens the place with a package and, once it has been read, its signing sheet.
    pub fn sign(package: PackageId, shared: &Shared) -> (Self, Task<Message>) {
        let (mut packages, task) = Self::new(Some(package), shared);
        packages.then_sign = true;
        (packages, task)
    }

    /// Reads everything again: packages have changed somewhere.
    pub fn reload(&mut self, shared: &Shared) -> Task<Message> {
        Task::batch([self.read_list(shared), self.read_detail(shared)])
    }

    /// Closes what lies above the page: the place is left. A token that works is not disturbed by that.
    pub fn interrupt(&mut self) {
        self.sheet = None;
    }

    /// Whether a sheet lies above the page.
    #[must_use]
    pub fn has_sheet(&self) -> bool {
        self.sheet.is_some()
    }

    /// What a key asks for that no widget wanted.
    #[must_use]
    pub fn key(&self, press: &keys::Press) -> Option<Message> {
        use iced::keyboard::key::Named;
        if self.has_sheet() {
            return None;
        }
        match press {
            press if press.is_ctrl('f') => Some(Message::FocusSearch),
            press if press.is(Named::F7) => Some(Message::Do(Work::Share)),
            press if press.is(Named::F8) => Some(Message::Do(Work::Sign)),
            press if press.is(Named::F9) => Some(Message::Do(Work::Send)),
            press if press.is(Named::Delete) && self.may_remove_orders() => {
                Some(Message::Do(Work::RemoveOrders))
            }
            press if press.is(Named::Delete) => Some(Message::Do(Work::Delete)),
            _ => None,
        }
    }

    fn read_list(&mut self, shared: &Shared) -> Task<Message> {
        let question = Question::ask();
        self.listing = Some(question);
        let (client, text) = (shared.client.clone(), self.search.clone());
        Task::perform(
            async move {
                let found = client.packages(PackageFilter::Prepared, text, Page::first(LISTED)).await;
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
            async move { client.package(id).await.map(Arc::new).map_err(|e| explain(&e)) },
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
            Message::Listed(question, answer) if self.listing == Some(question) => {
                let taken = self.take_list(answer, shared);
                Action::Several(vec![taken, self.sign_if_asked(shared)])
            }
            Message::Shown(question, answer) if self.showing == Some(question) => {
                self.take_detail(answer);
                self.sign_if_asked(shared)
            }
            Message::Pick(pick) => self.pick(pick, shared),
            Message::Sort(column) => {
                self.keep_selection(|packages| {
                    packages.sorting = packages.sorting.by(column);
                    packages.sorting.sort(&mut packages.list);
                });
                Action::None
            }
            Message::FocusOrders => Action::Run(keys::focus(ORDERS)),
            Message::PickOrder(pick) => {
                self.orders.apply(pick);
                Action::None
            }
            Message::OpenOrder(row) => self.order(row).map_or(Action::None, |id| {
                Action::Go(Go::NewOrder(if self.may_edit() {
                    NewOrder::Edit(id)
                } else {
                    NewOrder::Copy(id)
                }))
            }),
            Message::Why => {
                self.why = !self.why;
                Action::None
            }
            Message::Do(work) => self.start(work, shared),
            Message::Done(done) => self.finish(done, shared),
            Message::Signing(message) => self.signing(message, shared),
            Message::Batch(message) => self.batch(message, shared),
            Message::Sending(message) => self.sending(message, shared),
            Message::Sharing(message) => self.sharing(message, shared),
            Message::Dialog(message) => self.dialog(message, shared),
            Message::Paused(_) | Message::Listed(..) | Message::Shown(..) => Action::None,
        }
    }

    /// Opens the signing sheet that was asked for, once list and package are both here.
    fn sign_if_asked(&mut self, shared: &Shared) -> Action {
        if !self.then_sign || self.detail.is_none() || !self.read || self.selection.is_empty() {
            return Action::None;
        }
        self.then_sign = false;
        self.update(Message::Do(Work::Sign), shared)
    }

    fn take_list(&mut self, answer: Result<Arc<[ListedPackage]>, String>, shared: &Shared) -> Action {
        let list = match answer {
            Ok(list) => list,
            Err(words) => {
                self.failure = Some(words);
                return Action::None;
            }
        };
        (self.read, self.failure) = (true, None);
        let before = self.open;
        let place = self.selection.cursor();
        self.keep_selection(|packages| {
            packages.list = list.to_vec();
            packages.sorting.sort(&mut packages.list);
        });
        if self.selection.is_empty() {
            // The chosen one is gone (sent, deleted, not found): the next in its place is shown.
            let row = self.open.and_then(|id| self.row_of(id)).or(place).unwrap_or(0);
            let row = row.min(self.list.len().saturating_sub(1));
            self.selection = if self.list.is_empty() { Selection::default() } else { Selection::of(row) };
        }
        self.open = self.selection.iter().next().and_then(|row| self.list.get(row)).map(|p| p.header.id);
        if self.open == before {
            return Action::None;
        }
        self.forget_detail();
        Action::Run(self.read_detail(shared))
    }

    fn take_detail(&mut self, answer: Result<Arc<PackageDetail>, String>) {
        match answer {
            Ok(detail) => {
                if self.detail.as_ref().is_none_or(|old| old.orders.len() != detail.orders.len()) {
                    self.orders = Selection::default();
                }
                self.long_targets =
                    detail.orders.iter().any(|o| o.order.beneficiary.target().len() > SHORT_TARGET);
                (self.detail, self.failure) = (Some(detail), None);
            }
            Err(words) => (self.detail, self.failure) = (None, Some(words)),
        }
    }

    fn forget_detail(&mut self) {
        (self.detail, self.why) = (None, false);
        self.orders = Selection::default();
    }

    fn pick(&mut self, pick: Pick, shared: &Shared) -> Action {
        self.selection.apply(pick);
        let open = self.selection.iter().next().and_then(|row| self.list.get(row)).map(|p| p.header.id);
        if self.open == open {
            return Action::None;
        }
        self.open = open;
        self.forget_detail();
        Action::Run(self.read_detail(shared))
    }

    /// Changes the list and chooses the same packages in it again.
    fn keep_selection(&mut self, change: impl FnOnce(&mut Self)) {
        let chosen = self.chosen_ids();
        change(self);
        let mut selection = Selection::default();
        for row in chosen.into_iter().filter_map(|id| self.row_of(id)) {
            selection.apply(Pick::Toggle(row));
        }
        self.selection = selection;
    }

    fn row_of(&self, id: PackageId) -> Option<usize> {
        self.list.iter().position(|package| package.header.id == id)
    }

    fn chosen(&self) -> impl Iterator<Item = &ListedPackage> {
        self.selection.iter().filter_map(|row| self.list.get(row))
    }

    fn chosen_ids(&self) -> Vec<PackageId> {
        self.chosen().map(|package| package.header.id).collect()
    }

    fn order(&self, row: usize) -> Option<OrderId> {
        self.detail.as_ref()?.orders.get(row).map(|shown| shown.order.id)
    }

    fn may_edit(&self) -> bool {
        self.detail.as_ref().is_some_and(|detail| detail.actions.contains(&client::Action::Edit))
    }

    fn may_remove_orders(&self) -> bool {
        self.may_edit() && !self.orders.is_empty()
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let sheet = self.sheet.as_ref().map(|sheet| match sheet {
            Sheet::Signing(signing) => signing.view(shared).map(Message::Signing),
            Sheet::Batch(batch) => batch.view().map(Message::Batch),
            Sheet::Sending(sending) => sending.view(shared).map(Message::Sending),
            Sheet::Sharing(sharing) => sharing.view(shared).map(Message::Sharing),
            Sheet::Dialog(dialog) => dialog.view(shared).map(Message::Dialog),
        });
        let escape = self.sheet.as_ref().map(|sheet| match sheet {
            Sheet::Signing(_) => Message::Signing(signing::Message::Cancel),
            Sheet::Batch(_) => Message::Batch(batch::Message::Cancel),
            Sheet::Sending(_) => Message::Sending(sending::Message::Cancel),
            Sheet::Sharing(_) => Message::Sharing(sharing::Message::Cancel),
            Sheet::Dialog(_) => Message::Dialog(dialogs::Message::Cancel),
        });
        modal::modal(list::page(self, shared), sheet, escape)
    }
}

#[cfg(test)]
pub(in crate::screen) mod tests;
