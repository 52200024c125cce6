//! The connection assistant: takes the connection file of the first bank, or of one more beside those that are there.

use std::path::PathBuf;
use std::sync::Arc;

use client::ClientError;
use iced::widget::space;
use iced::{Alignment, Length, Task};

use super::action::Action;
use super::ask::ask;
use super::trouble;
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, Row, button, field, keys, spacing};
use crate::desk::Desk;
use crate::house::Handle;
use crate::tr;

/// Name of the path's field.
const PATH: &str = "connect-path";

/// What the connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The store's first bank; one that nobody has used yet was a mistake and gives way to it.
    First,
    /// One more bank: none that is there gives way to it, whether anybody has used it yet or not.
    OneMore,
}

pub(crate) struct Connect {
    purpose: Purpose,
    path: String,
    busy: bool,
    error: Option<Arc<ClientError>>,
}

/// What happens on the sheet.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The path as typed so far.
    Path(String),
    /// Choose a file in the system's dialog.
    Browse,
    /// The chosen file, if one was.
    Chosen(Option<PathBuf>),
    Submit,
    /// How it ended: the way to the bank, and its name.
    Done(Result<(Handle, String), Arc<ClientError>>),
    Leave,
}

/// What the frame must do.
pub(crate) enum Wish {
    /// Take the sheet away.
    Close,
    /// This bank is connected.
    Connected(Handle, String),
}

impl Connect {
    /// The sheet with the focus on the path, and why the bank was out of reach at the start.
    pub(crate) fn new(purpose: Purpose, error: Option<Arc<ClientError>>) -> (Self, Task<Message>) {
        (Self { purpose, path: String::new(), busy: false, error }, keys::focus(PATH))
    }

    pub(crate) fn update(&mut self, message: Message, desk: &Desk) -> Action<Message, Wish> {
        match message {
            Message::Path(path) => {
                self.path = path;
                self.error = None;
                Action::none()
            }
            Message::Browse => Action::run(Task::perform(browse(), Message::Chosen)),
            Message::Chosen(None) => Action::none(),
            Message::Chosen(Some(path)) => {
                self.path = path.display().to_string();
                self.submit(desk)
            }
            Message::Submit => self.submit(desk),
            Message::Done(Ok((handle, bank))) => Action::wish(Wish::Connected(handle, bank)),
            Message::Done(Err(error)) => {
                self.busy = false;
                self.error = Some(error);
                Action::run(keys::focus(PATH))
            }
            Message::Leave if self.busy => Action::none(),
            Message::Leave => Action::wish(Wish::Close),
        }
    }

    fn submit(&mut self, desk: &Desk) -> Action<Message, Wish> {
        // Paths that were copied from a file manager often stand in quotes.
        let path = PathBuf::from(self.path.trim().trim_matches('"'));
        if self.busy || path.as_os_str().is_empty() {
            return Action::none();
        }
        self.busy = true;
        self.error = None;
        let (client, purpose) = (desk.client.clone(), self.purpose);
        let connect = async move {
            let (client, info) = match purpose {
                Purpose::First => client.connect_to(&path).await?,
                Purpose::OneMore => client.add_connection(&path).await?,
            };
            Ok((Handle(client), info.profile.name))
        };
        Action::run(ask(connect, Message::Done))
    }

    pub(crate) fn view(&self) -> Element<'_, Message> {
        let mut path = field::text(tr!("connect-path"), &self.path).id(PATH).on_enter(Message::Submit);
        if !self.busy {
            path = path.on_input(Message::Path);
        }
        let browse = button::secondary(tr!("connect-browse")).id("connect-browse");
        let line = Row::new()
            .spacing(spacing::S)
            .align_y(Alignment::End)
            .push(path)
            .push(browse.on_press_maybe((!self.busy).then_some(Message::Browse)));
        let trouble =
            self.error.as_ref().map(|error| trouble::note::<Message>(tr!("connect-failed"), error.as_ref()));
        let ready = !self.busy && !self.path.trim().is_empty();
        let buttons = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(text::hint(if self.busy { tr!("connect-busy") } else { String::new() }).dim())
            .push(space::horizontal())
            .push(
                button::secondary(tr!("later"))
                    .id("connect-leave")
                    .shortcut("Esc")
                    .on_press_maybe((!self.busy).then_some(Message::Leave)),
            )
            .push(
                button::primary(tr!("connect-submit"))
                    .id("connect-submit")
                    .shortcut("Enter")
                    .on_press_maybe(ready.then_some(Message::Submit)),
            );
        Column::new()
            .spacing(spacing::L)
            .width(Length::Fixed(520.0))
            .push(text::page_title(self.purpose.title()))
            .push(text::body(tr!("connect-help")))
            .push(line)
            .push(trouble)
            .push(buttons)
            .into()
    }
}

impl Purpose {
    fn title(self) -> String {
        match self {
            Self::First => tr!("connect-title"),
            Self::OneMore => tr!("connection-add"),
        }
    }
}

async fn browse() -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new().set_title(tr!("connect-title")).add_filter("TOML", &["toml"]);
    dialog.pick_file().await.map(|file| file.path().to_owned())
}
