//! The month that drops down from a date field.

use chrono::{Datelike, Days, Months, NaiveDate};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{Key, key::Named};
use iced::{Color, Event, Point, Rectangle, Size, border};

use super::choices::draw_popup_ground;
use super::label::{Align, Labels};
use super::pressable::is_press;
use super::{Renderer, Theme, spacing, text};

const DAY: f32 = 30.0;
const HEAD: f32 = 34.0;
const WEEK: f32 = 22.0;
const EDGE: f32 = 8.0;

/// The words of a calendar in the user's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// January to December, as they stand in a title.
    pub months: [String; 12],
    /// Monday to Sunday, short.
    pub days: [String; 7],
    /// Whether the year stands before the month.
    pub year_first: bool,
}

impl Words {
    fn title(&self, day: NaiveDate) -> String {
        let month = &self.months[day.month0() as usize % 12];
        if self.year_first { format!("{}. {month}", day.year()) } else { format!("{month} {}", day.year()) }
    }
}

/// Which days the bank works: the others are dimmed.
pub(super) type WorkDays<'a> = Box<dyn Fn(NaiveDate) -> bool + 'a>;

/// What the calendar remembers between events.
#[derive(Default)]
pub(super) struct CalendarState {
    /// The day that Enter would choose, while the calendar is open.
    pub(super) at: Option<NaiveDate>,
    labels: Labels,
}

/// What a key did to the calendar.
pub(super) enum Keyed {
    Ignored,
    Used,
    Chosen(NaiveDate),
}

impl CalendarState {
    pub(super) fn key(&mut self, key: &Key) -> Keyed {
        let (Some(at), Key::Named(key)) = (self.at, key) else { return Keyed::Ignored };
        let to = match key {
            Named::ArrowLeft => at.checked_sub_days(Days::new(1)),
            Named::ArrowRight => at.checked_add_days(Days::new(1)),
            Named::ArrowUp => at.checked_sub_days(Days::new(7)),
            Named::ArrowDown => at.checked_add_days(Days::new(7)),
            Named::PageUp => at.checked_sub_months(Months::new(1)),
            Named::PageDown => at.checked_add_months(Months::new(1)),
            Named::Home => at.with_day(1),
            Named::End => at.with_day(u32::from(at.num_days_in_month())),
            Named::Escape => {
                self.at = None;
                return Keyed::Used;
            }
            Named::Enter => {
                self.at = None;
                return Keyed::Chosen(at);
            }
            _ => return Keyed::Ignored,
        };
        self.at = Some(to.unwrap_or(at));
        Keyed::Used
    }
}

/// The calendar, above everything else.
pub(super) struct Calendar<'b, M> {
    pub(super) anchor: Rectangle,
    pub(super) state: &'b mut CalendarState,
    pub(super) at: NaiveDate,
    pub(super) chosen: Option<NaiveDate>,
    pub(super) today: NaiveDate,
    pub(super) words: &'b Words,
    pub(super) is_work_day: &'b dyn Fn(NaiveDate) -> bool,
    pub(super) on_pick: &'b dyn Fn(NaiveDate) -> M,
}

impl<M> Calendar<'_, M> {
    /// The Monday on or before the first of the month.
    fn first_shown(&self) -> NaiveDate {
        let first = self.at.with_day(1).unwrap_or(self.at);
        let back = u64::from(first.weekday().num_days_from_monday());
        first.checked_sub_days(Days::new(back)).unwrap_or(first)
    }

    fn day_bounds(bounds: Rectangle, index: usize) -> Rectangle {
        Rectangle {
            x: bounds.x + EDGE + (index % 7) as f32 * DAY,
            y: bounds.y + HEAD + WEEK + (index / 7) as f32 * DAY,
            width: DAY,
            height: DAY,
        }
    }

    fn day_at(&self, bounds: Rectangle, at: Point) -> Option<NaiveDate> {
        let index = (0..42).find(|index| Self::day_bounds(bounds, *index).contains(at))?;
        self.first_shown().checked_add_days(Days::new(index as u64))
    }

    /// The arrows beside the title: to the month before and after.
    fn arrows(bounds: Rectangle) -> [Rectangle; 2] {
        let arrow = Rectangle { x: bounds.x + EDGE, y: bounds.y + 2.0, width: DAY, height: DAY };
        [arrow, Rectangle { x: bounds.x + bounds.width - EDGE - DAY, ..arrow }]
    }

    fn turn(&mut self, by: i8) {
        let month = Months::new(1);
        let to = if by < 0 { self.at.checked_sub_months(month) } else { self.at.checked_add_months(month) };
        self.state.at = to.or(Some(self.at));
    }
}

