//! How the sheet looks in each of its stages.

use client::update::{OWN, Update, UpdateState};
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Message, Stage, Updating};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, panel, pill, progress, spacing};
use crate::format;
use crate::screen::trouble;
use crate::texts::{explain, language};
use crate::tr;

/// Width of the sheet.
const WIDTH: f32 = 560.0;
/// Notes are scrolled from this height on.
const NOTES: f32 = 168.0;

impl Updating {
    pub fn view(&self) -> Element<'_, Message> {
        let too_old = self.state.is_too_old();
        Column::new()
            .spacing(spacing::L)
            .width(Length::Fixed(WIDTH))
            .push(self.head())
            .push(
                too_old.then(|| {
                    banner::banner(Tone::Bad, tr!("update-blocked"), tr!("update-blocked-help"), None)
                }),
            )
            .push(self.state.update().map(notes))
            .push(
                self.state.trouble().map(|trouble| {
                    banner::banner(Tone::Care, tr!("update-no-offer"), explain(trouble), None)
                }),
            )
            .push(self.work())
            .push(self.buttons())
            .into()
    }

    fn head(&self) -> Element<'_, Message> {
        let (title, facts) = match (&self.state, self.state.update()) {
            (_, Some(update)) => {
                let facts = tr!(
                    "update-facts",
                    own = OWN,
                    released = format::long_date(update.manifest.released),
                    size = format::bytes(update.file.size)
                );
                (tr!("update-title", version = update.manifest.version.as_str()), facts)
            }
            (UpdateState::Newer { version, .. }, None) => {
                (tr!("update-title", version = version.as_str()), tr!("update-own", own = OWN))
            }
            (UpdateState::TooOld { minimum, .. }, None) => {
                (tr!("update-needed", version = minimum.as_str()), tr!("update-own", own = OWN))
            }
            (UpdateState::Newest { .. }, None) => (explain(&self.state), tr!("update-own", own = OWN)),
        };
        let mark = self.state.update().map(|_| pill::pill(Tone::Good, tr!("update-signed")));
        let line = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(text::page_title(title))
            .push(space::horizontal())
            .push(mark);
        Column::new().spacing(spacing::XS).push(line).push(text::hint(facts).dim()).into()
    }

    /// What is going on, or how it ended.
    fn work(&self) -> Option<Element<'_, Message>> {
        match &self.stage {
            Stage::Offer => None,
            Stage::Loading(downloaded, _) => {
                let of = self.state.update().map_or(downloaded.of, |update| update.file.size);
                let share = downloaded.bytes as f32 / of.max(1) as f32;
                let words =
                    tr!("update-progress", bytes = format::bytes(downloaded.bytes), of = format::bytes(of));
                let bar = Column::new()
                    .spacing(spacing::S)
                    .push(progress::progress(share, Length::Fill))
                    .push(text::hint(words).dim());
                Some(bar.into())
            }
            Stage::Ready(_) if self.installs => {
                Some(banner::banner(Tone::Good, tr!("update-ready"), tr!("update-ready-help"), None))
            }
            Stage::Ready(fetched) => Some(banner::banner(
                Tone::Good,
                tr!("update-ready"),
                tr!("update-ready-path", path = fetched.path().display().to_string()),
                None,
            )),
            Stage::Asking(_) => {
                Some(banner::banner(Tone::Care, tr!("update-loses"), tr!("update-loses-help"), None))
            }
            Stage::Starting => Some(text::hint(tr!("update-starting")).dim().into()),
            Stage::Failed(error) => Some(trouble::note(tr!("update-failed"), error.as_ref())),
        }
    }

    fn buttons(&self) -> Element<'_, Message> {
        let leave = |label: String| {
            button::secondary(label).id("update-leave").shortcut("Esc").on_press(Message::Leave)
        };
        let away = if self.state.is_too_old() { tr!("update-read-only") } else { tr!("later") };
        let row = Row::new().spacing(spacing::M).align_y(Alignment::Center).push(space::horizontal());
        match &self.stage {
            Stage::Offer | Stage::Failed(_) => {
                let again = matches!(self.stage, Stage::Failed(_));
                let label = if again { tr!("try-again") } else { tr!("update-download") };
                let load = self
                    .state
                    .update()
                    .map(|_| button::primary(label).id("update-download").on_press(Message::Download));
                row.push(leave(away)).push(load)
            }
            Stage::Loading(..) => {
                row.push(button::secondary(tr!("cancel")).id("update-cancel").on_press(Message::Cancel))
            }
            Stage::Ready(_) if self.installs => row
                .push(leave(away))
                .push(button::primary(tr!("update-install")).id("update-install").on_press(Message::Install)),
            Stage::Ready(_) => row.push(leave(tr!("close"))),
            Stage::Asking(_) => row
                .push(button::secondary(tr!("update-stay")).id("update-stay").on_press(Message::Stay))
                .push(
                    button::danger(tr!("update-install-anyway"))
                        .id("update-install-anyway")
                        .on_press(Message::ReallyInstall),
                ),
            Stage::Starting => row,
        }
        .into()
    }
}

/// What is new, in the language of the window.
fn notes<'a>(update: &Update) -> Element<'a, Message> {
    let lines = update.manifest.notes_in(language().code());
    let mut column = Column::new().spacing(spacing::S).push(text::strong(tr!("update-notes")));
    let mut list = Column::new().spacing(spacing::XS).width(Length::Fill);
    for line in lines {
        let line = Row::new()
            .spacing(spacing::S)
            .push(text::body("•").dim())
            .push(text::body(line.clone()).width(Length::Fill));
        list = list.push(line);
    }
    if lines.is_empty() {
        list = list.push(text::body(tr!("update-no-notes")).dim());
    }
    // Many notes must not push the buttons out of a low window.
    column = if lines.len() > 6 {
        column.push(crate::design::Container::new(panel::scroll(list)).height(Length::Fixed(NOTES)))
    } else {
        column.push(list)
    };
    panel::panel(column).into()
}
