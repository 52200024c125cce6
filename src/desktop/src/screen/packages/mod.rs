//! "Előkészített csomagok": packages that wait to be signed and sent, with their orders and routes beside the list.
//!
//! The list and the chosen package come from the client and are read again after every change. What the buttons do is
//! in [`work`], the small sheets above the page in [`dialogs`], [`signing`] and [`sending`].

mod batch;
mod batch_view;
mod decided;
mod detail;
mod dialogs;
pub(in crate::screen) mod entry;
mod list;
mod route;
mod sending;
mod share_work;
mod sharing;
mod sign_work;
pub(crate) mod signing;
mod signing_view;
pub(in crate::screen) mod steps;
pub(in crate::screen) mod words;
mod work;

use std::sync::Arc;

use client::Page;
use client::{ListedPackage, PackageDetail, PackageFilter};
use domain::{OrderId, PackageId};
use iced::Task;

use crate::design::table::{Pick, Selection};
use crate::design::{Element, keys, modal};
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question};
use crate::screen::browse::{Browse, Row, Search};
use crate::screen::busy::Busy;
use crate::screen::contract::{Screen, Topic};
use crate::tr;
use batch::Batch;
use dialogs::{Confirmed, Dialog};
use list::Sorting;
use sending::Sending;
use sharing::Sharing;
use signing::Signing;
pub(crate) use work::{Done, Work};

/// Packages that are listed at most; a search finds the others.
const LISTED: u32 = 1000;
/// Characters of an account number 8-8; one of 8-8-8 is longer.
const SHORT_TARGET: usize = 17;
/// The name by which focus finds the search field.
const SEARCH: &str = "packages-search";
/// The name by which focus finds the orders of the chosen package.
const ORDERS: &str = "packages-orders";

pub(crate) struct Packages {
    search: Search,
    browse: Browse<ListedPackage, Arc<PackageDetail>>,
    sorting: Sorting,
    orders: Selection,
    /// Whether an account of the open package has 24 digits.
    long_targets: bool,
    /// Whether the reasons of the route are unfolded.
    why: bool,
    sheet: Option<Sheet>,
    /// What runs now, on which packages; the keys and buttons that would disturb it are off.
    busy: Busy<Work, PackageId>,
    /// The package that is to be signed as soon as it has been read.
    then_sign: Option<PackageId>,
}

impl Row for ListedPackage {
    type Id = PackageId;

    fn id(&self) -> PackageId {
        self.header.id
    }
}

/// What lies above the page.
#[derive(Debug)]
enum Sheet {
    Signing(Box<Signing>),
    Batch(Box<Batch>),
    Sending(Sending),
    Sharing(Sharing),
    /// A small sheet, and what it was opened for: what is chosen below it may be something else by the time it ends.
    Dialog(Dialog, About),
}

/// What a small sheet is about.
#[derive(Debug, Default)]
struct About {
    packages: Vec<PackageId>,
    orders: Vec<OrderId>,
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
    /// The list was read.
    Listed(Question, Answer<Arc<[ListedPackage]>>),
    /// The chosen package was read.
    Shown(Question, Answer<Arc<PackageDetail>>),
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
    /// To the package that has left, among the sent ones.
    OpenSent(PackageId),
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

impl Packages {
    /// Opens the place, with one of the packages chosen.
    pub(crate) fn new(open: Option<PackageId>, desk: &Desk) -> (Self, Task<Message>) {
        let mut packages = Self {
            search: Search::default(),
            browse: Browse::new(open),
            sorting: Sorting::default(),
            orders: Selection::default(),
            long_targets: false,
            why: false,
            sheet: None,
            busy: Busy::default(),
            then_sign: None,
        };
        let task = packages.reload(desk);
        (packages, task)
    }

    /// Opens the place with a package and, once it has been read, its signing sheet.
    pub(crate) fn sign(package: PackageId, desk: &Desk) -> (Self, Task<Message>) {
        let (mut packages, task) = Self::new(Some(package), desk);
        packages.then_sign = Some(package);
        (packages, task)
    }

