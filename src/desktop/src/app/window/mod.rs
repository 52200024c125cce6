//! The running window: what the client tells reaches the open place and the frame from here.

mod banks;
mod choosing;
mod help;
mod keys;
mod saying;
mod sheets;
mod told;
mod top;
mod trail;
mod updates;
mod view;
mod ways;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use client::{ClientError, Connection, LoggedIn};
use domain::{ConnectionKey, CustomerKey};
use iced::{Task, task};

use super::events::Event;
use super::facts::Facts;
use super::instance::{self, Call};
use super::notify::Notices;
use super::start::Started;
use crate::design::aim::Aim;
use crate::design::toast::{self, Toasts};
use crate::desk::Desk;
use crate::go::Go;
use crate::house::Handle;
use crate::navigation::{Area, Place};
use crate::preferences::Preferences;
use crate::screen::ask::Question;
use crate::screen::connect::Purpose;
use crate::screen::{self, Action, Open, Opened, Topic, Wish, choice, connect, login, update};
use crate::texts;
use sheets::Sheet;
use trail::Trail;

pub(crate) struct Window {
    started: Started,
    pub(in crate::app) desk: Desk,
    pub(in crate::app) facts: Facts,
    connection: Connection,
    pub(in crate::app) place: Place,
    /// The way by which the place was opened.
    at: Go,
    trail: Trail,
    /// The stop with which the place begins.
    aim: Aim,
    screen: Open,
    // Places that were opened so far: an answer for an earlier one is late.
    visit: u64,
    sheet: Option<Sheet>,
    toasts: Toasts,
    notices: Notices,
    // Where the links of floating messages lead.
    links: HashMap<u64, (Option<CustomerKey>, Go)>,
    sync: Option<task::Handle>,
    /// Customers that were chosen and whose news are being brought.
    fetching: usize,
    /// The choice of somebody else that was made last, until that one is shown: meanwhile no key reaches the place.
    coming: Option<Question>,
    /// Somebody was chosen at whose bank nobody is logged in.
    offers_login: bool,
    /// The version whose notice of an update was put away.
    hidden: Option<String>,
    // A file to open once there is somebody who may see it.
    file: Option<PathBuf>,
    /// What has changed and is looked at next; what is being looked at, while it is.
    news: BTreeSet<Topic>,
    looking: Option<BTreeSet<Topic>>,
    again: bool,
}

/// How the sync of each bank ended, by the bank's name.
type Banks = Vec<(String, Result<(), Arc<ClientError>>)>;

/// What happens in the window.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The client tells something by itself, of one of the banks.
    Event(Option<ConnectionKey>, Event),
    /// What the frame knows.
    Looked(Box<Facts>),
    /// Of the open place, by the number of its visit.
    Screen(u64, screen::Message),
    /// A key or a click while somebody is logged in.
    Touched,
    /// The window got the focus, or lost it.
    Focused(bool),
    /// It is time to tell what happened while nobody looked.
    Notify,
    /// Of the login's sheet at that bank.
    Login(Option<ConnectionKey>, login::Message),
    /// Of the connection assistant.
    Connect(connect::Message),
    /// Of updates of the program.
    Update(updates::Message),
    /// Of the sheet of an update.
    UpdateSheet(update::Message),
    /// Of the floating messages.
    Toast(toast::Message),
    Open(Place),
    Area(Area),
    /// The keys of the place are asked for, or have been read.
    Help(bool),
    /// The state of the bank was pressed.
    Bank,
    /// The choice of a customer was pressed.
    Choose,
    /// Of the sheet of that choice.
    Choice(choice::Message),
    /// It is known what there is to show of who was chosen; who that is, where it has to be said.
    Arrived(Question, Option<String>, Result<Box<choosing::Arrival>, Arc<ClientError>>),
    /// News of who was chosen have been brought; whose, where that has to be said.
    Fetched(Option<String>, Result<(), Arc<ClientError>>),
    /// Put away the way to the login at who was chosen.
    HideOffer,
    /// Sync all banks at which somebody is logged in.
    Sync,
    /// The one action of the user's menu.
    LogOut,
    Language(texts::Language),
    /// How the sync of that customer ended.
    Synced(Option<CustomerKey>, Result<(), Arc<ClientError>>),
    /// How the sync of each bank ended, by the bank's name.
    SyncedAll(Result<Banks, Arc<ClientError>>),
    /// Leave the running sync.
    CancelSync,
    /// The demo's own login ended.
    AutoLogin(Result<LoggedIn, Arc<ClientError>>),
    /// The demo has its partners, or not.
    Furnished(Result<(), Arc<ClientError>>),
    /// The program was started a second time.
    Called(Call),
    /// The sessions at these banks have been ended.
    LoggedOut(Vec<ConnectionKey>),
    /// It has been kept who is shown, or not.
    Remembered(Result<(), Arc<ClientError>>),
    /// The preferences have been kept, or not.
    Preferred(Result<(), Arc<ClientError>>),
}

