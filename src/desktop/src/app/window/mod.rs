//! The running window: what the client tells reaches the open place and the frame from here.

mod keys;
mod sheets;
mod told;
mod top;
mod trail;
mod updates;
mod ways;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use client::{ClientError, Connection, LoggedIn};
use domain::Explain;
use iced::task;
use iced::{Subscription, Task};

use super::events::{self, Event};
use super::facts::Facts;
use super::instance::{self, Call};
use super::notify::Notices;
use super::start::Started;
use crate::design::aim::{self, Aim};
use crate::design::modal::{beside, modal};
use crate::design::theme::Tone;
use crate::design::toast::{self, Toasts};
use crate::design::{Element, frame};
use crate::desk::Desk;
use crate::go::Go;
use crate::navigation::{Area, Place};
use crate::preferences::Preferences;
use crate::screen::notice::Notice;
use crate::screen::{self, Action, Open, Opened, Topic, Wish, connect, login, update};
use crate::texts::{self, explain};
use crate::tr;
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
    links: HashMap<u64, Go>,
    sync: Option<task::Handle>,
    /// The version whose notice of an update was put away.
    hidden: Option<String>,
    // A file to open once there is somebody who may see it.
    file: Option<PathBuf>,
    /// What has changed and is looked at next; what is being looked at, while it is.
    news: BTreeSet<Topic>,
    looking: Option<BTreeSet<Topic>>,
    again: bool,
}

