//! A drop-down list: one of many, by mouse, arrows or the first letters.

use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Event, Length, Rectangle, Size, Vector, border};

use super::choices::{Choice, Keyed, ListState, Popup};
use super::field::{Note, labelled};
use super::label::{Align, Labels};
use super::palette::mix;
use super::pressable::{Focus, draw_ring, is_press};
use super::theme::Tone;
use super::{Element, Renderer, Theme, spacing, text};

/// A drop-down list with its label.
pub struct Select<'a, M> {
    label: String,
    choices: Vec<Choice>,
    selected: Option<usize>,
    placeholder: String,
    on_select: Option<Box<dyn Fn(usize) -> M + 'a>>,
    id: Option<Id>,
    note: Option<Note>,
    width: Length,
    strong: bool,
}

/// A list of choices under a label; an empty label leaves only the control.
pub fn select<'a, M>(
    label: impl Into<String>,
    choices: impl IntoIterator<Item = impl Into<Choice>>,
    selected: Option<usize>,
) -> Select<'a, M> {
    Select {
        label: label.into(),
        choices: choices.into_iter().map(Into::into).collect(),
        selected,
        placeholder: String::new(),
        on_select: None,
        id: None,
        note: None,
        width: Length::Fill,
        strong: false,
    }
}

impl<'a, M> Select<'a, M> {
    /// The message of a choice; without it the list is disabled.
    #[must_use]
    pub fn on_select(mut self, message: impl Fn(usize) -> M + 'a) -> Self {
        self.on_select = Some(Box::new(message));
        self
    }

    /// What is shown while nothing is chosen.
    #[must_use]
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = placeholder.into();
        self
    }

    /// The name by which focus and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    #[must_use]
    pub fn note(mut self, note: Option<Note>) -> Self {
        self.note = note;
        self
    }

    /// A dim line below.
    #[must_use]
    pub fn hint(self, text: impl Into<String>) -> Self {
        self.note(Some(Note { tone: Tone::Neutral, text: text.into() }))
    }

    /// A line below that says what is wrong.
    #[must_use]
    pub fn error(self, text: impl Into<String>) -> Self {
        self.note(Some(Note { tone: Tone::Bad, text: text.into() }))
    }

    /// The width; fills its column by itself.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// The chosen one in semibold: the customer in the top bar.
    #[must_use]
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }
}

struct Control<'a, M> {
    choices: Vec<Choice>,
    selected: Option<usize>,
    placeholder: String,
    on_select: Option<Box<dyn Fn(usize) -> M + 'a>>,
    id: Option<Id>,
    tone: Tone,
    strong: bool,
}

#[derive(Default)]
struct State {
    focus: Focus,
    list: ListState,
    labels: Labels,
    hovered: bool,
    typed: String,
}

impl<M> Control<'_, M> {
    fn key(&self, state: &mut State, key: &Key, alt: bool, shell: &mut Shell<'_, M>) -> bool {
        let Some(on_select) = &self.on_select else { return false };
        let count = self.choices.len();
        if state.list.open {
            match state.list.key(key, count) {
                Keyed::Used => return true,
                Keyed::Chosen(line) => {
                    shell.publish(on_select(line));
                    return true;
                }
                Keyed::Ignored => {}
            }
            if *key == Key::Named(Named::Tab) {
                state.list.close();
                return false;
            }
        }
        match key {
            Key::Named(Named::Enter | Named::Space | Named::F4) => {
                state.list.open_at(self.selected.or(Some(0)), count);
                true
            }
            Key::Named(Named::ArrowDown) if alt => {
                state.list.open_at(self.selected.or(Some(0)), count);
                true
            }
            Key::Named(Named::ArrowDown) => self.step(1, on_select, shell),
            Key::Named(Named::ArrowUp) => self.step(-1, on_select, shell),
            Key::Character(typed) if !alt => {
                let next = self.find(state, &typed.to_lowercase());
                let Some(next) = next else { return false };
                if state.list.open {
                    state.list.open_at(Some(next), count);
                } else if Some(next) != self.selected {
                    shell.publish(on_select(next));
                }
                true
            }
            _ => false,
        }
    }

    fn step(&self, by: isize, on_select: &dyn Fn(usize) -> M, shell: &mut Shell<'_, M>) -> bool {
        let next = match self.selected {
            None => Some(0),
            Some(at) => at.checked_add_signed(by),
        };
        if let Some(next) = next.filter(|next| *next < self.choices.len()) {
            shell.publish(on_select(next));
        }
        true
    }

    /// The choice that begins with what was typed; the same letter again goes to the next one.
    fn find(&self, state: &mut State, typed: &str) -> Option<usize> {
        let at = if state.list.open { state.list.highlighted } else { self.selected }.unwrap_or(0);
        let begins = |index: &usize, with: &str| self.choices[*index].label.to_lowercase().starts_with(with);
        let longer = format!("{}{typed}", state.typed);
        let around = (at..self.choices.len()).chain(0..at);
        if let Some(found) = around.clone().find(|index| begins(index, &longer)) {
            state.typed = longer;
            if state.typed.chars().count() > 1 || found != at {
                return Some(found);
            }
        }
        state.typed = typed.to_owned();
        around.skip(1).find(|index| begins(index, typed))
    }
}

