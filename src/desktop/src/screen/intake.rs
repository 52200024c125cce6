//! Taking a file in: it is typed, chosen or dropped, read whole and shown before anything is stored, then taken in one
//! go. `P` is what was found in it, `D` what became of it.

use std::path::PathBuf;
use std::sync::Arc;

use client::ClientError;
use iced::task::Handle;
use iced::widget::{container, space};
use iced::{Length, Subscription, Task, window};

use super::action::Action;
use super::ask::{Answer, Question, ask};
use super::trouble;
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, Row, button, empty, field, keys, panel, spacing};
use crate::tr;

/// Width of the panel in which a file is chosen.
pub(crate) const CHOOSER: f32 = 680.0;

/// What a kind of files is called, and the names by which its controls are found.
pub(crate) struct Kind {
    pub path: &'static str,
    pub browse: &'static str,
    pub read: &'static str,
    /// Which files can be read.
    pub formats: fn() -> String,
    /// The same for the system's dialog, with the endings of their names.
    pub filter: fn() -> String,
    pub endings: &'static [&'static str],
}

/// The file and how far it is.
pub(crate) struct Intake<P, D> {
    kind: &'static Kind,
    path: String,
    hovered: bool,
    pub stage: Stage<P, D>,
    trouble: Option<Arc<ClientError>>,
    question: Question,
    /// The running reading; dropping it stops it.
    work: Option<Handle>,
}

/// How far a file is.
pub(crate) enum Stage<P, D> {
    /// There is none yet.
    Choosing,
    Reading,
    /// This is in it.
    Shown(P),
    /// What was chosen of it is being stored.
    Taking(P),
    Done(D),
}

/// What happens to it.
#[derive(Debug, Clone)]
pub(crate) enum Message<P, D> {
    /// The path was typed.
    Path(String),
    /// Ask the system for a file.
    Browse,
    Browsed(Option<PathBuf>),
    /// A file hangs above the window, or no longer.
    Hovered(bool),
    Dropped(PathBuf),
    /// Read the typed path.
    Submit,
    Previewed(Question, Answer<P>),
    Taken(Question, Answer<D>),
    /// Stop what is running, or go back to choosing.
    Cancel,
}

/// What the screen around it must do.
pub(crate) enum Next {
    /// Read this file, by [`Intake::read`].
    Read(PathBuf),
    /// Something was found in it.
    Shown,
    Done,
}

impl<P: Clone + Send + 'static, D: Send + 'static> Intake<P, D> {
    pub(crate) fn new(kind: &'static Kind) -> Self {
        Self {
            kind,
            path: String::new(),
            hovered: false,
            stage: Stage::Choosing,
            trouble: None,
            question: Question::ask(),
            work: None,
        }
    }

