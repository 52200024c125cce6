//! A state, as a word in a coloured capsule. The colour never speaks alone.

use iced::{Alignment, Length, padding};

use super::theme::{Surface, Tone};
use super::{Container, Element, Row, spacing, text};
use text::Inked;

/// A word in a capsule.
pub fn pill<'a, M: 'a>(tone: Tone, word: impl Into<String>) -> Element<'a, M> {
    Container::new(text::hint(word.into()).one_line())
        .padding(padding::horizontal(10).vertical(3))
        .class(Surface::Pill(tone))
        .into()
}

/// A word in a capsule with a dot before it: connection and token in the top bar.
pub fn state_pill<'a, M: 'a>(tone: Tone, words: impl Into<String>) -> Element<'a, M> {
    let content = Row::new()
        .spacing(spacing::S - 2.0)
        .align_y(Alignment::Center)
        .push(dot(tone))
        .push(text::hint(words.into()).one_line());
    Container::new(content).padding(padding::horizontal(10).vertical(3)).class(Surface::Pill(tone)).into()
}

/// The dot of a time line; the words stand beside it.
pub fn dot<'a, M: 'a>(tone: Tone) -> Element<'a, M> {
    Container::new("").width(Length::Fixed(8.0)).height(Length::Fixed(8.0)).class(Surface::Dot(tone)).into()
}
