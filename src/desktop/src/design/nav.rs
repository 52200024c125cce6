//! The navigation at the left: sections, items, counts.

use iced::widget::space;
use iced::{Alignment, Length, alignment, padding};

use super::pressable::{Look, pressable};
use super::theme::{Ink, Surface};
use super::{Column, Container, Element, Row, panel, spacing, text, tooltip};
use text::Inked;

/// One place to go.
pub struct Item<T> {
    place: T,
    label: String,
    badge: Option<String>,
    key: Option<String>,
}

/// Places under a common title; an empty title shows none.
pub struct Section<T> {
    title: String,
    items: Vec<Item<T>>,
}

/// A place with its label.
pub fn item<T>(place: T, label: impl Into<String>) -> Item<T> {
    Item { place, label: label.into(), badge: None, key: None }
}

impl<T> Item<T> {
    /// How many things wait there; nothing is shown for zero.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.badge = (count > 0).then(|| count.to_string());
        self
    }

    /// The key that leads there, told where the pointer rests.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// A mark instead of a count: something there wants a look.
    #[must_use]
    pub fn alert(mut self, alert: bool) -> Self {
        if alert {
            self.badge = Some("!".to_owned());
        }
        self
    }
}

/// Places under a title.
pub fn section<T>(title: impl Into<String>, items: impl IntoIterator<Item = Item<T>>) -> Section<T> {
    Section { title: title.into(), items: items.into_iter().collect() }
}

pub fn nav<'a, T, M>(
    sections: impl IntoIterator<Item = Section<T>>,
    selected: T,
    on_go: impl Fn(T) -> M,
) -> Element<'a, M>
where
    T: Copy + PartialEq,
    M: Clone + 'a,
{
    let mut column = Column::new().spacing(2).padding(padding::all(spacing::S).top(spacing::M));
    for section in sections {
        if !section.title.is_empty() {
            let title = text::tiny(section.title.to_uppercase()).ink(Ink::NavigationDim).one_line();
            column = column.push(Container::new(title).padding(padding::left(10).top(spacing::S).bottom(6)));
        }
        for item in section.items {
            let chosen = item.place == selected;
            let role = if chosen { text::STRONG } else { text::BODY };
            let badge = item.badge.map(|badge| {
                Container::new(text::tiny(badge).ink(Ink::Badge))
                    .padding(padding::horizontal(7).vertical(2))
                    .class(Surface::Badge)
            });
            let content = Row::new()
                .align_y(Alignment::Center)
                .push(text::of(role, item.label).one_line())
                .push(space::horizontal())
                .push(badge);
            let place = pressable(Look::Navigation { selected: chosen }, content)
                .width(Length::Fill)
                .height(Length::Fixed(30.0))
                .padding(padding::horizontal(10))
                .align_x(alignment::Horizontal::Left)
                .on_press(on_go(item.place));
            column = column.push(match item.key {
                Some(key) => tooltip::tooltip(place, key),
                None => place.into(),
            });
        }
    }
    Container::new(panel::scroll(column))
        .width(Length::Fixed(spacing::NAVIGATION))
        .height(Length::Fill)
        .class(Surface::Navigation)
        .into()
}
