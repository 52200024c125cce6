//! The room of a place: never smaller than its pages can be read in. In a smaller window the place keeps that size and
//! is scrolled, so that no column, button or number is lost.

use std::cell::Cell;
use std::rc::Rc;

use iced::advanced::widget::Tree;
use iced::advanced::{Widget, layout};
use iced::widget::Scrollable;
use iced::widget::scrollable::{Direction, Scrollbar};
use iced::{Length, Size};

use super::wrapped::around;
use super::{Element, Renderer, Theme};

/// The smallest room in which every page shows all that it has, in logical pixels: by width what the frame leaves of a
/// screen of 1280 × 720 at 125 %.
pub const LEAST: Size = Size::new(812.0, 380.0);

/// Gives a place all the room that there is, and no less than [`LEAST`].
pub fn room<'a, M: 'a>(place: impl Into<Element<'a, M>>) -> Element<'a, M> {
    let size = Rc::new(Cell::new(LEAST));
    let exact = Element::new(Exact { content: place.into(), size: Rc::clone(&size) });
    let bar = || Scrollbar::new().width(8).scroller_width(8);
    let scrolled = Scrollable::with_direction(exact, Direction::Both { vertical: bar(), horizontal: bar() })
        .width(Length::Fill)
        .height(Length::Fill);
    Element::new(Room { content: scrolled.into(), size })
}

/// Measures the room before what is in it is laid out.
struct Room<'a, M> {
    content: Element<'a, M>,
    size: Rc<Cell<Size>>,
}

impl<M> Widget<M, Theme, Renderer> for Room<'_, M> {
    around!(content, (), operate, update, draw, mouse, overlay);

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let all = limits.max();
        self.size.set(Size::new(all.width.max(LEAST.width), all.height.max(LEAST.height)));
        let node = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits);
        layout::Node::with_children(node.size(), vec![node])
    }
}

/// Lays its content out in the size that was measured.
struct Exact<'a, M> {
    content: Element<'a, M>,
    size: Rc<Cell<Size>>,
}

impl<M> Widget<M, Theme, Renderer> for Exact<'_, M> {
    around!(content, (), operate, update, draw, mouse, overlay);

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, _: &layout::Limits) -> layout::Node {
        let limits = layout::Limits::new(Size::ZERO, self.size.get());
        let node = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &limits);
        layout::Node::with_children(self.size.get(), vec![node])
    }
}