impl Window {
    /// The window over a client that has just started.
    pub(crate) fn new(
        started: Started,
        preferences: Preferences,
        place: Option<Place>,
        file: Option<PathBuf>,
    ) -> (Self, Task<Message>) {
        let facts = started.facts.clone();
        let Handle(client) = facts.handle.clone();
        let connection = client.connection().borrow().clone();
        let desk = Desk {
            rules: facts.rules.clone(),
            customer: facts.customer(),
            house: facts.house.clone(),
            ..Desk::over(client, started.folders.clone(), preferences)
        };
        let place = place.unwrap_or(Place::Overview);
        let Opened { screen, task } = Opened::at(place.go(), &desk);
        let mut window = Self {
            started,
            desk,
            facts,
            connection,
            place,
            at: place.go(),
            trail: Trail::default(),
            aim: Aim::default(),
            screen,
            visit: 0,
            sheet: None,
            toasts: Toasts::default(),
            notices: Notices::default(),
            links: HashMap::new(),
            sync: None,
            fetching: 0,
            coming: None,
            offers_login: false,
            hidden: None,
            file,
            news: BTreeSet::new(),
            looking: None,
            again: false,
        };
        window.notices.want(preferences.notify);
        let first = match (&window.connection, window.started.pin.clone()) {
            (Connection::NoBank, _) => window.open_connect(Purpose::First),
            (_, Some(pin)) => {
                let client = window.desk.client.clone();
                let login = async move { client.log_in(pin, false).await.map_err(Arc::new) };
                Task::perform(login, Message::AutoLogin)
            }
            (Connection::LoggedOut, None) => window.open_login(),
            _ => Task::none(),
        };
        let opened = task.map(|message| Message::Screen(0, message));
        let file = window.open_file();
        let updates = window.check_updates(false);
        (window, Task::batch([opened, first, file, updates]))
    }

    /// The title, with whose data is shown where that has to be said.
    pub(crate) fn title(&self, own: String) -> String {
        let whose = match self.place {
            Place::Everyone => Some(self.place.label()),
            _ => self.desk.whose(),
        };
        whose.map_or(own.clone(), |whose| format!("{whose} – {own}"))
    }

    /// The number of the open place's visit.
    #[cfg(test)]
    pub(in crate::app) fn visit(&self) -> u64 {
        self.visit
    }

    /// Whether the open place shows a sheet.
    #[cfg(test)]
    pub(in crate::app) fn has_sheet(&self) -> bool {
        self.screen.has_sheet()
    }

    /// How many packages the open place has found.
    #[cfg(test)]
    pub(in crate::app) fn found(&self) -> Option<usize> {
        match &self.screen {
            Open::Everyone(everyone) => everyone.found(),
            _ => None,
        }
    }

    /// The bank at which the open login is.
    #[cfg(test)]
    pub(in crate::app) fn logs_in_at(&self) -> Option<ConnectionKey> {
        self.sheet.as_ref().and_then(Sheet::logs_in_at).flatten()
    }

    /// What the user prefers now.
    #[must_use]
    pub(crate) fn preferences(&self) -> Preferences {
        self.desk.preferences
    }

