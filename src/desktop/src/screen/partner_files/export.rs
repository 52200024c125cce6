//! Out: a format and a folder or file; then what was written and where.

use std::path::PathBuf;
use std::sync::Arc;

use client::PARTNERS_FILE_NAME as FILE_NAME;
use client::PartnerFormat;
use client::{ClientError, PartnersWritten};
use iced::Task;
use iced::keyboard::key::Named;
use iced::widget::space;

use super::format_name;
use crate::design::keys::{self, Press};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, field, panel, pill, segmented, spacing};
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, ask};
use crate::screen::contract::{self, Screen, Topic};
use crate::screen::intake;
use crate::screen::trouble;
use crate::{format, tr};

/// The field of the path.
const PATH: &str = "partner-export-path";

pub(crate) struct Export {
    format: PartnerFormat,
    path: String,
    /// The path is still the one that we proposed.
    proposed: bool,
    busy: bool,
    /// A file of that name is there: it is replaced only when asked for.
    exists: Option<String>,
    trouble: Option<Arc<ClientError>>,
    written: Option<PartnersWritten>,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    Format(PartnerFormat),
    /// The path was typed.
    Path(String),
    /// Ask the system for a folder or file.
    Browse,
    Browsed(Option<PathBuf>),
    /// Write; over an existing file only if so.
    Write {
        /// Replace an existing file.
        replace: bool,
    },
    /// It was written, or not.
    Written(Answer<PartnersWritten>),
    Keep,
    Again,
    /// Back to the partners.
    Leave,
}

/// Where files are proposed to go.
fn documents() -> PathBuf {
    let user = directories::UserDirs::new();
    user.map(|user| user.document_dir().unwrap_or(user.home_dir()).to_owned()).unwrap_or_default()
}

fn proposal(format: PartnerFormat) -> String {
    let path = match format {
        PartnerFormat::Dat => documents(),
        other => documents().join(tr!("partner-export-file")).with_extension(other.extension()),
    };
    path.display().to_string()
}

impl Export {
    /// The place, proposing PARTNERS.DAT among the user's documents.
    pub(crate) fn new() -> (Self, Task<Message>) {
        (Self::blank(), keys::focus(PATH))
    }

    /// The place without a client: tests and pictures.
    pub(crate) fn blank() -> Self {
        Self {
            format: PartnerFormat::Dat,
            path: proposal(PartnerFormat::Dat),
            proposed: true,
            busy: false,
            exists: None,
            trouble: None,
            written: None,
        }
    }

    /// The same proposing another path: pictures.
    pub(crate) fn proposing(path: &str) -> Self {
        Self { path: path.to_owned(), ..Self::blank() }
    }

    /// The same after a file was written: pictures.
    pub(crate) fn done(written: PartnersWritten) -> Self {
        Self { written: Some(written), ..Self::blank() }
    }

