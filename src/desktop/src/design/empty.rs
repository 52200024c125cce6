//! What a list says when it has nothing to show, and what to do about it.

use iced::{Alignment, Length};

use super::{Column, Container, Element, spacing, text};
use text::Inked;

/// A title, a line of help and perhaps one action, in the middle of the room.
pub fn empty<'a, M: 'a>(
    title: impl Into<String>,
    help: impl Into<String>,
    action: Option<Element<'a, M>>,
) -> Element<'a, M> {
    let content = Column::new()
        .spacing(spacing::S)
        .align_x(Alignment::Center)
        .push(text::strong(title.into()))
        .push(text::hint(help.into()).dim().center())
        .push(action);
    Container::new(content).center(Length::Fill).padding(spacing::XL).into()
}
