//! The whole text of a cell that had to be cut, shown over the table while the mouse rests on it.

use iced::advanced::{Layout, Renderer as _, layout, mouse, overlay, renderer};
use iced::{Point, Rectangle, Size, border};

use super::super::label::{Align, Labels, width};
use super::super::{Renderer, Theme, spacing, text};

pub(super) struct Tip<'b> {
    pub(super) cell: Rectangle,
    pub(super) words: &'b str,
    pub(super) labels: &'b Labels,
}

impl<M> overlay::Overlay<M, Theme, Renderer> for Tip<'_> {
    fn layout(&mut self, _renderer: &Renderer, window: Size) -> layout::Node {
        let wide = (width(self.words, text::HINT) + 2.0 * spacing::S + 1.0).min(window.width);
        let size = Size::new(wide, 24.0);
        let below = self.cell.y + self.cell.height + 2.0;
        let y = if below + size.height > window.height { self.cell.y - size.height - 2.0 } else { below };
        layout::Node::new(size).move_to(Point::new(self.cell.x.min(window.width - wide).max(0.0), y))
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
    ) {
        let p = &theme.palette;
        let bounds = layout.bounds();
        renderer.fill_quad(
            renderer::Quad { bounds, border: border::rounded(4), ..renderer::Quad::default() },
            p.text,
        );
        self.labels.begin();
        let room = Rectangle { x: bounds.x + spacing::S, width: bounds.width - 2.0 * spacing::S, ..bounds };
        self.labels.draw(renderer, self.words, text::HINT, room, Align::Left, p.panel, &bounds);
        self.labels.end();
    }
}