    /// The place, which needs nothing of the desk.
    pub(crate) fn draw(&self) -> Element<'_, Message> {
        let state = self.written.is_some().then(|| pill::pill(Tone::Good, tr!("partner-export-state")));
        let title = panel::title_line(tr!("partner-export-title"), state, None);
        let card = match &self.written {
            Some(written) => self.result(written),
            None => self.choose(),
        };
        let card = intake::card(card);
        panel::page(Column::new().spacing(spacing::M).push(title).push(self.banner()).push(card))
    }

    fn banner(&self) -> Option<Element<'_, Message>> {
        if let Some(path) = &self.exists {
            let choices = Row::new()
                .spacing(spacing::S)
                .push(
                    button::danger(tr!("partner-export-replace"))
                        .small()
                        .id("partner-export-replace")
                        .on_press(Message::Write { replace: true }),
                )
                .push(button::secondary(tr!("cancel")).small().on_press(Message::Keep));
            let title = tr!("partner-export-exists");
            return Some(banner::banner(Tone::Care, title, path.as_str(), Some(choices.into())));
        }
        let trouble = self.trouble.as_ref()?;
        Some(trouble::note(tr!("partner-export-trouble"), &**trouble))
    }

    fn choose(&self) -> Column<'_, Message> {
        let formats = segmented::segmented(
            PartnerFormat::ALL.map(|format| (format, format_name(format))),
            self.format,
            Message::Format,
        );
        let (help, label) = match self.format {
            PartnerFormat::Dat => {
                (tr!("partner-export-dat-help", file = FILE_NAME), tr!("partner-export-folder"))
            }
            PartnerFormat::Xlsx => (tr!("partner-export-xlsx-help"), tr!("import-path")),
            PartnerFormat::Csv => (tr!("partner-export-csv-help"), tr!("import-path")),
            PartnerFormat::Vcard => (tr!("partner-export-vcard-help"), tr!("import-path")),
        };
        let path = field::text(label, &self.path)
            .id(PATH)
            .on_input(Message::Path)
            .on_enter(Message::Write { replace: false });
        let ready = !self.busy && !self.path.trim().is_empty();
        let buttons = Row::new()
            .spacing(spacing::M)
            .push(
                button::primary(tr!("partner-export-write"))
                    .id("partner-export-write")
                    .shortcut("Ctrl+S")
                    .on_press_maybe(ready.then_some(Message::Write { replace: false })),
            )
            .push(
                button::secondary(tr!("import-browse"))
                    .id("partner-export-browse")
                    .shortcut("Ctrl+O")
                    .on_press_maybe((!self.busy).then_some(Message::Browse)),
            )
            .push(space::horizontal())
            .push(
                button::secondary(tr!("cancel"))
                    .id("partner-export-leave")
                    .shortcut("Esc")
                    .on_press(Message::Leave),
            );
        Column::new()
            .spacing(spacing::L)
            .push(text::detail_title(tr!("partner-export-what")))
            .push(formats)
            .push(text::hint(help).dim())
            .push(path)
            .push(buttons)
    }

    fn result<'a>(&'a self, written: &'a PartnersWritten) -> Column<'a, Message> {
        let count = |n: usize| format::count(n);
        let words = match self.format {
            PartnerFormat::Dat => tr!(
                "partner-export-done-both",
                partners = count(written.partners),
                templates = count(written.templates)
            ),
            _ => tr!("partner-export-done", partners = count(written.partners)),
        };
        let path = written.path.display().to_string();
        let mut content =
            Column::new().spacing(spacing::M).push(text::detail_title(words)).push(text::body(path));
        if self.format == PartnerFormat::Dat {
            content = content.push(text::hint(tr!("partner-export-next")).dim());
        }
        let buttons = Row::new()
            .spacing(spacing::M)
            .push(
                button::primary(tr!("partner-files-back")).id("partner-export-back").on_press(Message::Leave),
            )
            .push(
                button::secondary(tr!("partner-export-again"))
                    .id("partner-export-again")
                    .on_press(Message::Again),
            );
        content.push(buttons)
    }
}

