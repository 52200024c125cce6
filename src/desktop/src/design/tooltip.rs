//! A few words beside what the mouse rests on.

use std::time::Duration;

use iced::widget::tooltip::{Position, Tooltip};

use super::theme::Surface;
use super::{Container, Element, spacing, text};

/// Puts words under a piece, shown after the mouse rested on it.
pub fn tooltip<'a, M: 'a>(content: impl Into<Element<'a, M>>, words: impl Into<String>) -> Element<'a, M> {
    let words = Container::new(text::hint(words.into())).padding([spacing::XS, spacing::S]).max_width(320.0);
    Tooltip::new(content, words, Position::Bottom)
        .gap(6.0)
        .delay(Duration::from_millis(450))
        .snap_within_viewport(true)
        .class(Surface::Tooltip)
        .into()
}