impl<M> overlay::Overlay<M, Theme, Renderer> for Calendar<'_, M> {
    fn layout(&mut self, _renderer: &Renderer, window: Size) -> layout::Node {
        let size = Size::new(7.0 * DAY + 2.0 * EDGE, HEAD + WEEK + 6.0 * DAY + EDGE);
        let below = self.anchor.y + self.anchor.height + 2.0;
        let above = self.anchor.y - size.height - 2.0;
        let y = if below + size.height > window.height && above >= 0.0 { above } else { below };
        layout::Node::new(size).move_to(Point::new(self.anchor.x.min(window.width - size.width).max(0.0), y))
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        let bounds = layout.bounds();
        match event {
            event if is_press(event) => {
                shell.request_redraw();
                let Some(at) = cursor.position_over(bounds) else {
                    if !cursor.is_over(self.anchor) {
                        self.state.at = None;
                    }
                    return;
                };
                shell.capture_event();
                let [before, after] = Self::arrows(bounds);
                if before.contains(at) {
                    self.turn(-1);
                } else if after.contains(at) {
                    self.turn(1);
                } else if let Some(day) = self.day_at(bounds, at) {
                    self.state.at = None;
                    shell.publish((self.on_pick)(day));
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if cursor.is_over(bounds) => {
                let (mouse::ScrollDelta::Lines { y, .. } | mouse::ScrollDelta::Pixels { y, .. }) = delta;
                self.turn(if *y > 0.0 { -1 } else { 1 });
                shell.capture_event();
                shell.request_redraw();
            }
            _ => {}
        }
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
        let labels = &self.state.labels;
        draw_popup_ground(renderer, bounds, p);
        labels.begin();
        let head = Rectangle { height: HEAD, ..bounds };
        let title = self.words.title(self.at);
        labels.draw(renderer, &title, text::STRONG, head, Align::Center, p.text, &bounds);
        for (arrow, mark) in Self::arrows(bounds).into_iter().zip(["◂", "▸"]) {
            labels.draw(renderer, mark, text::BODY, arrow, Align::Center, p.dim, &bounds);
        }
        for (index, name) in self.words.days.iter().enumerate() {
            let room = Rectangle {
                x: bounds.x + EDGE + index as f32 * DAY,
                y: bounds.y + HEAD,
                width: DAY,
                height: WEEK,
            };
            labels.draw(renderer, name, text::TINY, room, Align::Center, p.dim, &bounds);
        }
        for (index, day) in self.first_shown().iter_days().take(42).enumerate() {
            let room = Self::day_bounds(bounds, index);
            let mark = |border: Color, fill: Color, renderer: &mut Renderer| {
                renderer.fill_quad(
                    renderer::Quad {
                        bounds: room.shrink(1.0),
                        border: border::rounded(spacing::CONTROL_RADIUS).color(border).width(1),
                        ..renderer::Quad::default()
                    },
                    fill,
                );
            };
            let chosen = self.chosen == Some(day);
            if chosen {
                mark(p.accent, p.accent, renderer);
            } else if day == self.today {
                mark(p.line, Color::TRANSPARENT, renderer);
            }
            if day == self.at {
                mark(p.focus, if chosen { p.accent } else { p.accent_weak }, renderer);
            }
            let works = (self.is_work_day)(day) && day.month() == self.at.month();
            let ink = match (chosen, works) {
                (true, _) => p.on_accent,
                (false, true) => p.text,
                (false, false) => super::palette::mix(p.panel, p.dim, 0.65),
            };
            let role = if works { text::MEDIUM } else { text::BODY };
            labels.draw(renderer, &day.day().to_string(), role, room, Align::Center, ink, &bounds);
        }
        labels.end();
    }

    fn mouse_interaction(
        &self,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i32, month: u32, day: u32) -> CalendarState {
        CalendarState { at: NaiveDate::from_ymd_opt(year, month, day), ..CalendarState::default() }
    }

    #[test]
    fn keys_walk_days_weeks_and_months() {
        for (key, to) in [
            (Named::ArrowRight, (2026, 2, 1)),
            (Named::ArrowUp, (2026, 1, 24)),
            (Named::PageDown, (2026, 2, 28)),
            (Named::Home, (2026, 1, 1)),
            (Named::End, (2026, 1, 31)),
        ] {
            let mut state = at(2026, 1, 31);
            state.key(&Key::Named(key));
            assert_eq!(state.at, NaiveDate::from_ymd_opt(to.0, to.1, to.2), "{key:?}");
        }
    }

    #[test]
    fn enter_chooses_and_closes() {
        let mut state = at(2026, 11, 23);
        assert!(matches!(state.key(&Key::Named(Named::Enter)), Keyed::Chosen(day) if day.day() == 23));
        assert_eq!(state.at, None);
    }
}