impl Screen for Export {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Format(format) => {
                self.format = format;
                (self.exists, self.trouble) = (None, None);
                if self.proposed {
                    self.path = proposal(format);
                }
                Action::none()
            }
            Message::Path(path) => {
                (self.path, self.proposed) = (path, false);
                (self.exists, self.trouble) = (None, None);
                Action::none()
            }
            Message::Browse => Action::run(browse(self.format, desk)),
            Message::Browsed(Some(path)) => {
                (self.path, self.proposed) = (path.display().to_string(), false);
                (self.exists, self.trouble) = (None, None);
                Action::none()
            }
            Message::Browsed(None) => Action::none(),
            Message::Write { .. } if self.path.trim().is_empty() => Action::run(keys::focus(PATH)),
            Message::Write { replace } => {
                self.busy = true;
                (self.exists, self.trouble) = (None, None);
                // Explorer's "copy as path" puts quotes around it.
                let target = PathBuf::from(self.path.trim().trim_matches('"'));
                let (client, format) = (desk.client.clone(), self.format);
                let write = async move { client.export_partners(target, format, replace).await };
                Action::run(ask(write, Message::Written))
            }
            Message::Written(result) => {
                self.busy = false;
                match result {
                    Ok(written) => self.written = Some(written),
                    Err(error) => match &*error {
                        ClientError::FileExists(path) => self.exists = Some(path.clone()),
                        _ => self.trouble = Some(error),
                    },
                }
                Action::none()
            }
            Message::Keep => {
                self.exists = None;
                Action::run(keys::focus(PATH))
            }
            Message::Again => {
                self.written = None;
                Action::run(keys::focus(PATH))
            }
            Message::Leave => Action::go(Go::Partners),
        }
    }

    fn changed(&mut self, topic: Topic, _: &Desk) -> Task<Message> {
        contract::nothing(topic)
    }

    fn key(&self, press: &Press) -> Option<Message> {
        let open = self.written.is_none() && !self.busy;
        match press {
            press if open && press.is_ctrl('o') => Some(Message::Browse),
            press if open && press.is_ctrl('s') => {
                self.exists.is_none().then_some(Message::Write { replace: false })
            }
            press if press.is(Named::Escape) && self.exists.is_some() => Some(Message::Keep),
            press if press.is(Named::Escape) => Some(Message::Leave),
            _ => None,
        }
    }

    fn view<'a>(&'a self, _: &'a Desk) -> Element<'a, Message> {
        self.draw()
    }
}

fn browse(format: PartnerFormat, desk: &Desk) -> Task<Message> {
    let dialog = rfd::AsyncFileDialog::new();
    let name = desk.file_name(&format!("{}.{}", tr!("partner-export-file"), format.extension()));
    let pick = async move {
        let chosen = match format {
            PartnerFormat::Dat => dialog.pick_folder().await,
            other => {
                let dialog = dialog.add_filter(format_name(other), &[other.extension()]);
                dialog.set_file_name(name).save_file().await
            }
        };
        chosen.map(|file| file.path().to_owned())
    };
    Task::perform(pick, Message::Browsed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::sample::{Clerk, Office};

    #[test]
    fn the_file_is_written_into_the_folder_and_never_over_another_in_silence() {
        let mut clerk = Clerk::open(Office::open(), |_| Export::new());
        let folder = clerk.office.folder().to_owned();
        clerk.send(Message::Path(folder.display().to_string()));
        clerk.send(Message::Write { replace: false });
        let path = folder.join(FILE_NAME);
        assert_eq!(clerk.place.written.as_ref().map(|written| &written.path), Some(&path));
        clerk.send(Message::Again);
        std::fs::write(&path, "mine").unwrap();
        clerk.send(Message::Write { replace: false });
        assert_eq!(clerk.place.exists, Some(path.display().to_string()));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
        clerk.send(Message::Write { replace: true });
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("KAPOCS-PARTNERS"));
        clerk.send(Message::Leave);
        assert_eq!(clerk.went, [Go::Partners]);
    }

    #[test]
    fn another_format_proposes_another_file_until_a_path_is_typed() {
        let mut clerk = Clerk::open(Office::open(), |_| Export::new());
        clerk.send(Message::Format(PartnerFormat::Xlsx));
        assert!(clerk.place.path.ends_with(".xlsx"), "{}", clerk.place.path);
        clerk.send(Message::Path("/no/such/folder/x.csv".into()));
        clerk.send(Message::Format(PartnerFormat::Csv));
        assert_eq!(clerk.place.path, "/no/such/folder/x.csv");
        clerk.send(Message::Write { replace: false });
        assert!(clerk.place.trouble.is_some() && clerk.place.written.is_none());
    }
}
