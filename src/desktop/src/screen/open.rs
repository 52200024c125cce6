//! The open place: one of all, with what the frame needs to know of none of them alone.

use std::path::PathBuf;

use client::domain::PackageId;
use client::{Change, TokenStatus};
use iced::{Subscription, Task};

use super::notice::Notice;
use super::{
    accounts, admin, import, journal, messages, order, overview, packages, partner_files, partners, places,
    sent, settings, shared_area, templates, token, users,
};
use crate::app::preferences::Preferences;
use crate::app::route::Place;
use crate::app::start::Folders;
use crate::design::Element;
use crate::design::keys::Press;
use crate::go::{Go, NewOrder};
use crate::shared::Shared;

/// The open place with its state.
pub enum Screen {
    /// "Áttekintés".
    Overview(overview::Overview),
    /// "Új megbízás".
    Order(Box<order::OrderForm>),
    /// "Előkészített csomagok".
    Packages(Box<packages::Packages>),
    /// "Közös terület".
    SharedArea(Box<shared_area::SharedArea>),
    /// "Elküldött megbízások".
    Sent(Box<sent::Sent>),
    /// Importing a file of orders.
    Import(Box<import::Import>),
    /// "Egyenlegek és forgalom".
    Accounts(accounts::Accounts),
    /// "Partnerek".
    Partners(Box<partners::Partners>),
    /// Writing partners to a file.
    PartnerExport(Box<partner_files::export::Export>),
    /// Taking partners from a file.
    PartnerImport(Box<partner_files::import::Import>),
    /// "Sablonok".
    Templates(Box<templates::Templates>),
    /// "Üzenetek".
    Messages(Box<messages::Messages>),
    /// "Előkészített megbízások" of self-administration.
    Administration(Box<admin::Administration>),
    /// "Felhasználók és jogok".
    Users(Box<users::Users>),
    /// "Token".
    Token(Box<token::Manager>),
    /// "Eseménynapló".
    Journal(journal::Journal),
    /// "Beállítások".
    Settings,
}

/// A message of one of the places.
#[derive(Debug, Clone)]
pub enum Message {
    /// Of the overview.
    Overview(overview::Message),
    /// Of the order form.
    Order(order::Message),
    /// Of the prepared packages.
    Packages(packages::Message),
    /// Of the shared area.
    SharedArea(shared_area::Message),
    /// Of the sent packages.
    Sent(sent::Message),
    /// Of the import.
    Import(import::Message),
    /// Of the partners.
    Partners(partners::Message),
    /// Of the export of partners.
    PartnerExport(partner_files::export::Message),
    /// Of the import of partners.
    PartnerImport(partner_files::import::Message),
    /// Of the templates.
    Templates(templates::Message),
    /// Of the accounts.
    Accounts(accounts::Message),
    /// Of the messages.
    Messages(messages::Message),
    /// Of self-administration.
    Administration(admin::Message),
    /// Of users and rights.
    Users(users::Message),
    /// Of the token's place.
    Token(token::Message),
    /// Of the log.
    Journal(journal::Message),
    /// Of the settings.
    Settings(settings::Message),
}

/// What a place wants of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Another place, perhaps with something chosen in it.
    Go(Go),
    /// A place as it begins.
    Open(Place),
    /// A package, to be signed at once.
    Sign(PackageId),
    /// The login.
    LogIn,
    /// Other preferences.
    Prefer(Preferences),
    /// Asking the bank for updates of the program.
    CheckUpdates,
    /// The update that is known.
    ShowUpdate,
}

/// What follows a message: work to run, something to say, a wish.
pub struct Effects {
    /// Run this.
    pub task: Task<Message>,
    /// Say these.
    pub notices: Vec<Notice>,
    /// Do this.
    pub wish: Option<Wish>,
}

impl Effects {
    fn none() -> Self {
        Self::run(Task::none())
    }

    fn run(task: Task<Message>) -> Self {
        Self { task, notices: Vec::new(), wish: None }
    }

    fn say(notice: Notice, task: Task<Message>) -> Self {
        Self { task, notices: vec![notice], wish: None }
    }

    /// All of these; of several wishes the last one counts.
    fn all(several: impl IntoIterator<Item = Self>) -> Self {
        several.into_iter().fold(Self::none(), |mut all, one| {
            all.notices.extend(one.notices);
            Self {
                task: Task::batch([all.task, one.task]),
                notices: all.notices,
                wish: one.wish.or(all.wish),
            }
        })
    }

    fn wish(wish: Wish) -> Self {
        Self { wish: Some(wish), ..Self::none() }
    }
}

