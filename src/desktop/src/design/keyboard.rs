//! The keyboard of the whole window: what a key means is settled in its own event, before the next key is looked at.
//!
//! Scanners, remote sessions and quick hands send many keys at once. A focus that moves by a task, after the event, is
//! late for them: what was meant for the next field stands in the old one. So the outermost widget does it itself:
//!
//! 1. A key goes to the focused widget. Tab, Shift+Tab and Enter that it did not want move the focus there and then.
//! 2. Any other key that no widget wanted becomes a message, in its turn among those of the widgets.
//! 3. A key that said something may have changed what stands there. The keys after it wait until the window has been
//!    built anew; only text that goes into a field need not wait, as the field knows it already.
//! 4. Where a view wants the caret elsewhere ([`super::aim`]), it is there before the next key.

use std::collections::VecDeque;

use iced::advanced::widget::operation::Outcome;
use iced::advanced::widget::{Operation, Tree, operation::focusable, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, input_method, mouse};
use iced::keyboard::{self, Key, key::Named};
use iced::{Event, Rectangle};

use super::aim::{Aims, Beginning, Begun};
use super::keys::{self, FocusAt, Press, Reveal, Step, Writes};
use super::wrapped::part;
use super::{Element, Renderer, Theme, pressable};

/// The window's content with its keyboard; `on_press` is the message of a key that no widget wanted.
pub fn keyboard<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    on_press: impl Fn(Press) -> M + 'a,
) -> Element<'a, M> {
    Element::new(Keyboard { content: content.into(), on_press: Box::new(on_press) })
}

struct Keyboard<'a, M> {
    content: Element<'a, M>,
    on_press: Box<dyn Fn(Press) -> M + 'a>,
}

#[derive(Default)]
struct State {
    /// A key has said something, and the window has not been built anew since.
    is_stale: bool,
    /// What was pressed meanwhile, in order.
    waiting: VecDeque<Event>,
}

/// Everything around one event that a widget is handed.
struct Around<'s> {
    layout: Layout<'s>,
    cursor: mouse::Cursor,
    renderer: &'s Renderer,
    viewport: &'s Rectangle,
}

impl<M> Keyboard<'_, M> {
    /// Does one event, and all that follows from it at once.
    fn one(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        around: &Around<'_>,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        let is_frame = matches!(event, Event::Window(iced::window::Event::RedrawRequested(_)));
        if is_frame || is_of_keyboard(event) {
            self.aim(tree, around, shell);
        }
        if is_press(event) {
            self.operate_now(tree, around, Box::new(Begun));
        }
        let mut said = Vec::new();
        let mut own = Shell::new(&mut said);
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            around.layout.child(0),
            around.cursor,
            around.renderer,
            clipboard,
            &mut own,
            around.viewport,
        );
        if let Event::Keyboard(pressed @ keyboard::Event::KeyPressed { .. }) = event {
            let was_wanted = own.is_event_captured();
            if !was_wanted {
                self.press(tree, pressed, around, &mut own);
            }
            let is_text = was_wanted && is_text(pressed) && self.writes(tree, around);
            tree.state.downcast_mut::<State>().is_stale |= !own.is_empty() && !is_text;
        }
        shell.merge(own, |message| message);
    }

    /// A key that no widget wanted.
    fn press(
        &mut self,
        tree: &mut Tree,
        pressed: &keyboard::Event,
        around: &Around<'_>,
        shell: &mut Shell<'_, M>,
    ) {
        let keyboard::Event::KeyPressed { repeat, .. } = pressed else { return };
        let Some(press) = Press::of(pressed) else { return };
        let step = press.focus_step();
        // A key that is held is one key; only Tab walks on.
        if *repeat && press.key != Key::Named(Named::Tab) {
            return shell.capture_event();
        }
        match step {
            Some(by) => {
                self.operate_now(tree, around, Box::new(Step::by(by)));
                self.operate_now(tree, around, Box::new(Reveal::default()));
                shell.request_redraw();
            }
            None => shell.publish((self.on_press)(press)),
        }
        shell.capture_event();
    }

    /// Moves the caret where the view wants it.
    fn aim(&mut self, tree: &mut Tree, around: &Around<'_>, shell: &mut Shell<'_, M>) {
        let mut aims = Aims::default();
        let child = around.layout.child(0);
        self.content.as_widget_mut().operate(&mut tree.children[0], child, around.renderer, &mut aims);
        let Some(id) = aims.into_wanted() else { return self.begin(tree, around, shell) };
        self.operate_now(tree, around, Box::new(focusable::focus(id)));
        self.operate_now(tree, around, Box::new(Reveal::default()));
        shell.request_redraw();
    }

    /// Gives a place that has been opened the stop with which it begins. What it shows may still be on its way, so this
    /// lasts until somebody presses something.
    fn begin(&mut self, tree: &mut Tree, around: &Around<'_>, shell: &mut Shell<'_, M>) {
        let mut beginning = Beginning::default();
        let child = around.layout.child(0);
        self.content.as_widget_mut().operate(&mut tree.children[0], child, around.renderer, &mut beginning);
        if let Some(stop) = beginning.stop() {
            self.operate_now(tree, around, Box::new(FocusAt::stop(stop)));
            shell.request_redraw();
        }
    }

    /// Whether a field has the focus that takes text.
    fn writes(&mut self, tree: &mut Tree, around: &Around<'_>) -> bool {
        let mut writes = Writes::default();
        let child = around.layout.child(0);
        self.content.as_widget_mut().operate(&mut tree.children[0], child, around.renderer, &mut writes);
        writes.is_any()
    }

    fn operate_now(&mut self, tree: &mut Tree, around: &Around<'_>, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        while let Some(mut operation) = next {
            let child = around.layout.child(0);
            self.content.as_widget_mut().operate(
                &mut tree.children[0],
                child,
                around.renderer,
                operation.as_mut(),
            );
            next = match operation.finish() {
                Outcome::Chain(next) => Some(next),
                Outcome::None | Outcome::Some(()) => None,
            };
        }
    }
}

