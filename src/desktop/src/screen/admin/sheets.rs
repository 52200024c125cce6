//! What lies above the page: the question before a package is made, the signing sheet, and what follows it.

use client::AdminChange;
use domain::{AdminAction, OrderId, PackageId};
use iced::Length;
use iced::widget::space;

use super::{Message, changes};
use crate::design::text::Inked;
use crate::design::{Column, Container, Element, Row, button, panel, spacing, text};
use crate::desk::Desk;
use crate::screen::packages::entry;
use crate::screen::packages::signing::{self, Signing};
use crate::tr;

/// The name by which focus finds the main button.
pub(super) const FIRST: &str = "admin-accept";
const WIDTH: f32 = 620.0;
const NARROW: f32 = 460.0;
/// Lines of changes that are seen without scrolling, and the height of more.
const SEEN: usize = 8;
const CHANGES: f32 = 270.0;

pub(super) enum Sheet {
    Signing(Box<Signing>),
    /// "Rendben": the order is recorded in its package.
    Confirm {
        action: AdminAction,
        /// The order that it replaces.
        replaces: Option<OrderId>,
        /// What it will change.
        change: AdminChange,
    },
    /// The package is fully signed: send it now?
    SendNow {
        package: PackageId,
        name: String,
    },
    /// Delete the package, or drop its signatures?
    Ask {
        /// What will be done.
        work: super::Work,
        /// In words: the title, the consequence, the button.
        words: [String; 3],
    },
}

impl Sheet {
    /// What Esc means.
    pub(crate) fn leave(&self) -> Message {
        match self {
            Self::Signing(_) => Message::Signing(signing::Message::Entry(entry::Message::Leave)),
            _ => Message::Cancel,
        }
    }

    pub(crate) fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        match self {
            Self::Signing(signing) => signing.view(desk).map(Message::Signing),
            Self::Confirm { change, .. } => {
                let lines = changes::lines(change);
                let lines = if change.lines.len() > SEEN {
                    Container::new(panel::scroll(lines)).height(Length::Fixed(CHANGES)).into()
                } else {
                    lines
                };
                let content = Column::new()
                    .spacing(spacing::M)
                    .push(text::strong(change.title.as_str()))
                    .push(lines)
                    .push(text::hint(tr!("admin-confirm-help")).dim());
                sheet(
                    WIDTH,
                    tr!("admin-confirm-title"),
                    content.into(),
                    tr!("cancel"),
                    button::primary(tr!("ok")),
                )
            }
            Self::SendNow { name, .. } => {
                let content = text::body(name.as_str()).into();
                sheet(NARROW, tr!("send-now-title"), content, tr!("later"), button::primary(tr!("send-now")))
            }
            Self::Ask { words: [title, consequence, accept], .. } => {
                let content = text::body(consequence.as_str()).into();
                sheet(NARROW, title.clone(), content, tr!("cancel"), button::danger(accept.as_str()))
            }
        }
    }
}

fn sheet<'a>(
    width: f32,
    title: String,
    content: Element<'a, Message>,
    leave: String,
    accept: button::Button<Message>,
) -> Element<'a, Message> {
    let buttons = Row::new()
        .spacing(spacing::M)
        .push(space::horizontal())
        .push(button::secondary(leave).shortcut("Esc").on_press(Message::Cancel))
        .push(accept.id(FIRST).shortcut("Enter").on_press(Message::Accept));
    Column::new()
        .spacing(spacing::L)
        .width(Length::Fixed(width))
        .push(text::page_title(title))
        .push(content)
        .push(buttons)
        .into()
}