/// What places show beside the shared data.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// What is in the reader.
    pub token: &'a TokenStatus,
    /// What the user prefers.
    pub preferences: Preferences,
    /// Where this run keeps its files.
    pub folders: &'a Folders,
    /// What is known of updates.
    pub program: settings::Program<'a>,
}

impl Screen {
    /// Opens a place as it begins.
    pub fn open(place: Place, shared: &Shared) -> (Self, Task<Message>) {
        match place {
            Place::Overview => {
                let (screen, task) = overview::Overview::new(shared);
                (Self::Overview(screen), task.map(Message::Overview))
            }
            Place::Order => Self::order(NewOrder::Blank, shared),
            Place::Prepared => Self::prepared(None, shared),
            Place::Shared => {
                let (screen, task) = shared_area::SharedArea::new(shared);
                (Self::SharedArea(Box::new(screen)), task.map(Message::SharedArea))
            }
            Place::Sent => Self::sent(None, shared),
            Place::Import => {
                let (screen, task) = import::Import::new(shared);
                (Self::Import(Box::new(screen)), task.map(Message::Import))
            }
            Place::Accounts => {
                let (screen, task) = accounts::Accounts::new(shared);
                (Self::Accounts(screen), task.map(Message::Accounts))
            }
            Place::Partners => {
                let (screen, task) = partners::Partners::new(shared);
                (Self::Partners(Box::new(screen)), task.map(Message::Partners))
            }
            Place::PartnerExport => {
                let (screen, task) = partner_files::export::Export::new(shared);
                (Self::PartnerExport(Box::new(screen)), task.map(Message::PartnerExport))
            }
            Place::PartnerImport => {
                let (screen, task) = partner_files::import::Import::new(shared);
                (Self::PartnerImport(Box::new(screen)), task.map(Message::PartnerImport))
            }
            Place::Templates => {
                let (screen, task) = templates::Templates::new(shared);
                (Self::Templates(Box::new(screen)), task.map(Message::Templates))
            }
            Place::Messages => {
                let (screen, task) = messages::Messages::new(shared);
                (Self::Messages(Box::new(screen)), task.map(Message::Messages))
            }
            Place::AdminOrders => Self::administration(admin::Administration::new(None, shared)),
            Place::Users => {
                let (screen, task) = users::Users::new(shared);
                (Self::Users(Box::new(screen)), task.map(Message::Users))
            }
            Place::Token => {
                let (screen, task) = token::Manager::new(shared);
                (Self::Token(Box::new(screen)), task.map(Message::Token))
            }
            Place::Journal => {
                let (screen, task) = journal::Journal::new(shared);
                (Self::Journal(screen), task.map(Message::Journal))
            }
            Place::Settings => (Self::Settings, Task::none()),
        }
    }

    /// Opens the import of a file that the program was started with.
    pub fn file(path: PathBuf, shared: &Shared) -> (Self, Task<Message>) {
        let (screen, task) = import::Import::of(path, shared);
        (Self::Import(Box::new(screen)), task.map(Message::Import))
    }

    /// Opens the place that [`Go`] names, with what it chooses there.
    pub fn go(go: Go, shared: &Shared) -> (Self, Task<Message>) {
        match go {
            Go::NewOrder(how) => Self::order(how, shared),
            Go::Prepared(package) => Self::prepared(package, shared),
            Go::Sent(package) => Self::sent(package, shared),
            Go::Administration(package) => Self::administration(admin::Administration::new(package, shared)),
            Go::NewAdminOrder(start) => Self::administration(admin::Administration::order(start, shared)),
            _ => Self::open(Place::of(go), shared),
        }
    }

    /// Opens a package with its signing sheet.
    pub fn sign(package: PackageId, shared: &Shared) -> (Self, Task<Message>) {
        let (screen, task) = packages::Packages::sign(package, shared);
        (Self::Packages(Box::new(screen)), task.map(Message::Packages))
    }

    fn prepared(package: Option<PackageId>, shared: &Shared) -> (Self, Task<Message>) {
        let (screen, task) = packages::Packages::new(package, shared);
        (Self::Packages(Box::new(screen)), task.map(Message::Packages))
    }

    fn sent(package: Option<PackageId>, shared: &Shared) -> (Self, Task<Message>) {
        let (screen, task) = sent::Sent::new(package, shared);
        (Self::Sent(Box::new(screen)), task.map(Message::Sent))
    }

    fn administration(
        (screen, task): (admin::Administration, Task<admin::Message>),
    ) -> (Self, Task<Message>) {
        (Self::Administration(Box::new(screen)), task.map(Message::Administration))
    }