/// What happens in the window.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The client tells something by itself.
    Event(Event),
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
    Login(login::Message),
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
    /// The state of the bank was pressed.
    Bank,
    /// Another customer, by its index.
    Customer(usize),
    /// The one action of the user's menu.
    LogOut,
    Language(texts::Language),
    Synced(Result<(), Arc<ClientError>>),
    /// Leave the running sync.
    CancelSync,
    /// The demo's own login ended.
    AutoLogin(Result<LoggedIn, Arc<ClientError>>),
    /// The demo has its partners, or not.
    Furnished(Result<(), Arc<ClientError>>),
    /// The program was started a second time.
    Called(Call),
    /// The session has been ended.
    LoggedOut,
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
        let client = started.client.clone();
        let connection = client.connection().borrow().clone();
        let facts = started.facts.clone();
        let desk = Desk {
            rules: facts.rules.clone(),
            customer: facts.customer(&client),
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
            hidden: None,
            file,
            news: BTreeSet::new(),
            looking: None,
            again: false,
        };
        window.notices.want(preferences.notify);
        let first = match (&window.connection, window.started.pin.clone()) {
            (Connection::NoBank, _) => window.open_connect(),
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

    /// What the user prefers now.
    #[must_use]
    pub(crate) fn preferences(&self) -> Preferences {
        self.desk.preferences
    }

    pub(crate) fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Event(event) => self.event(event),
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
                self.desk.client.touch();
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
            Message::Login(message) => self.login(message),
            Message::Connect(message) => self.connect(message),
            Message::Update(message) => self.updates(message),
            Message::UpdateSheet(message) => self.update_sheet(message),
            Message::Toast(message) => {
                self.toasts.update(message);
                match message {
                    toast::Message::Follow(id) => match self.links.remove(&id) {
                        Some(go) => self.go(go),
                        None => Task::none(),
                    },
                    _ => Task::none(),
                }
            }
            Message::Open(place) => self.open(place),
            Message::Area(area) if area == self.place.area() => Task::none(),
            Message::Area(area) => self.open(area.first()),
            Message::Bank => match self.connection {
                Connection::NoBank => self.open_connect(),
                Connection::LoggedOut => self.open_login(),
                _ => self.sync(),
            },
            // What is typed here would go with the customer that it is for.
            Message::Customer(_) if self.screen.may_lose() => {
                self.say(Tone::Care, tr!("customer-not-now"));
                Task::none()
            }
            Message::Customer(index) => {
                if let Some(customer) = self.facts.customers.get(index) {
                    self.desk.client.choose_customer(customer.id.clone());
                }
                Task::none()
            }
            Message::LogOut => {
                let client = self.desk.client.clone();
                Task::perform(async move { client.log_out().await }, |()| Message::LoggedOut)
            }
            Message::Language(language) => self.prefer(Preferences { language, ..self.desk.preferences }),
            Message::Synced(answer) => {
                self.sync = None;
                match answer {
                    Ok(()) => {
                        self.say(Tone::Good, tr!("sync-done"));
                        self.look()
                    }
                    Err(error) => self.trouble(&error),
                }
            }
            Message::CancelSync => {
                if let Some(handle) = self.sync.take() {
                    handle.abort();
                }
                Task::none()
            }
            Message::AutoLogin(Ok(logged_in)) => self.logged_in(&logged_in),
            Message::LoggedOut => {
                self.say(Tone::Neutral, tr!("logged-out"));
                Task::none()
            }
            Message::Furnished(Ok(())) | Message::Preferred(Ok(())) => Task::none(),
            Message::AutoLogin(Err(error))
            | Message::Furnished(Err(error))
            | Message::Preferred(Err(error)) => self.trouble(&error),
        }
    }

    fn say(&mut self, tone: Tone, words: impl Into<String>) {
        self.toasts.push(tone, words, Instant::now());
    }

    fn tell(&mut self, notice: Notice) {
        match notice.link {
            Some((label, go)) => {
                let id = self.toasts.push_with_link(notice.tone, notice.words, label, Instant::now());
                self.links.insert(id, go);
            }
            None => self.say(notice.tone, notice.words),
        }
    }

    /// Says what went wrong; where only a login is missing, opens it.
    fn trouble(&mut self, error: &ClientError) -> Task<Message> {
        tracing::info!(code = error.code(), "told the user of an error");
        if matches!(error, ClientError::NotLoggedIn) {
            return self.open_login();
        }
        self.say(Tone::Bad, explain(error));
        Task::none()
    }

    fn follow(&mut self, action: Action<screen::Message>) -> Task<Message> {
        let visit = self.visit;
        let task = action.task.map(move |message| Message::Screen(visit, message));
        for notice in action.notices {
            self.tell(notice);
        }
        let wished = match action.wish {
            Some(Wish::Go(go)) => self.go(go),
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

    fn sync(&mut self) -> Task<Message> {
        match self.connection {
            Connection::NoBank => return self.open_connect(),
            Connection::LoggedOut => return self.open_login(),
            _ if self.sync.is_some() => return Task::none(),
            _ => {}
        }
        let client = self.desk.client.clone();
        let (task, handle) =
            Task::perform(async move { client.sync().await.map_err(Arc::new) }, Message::Synced).abortable();
        self.sync = Some(handle.abort_on_drop());
        task
    }

    pub(crate) fn view(&self) -> Element<'_, Message> {
        let visit = self.visit;
        // The token, the log and the settings show nothing that the bank keeps behind a login.
        let open = matches!(self.place, Place::Token | Place::Journal | Place::Settings);
        let place = if self.desk.client.may_view() || open {
            self.screen.view(&self.desk).map(move |message| Message::Screen(visit, message))
        } else {
            top::closed()
        };
        let place = aim::aimed(place, &self.aim);
        let covered = self.screen.has_sheet();
        let notice = self.update_notice().map(|notice| notice.map(Message::Update));
        let window = frame::frame(
            beside(top::bar(self), covered),
            beside(top::navigation(self), covered),
            frame::below_notice(notice.map(|notice| beside(notice, covered)), place),
            beside(top::status(self), covered),
        );
        let (sheet, leave) = match &self.sheet {
            Some(sheet) => (Some(sheet.view(&self.desk.token)), Some(sheet.leave())),
            None => (None, None),
        };
        self.toasts.over(modal(window, sheet, leave), Message::Toast)
    }

    /// What the client tells, and the clock of floating messages; nothing while nothing happens.
    pub(crate) fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            events::events(&self.desk.client).map(Message::Event),
            self.started
                .instance
                .as_ref()
                .map_or_else(Subscription::none, instance::calls)
                .map(Message::Called),
            self.screen
                .subscription()
                .with(self.visit)
                .map(|(visit, message)| Message::Screen(visit, message)),
            self.toasts.subscription().map(Message::Toast),
            events::focus().map(Message::Focused),
            self.updates_due(),
            // Nobody's idle time is counted while nobody is logged in.
            match self.connection.user() {
                Some(_) => events::touches().map(|()| Message::Touched),
                None => Subscription::none(),
            },
        ])
    }
}
