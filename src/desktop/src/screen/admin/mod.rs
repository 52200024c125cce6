//! "Adminisztráció: Előkészített megbízások": orders that change the service itself, from "Új megbízás" over the form
//! and its package to the bank's word [K&H webElectra].
//!
//! The list stays at the left; beside it stands a package, the list of kinds of orders, or the form of one. Signing
//! is the sheet of all packages.

pub(crate) mod changes;
mod detail;
mod form;
mod form_view;
mod kinds;
mod list;
mod order;
mod sheets;
mod work;

use std::sync::Arc;

use client::{AdminOverview, AdminPackage, ListedPackage, PackageFilter};
use domain::{OrderType, PackageId};
use iced::Task;

use crate::design::table::{Pick, Selection};
use crate::design::{Element, keys, modal};
use crate::desk::Desk;
use crate::go::{AdminKind, AdminStart};
use crate::screen::action::Action;
use crate::screen::ask::Question;
use crate::screen::contract::{Screen, Topic};
use crate::screen::packages::signing::{self, Signing};
use crate::texts::explain;
use form::{Form, Input};
use sheets::Sheet;
pub(crate) use work::{Done, Work};

pub(crate) struct Administration {
    which: Which,
    overview: Option<Arc<AdminOverview>>,
    list: Vec<ListedPackage>,
    /// Whether the list has been read once.
    read: bool,
    failure: Option<String>,
    selection: Selection,
    open: Option<PackageId>,
    detail: Option<Arc<AdminPackage>>,
    beside: Beside,
    sheet: Option<Sheet>,
    busy: Option<Work>,
    /// What is to be filled in as soon as the table is here.
    start: Option<AdminStart>,
    listing: Question,
    showing: Question,
    looking: Question,
    coding: Question,
}

/// Which packages are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Prepared,
    /// Those that the bank has, or may have.
    Sent,
}

/// What stands beside the list.
enum Beside {
    Package,
    /// The kinds of orders.
    Chooser,
    /// An order that is being filled in.
    Form(Box<Form>),
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    Which(Which),
    /// The list was read.
    Listed(Question, Result<Arc<[ListedPackage]>, String>),
    /// The chosen package was read.
    Shown(Question, Result<Arc<AdminPackage>, String>),
    /// The authority table was read.
    Looked(Question, Result<Arc<AdminOverview>, String>),
    /// A package was chosen.
    Pick(Pick),
    /// "Új megbízás".
    New,
    /// A kind of order was chosen.
    Choose(AdminKind),
    Input(Input),
    /// Has the bank send a one-time code.
    SendCode,
    /// The bank has sent it, or not.
    CodeSent(Question, Result<(), String>),
    /// "Mentés": asks before the package is made.
    Save,
    /// Leaves form or chooser.
    Leave,
    /// A button or a shortcut.
    Do(Work),
    /// The client has done what was asked for.
    Done(Done),
    /// Of the signing sheet.
    Signing(signing::Message),
    /// Enter on a small sheet.
    Accept,
    /// Esc on a small sheet.
    Cancel,
}

impl Administration {
    /// Opens the place, with one of the packages chosen.
    pub(crate) fn new(open: Option<PackageId>, desk: &Desk) -> (Self, Task<Message>) {
        let mut place = Self {
            which: Which::Prepared,
            overview: None,
            list: Vec::new(),
            read: false,
            failure: None,
            selection: Selection::default(),
            open,
            detail: None,
            beside: Beside::Package,
            sheet: None,
            busy: None,
            start: None,
            listing: Question::ask(),
            showing: Question::ask(),
            looking: Question::ask(),
            coding: Question::ask(),
        };
        let task = place.reload(desk);
        (place, task)
    }

    /// Opens the place with an order to fill in.
    pub(crate) fn order(start: AdminStart, desk: &Desk) -> (Self, Task<Message>) {
        let (mut place, task) = Self::new(None, desk);
        place.start = Some(start);
        (place, task)
    }