    fn order(how: NewOrder, shared: &Shared) -> (Self, Task<Message>) {
        let (screen, task) = order::OrderForm::new(shared, how);
        (Self::Order(Box::new(screen)), task.map(Message::Order))
    }

    /// Does what happened. Messages of another place than the open one are late and dropped.
    pub fn update(&mut self, message: Message, shared: &Shared, preferences: Preferences) -> Effects {
        match (self, message) {
            (Self::Overview(screen), Message::Overview(message)) => match screen.update(message, shared) {
                overview::Action::None => Effects::none(),
                overview::Action::Run(task) => Effects::run(task.map(Message::Overview)),
                overview::Action::Go(go) => Effects::wish(Wish::Go(go)),
                overview::Action::Accounts => Effects::wish(Wish::Open(Place::Accounts)),
                overview::Action::LogIn => Effects::wish(Wish::LogIn),
            },
            (Self::Order(screen), Message::Order(message)) => match screen.update(message, shared) {
                order::Action::None => Effects::none(),
                order::Action::Run(task) => Effects::run(task.map(Message::Order)),
                order::Action::Go(go) => Effects::wish(Wish::Go(go)),
                order::Action::Say(notice, task) => Effects::say(notice, task.map(Message::Order)),
                order::Action::SayAndGo(notice, go) => {
                    Effects { notices: vec![notice], ..Effects::wish(Wish::Go(go)) }
                }
                order::Action::Sign(notice, package) => {
                    Effects { notices: vec![notice], ..Effects::wish(Wish::Sign(package)) }
                }
            },
            (Self::Packages(screen), Message::Packages(message)) => {
                of_packages(screen.update(message, shared))
            }
            (Self::SharedArea(screen), Message::SharedArea(message)) => {
                of_shared(screen.update(message, shared))
            }
            (Self::Sent(screen), Message::Sent(message)) => of_sent(screen.update(message, shared)),
            (Self::Import(screen), Message::Import(message)) => match screen.update(message, shared) {
                import::Action::None => Effects::none(),
                import::Action::Run(task) => Effects::run(task.map(Message::Import)),
                import::Action::Go(go) => Effects::wish(Wish::Go(go)),
                import::Action::Say(notice) => Effects::say(notice, Task::none()),
            },
            (Self::Partners(screen), Message::Partners(message)) => match screen.update(message, shared) {
                partners::Action::None => Effects::none(),
                partners::Action::Run(task) => Effects::run(task.map(Message::Partners)),
                partners::Action::Go(go) => Effects::wish(Wish::Go(go)),
                partners::Action::Say(notice, task) => Effects::say(notice, task.map(Message::Partners)),
            },
            (Self::PartnerExport(screen), Message::PartnerExport(message)) => {
                match screen.update(message, shared) {
                    partner_files::export::Action::None => Effects::none(),
                    partner_files::export::Action::Run(task) => {
                        Effects::run(task.map(Message::PartnerExport))
                    }
                    partner_files::export::Action::Go(go) => Effects::wish(Wish::Go(go)),
                }
            }
            (Self::PartnerImport(screen), Message::PartnerImport(message)) => {
                match screen.update(message, shared) {
                    partner_files::import::Action::None => Effects::none(),
                    partner_files::import::Action::Run(task) => {
                        Effects::run(task.map(Message::PartnerImport))
                    }
                    partner_files::import::Action::Go(go) => Effects::wish(Wish::Go(go)),
                    partner_files::import::Action::Say(notice) => Effects::say(notice, Task::none()),
                }
            }
            (Self::Templates(screen), Message::Templates(message)) => match screen.update(message, shared) {
                templates::Action::None => Effects::none(),
                templates::Action::Run(task) => Effects::run(task.map(Message::Templates)),
                templates::Action::Go(go) => Effects::wish(Wish::Go(go)),
                templates::Action::Say(notice, task) => Effects::say(notice, task.map(Message::Templates)),
            },
            (Self::Accounts(screen), Message::Accounts(message)) => match screen.update(message, shared) {
                accounts::Action::None => Effects::none(),
                accounts::Action::Run(task) => Effects::run(task.map(Message::Accounts)),
            },
            (Self::Journal(screen), Message::Journal(message)) => match screen.update(message, shared) {
                journal::Action::None => Effects::none(),
                journal::Action::Run(task) => Effects::run(task.map(Message::Journal)),
            },
            (Self::Messages(screen), Message::Messages(message)) => match screen.update(message, shared) {
                messages::Action::None => Effects::none(),
                messages::Action::Run(task) => Effects::run(task.map(Message::Messages)),
                messages::Action::Say(notice, task) => Effects::say(notice, task.map(Message::Messages)),
            },
            (Self::Administration(screen), Message::Administration(message)) => {
                of_administration(screen.update(message, shared))
            }
            (Self::Users(screen), Message::Users(message)) => match screen.update(message) {
                users::Action::None => Effects::none(),
                users::Action::Go(go) => Effects::wish(Wish::Go(go)),
            },
            (Self::Token(screen), Message::Token(message)) => match screen.update(message, shared) {
                token::Action::None => Effects::none(),
                token::Action::Run(task) => Effects::run(task.map(Message::Token)),
                token::Action::LogIn => Effects::wish(Wish::LogIn),
                token::Action::Say(notice, task) => Effects::say(notice, task.map(Message::Token)),
            },
            (Self::Settings, Message::Settings(settings::Message::Places(message))) => {
                let (task, notice) = places::update(message);
                let task = task.map(|message| Message::Settings(settings::Message::Places(message)));
                Effects { notices: notice.into_iter().collect(), ..Effects::run(task) }
            }
            (Self::Settings, Message::Settings(message)) => Effects::wish(match message {
                settings::Message::CheckUpdates => Wish::CheckUpdates,
                settings::Message::ShowUpdate => Wish::ShowUpdate,
                message => Wish::Prefer(message.apply(preferences)),
            }),
            _ => Effects::none(),
        }
    }

