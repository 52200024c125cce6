//! Keys as the window sees them, and walks of the focus: iced neither binds Tab nor scrolls to what has the focus. Who
//! walks when is said in [`super::keyboard`].

use std::any::Any;

use iced::advanced::widget::operation::{
    Focusable, Operation, Outcome, Scrollable, scrollable::AbsoluteOffset,
};
use iced::advanced::widget::{self, Id};
use iced::keyboard::{Event, Key, Modifiers, key::Named};
use iced::{Rectangle, Task, Vector};

/// A key that no widget wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// The key, letters as on a Latin layout, whatever the user's layout is.
    pub key: Key,
    /// Ctrl, Shift, Alt.
    pub modifiers: Modifiers,
}

impl Press {
    /// Whether this is Ctrl and a letter, and nothing else (AltGr is not Ctrl).
    #[must_use]
    pub fn is_ctrl(&self, letter: char) -> bool {
        self.modifiers == Modifiers::CTRL
            && matches!(&self.key, Key::Character(typed) if typed.chars().eq(std::iter::once(letter)))
    }

    /// Whether this is Ctrl and a named key, and nothing else.
    #[must_use]
    pub fn is_ctrl_named(&self, named: Named) -> bool {
        self.modifiers == Modifiers::CTRL && self.key == Key::Named(named)
    }

    /// Whether this is a named key alone: `press.is(Named::F8)`.
    #[must_use]
    pub fn is(&self, named: Named) -> bool {
        self.modifiers.is_empty() && self.key == Key::Named(named)
    }

    /// A pressed key; none of other events.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        let Event::KeyPressed { key, physical_key, modifiers, .. } = event else { return None };
        let key = match key.to_latin(*physical_key) {
            Some(letter) => Key::Character(letter.to_string().into()),
            None => key.clone(),
        };
        Some(Self { key, modifiers: *modifiers })
    }

    /// The focus step that this key asks for: Tab forward, Shift+Tab back, Enter forward.
    #[must_use]
    pub(super) fn focus_step(&self) -> Option<isize> {
        match (&self.key, self.modifiers) {
            (Key::Named(Named::Tab), Modifiers::SHIFT) => Some(-1),
            (Key::Named(Named::Tab | Named::Enter), modifiers) if modifiers.is_empty() => Some(1),
            _ => None,
        }
    }
}

/// The digit that was pressed with these modifiers and no others.
#[must_use]
pub fn digit(press: &Press, with: Modifiers) -> Option<usize> {
    match &press.key {
        Key::Character(typed) if press.modifiers == with => typed.parse().ok(),
        _ => None,
    }
}

/// Modifiers without AltGr, which Windows hands on as Ctrl and Alt together (always for the Alt at the left, and in
/// remote sessions for the one at the right too). On Hungarian keyboards `@`, `#`, `&`, `[` and `]` are typed with it:
/// such a key is text, never a shortcut.
#[must_use]
pub fn without_alt_gr(modifiers: Modifiers) -> Modifiers {
    if modifiers.contains(Modifiers::CTRL | Modifiers::ALT) {
        modifiers - (Modifiers::CTRL | Modifiers::ALT)
    } else {
        modifiers
    }
}

/// A keyboard event as widgets of iced's own are to have it, none where it would be the same: without AltGr, as they
/// copy, cut and select all whatever Alt does, and without the text of a shortcut, which they would write.
#[must_use]
pub fn plain(event: &iced::Event) -> Option<iced::Event> {
    let mut plain = event.clone();
    match &mut plain {
        iced::Event::Keyboard(
            Event::KeyPressed { modifiers, .. }
            | Event::KeyReleased { modifiers, .. }
            | Event::ModifiersChanged(modifiers),
        ) if without_alt_gr(*modifiers) != *modifiers => *modifiers = without_alt_gr(*modifiers),
        // Some systems say what a key would write without the Ctrl that is held, "3" of Ctrl+3: it is no text.
        iced::Event::Keyboard(Event::KeyPressed { modifiers, text, .. })
            if modifiers.command() && text.is_some() =>
        {
            *text = None;
        }
        _ => return None,
    }
    Some(plain)
}

/// Moves the focus to a named stop and scrolls it into sight.
pub fn focus<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    run(widget::operation::focusable::focus(id.into()))
}

fn run<M: Send + 'static>(operation: impl Operation<()> + 'static) -> Task<M> {
    // Two tasks, because a chained operation belongs to the one that ended.
    widget::operate(operation).discard::<M>().chain(widget::operate(Reveal::default()).discard())
}

/// Moves the focus by so many stops, around the ends: iced's own step falls off the last one.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    by: isize,
    stops: isize,
    focused: Option<isize>,
}

impl Step {
    /// A step forward (1) or back (-1).
    #[must_use]
    pub fn by(by: isize) -> Self {
        Self { by, stops: 0, focused: None }
    }
}

impl Operation<()> for Step {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.stops);
        }
        self.stops += 1;
    }

    fn finish(&self) -> Outcome<()> {
        if self.stops == 0 {
            return Outcome::None;
        }
        let from = self.focused.unwrap_or(if self.by > 0 { -1 } else { 0 });
        Outcome::Chain(Box::new(FocusAt { at: (from + self.by).rem_euclid(self.stops), seen: 0 }))
    }
}

