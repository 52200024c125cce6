//! Words behind a line that unfolds them, by the mouse or by Enter and Space: most people need not read them. Whether they
//! are unfolded is the piece's own state; nobody else has to know.

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse};
use iced::{Event, Length, Point, Rectangle, Size};

use super::text::{self, Inked};
use super::wrapped::parts;
use super::{Element, Renderer, Theme, button, spacing};

/// A line with words behind it.
pub fn fold<'a, M: 'a>(label: impl Into<String>, words: impl Into<String>) -> Element<'a, M> {
    let head = button::link(label.into()).on_press(());
    Element::new(Fold { parts: [head.into(), text::hint(words.into()).dim().into()] })
}

/// The line, and the words.
struct Fold<'a> {
    parts: [Element<'a, ()>; 2],
}

#[derive(Default)]
struct State {
    is_open: bool,
}

fn is_open(tree: &Tree) -> bool {
    tree.state.downcast_ref::<State>().is_open
}

impl<M> Widget<M, Theme, Renderer> for Fold<'_> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    parts!(parts, operate, draw);

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let shown = if is_open(tree) { 2 } else { 1 };
        let mut size = Size::ZERO;
        let mut nodes = Vec::with_capacity(shown);
        for (part, tree) in self.parts.iter_mut().zip(&mut tree.children).take(shown) {
            let above = if nodes.is_empty() { 0.0 } else { size.height + spacing::XS };
            let node = part.as_widget_mut().layout(tree, renderer, &limits.loose());
            size = Size::new(size.width.max(node.size().width), above + node.size().height);
            nodes.push(node.move_to(Point::new(0.0, above)));
        }
        layout::Node::with_children(size, nodes)
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
        let mut pressed = Vec::new();
        let mut own = Shell::new(&mut pressed);
        self.parts[0].as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout.child(0),
            cursor,
            renderer,
            clipboard,
            &mut own,
            viewport,
        );
        if own.is_event_captured() {
            shell.capture_event();
        }
        shell.request_redraw_at(own.redraw_request());
        if !own.is_empty() {
            let state = tree.state.downcast_mut::<State>();
            state.is_open = !state.is_open;
            shell.invalidate_layout();
            shell.request_redraw();
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
        let head = layout.child(0);
        self.parts[0].as_widget().mouse_interaction(&tree.children[0], head, cursor, viewport, renderer)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use iced::keyboard::key::Named;
    use iced_test::Simulator;

    use super::*;
    use crate::design::aim::{Aim, aimed};
    use crate::design::font;
    use crate::design::keyboard::keyboard;
    use crate::design::keys::Press;

    #[test]
    fn the_words_are_unfolded_and_folded_by_keyboard_and_by_mouse() {
        let mut aim = Aim::default();
        aim.begin(None);
        let content =
            keyboard(aimed(fold("Technikai részletek", "os error 13"), &aim), |press: Press| press);
        let mut ui = Simulator::with_size(font::settings(), (400.0, 200.0), content);
        assert!(ui.find("Technikai részletek").is_ok() && ui.find("os error 13").is_err());
        let _ = ui.simulate([Event::Window(iced::window::Event::RedrawRequested(Instant::now()))]);
        let _ = ui.tap_key(Named::Enter);
        assert!(ui.find("os error 13").is_ok());
        let _ = ui.click("Technikai részletek").unwrap();
        assert!(ui.find("os error 13").is_err());
    }
}
