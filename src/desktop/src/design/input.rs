//! The frame of a text input: border, focus, a trailing note, suggestions, and a message when the field is left.
//!
//! iced's text input draws only its text here. The frame watches its focus, because iced tells nobody when a field is
//! left, and grouping an amount or checking an account must wait for that.

use std::cell::RefCell;
use std::rc::Rc;

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{
    Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer, text as core_text,
};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::text_input::{self, cursor};
use iced::{Event, Length, Point, Rectangle, Size, Vector, border};

use super::choices::{Choice, Keyed, ListState, Popup};
use super::theme::Tone;
use super::{Element, Renderer, Theme, keys, spacing};

type InputState = text_input::State<<Renderer as core_text::Renderer>::Paragraph>;

/// What to do with a line of the list under the field.
pub(super) type OnChoose<'a, M> = Box<dyn Fn(usize) -> M + 'a>;

/// A text input in its frame.
pub struct Input<'a, M> {
    pub(super) input: Element<'a, M>,
    pub(super) trailing: Option<Element<'a, M>>,
    pub(super) tone: Tone,
    pub(super) on_blur: Option<Box<dyn Fn() -> Option<M> + 'a>>,
    pub(super) suggestions: Vec<Choice>,
    pub(super) on_suggestion: Option<OnChoose<'a, M>>,
    pub(super) enabled: bool,
    /// The text that it was built with.
    pub(super) value: &'a str,
    /// What was typed since.
    pub(super) typed: Typed,
}

/// What was typed into a field since its view was built; several letters may come before the next one is.
pub(super) type Typed = Rc<RefCell<Option<String>>>;

#[derive(Default)]
struct State {
    /// The text as the user last saw it.
    seen: String,
    was_focused: bool,
    list: ListState,
    dismissed: bool,
}

fn is_focused(tree: &Tree) -> bool {
    tree.children[0].state.downcast_ref::<InputState>().is_focused()
}

impl<M> Input<'_, M> {
    /// A text that is rewritten while it is typed, as an account is grouped, keeps the caret at its end: the next letter
    /// belongs there, and may come at once.
    fn follow(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        if state.seen == self.value {
            return;
        }
        let seen = text_input::Value::new(&std::mem::replace(&mut state.seen, self.value.to_owned()));
        let input = tree.children[0].state.downcast_mut::<InputState>();
        if input.is_focused() && input.cursor().state(&seen) == cursor::State::Index(seen.len()) {
            input.move_cursor_to_end();
        }
    }

    fn watch_focus(&self, tree: &mut Tree, shell: &mut Shell<'_, M>) {
        let focused = is_focused(tree);
        let state = tree.state.downcast_mut::<State>();
        if state.was_focused == focused {
            return;
        }
        state.was_focused = focused;
        state.dismissed = false;
        state.list.close();
        if !focused
            && let Some(on_blur) = &self.on_blur
            && let Some(message) = on_blur()
        {
            shell.publish(message);
        }
        shell.request_redraw();
    }

    /// Handles a key for the open suggestions; true if the key was theirs.
    fn walk_suggestions(&self, state: &mut State, key: &Key, shell: &mut Shell<'_, M>) -> bool {
        let Some(on_suggestion) = &self.on_suggestion else { return false };
        // Left, Home and their like stay with the text.
        let theirs = matches!(
            key,
            Key::Named(
                Named::ArrowDown
                    | Named::ArrowUp
                    | Named::PageDown
                    | Named::PageUp
                    | Named::Enter
                    | Named::Escape
            )
        );
        if !theirs || self.suggestions.is_empty() {
            return false;
        }
        if !state.list.open {
            if *key != Key::Named(Named::ArrowDown) {
                return false;
            }
            state.dismissed = false;
            state.list.open_at(Some(0), self.suggestions.len());
        } else {
            // What is offered alone need not be walked to.
            if *key == Key::Named(Named::Enter) && self.suggestions.len() == 1 {
                state.list.open_at(Some(0), 1);
            }
            match state.list.key(key, self.suggestions.len()) {
                Keyed::Ignored => return false,
                Keyed::Used => state.dismissed = !state.list.open,
                Keyed::Chosen(line) => {
                    state.dismissed = true;
                    shell.publish(on_suggestion(line));
                }
            }
        }
        shell.capture_event();
        shell.request_redraw();
        true
    }
}

