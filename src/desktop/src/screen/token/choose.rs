//! Which token the program uses: any reader, one of those plugged in, a vendor's module, a key file. Remembered.

use std::path::PathBuf;
use std::sync::Arc;

use client::{ClientError, ReaderSeen, TokenChoice};
use iced::{Alignment, Length, Task};

use super::Over;
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, Row, button, check, field, spacing};
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::notice::Notice;
use crate::screen::trouble;
use crate::texts::explain;
use crate::tr;

/// What is picked in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// A card in any reader.
    Any,
    /// The reader of this name.
    Reader(String),
    /// The vendor's module whose path is typed.
    Module,
    /// The key file whose path is typed.
    File,
}

#[derive(Debug)]
pub(crate) struct Choose {
    pick: Option<Pick>,
    readers: Option<Result<Vec<ReaderSeen>, Arc<ClientError>>>,
    module: String,
    label: String,
    file: String,
    busy: bool,
    error: Option<Arc<ClientError>>,
}

/// What happens to the list.
#[derive(Debug, Clone)]
pub enum Message {
    /// The readers that are plugged in, and what is remembered.
    Listed(Result<Vec<ReaderSeen>, Arc<ClientError>>, Result<TokenChoice, Arc<ClientError>>),
    Again,
    Pick(Pick),
    /// The path of the module or of the key file was typed.
    Path(String),
    /// The label of the token behind the module was typed.
    Label(String),
    /// Find the file in a window of the system.
    Browse,
    /// That window was closed.
    Browsed(Option<PathBuf>),
    /// Use what is picked.
    Submit,
    /// Whether it is used now.
    Done(Result<(), Arc<ClientError>>),
    /// Leave it as it was.
    Leave,
}

