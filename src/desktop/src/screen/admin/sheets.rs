//! The question before an order is recorded: what it will change; and the one before it is left.

use client::AdminChange;
use domain::AdminAction;
use iced::Length;
use iced::widget::space;

use super::{Message, changes};
use crate::design::text::Inked;
use crate::design::{Column, Container, Element, Row, button, panel, spacing, text};
use crate::tr;

/// The name by which focus finds the main button.
pub(super) const FIRST: &str = "admin-accept";
const WIDTH: f32 = 620.0;
/// Lines of changes that are seen without scrolling, and the height of more.
const SEEN: usize = 8;
const CHANGES: f32 = 270.0;

/// The order that "Rendben" records.
pub(super) struct Confirm {
    pub(super) action: AdminAction,
    /// What it will change.
    pub(super) change: AdminChange,
}

/// The question before what was filled in is left.
pub(super) fn leaving<'a>() -> Element<'a, Message> {
    let buttons = Row::new()
        .spacing(spacing::M)
        .push(space::horizontal())
        .push(button::danger(tr!("order-discard")).id("admin-discard").on_press(Message::Discard))
        .push(button::primary(tr!("order-stay")).id(FIRST).shortcut("Esc").on_press(Message::Cancel));
    Column::new()
        .spacing(spacing::L)
        .width(Length::Fixed(WIDTH))
        .push(text::page_title(tr!("admin-leave-title")))
        .push(text::body(tr!("admin-leave-help")))
        .push(buttons)
        .into()
}

impl Confirm {
    pub(super) fn view(&self) -> Element<'_, Message> {
        let lines = changes::lines(&self.change);
        let lines = if self.change.lines.len() > SEEN {
            Container::new(panel::scroll(lines)).height(Length::Fixed(CHANGES)).into()
        } else {
            lines
        };
        let buttons = Row::new()
            .spacing(spacing::M)
            .push(space::horizontal())
            .push(button::secondary(tr!("cancel")).shortcut("Esc").on_press(Message::Cancel))
            .push(button::primary(tr!("ok")).id(FIRST).shortcut("Enter").on_press(Message::Accept));
        Column::new()
            .spacing(spacing::L)
            .width(Length::Fixed(WIDTH))
            .push(text::page_title(tr!("admin-confirm-title")))
            .push(text::strong(self.change.title.as_str()))
            .push(lines)
            .push(text::hint(tr!("admin-confirm-help")).dim())
            .push(buttons)
            .into()
    }
}
