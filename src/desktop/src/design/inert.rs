//! What lies behind a sheet: drawn, but deaf. It gets no events and shows nothing to operations, so that neither the
//! mouse nor Tab can reach it (iced's `opaque` stops only the mouse).

use iced::Rectangle;
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Widget, mouse, renderer};

use super::wrapped::through;
use super::{Element, Renderer, Theme};

struct Inert<'a, M>(Element<'a, M>);

/// Makes a piece deaf; its state is kept for when it wakes again.
pub fn inert<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Element::new(Inert(content.into()))
}

impl<M> Widget<M, Theme, Renderer> for Inert<'_, M> {
    through!(0);

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.0.as_widget().draw(tree, renderer, theme, style, layout, mouse::Cursor::Unavailable, viewport);
    }
}
