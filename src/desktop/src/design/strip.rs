//! A coloured line across the window, above the open place: something concerns the whole program.

use iced::widget::space;
use iced::{Alignment, Length, padding};

use super::theme::{Surface, Tone};
use super::{Container, Element, Row, spacing, text};

/// The words at the left, what can be done at the right.
pub fn strip<'a, M: 'a>(
    tone: Tone,
    words: impl Into<String>,
    actions: impl IntoIterator<Item = Element<'a, M>>,
) -> Element<'a, M> {
    let mut row = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::strong(words.into()).width(Length::Shrink))
        .push(space::horizontal());
    for action in actions {
        row = row.push(action);
    }
    Container::new(row)
        .padding(padding::horizontal(spacing::XL).vertical(spacing::XS))
        .width(Length::Fill)
        .class(Surface::Banner(tone))
        .into()
}
