//! A sheet above the page. The page behind is dim and deaf: neither the mouse nor Tab reaches it; Esc leaves.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::{Stack, opaque};
use iced::{Event, Length, Rectangle, Vector};

use super::inert::inert;
use super::theme::Surface;
use super::wrapped::through;
use super::{Container, Element, Renderer, Theme, spacing};

/// Shows a sheet above the page when there is one. The page keeps its state either way.
///
/// `on_escape` is the message of Esc; without one the sheet can be left only by its own buttons.
pub fn modal<'a, M: Clone + 'a>(
    page: impl Into<Element<'a, M>>,
    sheet: Option<Element<'a, M>>,
    on_escape: Option<M>,
) -> Element<'a, M> {
    let page = page.into();
    let Some(sheet) = sheet else {
        return Stack::new().push(page).into();
    };
    let sheet = Container::new(sheet).padding(spacing::XL).class(Surface::Sheet);
    let middle = Container::new(sheet).center(Length::Fill).padding(spacing::XL).class(Surface::Shade);
    Stack::new().push(inert(page)).push(Element::new(Escapes { content: opaque(middle), on_escape })).into()
}

/// A piece of the frame beside a place: dim and deaf while the place shows a sheet of its own.
pub fn beside<'a, M: Clone + 'a>(piece: impl Into<Element<'a, M>>, covered: bool) -> Element<'a, M> {
    let piece = piece.into();
    if !covered {
        return Stack::new().push(piece).into();
    }
    let shade = Container::new("").width(Length::Fill).height(Length::Fill).class(Surface::Shade);
    Stack::new().push(inert(piece)).push(opaque(shade)).into()
}

/// A place that is about to change: seen as it is, and deaf while it is held.
pub fn held<'a, M: Clone + 'a>(place: impl Into<Element<'a, M>>, is_held: bool) -> Element<'a, M> {
    let place = place.into();
    if is_held { inert(place) } else { place }
}

/// Turns an Esc that nothing inside wanted into a message.
struct Escapes<'a, M> {
    content: Element<'a, M>,
    on_escape: Option<M>,
}

impl<M: Clone> Widget<M, Theme, Renderer> for Escapes<'_, M> {
    through!(content);

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        self.content.as_widget_mut().operate(tree, layout, renderer, operation);
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
        let escape = matches!(
            event,
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(Named::Escape), .. })
        );
        self.content
            .as_widget_mut()
            .update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        if escape
            && !shell.is_event_captured()
            && let Some(message) = &self.on_escape
        {
            shell.publish(message.clone());
            shell.capture_event();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.content.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        self.content.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
    }
}
