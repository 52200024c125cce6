//! The screen that is open: one of all, which one table names.

use std::path::PathBuf;

use iced::{Subscription, Task};

use super::action::Action;
use super::contract::{Screen, Topic};
use super::{
    accounts, admin, connections, everyone, import, journal, messages, order, overview, packages,
    partner_files, partners, sent, settings, shared_area, templates, token, users,
};
use crate::design::Element;
use crate::design::keys::Press;
use crate::desk::Desk;
use crate::go::Go;

/// Makes of the table what the window holds ([`Open`]), the messages of all screens, and the way of each message and
/// question to the screen that it is for.
macro_rules! screens {
    ($($name:ident($screen:ty)),+ $(,)?) => {
        /// The open screen with its state.
        pub(crate) enum Open {
            $($name(Box<$screen>),)+
        }

        /// A message of one of the screens.
        #[derive(Debug, Clone)]
        pub(crate) enum Message {
            $($name(<$screen as Screen>::Message),)+
        }

        impl Open {
            pub(crate) fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
                match (self, message) {
                    $((Self::$name(screen), Message::$name(message)) => {
                        screen.update(message, desk).map(Message::$name)
                    })+
                    // Of a screen that was left.
                    _ => Action::none(),
                }
            }

            pub(crate) fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
                match self {
                    $(Self::$name(screen) => screen.view(desk).map(Message::$name),)+
                }
            }

            pub(crate) fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
                match self {
                    $(Self::$name(screen) => screen.changed(topic, desk).map(Message::$name),)+
                }
            }

            pub(crate) fn key(&self, press: &Press) -> Option<Message> {
                match self {
                    $(Self::$name(screen) => screen.key(press).map(Message::$name),)+
                }
            }

            pub(crate) fn left(&mut self, desk: &Desk) -> Task<Message> {
                match self {
                    $(Self::$name(screen) => screen.left(desk).map(Message::$name),)+
                }
            }

            pub(crate) fn here(&self) -> Option<Go> {
                match self {
                    $(Self::$name(screen) => screen.here(),)+
                }
            }

            pub(crate) fn begins_at(&self) -> Option<&'static str> {
                match self {
                    $(Self::$name(screen) => screen.begins_at(),)+
                }
            }

            pub(crate) fn subscription(&self) -> Subscription<Message> {
                match self {
                    $(Self::$name(screen) => screen.subscription().map(Message::$name),)+
                }
            }

            pub(crate) fn has_sheet(&self) -> bool {
                match self {
                    $(Self::$name(screen) => screen.has_sheet(),)+
                }
            }

            pub(crate) fn may_lose(&self) -> bool {
                match self {
                    $(Self::$name(screen) => screen.may_lose(),)+
                }
            }

            pub(crate) fn is_of_customer(&self) -> bool {
                match self {
                    $(Self::$name(screen) => screen.is_of_customer(),)+
                }
            }
        }

        $(impl From<($screen, Task<<$screen as Screen>::Message>)> for Opened {
            fn from((screen, task): ($screen, Task<<$screen as Screen>::Message>)) -> Self {
                Self { screen: Open::$name(Box::new(screen)), task: task.map(Message::$name) }
            }
        })+
    };
}

screens! {
    Overview(overview::Overview),
    Everyone(everyone::Everyone),
    Order(order::OrderForm),
    Packages(packages::Packages),
    SharedArea(shared_area::SharedArea),
    Sent(sent::Sent),
    Import(import::Import),
    Accounts(accounts::Accounts),
    Partners(partners::Partners),
    PartnerExport(partner_files::export::Export),
    PartnerImport(partner_files::import::Import),
    Templates(templates::Templates),
    Messages(messages::Messages),
    Administration(admin::Administration),
    Users(users::Users),
    Token(token::Manager),
    Connections(connections::Connections),
    Journal(journal::Journal),
    Settings(settings::Settings),
}

/// A screen that has just been opened, and the work with which it begins.
pub(crate) struct Opened {
    pub screen: Open,
    pub task: Task<Message>,
}

impl Opened {
    /// The screen that is asked for, with what is chosen in it.
    pub(crate) fn at(go: Go, desk: &Desk) -> Self {
        match go {
            Go::Overview => overview::Overview::new(desk).into(),
            Go::Everyone => everyone::Everyone::new(desk).into(),
            Go::NewOrder(how) => order::OrderForm::new(desk, how).into(),
            Go::Prepared(package) => packages::Packages::new(package, desk).into(),
            Go::Sign(package) => packages::Packages::sign(package, desk).into(),
            Go::Shared => shared_area::SharedArea::new(desk).into(),
            Go::Sent(package) => sent::Sent::new(package, desk).into(),
            Go::Import => import::Import::new().into(),
            Go::Accounts => accounts::Accounts::new(desk).into(),
            Go::Partners => partners::Partners::new(desk).into(),
            Go::PartnerExport => partner_files::export::Export::new().into(),
            Go::PartnerImport => partner_files::import::Import::new().into(),
            Go::Templates => templates::Templates::new(desk).into(),
            Go::Messages => messages::Messages::new(desk).into(),
            Go::Administration(begin) => admin::Administration::new(begin, desk).into(),
            Go::Users => users::Users::new(desk).into(),
            Go::Token => token::Manager::new(desk).into(),
            Go::Connections => (connections::Connections::new(desk), Task::none()).into(),
            Go::Journal => journal::Journal::new(desk).into(),
            Go::Settings => (settings::Settings, Task::none()).into(),
        }
    }

    /// The import of a file that the program was started with.
    pub(crate) fn file(path: PathBuf, desk: &Desk) -> Self {
        import::Import::of(path, desk).into()
    }
}
