//! Panels and what stands in them: titles, lines of key and value.

use iced::widget::{Scrollable, space};
use iced::{Alignment, Length, padding};

use super::theme::Surface;
use super::{Column, Container, Element, Row, spacing, text};
use text::Inked;

/// A page: its title line above, panels below, room around; it scrolls when the window is too low.
pub fn page<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Container::new(content)
        .padding(padding::horizontal(spacing::XL).top(spacing::L).bottom(spacing::L))
        .width(Length::Fill)
        .height(Length::Fill)
        .class(Surface::Page)
        .into()
}

/// A title at the left, anything at the right.
pub fn title_line<'a, M: 'a>(
    title: impl Into<String>,
    beside: Option<Element<'a, M>>,
    right: Option<Element<'a, M>>,
) -> Element<'a, M> {
    Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .height(Length::Fixed(spacing::CONTROL))
        .push(text::page_title(title.into()).one_line())
        .push(beside)
        .push(space::horizontal())
        .push(right)
        .into()
}

/// A panel with room inside.
pub fn panel<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Container<'a, M> {
    Container::new(content).padding(spacing::L - 1.0).width(Length::Fill).class(Surface::Panel)
}

/// A panel whose content reaches its border: tables.
pub fn bare_panel<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Container<'a, M> {
    Container::new(content).padding(1).width(Length::Fill).class(Surface::Panel).clip(true)
}

/// A panel with a title, and anything at the title's right.
pub fn card<'a, M: 'a>(
    title: impl Into<String>,
    right: Option<Element<'a, M>>,
    content: impl Into<Element<'a, M>>,
) -> Container<'a, M> {
    let head = Row::new()
        .align_y(Alignment::Center)
        .push(text::strong(title.into()))
        .push(space::horizontal())
        .push(right);
    panel(Column::new().spacing(spacing::S).push(head).push(content))
}

/// A weak line across.
pub fn rule<'a, M: 'a>() -> Element<'a, M> {
    Container::new("").class(Surface::WeakLine).width(Length::Fill).height(Length::Fixed(1.0)).into()
}

/// Lines of key and value with weak lines between them; the key is dim, the value at the right.
pub fn key_values<'a, M: 'a>(lines: impl IntoIterator<Item = (String, Element<'a, M>)>) -> Element<'a, M> {
    let mut column = Column::new().width(Length::Fill);
    for (key, value) in lines {
        column = column
            .push(
                Row::new()
                    .spacing(spacing::M)
                    .padding([4, 0])
                    .align_y(Alignment::Center)
                    .push(text::body(key).dim())
                    .push(space::horizontal())
                    .push(value),
            )
            .push(rule());
    }
    column.into()
}

/// A line of two texts, one above the other, at the left and at the right: certificates, packages.
pub fn two_lines<'a, M: 'a>(
    left: (impl Into<String>, impl Into<String>),
    right: (impl Into<Element<'a, M>>, impl Into<Element<'a, M>>),
) -> Element<'a, M> {
    let left = Column::new().push(text::strong(left.0.into())).push(text::hint(left.1.into()).dim());
    let right = Column::new().align_x(Alignment::End).push(right.0).push(right.1);
    Row::new()
        .align_y(Alignment::Center)
        .padding([6, 0])
        .push(left)
        .push(space::horizontal())
        .push(right)
        .into()
}

/// Scrolls what is higher than its room.
pub fn scroll<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    let bar = iced::widget::scrollable::Scrollbar::new().width(6).scroller_width(6).spacing(spacing::S);
    Scrollable::with_direction(content, iced::widget::scrollable::Direction::Vertical(bar))
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}