impl<M> Widget<M, Theme, Renderer> for Control<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(spacing::CONTROL))
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, spacing::CONTROL)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<State>();
        if self.on_select.is_some() {
            operation.focusable(self.id.as_ref(), layout.bounds(), &mut state.focus);
        }
        let shown = self.selected.and_then(|at| self.choices.get(at)).map_or(&self.placeholder, |c| &c.label);
        operation.text(None, layout.bounds(), shown);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let over = cursor.is_over(layout.bounds());
        if !state.focus.has() && state.list.open {
            state.list.close();
        }
        match event {
            event if is_press(event) => {
                if over && self.on_select.is_some() && !shell.is_event_captured() {
                    state.focus.by_mouse();
                    if state.list.open {
                        state.list.close();
                    } else {
                        state.list.open_at(self.selected, self.choices.len());
                    }
                    shell.capture_event();
                    shell.request_redraw();
                } else if state.focus.has() {
                    state.focus.clear();
                    state.list.close();
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::CursorMoved { .. } | mouse::Event::CursorLeft)
                if over != state.hovered =>
            {
                state.hovered = over;
                shell.request_redraw();
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.focus.has() && !modifiers.command() =>
            {
                state.focus.by_key();
                if self.key(state, key, modifiers.alt(), shell) {
                    shell.capture_event();
                }
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
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let p = &theme.palette;
        let bounds = layout.bounds();
        let enabled = self.on_select.is_some();
        let ground = if state.hovered && enabled { mix(p.panel, p.text, 0.04) } else { p.panel };
        renderer.fill_quad(
            renderer::Quad {
                bounds,
                border: border::rounded(spacing::CONTROL_RADIUS)
                    .color(if self.tone == Tone::Bad { p.bad } else { p.line })
                    .width(1),
                ..renderer::Quad::default()
            },
            if enabled { ground } else { p.background },
        );
        let labels = &state.labels;
        labels.begin();
        let room = Rectangle { x: bounds.x + 11.0, width: bounds.width - 22.0, ..bounds };
        let used = labels.draw(renderer, "▾", text::BODY, room, Align::Right, p.dim, viewport) + spacing::XS;
        let room = Rectangle { width: room.width - used, ..room };
        match self.selected.and_then(|at| self.choices.get(at)) {
            Some(choice) => {
                let used =
                    labels.draw(renderer, &choice.detail, text::HINT, room, Align::Right, p.dim, viewport);
                let room = Rectangle {
                    width: room.width - if used > 0.0 { used + spacing::S } else { 0.0 },
                    ..room
                };
                let role = if self.strong { text::STRONG } else { text::BODY };
                let ink = if enabled { p.text } else { p.dim };
                labels.draw(renderer, &choice.label, role, room, Align::Left, ink, viewport);
            }
            None => {
                labels.draw(renderer, &self.placeholder, text::BODY, room, Align::Left, p.dim, viewport);
            }
        }
        labels.end();
        if state.focus.is_visible() {
            draw_ring(renderer, bounds, p, spacing::CONTROL_RADIUS, false);
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
        if self.on_select.is_some() && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
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
        let on_choose = self.on_select.as_ref()?;
        if !state.list.open || self.choices.is_empty() {
            return None;
        }
        let popup = Popup {
            anchor: layout.bounds() + translation,
            choices: &self.choices,
            selected: self.selected,
            state: &mut state.list,
            on_choose: on_choose.as_ref(),
            fit: false,
        };
        Some(popup.overlay())
    }
}

impl<'a, M: 'a> From<Select<'a, M>> for Element<'a, M> {
    fn from(select: Select<'a, M>) -> Self {
        let control = Control {
            choices: select.choices,
            selected: select.selected,
            placeholder: select.placeholder,
            on_select: select.on_select,
            id: select.id,
            tone: select.note.as_ref().map_or(Tone::Neutral, |note| note.tone),
            strong: select.strong,
        };
        labelled(select.label, Element::new(control), select.note, select.width)
    }
}
