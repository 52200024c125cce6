//! A date: typed as the user likes ("+3", "pé", "11.30", understood by the caller), or picked from a month.
//!
//! F4, Alt+Down or the ▾ opens the month; arrows and Page keys walk it, Enter picks, Esc closes.

use chrono::NaiveDate;
use iced::advanced::widget::Tree;
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse, overlay};
use iced::keyboard::{self, Key, key::Named};
use iced::{Event, Rectangle, Vector};

use super::calendar::{Calendar, CalendarState, Keyed, Words, WorkDays};
use super::field::{Field, labelled};
use super::input::frame_has_focus;
use super::pressable::is_press;
use super::wrapped::around;
use super::{Element, Renderer, Theme, spacing};

/// A field for a date that is being put together.
pub struct DateField<'a, M> {
    field: Field<'a, M>,
    value: Option<NaiveDate>,
    today: NaiveDate,
    words: &'a Words,
    is_work_day: WorkDays<'a>,
    on_pick: Option<Box<dyn Fn(NaiveDate) -> M + 'a>>,
}

/// A date field: `field` is the text as typed, `value` what the caller understood of it.
pub fn date<'a, M: Clone + 'a>(
    field: Field<'a, M>,
    value: Option<NaiveDate>,
    today: NaiveDate,
    words: &'a Words,
) -> DateField<'a, M> {
    DateField { field, value, today, words, is_work_day: Box::new(|_| true), on_pick: None }
}

impl<'a, M: Clone + 'a> DateField<'a, M> {
    /// The message of picking a day.
    #[must_use]
    pub fn on_pick(mut self, message: impl Fn(NaiveDate) -> M + 'a) -> Self {
        self.on_pick = Some(Box::new(message));
        self
    }

    /// Days on which the bank works; the others are dimmed.
    #[must_use]
    pub fn work_days(mut self, is_work_day: impl Fn(NaiveDate) -> bool + 'a) -> Self {
        self.is_work_day = Box::new(is_work_day);
        self
    }
}

struct Control<'a, M> {
    frame: Element<'a, M>,
    value: Option<NaiveDate>,
    today: NaiveDate,
    words: &'a Words,
    is_work_day: WorkDays<'a>,
    on_pick: Option<Box<dyn Fn(NaiveDate) -> M + 'a>>,
}

impl<M> Control<'_, M> {
    /// True if the key was the calendar's.
    fn key(&self, state: &mut CalendarState, key: &Key, alt: bool, shell: &mut Shell<'_, M>) -> bool {
        let Some(on_pick) = &self.on_pick else { return false };
        if state.at.is_some() {
            return match state.key(key) {
                Keyed::Ignored => false,
                Keyed::Used => true,
                Keyed::Chosen(day) => {
                    shell.publish(on_pick(day));
                    true
                }
            };
        }
        let opens = match key {
            Key::Named(Named::F4) => true,
            Key::Named(Named::ArrowDown) => alt,
            _ => false,
        };
        if opens {
            state.at = self.value.or(Some(self.today));
        }
        opens
    }
}

impl<M> Widget<M, Theme, Renderer> for Control<'_, M> {
    around!(frame, CalendarState, layout, operate, draw, mouse);

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
        let focused = frame_has_focus(&tree.children[0]);
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<CalendarState>();
        if state.at.is_some() && !focused {
            state.at = None;
            shell.request_redraw();
        }
        if let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event
            && focused
            && !modifiers.command()
            && self.key(state, key, modifiers.alt(), shell)
        {
            shell.capture_event();
            shell.request_redraw();
            return;
        }
        let mark =
            Rectangle { x: bounds.x + bounds.width - spacing::CONTROL, width: spacing::CONTROL, ..bounds };
        if is_press(event) && cursor.is_over(mark) && self.on_pick.is_some() {
            state.at = if state.at.is_some() { None } else { self.value.or(Some(self.today)) };
            shell.request_redraw();
        }
        self.frame.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout.child(0),
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _renderer: &Renderer,
        _viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let state = tree.state.downcast_mut::<CalendarState>();
        let (at, on_pick) = (state.at?, self.on_pick.as_ref()?);
        Some(overlay::Element::new(Box::new(Calendar {
            anchor: layout.bounds() + translation,
            state,
            at,
            chosen: self.value,
            today: self.today,
            words: self.words,
            is_work_day: self.is_work_day.as_ref(),
            on_pick: on_pick.as_ref(),
        })))
    }
}

impl<'a, M: Clone + 'a> From<DateField<'a, M>> for Element<'a, M> {
    fn from(date: DateField<'a, M>) -> Self {
        let (label, frame, note, width) = date.field.calendar_mark().into_parts();
        let control = Control {
            frame: frame.into(),
            value: date.value,
            today: date.today,
            words: date.words,
            is_work_day: date.is_work_day,
            on_pick: date.on_pick,
        };
        labelled(label, Element::new(control), note, width)
    }
}