    /// To the field of the path.
    pub(crate) fn focus<M: Send + 'static>(&self) -> Task<M> {
        keys::focus(self.kind.path)
    }

    pub(crate) fn update(&mut self, message: Message<P, D>) -> Action<Message<P, D>, Next> {
        match message {
            Message::Path(path) => {
                (self.path, self.trouble) = (path, None);
                Action::none()
            }
            Message::Browse => Action::run(browse(self.kind)),
            Message::Browsed(Some(path)) => Action::wish(Next::Read(path)),
            Message::Browsed(None) => Action::none(),
            Message::Hovered(hovered) => {
                self.hovered = hovered;
                Action::none()
            }
            Message::Dropped(path) => {
                self.hovered = false;
                if self.is_taking() { Action::none() } else { Action::wish(Next::Read(path)) }
            }
            Message::Submit if self.path.trim().is_empty() => Action::run(self.focus()),
            // Explorer's "copy as path" puts quotes around it.
            Message::Submit => Action::wish(Next::Read(PathBuf::from(self.path.trim().trim_matches('"')))),
            Message::Previewed(question, answer) if question == self.question => {
                self.work = None;
                match answer {
                    Ok(found) => {
                        self.stage = Stage::Shown(found);
                        Action::wish(Next::Shown)
                    }
                    Err(error) => {
                        (self.stage, self.trouble) = (Stage::Choosing, Some(error));
                        Action::none()
                    }
                }
            }
            Message::Taken(question, answer) if question == self.question => match answer {
                Ok(done) => {
                    self.stage = Stage::Done(done);
                    Action::wish(Next::Done)
                }
                Err(error) => {
                    if let Stage::Taking(found) = &self.stage {
                        self.stage = Stage::Shown(found.clone());
                    }
                    self.trouble = Some(error);
                    Action::none()
                }
            },
            Message::Previewed(..) | Message::Taken(..) => Action::none(),
            Message::Cancel if self.is_taking() => Action::none(),
            Message::Cancel => {
                self.leave();
                Action::run(self.focus())
            }
        }
    }

    /// Reads a file; what was read before is forgotten.
    pub(crate) fn read(
        &mut self,
        path: PathBuf,
        read: impl Future<Output = client::Result<P>> + Send + 'static,
    ) -> Task<Message<P, D>> {
        self.path = path.display().to_string();
        (self.stage, self.trouble, self.question) = (Stage::Reading, None, Question::ask());
        let question = self.question;
        let (task, handle) = ask(read, move |answer| Message::Previewed(question, answer)).abortable();
        self.work = Some(handle.abort_on_drop());
        task
    }

    /// Takes what was found. Not abortable: whether a stopped transaction was stored could not be told.
    pub(crate) fn take(
        &mut self,
        take: impl Future<Output = client::Result<D>> + Send + 'static,
    ) -> Task<Message<P, D>> {
        let Stage::Shown(found) = &self.stage else { return Task::none() };
        self.stage = Stage::Taking(found.clone());
        (self.trouble, self.question) = (None, Question::ask());
        let question = self.question;
        ask(take, move |answer| Message::Taken(question, answer))
    }

    pub(crate) fn leave(&mut self) {
        (self.work, self.stage, self.trouble) = (None, Stage::Choosing, None);
        self.question = Question::ask();
    }

    #[cfg(test)]
    pub(crate) fn question(&self) -> Question {
        self.question
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// What was found and waits to be taken.
    pub(crate) fn shown(&self) -> Option<&P> {
        match &self.stage {
            Stage::Shown(found) => Some(found),
            _ => None,
        }
    }

    /// Whether something is being stored.
    pub(crate) fn is_taking(&self) -> bool {
        matches!(self.stage, Stage::Taking(_))
    }

    /// Files that are dropped on the window.
    pub(crate) fn subscription(&self) -> Subscription<Message<P, D>> {
        iced::event::listen_with(|event, _, _| match event {
            iced::Event::Window(window::Event::FileHovered(_)) => Some(Message::Hovered(true)),
            iced::Event::Window(window::Event::FilesHoveredLeft) => Some(Message::Hovered(false)),
            iced::Event::Window(window::Event::FileDropped(path)) => Some(Message::Dropped(path)),
            _ => None,
        })
    }

    /// Why the file could not be read or taken.
    pub(crate) fn trouble<'a, M: Clone + 'a>(&self) -> Option<Element<'a, M>> {
        let error = self.trouble.as_ref()?;
        Some(trouble::note(tr!("import-trouble"), &**error))
    }

    /// Where a file is chosen; `leave` stands at the end of the line.
    pub(crate) fn choose<'a, M: Clone + 'a>(
        &'a self,
        message: fn(Message<P, D>) -> M,
        leave: Option<Element<'a, M>>,
    ) -> Element<'a, M> {
        let kind = self.kind;
        let path = field::text(tr!("import-path"), &self.path)
            .id(kind.path)
            .placeholder(tr!("import-path-placeholder"))
            .on_input(move |typed| message(Message::Path(typed)))
            .on_enter(message(Message::Submit));
        let ready = !self.path.trim().is_empty();
        let buttons = Row::new()
            .spacing(spacing::M)
            .push(
                button::primary(tr!("import-browse"))
                    .id(kind.browse)
                    .shortcut("Ctrl+O")
                    .on_press(message(Message::Browse)),
            )
            .push(
                button::secondary(tr!("import-read"))
                    .id(kind.read)
                    .on_press_maybe(ready.then_some(message(Message::Submit))),
            )
            .push(space::horizontal())
            .push(leave);
        let words = if self.hovered { tr!("import-drop-now") } else { tr!("import-drop") };
        let content = Column::new()
            .spacing(spacing::L)
            .push(text::detail_title(words))
            .push(text::hint((kind.formats)()).dim())
            .push(path)
            .push(buttons);
        card(content)
    }

    /// That the file is being read.
    pub(crate) fn reading<'a, M: Clone + 'a>(&'a self, message: fn(Message<P, D>) -> M) -> Element<'a, M> {
        let cancel = button::secondary(tr!("cancel"))
            .id("import-cancel")
            .shortcut("Esc")
            .on_press(message(Message::Cancel));
        empty::empty(tr!("import-reading"), self.path.as_str(), Some(cancel.into()))
    }
}

/// A card in the middle of the place.
pub(crate) fn card<'a, M: 'a>(content: Column<'a, M>) -> Element<'a, M> {
    let card = container(panel::panel(content)).width(Length::Fixed(CHOOSER));
    container(card).center_x(Length::Fill).padding(spacing::CARD).into()
}

fn browse<P: Send + 'static, D: Send + 'static>(kind: &'static Kind) -> Task<Message<P, D>> {
    let dialog = rfd::AsyncFileDialog::new()
        .add_filter((kind.filter)(), kind.endings)
        .add_filter(tr!("import-filter-all"), &["*"]);
    let pick = async move { dialog.pick_file().await.map(|file| file.path().to_owned()) };
    Task::perform(pick, Message::Browsed)
}
