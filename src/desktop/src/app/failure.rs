//! What is shown when the program cannot start: what happened, where, who is in the way, and what can be done.

use client::ClientError;
use iced::{Length, widget::space};

use super::Message;
use super::instance::Asked;
use crate::design::text::{self, Inked};
use crate::design::{Column, Container, Element, Row, button, panel, spacing};
use crate::folders::{Folders, shown};
use crate::screen::trouble;
use crate::texts::explain;
use crate::tr;

/// Why the program did not start.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub error: ClientError,
    /// Where it happened, if that is known.
    pub folders: Option<Folders>,
    /// What the window said that may be in the way; nothing when nobody is.
    pub holder: Option<Asked>,
}

/// The screen of a failed start.
pub(crate) fn view<'a>(trouble: &Trouble) -> Element<'a, Message> {
    let Trouble { error, folders, holder } = trouble;
    let head = Row::new()
        .spacing(spacing::M)
        .align_y(iced::Alignment::Center)
        .push(text::page_title(tr!("start-failed")))
        .push(space::horizontal())
        .push(trouble::fold::<Message>(error));
    // Where not even the folder is known there is nothing to show.
    let paths = folders.as_ref().map(|folders| {
        panel::key_values([
            (tr!("settings-data"), text::body(shown(&folders.data)).into()),
            (tr!("settings-logs"), text::body(shown(&folders.logs)).into()),
        ])
    });
    let buttons = Row::new()
        .spacing(spacing::M)
        .push(space::horizontal())
        .push(button::secondary(tr!("quit")).id("start-quit").on_press(Message::Quit))
        .push(button::primary(tr!("try-again")).id("start-retry").on_press(Message::Retry));
    let content = Column::new()
        .spacing(spacing::L)
        .push(head)
        .push(text::body(explain(error)))
        .push(holder.as_ref().map(|holder| text::body(about(holder))))
        .push(text::body(tr!("start-failed-help")).dim())
        .push(paths)
        .push(buttons);
    let sheet = panel::panel(content).width(Length::Fixed(680.0)).padding(spacing::XL);
    panel::page(Container::new(sheet).center(Length::Fill))
}

/// What can be done about the one who is in the way.
fn about(holder: &Asked) -> String {
    match holder {
        Asked::Nobody => tr!("instance-no-window"),
        Asked::Elsewhere(seat) => tr!("instance-elsewhere", seat = seat.clone()),
        Asked::Silent | Asked::Raised => tr!("instance-silent"),
    }
}