impl<M> Widget<M, Theme, Renderer> for Keyboard<'_, M> {
    part!(children, content);
    part!(layout, content);
    part!(operate, content);
    part!(draw, content);
    part!(mouse, content);
    part!(overlay, content);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn diff(&self, tree: &mut Tree) {
        tree.state.downcast_mut::<State>().is_stale = false;
        tree.diff_children(std::slice::from_ref(&self.content));
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
        let around = Around { layout, cursor, renderer, viewport };
        let state = tree.state.downcast_mut::<State>();
        let waits = is_of_keyboard(event) && (state.is_stale || !state.waiting.is_empty());
        if waits {
            // A key that is held comes again by itself; in the queue it would act on after it was let go.
            if !is_held(event) {
                state.waiting.push_back(event.clone());
            }
            shell.capture_event();
        }
        while let Some(next) = due(tree) {
            self.one(tree, &next, &around, clipboard, shell);
        }
        if !waits {
            self.one(tree, event, &around, clipboard, shell);
        }
        if !tree.state.downcast_ref::<State>().waiting.is_empty() {
            shell.request_redraw();
        }
    }
}

/// The next key that waits, if the window is as it left it.
fn due(tree: &mut Tree) -> Option<Event> {
    let state = tree.state.downcast_mut::<State>();
    if state.is_stale { None } else { state.waiting.pop_front() }
}

/// What must stay in order: presses, releases, what is held, and what an input method writes.
fn is_of_keyboard(event: &Event) -> bool {
    matches!(event, Event::Keyboard(_) | Event::InputMethod(_))
}

/// Whether somebody presses something: by it a place that was opened has begun. The keys with which it was opened are
/// still to be let go, a modifier that is held may be told again, and an input method opens with every field.
fn is_press(event: &Event) -> bool {
    match event {
        Event::Keyboard(keyboard::Event::KeyPressed { .. }) => !is_held(event),
        Event::InputMethod(input_method::Event::Preedit(text, _) | input_method::Event::Commit(text)) => {
            !text.is_empty()
        }
        _ => pressable::is_press(event),
    }
}

/// Whether this is a key that stays down and writes nothing, such as a modifier or an arrow.
fn is_held(event: &Event) -> bool {
    matches!(event, Event::Keyboard(keyboard::Event::KeyPressed { repeat: true, text: None, .. }))
}

/// Whether the key writes or moves inside a text.
fn is_text(pressed: &keyboard::Event) -> bool {
    use Named::{ArrowLeft, ArrowRight, Backspace, Delete, End, Home};
    let keyboard::Event::KeyPressed { key, modifiers, text, .. } = pressed else { return false };
    if keys::without_alt_gr(*modifiers).command() {
        return false;
    }
    let writes = text.as_ref().and_then(|text| text.chars().next()).is_some_and(|first| !first.is_control());
    writes || matches!(key, Key::Named(ArrowLeft | ArrowRight | Backspace | Delete | End | Home))
}

#[cfg(test)]
#[path = "keyboard_tests.rs"]
mod tests;