impl Choose {
    /// The list, being read.
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let choose = Self::empty();
        let task = choose.look(desk);
        (choose, task)
    }

    /// The list with these readers, as if it had been read.
    pub(super) fn listed(readers: Vec<ReaderSeen>, choice: TokenChoice) -> Self {
        let mut choose = Self::empty();
        choose.readers = Some(Ok(readers));
        choose.remember(Ok(choice));
        choose
    }

    fn empty() -> Self {
        Self {
            pick: None,
            readers: None,
            module: String::new(),
            label: String::new(),
            file: String::new(),
            busy: false,
            error: None,
        }
    }

    fn look(&self, desk: &Desk) -> Task<Message> {
        let client = desk.client.clone();
        Task::perform(
            async move {
                let readers = client.readers().await.map_err(Arc::new);
                (readers, client.token_choice().await.map_err(Arc::new))
            },
            |(readers, choice)| Message::Listed(readers, choice),
        )
    }

    fn chosen(&self) -> Option<TokenChoice> {
        let label = self.label.trim();
        match self.pick.clone()? {
            Pick::Any => Some(TokenChoice::AnyReader),
            Pick::Reader(name) => Some(TokenChoice::Reader { name }),
            Pick::Module => Some(TokenChoice::Module {
                path: path(&self.module)?,
                token: (!label.is_empty()).then(|| label.to_owned()),
            }),
            Pick::File => Some(TokenChoice::File { path: path(&self.file)? }),
        }
    }

    /// The path that is typed for what is picked.
    fn typed(&mut self) -> &mut String {
        if self.pick == Some(Pick::Module) { &mut self.module } else { &mut self.file }
    }

    pub(crate) fn update(&mut self, message: Message, desk: &Desk) -> Action<Message, Over> {
        match message {
            Message::Listed(readers, choice) => {
                self.readers = Some(readers);
                if self.pick.is_none() {
                    self.remember(choice);
                }
                Action::none()
            }
            Message::Again => Action::run(self.look(desk)),
            Message::Pick(pick) => {
                self.pick = Some(pick);
                Action::none()
            }
            Message::Path(path) => {
                *self.typed() = path;
                Action::none()
            }
            Message::Label(label) => {
                self.label = label;
                Action::none()
            }
            Message::Browse => Action::run(Task::perform(browse(), Message::Browsed)),
            Message::Browsed(path) => {
                if let Some(path) = path {
                    *self.typed() = path.display().to_string();
                }
                Action::none()
            }
            Message::Submit => match self.chosen() {
                Some(choice) if !self.busy => {
                    (self.busy, self.error) = (true, None);
                    let client = desk.client.clone();
                    Action::run(Task::perform(
                        async move { client.choose_token(choice).await.map_err(Arc::new) },
                        Message::Done,
                    ))
                }
                _ => Action::none(),
            },
            Message::Done(Ok(())) => Action::say(Notice::good(tr!("choose-done"))).and(Action::wish(Over)),
            Message::Done(Err(error)) => {
                (self.busy, self.error) = (false, Some(error));
                Action::none()
            }
            Message::Leave if self.busy => Action::none(),
            Message::Leave => Action::wish(Over),
        }
    }

    fn remember(&mut self, choice: Result<TokenChoice, Arc<ClientError>>) {
        match choice {
            Ok(TokenChoice::AnyReader) => self.pick = Some(Pick::Any),
            Ok(TokenChoice::Reader { name }) => self.pick = Some(Pick::Reader(name)),
            Ok(TokenChoice::Module { path, token }) => {
                self.pick = Some(Pick::Module);
                (self.module, self.label) = (path.display().to_string(), token.unwrap_or_default());
            }
            Ok(TokenChoice::File { path }) => {
                (self.pick, self.file) = (Some(Pick::File), path.display().to_string());
            }
            Err(error) => self.error = Some(error),
        }
    }

    pub(crate) fn view(&self) -> Element<'_, Message> {
        let mut list = Column::new().spacing(spacing::S);
        list = list.push(self.radio(Pick::Any, tr!("choose-any"), tr!("choose-any-help"), "choose-any"));
        let mut listed = false;
        for reader in self.readers.iter().flatten().flatten() {
            listed |= self.pick == Some(Pick::Reader(reader.name.clone()));
            let state = if reader.has_card { tr!("choose-has-card") } else { tr!("choose-no-card") };
            let id = format!("choose-reader-{}", reader.name);
            list = list.push(self.radio(Pick::Reader(reader.name.clone()), reader.name.clone(), state, id));
        }
        if let Some(Pick::Reader(name)) = self.pick.as_ref().filter(|_| !listed && self.readers.is_some()) {
            let pick = Pick::Reader(name.clone());
            list = list.push(self.radio(pick, name.clone(), tr!("choose-gone"), "choose-gone"));
        }
        if let Some(Err(error)) = &self.readers {
            list = list.push(text::hint(explain(&**error)).care());
        }
        let (module, file) = (tr!("choose-module-path"), tr!("choose-file-path"));
        list = list.push(self.radio(
            Pick::Module,
            tr!("choose-module"),
            tr!("choose-module-help"),
            "choose-module",
        ));
        if self.pick == Some(Pick::Module) {
            let label = field::text(tr!("choose-label"), &self.label)
                .id("choose-label")
                .on_input(Message::Label)
                .hint(tr!("choose-label-help"));
            list = list.push(path_field(module, &self.module)).push(label);
        }
        list = list.push(self.radio(Pick::File, tr!("choose-file"), tr!("choose-file-help"), "choose-file"));
        if self.pick == Some(Pick::File) {
            list = list.push(path_field(file, &self.file));
        }
        let trouble =
            self.error.as_ref().map(|error| trouble::note::<Message>(tr!("choose-failed"), &**error));
        let ready = !self.busy && self.chosen().is_some();
        let buttons = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(
                button::primary(tr!("choose-submit"))
                    .id("choose-submit")
                    .on_press_maybe(ready.then_some(Message::Submit)),
            )
            .push(
                button::secondary(tr!("choose-again"))
                    .id("choose-again")
                    .on_press_maybe((!self.busy).then_some(Message::Again)),
            )
            .push(
                button::secondary(tr!("cancel"))
                    .id("choose-leave")
                    .shortcut("Esc")
                    .on_press_maybe((!self.busy).then_some(Message::Leave)),
            );
        Column::new()
            .spacing(spacing::M)
            .push(text::body(tr!("choose-help")).dim())
            .push(list)
            .push(trouble)
            .push(buttons)
            .into()
    }

    fn radio(
        &self,
        pick: Pick,
        label: String,
        hint: String,
        id: impl Into<iced::advanced::widget::Id>,
    ) -> Element<'_, Message> {
        let chosen = self.pick.as_ref() == Some(&pick);
        check::radio(label, chosen).hint(hint).id(id).on_press(Message::Pick(pick)).into()
    }
}

fn path_field<'a>(label: String, typed: &'a str) -> Element<'a, Message> {
    let path = field::text(label, typed)
        .id("choose-path")
        .on_input(Message::Path)
        .on_enter(Message::Submit)
        .width(Length::Fill);
    let browse = button::secondary(tr!("connect-browse")).id("choose-browse").on_press(Message::Browse);
    Row::new().spacing(spacing::S).align_y(Alignment::End).push(path).push(browse).into()
}

/// A typed path; those that were copied from a file manager often stand in quotes.
fn path(typed: &str) -> Option<PathBuf> {
    let typed = typed.trim().trim_matches('"');
    (!typed.is_empty()).then(|| PathBuf::from(typed))
}

async fn browse() -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new().set_title(tr!("choose-title"));
    dialog.pick_file().await.map(|file| file.path().to_owned())
}