    /// Reads everything again: packages have changed somewhere.
    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        Task::batch([self.read_list(desk), self.read_detail(desk)])
    }

    fn read_list(&mut self, desk: &Desk) -> Task<Message> {
        let (client, text) = (desk.client.clone(), self.search.text().to_owned());
        let held = self.browse.held();
        let list = async move {
            let mut list = client.packages(PackageFilter::Prepared, text, Page::first(LISTED)).await?;
            // What has just been sent stays where the user looks, with what became of it, until another is chosen.
            for id in held {
                if list.iter().all(|package| package.header.id != id) {
                    list.extend(client.sent_line(id).await?);
                }
            }
            Ok(list)
        };
        self.browse.read_list(list, Message::Listed)
    }

    fn read_detail(&mut self, desk: &Desk) -> Task<Message> {
        let client = desk.client.clone();
        let read = move |id| async move { client.package(id).await.map(Arc::new) };
        self.browse.read_open(read, Message::Shown)
    }

    /// The chosen package, once it has been read.
    fn detail(&self) -> Option<&Arc<PackageDetail>> {
        self.browse.detail()
    }

    /// Opens the signing sheet that was asked for, once list and package are both here.
    fn sign_if_asked(&mut self, desk: &Desk) -> Action<Message> {
        let Some(asked) = self.then_sign.filter(|_| self.browse.is_read()) else { return Action::none() };
        if self.browse.open_id() != Some(asked) {
            // It is not here any more, and no other one was asked for.
            self.then_sign = None;
            return Action::none();
        }
        if self.detail().is_none() || self.browse.selection().is_empty() {
            return Action::none();
        }
        self.then_sign = None;
        self.update(Message::Do(Work::Sign), desk)
    }

    /// Shows the list sorted; another package may be open now.
    fn arrange(&mut self, desk: &Desk) -> Task<Message> {
        let sorting = self.sorting;
        let other = self.browse.arrange(|_| true, |a, b| sorting.compare(a, b));
        if other { self.read_other(desk) } else { Task::none() }
    }

    fn read_other(&mut self, desk: &Desk) -> Task<Message> {
        (self.why, self.orders) = (false, Selection::default());
        self.read_detail(desk)
    }

    fn take_detail(&mut self, question: Question, answer: Answer<Arc<PackageDetail>>) {
        let before = self.detail().map(|detail| detail.orders.len());
        if !self.browse.take_open(question, answer) {
            return;
        }
        let Some(detail) = self.browse.detail() else { return };
        if before != Some(detail.orders.len()) {
            self.orders = Selection::default();
        }
        self.long_targets = detail.orders.iter().any(|o| o.order.face().target.len() > SHORT_TARGET);
    }

    fn chosen(&self) -> impl Iterator<Item = &ListedPackage> {
        self.browse.chosen()
    }

    fn order(&self, row: usize) -> Option<OrderId> {
        self.detail()?.orders.get(row).map(|shown| shown.order.id())
    }

    /// Whether the signing sheet is open and read.
    #[cfg(test)]
    pub(super) fn signs(&self) -> bool {
        matches!(&self.sheet, Some(Sheet::Signing(signing)) if signing.is_read())
    }

    /// How far the open package is.
    #[cfg(test)]
    pub(super) fn state_of_open(&self) -> Option<domain::PackageState> {
        self.detail().map(|detail| detail.state)
    }

    /// The order in its form while its package is open. Of one that is closed a new order can be made, which is said
    /// before: it would be another payment.
    fn open_order(&mut self, row: usize) -> Action<Message> {
        let (Some(id), Some(detail)) = (self.order(row), self.detail()) else { return Action::none() };
        if self.may_edit() {
            return Action::go(Go::order(detail.header.order_type, NewOrder::Edit(id)));
        }
        let words = [tr!("closed-order-title"), tr!("closed-order-help"), tr!("closed-order-copy")];
        let about = About { packages: vec![detail.header.id], orders: vec![id] };
        self.show_about(Dialog::Confirm { what: Confirmed::CopyOrder, words }, about)
    }

