//! A few choices side by side: the two areas at the top, the tabs of a panel.

use iced::padding;
use iced::{Alignment, Length};

use super::pressable::{Look, pressable};
use super::theme::Surface;
use super::{Column, Container, Element, Row, spacing, text};
use text::Inked;

/// Choices that share one border; the chosen one is filled.
pub fn segmented<'a, T, M>(
    choices: impl IntoIterator<Item = (T, String)>,
    selected: T,
    on_select: impl Fn(T) -> M,
) -> Element<'a, M>
where
    T: Copy + PartialEq,
    M: Clone + 'a,
{
    let choices: Vec<(T, String)> = choices.into_iter().collect();
    let count = choices.len();
    let mut row = Row::new();
    for (index, (choice, label)) in choices.into_iter().enumerate() {
        let selected = choice == selected;
        let look = Look::Segment { selected, first: index == 0, last: index + 1 == count };
        let role = if selected { text::STRONG } else { text::BODY };
        row = row.push(
            pressable(look, text::of(role, label).one_line())
                .height(Length::Fixed(spacing::CONTROL - 4.0))
                .padding(padding::horizontal(14))
                .on_press(on_select(choice)),
        );
    }
    row.into()
}

/// Tabs above a panel's content.
pub fn tabs<'a, T, M>(
    choices: impl IntoIterator<Item = (T, String)>,
    selected: T,
    on_select: impl Fn(T) -> M,
) -> Element<'a, M>
where
    T: Copy + PartialEq,
    M: Clone + 'a,
{
    let mut row = Row::new().spacing(spacing::XS).align_y(Alignment::End);
    for (choice, label) in choices {
        let selected = choice == selected;
        let role = if selected { text::STRONG } else { text::BODY };
        row = row.push(
            pressable(Look::Tab { selected }, text::of(role, label).one_line())
                .height(Length::Fixed(spacing::CONTROL))
                .padding(padding::horizontal(spacing::M))
                .on_press(on_select(choice)),
        );
    }
    let line = Container::new("").class(Surface::Line).width(Length::Fill).height(Length::Fixed(1.0));
    Column::new().push(row).push(line).into()
}