    pub(crate) fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Event(of, event) => self.event(of, event),
            Message::Looked(facts) => self.looked(*facts),
            Message::Called(call) => {
                call.taken();
                self.file = call.file.or(self.file.take());
                Task::batch([instance::raise(), self.open_file()])
            }
            Message::Screen(visit, message) if visit == self.visit => {
                let action = self.screen.update(message, &self.desk);
                self.follow(action)
            }
            Message::Screen(..) => Task::none(),
            Message::Touched => {
                self.touched();
                Task::none()
            }
            Message::Focused(focused) => {
                self.notices.focus(focused);
                Task::none()
            }
            Message::Notify => {
                self.notices.tell();
                Task::none()
            }
            Message::Login(of, message) => self.login(of, message),
            Message::Connect(message) => self.connect(message),
            Message::Update(message) => self.updates(message),
            Message::UpdateSheet(message) => self.update_sheet(message),
            Message::Toast(message) => self.toast(message),
            Message::Open(place) => self.open(place),
            Message::Area(area) if area == self.place.area() => Task::none(),
            Message::Area(area) => self.open(area.first()),
            Message::Bank => self.bank(),
            Message::Choose => self.open_choice(),
            Message::Choice(message) => self.choice(message),
            Message::Arrived(coming, whose, answer) => self.arrived(coming, whose, answer),
            Message::Fetched(whose, answer) => self.fetched(whose, answer),
            Message::HideOffer => {
                self.offers_login = false;
                Task::none()
            }
            Message::Sync => self.sync(),
            Message::LogOut => self.log_out(),
            Message::Language(language) => self.prefer(Preferences { language, ..self.desk.preferences }),
            Message::Synced(of, answer) => self.synced(of, answer),
            Message::SyncedAll(answer) => {
                self.sync = None;
                self.synced_all(answer)
            }
            Message::Help(open) => self.help(open),
            Message::CancelSync => {
                if let Some(handle) = self.sync.take() {
                    handle.abort();
                }
                Task::none()
            }
            Message::AutoLogin(Ok(logged_in)) => {
                self.logged_in(self.desk.client.own_connection(), &logged_in)
            }
            Message::LoggedOut(banks) => {
                self.logged_out(&banks);
                Task::none()
            }
            Message::Furnished(Ok(())) | Message::Remembered(Ok(())) | Message::Preferred(Ok(())) => {
                Task::none()
            }
            Message::AutoLogin(Err(error))
            | Message::Furnished(Err(error))
            | Message::Remembered(Err(error))
            | Message::Preferred(Err(error)) => self.trouble(&error),
        }
    }

    fn follow(&mut self, action: Action<screen::Message>) -> Task<Message> {
        let visit = self.visit;
        let task = action.task.map(move |message| Message::Screen(visit, message));
        for notice in action.notices {
            self.tell_of_place(notice);
        }
        let wished = match action.wish {
            Some(Wish::Go(go)) => self.go(go),
            Some(Wish::Show(whom, go)) => self.show_whom(whom, go),
            Some(Wish::LogInAt(bank)) => self.log_in_at(bank),
            Some(Wish::Connect) => self.open_connect(Purpose::OneMore),
            Some(Wish::Back) => self.back(),
            Some(Wish::LogIn) => self.open_login(),
            Some(Wish::Prefer(preferences)) => self.prefer(preferences),
            Some(Wish::CheckUpdates) => self.updates(updates::Message::Check),
            Some(Wish::ShowUpdate) => self.updates(updates::Message::Show),
            None => Task::none(),
        };
        Task::batch([task, wished])
    }

    /// Whether something that is typed in the open place would be lost with the window.
    fn may_lose(&self) -> bool {
        self.screen.may_lose()
    }

    fn prefer(&mut self, preferences: Preferences) -> Task<Message> {
        let before = std::mem::replace(&mut self.desk.preferences, preferences);
        if preferences == before {
            return Task::none();
        }
        let again = if preferences.language == before.language {
            Task::none()
        } else {
            texts::speak(preferences.language);
            self.changed(Topic::Language)
        };
        self.notices.want(preferences.notify);
        let client = self.desk.client.clone();
        let keep = async move { client.set_setting(Preferences::KEY, preferences).await.map_err(Arc::new) };
        Task::batch([Task::perform(keep, Message::Preferred), again])
    }
}
