//! What is shown when the program cannot start: what happened, where, and what can be done.

use client::ClientError;
use client::domain::Explain;
use iced::{Length, widget::space};

use super::Message;
use super::start::Folders;
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Container, Element, Row, button, panel, pill, spacing};
use crate::texts::explain;
use crate::tr;

/// The screen of a failed start.
pub fn view<'a>(error: &ClientError, folders: &Folders) -> Element<'a, Message> {
    let head = Row::new()
        .spacing(spacing::M)
        .align_y(iced::Alignment::Center)
        .push(text::page_title(tr!("start-failed")))
        .push(space::horizontal())
        .push(pill::pill(Tone::Bad, error.code()));
    let paths = panel::key_values([
        (tr!("settings-data"), text::body(folders.data.display().to_string()).into()),
        (tr!("settings-logs"), text::body(folders.logs().display().to_string()).into()),
    ]);
    let buttons = Row::new()
        .spacing(spacing::M)
        .push(space::horizontal())
        .push(button::secondary(tr!("quit")).id("start-quit").on_press(Message::Quit))
        .push(button::primary(tr!("try-again")).id("start-retry").on_press(Message::Retry));
    let content = Column::new()
        .spacing(spacing::L)
        .push(head)
        .push(text::body(explain(error)))
        .push(text::body(tr!("start-failed-help")).dim())
        .push(paths)
        .push(buttons);
    let sheet = panel::panel(content).width(Length::Fixed(680.0)).padding(spacing::XL);
    panel::page(Container::new(sheet).center(Length::Fill))
}