    /// The client told of a change: looks again at what it may have touched.
    pub fn changed(&mut self, change: &Change, shared: &Shared) -> Task<Message> {
        match self {
            Self::Overview(screen) => screen.reload(shared).map(Message::Overview),
            Self::Packages(screen) if is_about_packages(change) => {
                screen.reload(shared).map(Message::Packages)
            }
            Self::SharedArea(screen) if *change == Change::SharedArea || is_about_packages(change) => {
                screen.reload(shared).map(Message::SharedArea)
            }
            Self::Sent(screen) if is_about_packages(change) => screen.reload(shared).map(Message::Sent),
            Self::Administration(screen) if is_about_packages(change) || *change == Change::Authority => {
                screen.reload(shared).map(Message::Administration)
            }
            Self::Users(screen) if matches!(change, Change::Authority | Change::Packages) => {
                screen.reload(shared).map(Message::Users)
            }
            Self::Messages(screen) if *change == Change::Messages => {
                screen.reload(shared).map(Message::Messages)
            }
            Self::Accounts(screen) if *change == Change::Accounts => {
                screen.reload(shared).map(Message::Accounts)
            }
            Self::Journal(screen) if *change == Change::Packages => {
                screen.reload(shared).map(Message::Journal)
            }
            _ => Task::none(),
        }
    }

    /// Another token, or another state of it.
    pub fn token_changed(&mut self, status: &TokenStatus, shared: &Shared) -> Task<Message> {
        match self {
            Self::Token(screen) => screen.token_changed(status, shared).map(Message::Token),
            _ => Task::none(),
        }
    }

    /// A key that no widget wanted: what it means here, if anything.
    pub fn key(&self, press: &Press) -> Option<Message> {
        match self {
            Self::Order(screen) => screen.key(press).map(Message::Order),
            Self::Packages(screen) => screen.key(press).map(Message::Packages),
            Self::SharedArea(screen) => screen.key(press).map(Message::SharedArea),
            Self::Sent(screen) => screen.key(press).map(Message::Sent),
            Self::Import(screen) => screen.key(press).map(Message::Import),
            Self::Accounts(screen) => screen.key(press).map(Message::Accounts),
            Self::Partners(screen) => screen.key(press).map(Message::Partners),
            Self::PartnerExport(screen) => screen.key(press).map(Message::PartnerExport),
            Self::PartnerImport(screen) => screen.key(press).map(Message::PartnerImport),
            Self::Templates(screen) => screen.key(press).map(Message::Templates),
            Self::Token(screen) => screen.key(press).map(Message::Token),
            Self::Messages(screen) => screen.key(press).map(Message::Messages),
            Self::Administration(screen) => screen.key(press).map(Message::Administration),
            Self::Users(_) | Self::Overview(_) | Self::Journal(_) | Self::Settings => None,
        }
    }

    /// Whether the place shows a sheet, above which nothing else is to be reached.
    #[must_use]
    pub fn has_sheet(&self) -> bool {
        match self {
            Self::Packages(screen) => screen.has_sheet(),
            Self::Administration(screen) => screen.has_sheet(),
            _ => false,
        }
    }