    /// Reads everything again: something has changed.
    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        Task::batch([self.read_list(desk), self.read_detail(desk), self.look(desk)])
    }

    /// Whether an order is being filled in.
    #[must_use]
    pub(crate) fn is_filling(&self) -> bool {
        matches!(self.beside, Beside::Form(_))
    }

    fn read_list(&mut self, desk: &Desk) -> Task<Message> {
        self.listing = Question::ask();
        let (client, question) = (desk.client.clone(), self.listing);
        let filter = match self.which {
            Which::Prepared => PackageFilter::Prepared,
            Which::Sent => PackageFilter::Sent,
        };
        Task::perform(
            async move {
                let found = client.admin_packages(filter, String::new()).await;
                found.map(Arc::from).map_err(|e| explain(&e))
            },
            move |answer| Message::Listed(question, answer),
        )
    }

    fn read_detail(&mut self, desk: &Desk) -> Task<Message> {
        let Some(id) = self.open else {
            self.detail = None;
            return Task::none();
        };
        self.showing = Question::ask();
        let (client, question) = (desk.client.clone(), self.showing);
        Task::perform(
            async move { client.admin_package(id).await.map(Arc::new).map_err(|e| explain(&e)) },
            move |answer| Message::Shown(question, answer),
        )
    }

    fn look(&mut self, desk: &Desk) -> Task<Message> {
        self.looking = Question::ask();
        let (client, question) = (desk.client.clone(), self.looking);
        Task::perform(
            async move { client.admin_overview().await.map(Arc::new).map_err(|e| explain(&e)) },
            move |answer| Message::Looked(question, answer),
        )
    }

    /// Opens the form of an order.
    fn begin(&mut self, start: AdminStart) -> Action<Message> {
        let Some(overview) = self.overview.clone() else { return Action::none() };
        self.beside = Beside::Form(Box::new(Form::new(start, overview)));
        Action::run(keys::focus(form_view::FIRST))
    }

    fn take_list(&mut self, answer: Result<Arc<[ListedPackage]>, String>, desk: &Desk) -> Action<Message> {
        match answer {
            Ok(list) => (self.list, self.read, self.failure) = (list.to_vec(), true, None),
            Err(words) => {
                self.failure = Some(words);
                return Action::none();
            }
        }
        let open = self.open.and_then(|id| self.list.iter().position(|package| package.header.id == id));
        // The chosen one is gone (sent, deleted): the next in its place is shown.
        let row = open.or(self.selection.cursor()).unwrap_or(0).min(self.list.len().saturating_sub(1));
        self.selection = if self.list.is_empty() { Selection::default() } else { Selection::of(row) };
        self.open_chosen(desk)
    }

    fn open_chosen(&mut self, desk: &Desk) -> Action<Message> {
        let chosen = self.selection.iter().next().and_then(|row| self.list.get(row));
        let open = chosen.map(|package| package.header.id);
        if open == self.open {
            return Action::none();
        }
        (self.open, self.detail) = (open, None);
        Action::run(self.read_detail(desk))
    }

    fn open_signing(&mut self, desk: &Desk) -> Action<Message> {
        let Some(id) = self.open.filter(|_| self.allows(client::Action::Sign)) else { return Action::none() };
        let (signing, task) = Signing::new(id, OrderType::Adm, desk);
        self.sheet = Some(Sheet::Signing(Box::new(signing)));
        Action::run(task.map(Message::Signing))
    }

    fn allows(&self, action: client::Action) -> bool {
        self.detail.as_ref().is_some_and(|detail| detail.package.actions.contains(&action))
    }
}

impl Screen for Administration {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Which(which) => {
                (self.which, self.read, self.open, self.detail) = (which, false, None, None);
                (self.beside, self.list) = (Beside::Package, Vec::new());
                Action::run(self.read_list(desk))
            }
            Message::Listed(question, answer) if question == self.listing => self.take_list(answer, desk),
            Message::Shown(question, answer) if question == self.showing => {
                match answer {
                    Ok(detail) => (self.detail, self.failure) = (Some(detail), None),
                    Err(words) => (self.detail, self.failure) = (None, Some(words)),
                }
                Action::none()
            }
            Message::Looked(question, answer) if question == self.looking => match answer {
                Ok(overview) => {
                    self.overview = Some(overview);
                    self.start.take().map_or(Action::none(), |start| self.begin(start))
                }
                Err(words) => {
                    self.failure = Some(words);
                    Action::none()
                }
            },
            Message::Pick(pick) => {
                self.selection.apply(pick);
                self.beside = Beside::Package;
                self.open_chosen(desk)
            }
            Message::New if self.overview.is_some() => {
                self.beside = Beside::Chooser;
                Action::run(keys::focus(kinds::FIRST))
            }
            Message::Choose(kind) => self.begin(AdminStart { kind, subject: None }),
            Message::Input(input) => {
                if let Beside::Form(form) = &mut self.beside {
                    form.take(input);
                }
                Action::none()
            }
            Message::SendCode => self.send_code(desk),
            Message::CodeSent(question, answer) if question == self.coding => {
                self.code_sent(answer);
                Action::none()
            }
            Message::Save => self.save(),
            Message::Leave => {
                self.beside = Beside::Package;
                Action::none()
            }
            Message::Do(work) => self.start(work, desk),
            Message::Done(done) => self.finish(done, desk),
            Message::Signing(message) => self.signing(message, desk),
            Message::Accept => self.accept(desk),
            Message::Cancel => {
                self.sheet = None;
                Action::none()
            }
            Message::New
            | Message::Listed(..)
            | Message::Shown(..)
            | Message::Looked(..)
            | Message::CodeSent(..) => Action::none(),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Packages
            | Topic::Accounts
            | Topic::Authority
            | Topic::Session
            | Topic::Rules
            | Topic::Language => self.reload(desk),
            Topic::SharedArea | Topic::MasterData | Topic::Messages | Topic::Token => Task::none(),
        }
    }

    fn key(&self, press: &keys::Press) -> Option<Message> {
        use iced::keyboard::key::Named;
        if self.has_sheet() {
            return None;
        }
        let editing = !matches!(self.beside, Beside::Package);
        match press {
            press if press.is(Named::F2) => Some(Message::New),
            press if press.is_ctrl('s') && matches!(self.beside, Beside::Form(_)) => Some(Message::Save),
            press if press.is(Named::Escape) && editing => Some(Message::Leave),
            _ if editing => None,
            press if press.is(Named::F8) => Some(Message::Do(Work::Sign)),
            press if press.is(Named::F9) => Some(Message::Do(Work::Send)),
            press if press.is(Named::Delete) => Some(Message::Do(Work::Delete)),
            _ => None,
        }
    }

    fn has_sheet(&self) -> bool {
        self.sheet.is_some()
    }

    fn may_lose(&self) -> bool {
        self.is_filling()
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let sheet = self.sheet.as_ref().map(|sheet| sheet.view(desk));
        let escape = self.sheet.as_ref().map(Sheet::leave);
        modal::modal(list::page(self, desk), sheet, escape)
    }
}

#[cfg(test)]
pub(in crate::screen) mod tests;