    fn may_edit(&self) -> bool {
        self.detail().is_some_and(|detail| detail.actions.contains(&client::Action::Edit))
    }

    fn may_remove_orders(&self) -> bool {
        self.may_edit() && !self.orders.is_empty()
    }
}

impl Screen for Packages {
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
            Message::Listed(question, answer) => {
                let is_here = self.browse.take_list(question, answer);
                if self.browse.is_settled() {
                    self.busy.listed();
                }
                if !is_here {
                    return Action::none();
                }
                let other = self.arrange(desk);
                Action::run(other).and(self.sign_if_asked(desk))
            }
            Message::Shown(question, answer) => {
                self.take_detail(question, answer);
                self.sign_if_asked(desk)
            }
            Message::Pick(pick) => {
                if self.browse.pick(pick) {
                    Action::run(self.read_other(desk))
                } else {
                    Action::none()
                }
            }
            Message::Sort(column) => {
                self.sorting = self.sorting.by(column);
                Action::run(self.arrange(desk))
            }
            Message::FocusOrders => Action::run(keys::focus(ORDERS)),
            Message::PickOrder(pick) => {
                self.orders.apply(pick);
                Action::none()
            }
            Message::OpenOrder(row) => self.open_order(row),
            Message::Why => {
                self.why = !self.why;
                Action::none()
            }
            Message::OpenSent(id) => Action::go(Go::Sent(Some(id))),
            Message::Do(work) => self.start(work, desk),
            Message::Done(done) => self.finish(done, desk),
            Message::Signing(message) => self.signing(message, desk),
            Message::Batch(message) => self.batch(message, desk),
            Message::Sending(message) => self.sending(message, desk),
            Message::Sharing(message) => self.sharing(message, desk),
            Message::Dialog(message) => self.dialog(message, desk),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            // What an order of the service changes comes as words.
            Topic::Packages
            | Topic::Accounts
            | Topic::Authority
            | Topic::Session
            | Topic::Rules
            | Topic::Language => self.reload(desk),
            Topic::SharedArea | Topic::MasterData | Topic::Messages | Topic::Others | Topic::Token => {
                Task::none()
            }
        }
    }

    fn key(&self, press: &keys::Press) -> Option<Message> {
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

    fn here(&self) -> Option<Go> {
        Some(Go::Prepared(self.browse.open_id()))
    }

    fn begins_at(&self) -> Option<&'static str> {
        Some(list::ID)
    }

    fn has_sheet(&self) -> bool {
        self.sheet.is_some()
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let sheet = self.sheet.as_ref().map(|sheet| match sheet {
            Sheet::Signing(signing) => signing.view(desk).map(Message::Signing),
            Sheet::Batch(batch) => batch.view().map(Message::Batch),
            Sheet::Sending(sending) => sending.view(desk).map(Message::Sending),
            Sheet::Sharing(sharing) => sharing.view(desk).map(Message::Sharing),
            Sheet::Dialog(dialog, _) => dialog.view(desk).map(Message::Dialog),
        });
        let escape = self.sheet.as_ref().map(|sheet| match sheet {
            Sheet::Signing(_) => Message::Signing(signing::Message::Entry(entry::Message::Leave)),
            Sheet::Batch(_) => Message::Batch(batch::Message::Entry(entry::Message::Leave)),
            Sheet::Sending(_) => Message::Sending(sending::Message::Cancel),
            Sheet::Sharing(_) => Message::Sharing(sharing::Message::Cancel),
            Sheet::Dialog(..) => Message::Dialog(dialogs::Message::Cancel),
        });
        modal::modal(list::page(self, desk), sheet.map(|sheet| desk.headed(sheet)), escape)
    }
}

#[cfg(test)]
mod keys_tests;
#[cfg(test)]
mod tests;
