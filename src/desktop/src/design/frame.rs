//! The frame around every place: top bar, status line, and how they hold the rest.

use iced::widget::space;
use iced::{Alignment, Length, padding};

use super::mark::mark;
use super::theme::Surface;
use super::{Column, Container, Element, Row, spacing, text};
use text::Inked;

fn line<'a, M: 'a>() -> Element<'a, M> {
    Container::new("").class(Surface::Line).width(Length::Fill).height(Length::Fixed(1.0)).into()
}

/// The top bar: the program's name, then what is known about bank and token, then the areas at the right.
pub fn top_bar<'a, M: 'a>(
    name: impl Into<String>,
    states: impl IntoIterator<Item = Element<'a, M>>,
    areas: Element<'a, M>,
) -> Element<'a, M> {
    let role = text::Role { size: 15.0, line: 20.0, font: text::PAGE_TITLE.font };
    let name = Container::new(
        Row::new()
            .spacing(spacing::XS)
            .align_y(Alignment::Center)
            .push(mark())
            .push(text::of(role, name.into()).accent()),
    )
    .width(Length::Fixed(spacing::NAVIGATION - spacing::L));
    let mut known = Row::new().spacing(spacing::L).align_y(Alignment::Center);
    for state in states {
        known = known.push(state);
    }
    // Where the window is too narrow the states are cut, never the way to the areas.
    let known = Container::new(known).width(Length::Fill).clip(true);
    let row = Row::new().spacing(spacing::L).align_y(Alignment::Center).push(name).push(known).push(areas);
    Container::new(row)
        .padding(padding::horizontal(spacing::L))
        .height(Length::Fixed(spacing::TOP_BAR - 1.0))
        .align_y(Alignment::Center)
        .width(Length::Fill)
        .class(Surface::Bar)
        .into()
}

/// The line at the bottom: last sync and running work at the left, what waits for the user at the right.
pub fn status_line<'a, M: 'a>(
    left: impl IntoIterator<Item = Element<'a, M>>,
    right: impl IntoIterator<Item = Element<'a, M>>,
) -> Element<'a, M> {
    let mut row = Row::new().spacing(spacing::M).align_y(Alignment::Center);
    for part in left {
        row = row.push(part);
    }
    row = row.push(space::horizontal());
    let mut waiting = Row::new().spacing(spacing::XL).align_y(Alignment::Center);
    for part in right {
        waiting = waiting.push(part);
    }
    row = row.push(waiting);
    Container::new(row)
        .padding(padding::horizontal(spacing::L))
        .height(Length::Fixed(spacing::STATUS_LINE - 1.0))
        .align_y(Alignment::Center)
        .width(Length::Fill)
        .class(Surface::Bar)
        .into()
}

/// A place below a notice that concerns the whole program, when there is one. The place keeps its state either way.
pub fn below_notice<'a, M: 'a>(notice: Option<Element<'a, M>>, place: Element<'a, M>) -> Element<'a, M> {
    let above = Container::new(notice.unwrap_or_else(|| space().into()));
    Column::new().width(Length::Fill).height(Length::Fill).push(above).push(place).into()
}

/// Puts top bar, navigation, place and status line together.
pub fn frame<'a, M: 'a>(
    top_bar: Element<'a, M>,
    navigation: Element<'a, M>,
    place: Element<'a, M>,
    status_line: Element<'a, M>,
) -> Element<'a, M> {
    let middle = Row::new().push(navigation).push(place).height(Length::Fill);
    Column::new().push(top_bar).push(line()).push(middle).push(line()).push(status_line).into()
}