/// Gives the focus to one stop, and takes it from all others.
pub(super) struct FocusAt {
    at: isize,
    seen: isize,
}

impl FocusAt {
    /// The stop, counted from the first of the window.
    pub(super) fn stop(at: isize) -> Self {
        Self { at, seen: 0 }
    }
}

impl Operation<()> for FocusAt {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if self.seen == self.at {
            state.focus();
        } else if state.is_focused() {
            state.unfocus();
        }
        self.seen += 1;
    }
}

/// Finds the focused widget and what scrolls around it, then scrolls the one inside the other.
#[derive(Default)]
pub(super) struct Reveal {
    around: Vec<Around>,
    seen: usize,
    found: Vec<(usize, AbsoluteOffset<Option<f32>>)>,
}

/// What scrolls, counted from the first of the window.
struct Around {
    index: usize,
    room: Rectangle,
    content: Rectangle,
    translation: Vector,
}

const MARGIN: f32 = 12.0;

/// How far a room must be scrolled along one axis so that what stands at `at` is seen; none if it is seen already.
fn scrolled(at: f32, length: f32, room: f32, content: f32, now: f32) -> Option<f32> {
    if content <= room {
        return None;
    }
    let seen = at - now;
    let last = (content - room).max(0.0);
    if seen < MARGIN {
        Some((at - MARGIN).clamp(0.0, last))
    } else if seen + length > room - MARGIN {
        // Its beginning, if it is longer than the room.
        Some((at + length + MARGIN - room).min(at).clamp(0.0, last))
    } else {
        None
    }
}

impl Operation<()> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        let depth = self.around.len();
        operate(self);
        self.around.truncate(depth);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        room: Rectangle,
        content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.around.push(Around { index: self.seen, room, content, translation });
        self.seen += 1;
    }

    fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if !state.is_focused() {
            return;
        }
        // Where the widget stands is told without what scrolling moves.
        let mut moved = Vector::ZERO;
        for Around { index, room, content, translation } in self.around.iter().rev() {
            let (left, top) = (bounds.x - room.x - moved.x, bounds.y - room.y - moved.y);
            let x = scrolled(left, bounds.width, room.width, content.width, translation.x);
            let y = scrolled(top, bounds.height, room.height, content.height, translation.y);
            moved += Vector::new(x.unwrap_or(translation.x), y.unwrap_or(translation.y));
            if x.is_some() || y.is_some() {
                self.found.push((*index, AbsoluteOffset { x, y }));
            }
        }
    }

    fn finish(&self) -> Outcome<()> {
        if self.found.is_empty() {
            return Outcome::None;
        }
        Outcome::Chain(Box::new(ScrollTo { found: self.found.clone(), seen: 0 }))
    }
}

struct ScrollTo {
    found: Vec<(usize, AbsoluteOffset<Option<f32>>)>,
    seen: usize,
}

impl Operation<()> for ScrollTo {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if let Some((_, to)) = self.found.iter().find(|(index, _)| *index == self.seen) {
            state.scroll_to(*to);
        }
        self.seen += 1;
    }
}

/// What a field that takes text says of itself to operations: whether it has the focus.
pub(super) struct Field {
    pub(super) has_focus: bool,
}

/// Looks for a field that takes text and has the focus.
#[derive(Default)]
pub(super) struct Writes(bool);

impl Writes {
    pub(super) fn is_any(&self) -> bool {
        self.0
    }
}

impl Operation for Writes {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        self.0 |= state.downcast_ref::<Field>().is_some_and(|field| field.has_focus);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every combination of Shift, Ctrl, Alt and the logo key.
    fn combinations() -> impl Iterator<Item = Modifiers> {
        let all = [Modifiers::SHIFT, Modifiers::CTRL, Modifiers::ALT, Modifiers::LOGO];
        (0..16_u32).map(move |bits| {
            let held = (0..4).filter(|at| bits & (1 << at) != 0);
            held.fold(Modifiers::empty(), |sum, at| sum | all[at as usize])
        })
    }

    fn letters() -> impl Iterator<Item = char> {
        ('!'..='~').chain("áéíóöőúüűäđłß€".chars())
    }

    #[test]
    fn a_shortcut_is_ctrl_and_nothing_else() {
        for modifiers in combinations() {
            for letter in letters() {
                let press = Press { key: Key::Character(letter.to_string().into()), modifiers };
                assert_eq!(press.is_ctrl(letter), modifiers == Modifiers::CTRL, "{modifiers:?} {letter}");
            }
            let enter = Press { key: Key::Named(Named::Enter), modifiers };
            assert_eq!(enter.is_ctrl_named(Named::Enter), modifiers == Modifiers::CTRL);
            assert_eq!(enter.is(Named::Enter), modifiers.is_empty());
        }
    }

    #[test]
    fn only_ctrl_and_alt_together_are_alt_gr() {
        for modifiers in combinations() {
            let rest = without_alt_gr(modifiers);
            if modifiers.contains(Modifiers::CTRL | Modifiers::ALT) {
                assert!(!rest.control() && !rest.alt());
                assert_eq!((rest.shift(), rest.logo()), (modifiers.shift(), modifiers.logo()));
            } else {
                assert_eq!(rest, modifiers);
            }
        }
    }
}
