//! A sheet whose foot is always seen: what stands above it is scrolled where the window is too low for all of it.

use iced::advanced::widget::Tree;
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay};
use iced::widget::Scrollable;
use iced::widget::scrollable::{Direction, Scrollbar};
use iced::{Event, Length, Point, Rectangle, Size, Vector};

use super::wrapped::parts;
use super::{Element, Renderer, Theme, spacing};

/// Puts a foot of full height below a content that gives way. Both are as wide as they say.
pub fn footed<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    foot: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    let bar = Scrollbar::new().width(6).scroller_width(6);
    let content = Scrollable::with_direction(content, Direction::Vertical(bar));
    Element::new(Footed { parts: [content.into(), foot.into()] })
}

struct Footed<'a, M> {
    /// The content, and the foot.
    parts: [Element<'a, M>; 2],
}

impl<M> Widget<M, Theme, Renderer> for Footed<'_, M> {
    parts!(parts, operate, draw);

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let [content, foot] = &mut self.parts;
        let Size { width, height } = limits.max();
        let room = layout::Limits::new(Size::ZERO, limits.max());
        let foot = foot.as_widget_mut().layout(&mut tree.children[1], renderer, &room);
        let left = (height - foot.size().height - spacing::M).max(0.0);
        let room = layout::Limits::new(Size::ZERO, Size::new(width, left));
        let content = content.as_widget_mut().layout(&mut tree.children[0], renderer, &room);
        let above = content.size();
        let below = Point::new(0.0, above.height + spacing::M);
        let size = Size::new(above.width.max(foot.size().width), below.y + foot.size().height);
        layout::Node::with_children(size, vec![content, foot.move_to(below)])
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        for ((part, tree), layout) in self.parts.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            part.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let parts = self.parts.iter().zip(&tree.children).zip(layout.children());
        parts
            .map(|((part, tree), layout)| {
                part.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
            })
            .max()
            .unwrap_or_default()
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        overlay::from_children(&mut self.parts, tree, layout, renderer, viewport, translation)
    }
}