    /// Whether something is typed here that would be lost with the window. Forms of orders, partners and templates
    /// are kept as they are typed.
    #[must_use]
    pub fn may_lose(&self) -> bool {
        match self {
            Self::Messages(screen) => screen.is_writing(),
            Self::Administration(screen) => screen.is_filling(),
            _ => false,
        }
    }

    /// What the place listens to while it is open.
    pub fn subscription(&self) -> Subscription<Message> {
        match self {
            Self::Import(screen) => screen.subscription().map(Message::Import),
            Self::PartnerImport(screen) => screen.subscription().map(Message::PartnerImport),
            Self::Token(screen) => screen.subscription().map(Message::Token),
            _ => Subscription::none(),
        }
    }

    /// The place.
    pub fn view<'a>(&'a self, shared: &'a Shared, around: Surroundings<'a>) -> Element<'a, Message> {
        match self {
            Self::Overview(screen) => screen.view(shared).map(Message::Overview),
            Self::Order(screen) => screen.view(shared).map(Message::Order),
            Self::Packages(screen) => screen.view(shared).map(Message::Packages),
            Self::SharedArea(screen) => screen.view(shared).map(Message::SharedArea),
            Self::Sent(screen) => screen.view(shared).map(Message::Sent),
            Self::Import(screen) => screen.view(shared).map(Message::Import),
            Self::Accounts(screen) => screen.view(shared).map(Message::Accounts),
            Self::Partners(screen) => screen.view(shared).map(Message::Partners),
            Self::PartnerExport(screen) => screen.view().map(Message::PartnerExport),
            Self::PartnerImport(screen) => screen.view().map(Message::PartnerImport),
            Self::Templates(screen) => screen.view(shared).map(Message::Templates),
            Self::Messages(screen) => screen.view(shared).map(Message::Messages),
            Self::Administration(screen) => screen.view(shared).map(Message::Administration),
            Self::Users(screen) => screen.view(shared).map(Message::Users),
            Self::Token(screen) => {
                let seen = token::Seen {
                    token: around.token,
                    logged_in: shared.user.is_some(),
                    now: shared.client.now(),
                };
                screen.view(seen).map(Message::Token)
            }
            Self::Journal(screen) => screen.view(shared).map(Message::Journal),
            Self::Settings => settings::view(around.preferences, around.folders, around.program, shared)
                .map(Message::Settings),
        }
    }
}

fn is_about_packages(change: &Change) -> bool {
    matches!(change, Change::Packages | Change::Connection | Change::Finished { .. })
}

fn of_packages(action: packages::Action) -> Effects {
    match action {
        packages::Action::None => Effects::none(),
        packages::Action::Run(task) => Effects::run(task.map(Message::Packages)),
        packages::Action::Go(go) => Effects::wish(Wish::Go(go)),
        packages::Action::Toast(tone, words) => {
            Effects::say(Notice { tone, words, link: None }, Task::none())
        }
        packages::Action::Several(several) => Effects::all(several.into_iter().map(of_packages)),
    }
}

fn of_administration(action: admin::Action) -> Effects {
    match action {
        admin::Action::None => Effects::none(),
        admin::Action::Run(task) => Effects::run(task.map(Message::Administration)),
        admin::Action::Go(go) => Effects::wish(Wish::Go(go)),
        admin::Action::Toast(tone, words) => Effects::say(Notice { tone, words, link: None }, Task::none()),
        admin::Action::Several(several) => Effects::all(several.into_iter().map(of_administration)),
    }
}

fn of_shared(action: shared_area::Action) -> Effects {
    match action {
        shared_area::Action::None => Effects::none(),
        shared_area::Action::Run(task) => Effects::run(task.map(Message::SharedArea)),
        shared_area::Action::Go(go) => Effects::wish(Wish::Go(go)),
        shared_area::Action::Toast(tone, words) => {
            Effects::say(Notice { tone, words, link: None }, Task::none())
        }
        shared_area::Action::Several(several) => Effects::all(several.into_iter().map(of_shared)),
    }
}

fn of_sent(action: sent::Action) -> Effects {
    match action {
        sent::Action::None => Effects::none(),
        sent::Action::Run(task) => Effects::run(task.map(Message::Sent)),
        sent::Action::Go(go) => Effects::wish(Wish::Go(go)),
        sent::Action::Toast(tone, words) => Effects::say(Notice { tone, words, link: None }, Task::none()),
        sent::Action::Several(several) => Effects::all(several.into_iter().map(of_sent)),
    }
}
