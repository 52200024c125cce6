//! A coloured note across a panel: "Ne küldje újra!", what is safe, what to do.

use iced::Length;

use super::theme::{Surface, Tone};
use super::{Column, Container, Element, spacing, text};

/// A note with a title, words, and perhaps an action below them.
pub fn banner<'a, M: 'a>(
    tone: Tone,
    title: impl Into<String>,
    words: impl Into<String>,
    action: Option<Element<'a, M>>,
) -> Element<'a, M> {
    let words = words.into();
    let mut content = Column::new().spacing(spacing::XS).push(text::strong(title.into()));
    if !words.is_empty() {
        content = content.push(text::of(text::Role { line: 18.0, ..text::HINT }, words));
    }
    Container::new(content.push(action))
        .padding([spacing::M - 2.0, spacing::M])
        .width(Length::Fill)
        .class(Surface::Banner(tone))
        .into()
}