impl<M> Widget<M, Theme, Renderer> for Input<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { seen: self.value.to_owned(), ..State::default() })
    }

    fn children(&self) -> Vec<Tree> {
        std::iter::once(&self.input).chain(&self.trailing).map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        self.follow(tree);
        let children: Vec<&Element<'_, M>> = std::iter::once(&self.input).chain(&self.trailing).collect();
        tree.diff_children(&children);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(spacing::CONTROL))
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = limits.resolve(Length::Fill, Length::Fixed(spacing::CONTROL), Size::ZERO);
        let mut children = Vec::with_capacity(2);
        let mut taken = 0.0;
        let mut note = None;
        if let Some(trailing) = &mut self.trailing {
            let limits = layout::Limits::new(Size::ZERO, size);
            let node = trailing.as_widget_mut().layout(&mut tree.children[1], renderer, &limits);
            taken = node.size().width + spacing::S;
            let at = Point::new(
                size.width - node.size().width - spacing::M + 1.0,
                ((size.height - node.size().height) / 2.0).floor(),
            );
            note = Some(node.move_to(at));
        }
        let room = Size::new((size.width - taken - 2.0 * spacing::M + 2.0).max(0.0), size.height);
        let limits = layout::Limits::new(Size::ZERO, room);
        let node = self.input.as_widget_mut().layout(&mut tree.children[0], renderer, &limits);
        let y = ((size.height - node.size().height) / 2.0).floor();
        children.push(node.move_to(Point::new(spacing::M - 1.0, y)));
        children.extend(note);
        layout::Node::with_children(size, children)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let mut field = keys::Field { has_focus: self.enabled && is_focused(tree) };
        operation.custom(None, layout.bounds(), &mut field);
        operation.traverse(&mut |operation| {
            let parts = std::iter::once(&mut self.input).chain(&mut self.trailing);
            // iced's text input takes the focus even when it cannot be written; Tab shall pass it by.
            let deaf = usize::from(!self.enabled);
            for ((part, tree), layout) in parts.zip(&mut tree.children).zip(layout.children()).skip(deaf) {
                part.as_widget_mut().operate(tree, layout, renderer, operation);
            }
        });
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
        if let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event
            && modifiers.is_empty()
            && is_focused(tree)
        {
            let state = tree.state.downcast_mut::<State>();
            if self.walk_suggestions(state, key, shell) {
                return;
            }
            // Typing shows the suggestions again.
            if matches!(key, Key::Character(_) | Key::Named(Named::Backspace | Named::Space)) {
                state.dismissed = false;
            }
        }
        // iced's text input would swallow Esc to give up its focus; here Esc belongs to the place or the sheet.
        if matches!(
            event,
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(Named::Escape), .. })
        ) {
            return;
        }
        let plain = keys::plain(event);
        let event = plain.as_ref().unwrap_or(event);
        // A press anywhere in the frame is a press into the text.
        let text = layout.child(0);
        let aimed = match cursor.position_over(layout.bounds()) {
            Some(at) if self.enabled => {
                let inside = text.bounds();
                let x = at.x.clamp(inside.x, inside.x + inside.width - 1.0);
                mouse::Cursor::Available(Point::new(x, inside.center_y()))
            }
            _ => cursor,
        };
        self.input.as_widget_mut().update(
            &mut tree.children[0],
            event,
            text,
            aimed,
            renderer,
            clipboard,
            shell,
            viewport,
        );
        if let Some(trailing) = &mut self.trailing {
            let note = layout.child(1);
            trailing.as_widget_mut().update(
                &mut tree.children[1],
                event,
                note,
                cursor,
                renderer,
                clipboard,
                shell,
                viewport,
            );
        }
        if let Some(typed) = &*self.typed.borrow() {
            tree.state.downcast_mut::<State>().seen.clone_from(typed);
        }
        self.watch_focus(tree, shell);
        let state = tree.state.downcast_mut::<State>();
        let wanted = state.was_focused && !state.dismissed && !self.suggestions.is_empty();
        if wanted != state.list.open && self.on_suggestion.is_some() {
            if wanted {
                state.list.open_at(None, self.suggestions.len());
            } else {
                state.list.close();
            }
            shell.request_redraw();
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
        let p = &theme.palette;
        let focused = is_focused(tree);
        let (color, width) = match (focused, self.tone) {
            (true, Tone::Bad) => (p.bad, 2),
            (true, _) => (p.focus, 2),
            (false, Tone::Bad) => (p.bad, 1),
            (false, Tone::Care) => (p.care, 1),
            (false, _) => (p.line, 1),
        };
        renderer.fill_quad(
            renderer::Quad {
                bounds: layout.bounds(),
                border: border::rounded(spacing::CONTROL_RADIUS).color(color).width(width),
                ..renderer::Quad::default()
            },
            if self.enabled { p.panel } else { p.background },
        );
        let parts = std::iter::once(&self.input).chain(&self.trailing);
        for ((part, tree), layout) in parts.zip(&tree.children).zip(layout.children()) {
            part.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
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
        if let (Some(trailing), Some(layout)) = (&self.trailing, layout.children().nth(1)) {
            let over =
                trailing.as_widget().mouse_interaction(&tree.children[1], layout, cursor, viewport, renderer);
            if over != mouse::Interaction::default() {
                return over;
            }
        }
        if self.enabled && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Text
        } else {
            mouse::Interaction::default()
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _renderer: &Renderer,
        _viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let state = tree.state.downcast_mut::<State>();
        let on_choose = self.on_suggestion.as_ref()?;
        if !state.list.open || self.suggestions.is_empty() {
            return None;
        }
        let popup = Popup {
            anchor: layout.bounds() + translation,
            choices: &self.suggestions,
            selected: None,
            state: &mut state.list,
            on_choose: on_choose.as_ref(),
            fit: false,
        };
        Some(popup.overlay())
    }
}

impl<'a, M: 'a> From<Input<'a, M>> for Element<'a, M> {
    fn from(input: Input<'a, M>) -> Self {
        Self::new(input)
    }
}

/// Whether the text input inside a framed one has the keyboard.
pub(super) fn frame_has_focus(frame: &Tree) -> bool {
    is_focused(frame)
}
