//! What can be pressed: by the mouse, and by Enter or Space when Tab has brought the focus here.
//!
//! iced's own button takes no focus, so this widget stands under every button, check mark, tab, navigation item and
//! link. The focus ring is drawn only when the focus came by keyboard.

use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Background, Color, Event, Length, Padding, Rectangle, Size, alignment, border, touch};

pub use super::look::Look;
use super::look::Touched;
use super::palette::Palette;
use super::wrapped::around;
use super::{Element, Renderer, Theme};

/// Whether a widget has the keyboard, and whether that shall be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Focus {
    focused: bool,
    by_mouse: bool,
}

impl Focus {
    /// Gives the focus without a ring: the mouse did it.
    pub fn by_mouse(&mut self) {
        *self = Self { focused: true, by_mouse: true };
    }

    /// Takes the focus away.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether the widget has the keyboard.
    #[must_use]
    pub fn has(self) -> bool {
        self.focused
    }

    /// Whether to draw the ring.
    #[must_use]
    pub fn is_visible(self) -> bool {
        self.focused && !self.by_mouse
    }

    /// A key was used: from now on the ring shows.
    pub fn by_key(&mut self) {
        self.by_mouse = false;
    }
}

impl Focusable for Focus {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        *self = Self { focused: true, by_mouse: false };
    }

    fn unfocus(&mut self) {
        self.clear();
    }
}

/// Whether an event is the main mouse button or a finger going down.
#[must_use]
pub fn is_press(event: &Event) -> bool {
    matches!(
        event,
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. })
    )
}

/// Draws the focus ring around a control: 2 px, 2 px off; inside it where `inset` is set.
pub fn draw_ring(renderer: &mut Renderer, bounds: Rectangle, palette: &Palette, radius: f32, inset: bool) {
    let (bounds, radius) =
        if inset { (bounds.shrink(1.0), radius) } else { (bounds.expand(4.0), radius + 3.0) };
    renderer.fill_quad(
        renderer::Quad {
            bounds,
            border: border::rounded(radius).color(palette.focus).width(2),
            ..renderer::Quad::default()
        },
        Color::TRANSPARENT,
    );
}

/// A piece that can be pressed.
pub struct Pressable<'a, M> {
    content: Element<'a, M>,
    id: Option<Id>,
    on_press: Option<M>,
    look: Look,
    width: Length,
    height: Length,
    padding: Padding,
    align_x: alignment::Horizontal,
}

/// Makes content pressable; without [`Pressable::on_press`] it is disabled.
pub fn pressable<'a, M>(look: Look, content: impl Into<Element<'a, M>>) -> Pressable<'a, M> {
    Pressable {
        content: content.into(),
        id: None,
        on_press: None,
        look,
        width: Length::Shrink,
        height: Length::Shrink,
        padding: Padding::ZERO,
        align_x: alignment::Horizontal::Center,
    }
}

impl<M> Pressable<'_, M> {
    /// The name by which operations and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The message of a press.
    #[must_use]
    pub fn on_press(mut self, message: M) -> Self {
        self.on_press = Some(message);
        self
    }

    /// The message of a press, or none to disable.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.on_press = message;
        self
    }

    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    #[must_use]
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    /// The room around the content.
    #[must_use]
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }

    /// Where the content stands if there is more room than it needs.
    #[must_use]
    pub fn align_x(mut self, align: alignment::Horizontal) -> Self {
        self.align_x = align;
        self
    }
}

#[derive(Default)]
struct State {
    focus: Focus,
    hovered: bool,
    pressed: bool,
}

impl<M: Clone> Widget<M, Theme, Renderer> for Pressable<'_, M> {
    around!(content, State, overlay);

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let align = self.align_x;
        layout::positioned(
            limits,
            self.width,
            self.height,
            self.padding,
            |limits| self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &limits.loose()),
            |node, size| node.align(align.into(), alignment::Alignment::Center, size),
        )
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        if self.on_press.is_some() {
            let state = tree.state.downcast_mut::<State>();
            operation.focusable(self.id.as_ref(), layout.bounds(), &mut state.focus);
        }
        let child = layout.child(0);
        operation.traverse(&mut |operation| {
            self.content.as_widget_mut().operate(&mut tree.children[0], child, renderer, operation);
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
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout.child(0),
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
        let state = tree.state.downcast_mut::<State>();
        let Some(message) = &self.on_press else {
            *state = State::default();
            return;
        };
        let over = cursor.is_over(layout.bounds());
        if !over && state.focus.has() && is_press(event) {
            state.focus.clear();
            shell.request_redraw();
        }
        if shell.is_event_captured() {
            return;
        }
        match event {
            event if over && is_press(event) => {
                state.focus.by_mouse();
                state.pressed = true;
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. })
                if state.pressed =>
            {
                state.pressed = false;
                if over {
                    shell.publish(message.clone());
                }
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: Key::Named(Named::Enter | Named::Space),
                modifiers,
                repeat,
                ..
            }) if state.focus.has() && modifiers.is_empty() => {
                if !repeat {
                    shell.publish(message.clone());
                }
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::CursorMoved { .. } | mouse::Event::CursorLeft)
                if over != state.hovered =>
            {
                state.hovered = over;
                shell.request_redraw();
            }
            _ => {}
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
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let p = &theme.palette;
        let touched = match (state.pressed, state.hovered) {
            (true, _) => Touched::Pressed,
            (false, true) => Touched::Hovered,
            (false, false) => Touched::No,
        };
        let skin = self.look.skin(p, touched, self.on_press.is_some());
        if skin.background.is_some() || skin.border.width > 0.0 {
            renderer.fill_quad(
                renderer::Quad { bounds, border: skin.border, ..renderer::Quad::default() },
                Background::Color(skin.background.unwrap_or(Color::TRANSPARENT)),
            );
        }
        if self.look == (Look::Tab { selected: true }) {
            let line = Rectangle { y: bounds.y + bounds.height - 2.0, height: 2.0, ..bounds };
            renderer.fill_quad(renderer::Quad { bounds: line, ..renderer::Quad::default() }, p.accent);
        }
        let style = renderer::Style { text_color: skin.text.unwrap_or(style.text_color) };
        self.content.as_widget().draw(
            &tree.children[0],
            renderer,
            theme,
            &style,
            layout.child(0),
            cursor,
            viewport,
        );
        if state.focus.is_visible() {
            draw_ring(renderer, bounds, p, self.look.radius(), self.look.ring_inset());
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.on_press.is_some() && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }
}

impl<'a, M: Clone + 'a> From<Pressable<'a, M>> for Element<'a, M> {
    fn from(pressable: Pressable<'a, M>) -> Self {
        Self::new(pressable)
    }
}
