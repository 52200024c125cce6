//! The list that drops down from a select, a menu button or a field with suggestions: drawn here once for all three.
//!
//! The keyboard belongs to the widget that opened the list; the list itself takes the mouse and the wheel.

use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{Key, key::Named};
use iced::{Border, Event, Point, Rectangle, Size, border};

use super::label::{self, Align, Labels};
use super::palette::Palette;
use super::pressable::is_press;
use super::{Renderer, Theme, spacing, text};

const ROW: f32 = 28.0;
const MOST_ROWS: usize = 10;
const EDGE: f32 = 4.0;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    pub label: String,
    /// What helps to tell it apart, at the right, dim: an account number, a balance, a shortcut.
    pub detail: String,
}

impl Choice {
    /// A line with a label and a detail.
    #[must_use]
    pub fn new(label: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { label: label.into(), detail: detail.into() }
    }
}

impl From<&str> for Choice {
    fn from(label: &str) -> Self {
        Self::new(label, "")
    }
}

impl From<String> for Choice {
    fn from(label: String) -> Self {
        Self::new(label, "")
    }
}

/// What a list remembers between events.
#[derive(Default)]
pub struct ListState {
    /// Whether it is shown.
    pub open: bool,
    /// The line that Enter would choose.
    pub highlighted: Option<usize>,
    first: usize,
    labels: Labels,
}

/// What a key did to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyed {
    /// Not a key of lists.
    Ignored,
    /// The list moved or closed.
    Used,
    /// This line was chosen; the list is closed.
    Chosen(usize),
}

impl ListState {
    /// Opens the list at a line.
    pub fn open_at(&mut self, line: Option<usize>, count: usize) {
        self.open = true;
        self.highlight(line, count);
    }

    pub fn close(&mut self) {
        self.open = false;
        self.highlighted = None;
    }

    fn highlight(&mut self, line: Option<usize>, count: usize) {
        self.highlighted = line.filter(|line| *line < count);
        if let Some(line) = self.highlighted {
            let last = line.saturating_sub(MOST_ROWS - 1);
            self.first = self.first.clamp(last, line.max(last));
        }
        self.first = self.first.min(count.saturating_sub(MOST_ROWS));
    }

    /// Walks the open list by a key.
    pub fn key(&mut self, key: &Key, count: usize) -> Keyed {
        let Key::Named(key) = key else { return Keyed::Ignored };
        let at = self.highlighted;
        let end = count.saturating_sub(1);
        let to = match key {
            Named::ArrowDown => at.map_or(0, |at| (at + 1).min(end)),
            Named::ArrowUp => at.map_or(end, |at| at.saturating_sub(1)),
            Named::PageDown => (at.unwrap_or(0) + MOST_ROWS).min(end),
            Named::PageUp => at.unwrap_or(0).saturating_sub(MOST_ROWS),
            Named::Home => 0,
            Named::End => end,
            Named::Escape => {
                self.close();
                return Keyed::Used;
            }
            Named::Enter => {
                let Some(at) = at.filter(|at| *at < count) else { return Keyed::Ignored };
                self.close();
                return Keyed::Chosen(at);
            }
            _ => return Keyed::Ignored,
        };
        self.highlight(Some(to), count);
        Keyed::Used
    }
}

/// The list itself, above everything else.
pub struct Popup<'b, M> {
    /// The control that it hangs from, in window coordinates.
    pub anchor: Rectangle,
    pub choices: &'b [Choice],
    /// The line that is chosen now.
    pub selected: Option<usize>,
    pub state: &'b mut ListState,
    /// The message of choosing a line.
    pub on_choose: &'b dyn Fn(usize) -> M,
    /// Wide enough for its longest line, instead of as wide as the control.
    pub fit: bool,
}

impl<'b, M: 'b> Popup<'b, M> {
    /// As iced wants it.
    #[must_use]
    pub fn overlay(self) -> overlay::Element<'b, M, Theme, Renderer> {
        overlay::Element::new(Box::new(self))
    }
}

impl<M> Popup<'_, M> {
    fn shown(&self) -> usize {
        self.choices.len().min(MOST_ROWS)
    }

    fn line_at(&self, bounds: Rectangle, at: Point) -> Option<usize> {
        let row = ((at.y - bounds.y - EDGE) / ROW).floor();
        (row >= 0.0 && (row as usize) < self.shown()).then(|| self.state.first + row as usize)
    }

    fn fitting_width(&self) -> f32 {
        let widest = self.choices.iter().map(|choice| {
            let detail = label::width(&choice.detail, text::HINT);
            label::width(&choice.label, text::BODY) + if detail > 0.0 { detail + spacing::XL } else { 0.0 }
        });
        widest.fold(120.0, f32::max) + 2.0 * (spacing::M + EDGE)
    }
}

impl<M> overlay::Overlay<M, Theme, Renderer> for Popup<'_, M> {
    fn layout(&mut self, _renderer: &Renderer, window: Size) -> layout::Node {
        let height = self.shown() as f32 * ROW + 2.0 * EDGE;
        let width = if self.fit { self.fitting_width().max(self.anchor.width) } else { self.anchor.width };
        let below = self.anchor.y + self.anchor.height + 2.0;
        let above = self.anchor.y - height - 2.0;
        let y = if below + height > window.height && above >= 0.0 { above } else { below };
        let x = self.anchor.x.min(window.width - width).max(0.0);
        layout::Node::new(Size::new(width, height)).move_to(Point::new(x, y))
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
                if cursor.is_over(bounds) {
                    if let Some(line) = cursor.position().and_then(|at| self.line_at(bounds, at)) {
                        self.state.close();
                        shell.publish((self.on_choose)(line));
                    }
                    shell.capture_event();
                } else if !cursor.is_over(self.anchor) {
                    self.state.close();
                }
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                let line = cursor.position_over(bounds).and_then(|at| self.line_at(bounds, at));
                if line.is_some() && line != self.state.highlighted {
                    self.state.highlighted = line;
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if cursor.is_over(bounds) => {
                let (mouse::ScrollDelta::Lines { y, .. } | mouse::ScrollDelta::Pixels { y, .. }) = delta;
                let most = self.choices.len().saturating_sub(MOST_ROWS);
                self.state.first = if *y < 0.0 {
                    (self.state.first + 2).min(most)
                } else {
                    self.state.first.saturating_sub(2)
                };
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
        draw_popup_ground(renderer, bounds, p);
        let labels = &self.state.labels;
        labels.begin();
        let lines = self.choices.iter().enumerate().skip(self.state.first).take(MOST_ROWS);
        for (row, (index, choice)) in lines.enumerate() {
            let line = Rectangle {
                x: bounds.x + EDGE,
                y: bounds.y + EDGE + row as f32 * ROW,
                width: bounds.width - 2.0 * EDGE,
                height: ROW,
            };
            let lit = self.state.highlighted == Some(index);
            if lit {
                renderer.fill_quad(
                    renderer::Quad { bounds: line, border: border::rounded(4), ..renderer::Quad::default() },
                    p.accent_weak,
                );
            }
            let room = Rectangle { x: line.x + spacing::S, width: line.width - 2.0 * spacing::S, ..line };
            let detail = if choice.detail.is_empty() {
                0.0
            } else {
                let used =
                    labels.draw(renderer, &choice.detail, text::HINT, room, Align::Right, p.dim, &bounds);
                used + spacing::M
            };
            let role = if self.selected == Some(index) { text::STRONG } else { text::BODY };
            let room = Rectangle { width: room.width - detail, ..room };
            labels.draw(renderer, &choice.label, role, room, Align::Left, p.text, &bounds);
        }
        labels.end();
        draw_thumb(renderer, bounds, p, self.state.first, self.shown(), self.choices.len());
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

/// The paper of anything that drops down.
pub(super) fn draw_popup_ground(renderer: &mut Renderer, bounds: Rectangle, p: &Palette) {
    renderer.fill_quad(
        renderer::Quad {
            bounds,
            border: border::rounded(spacing::CONTROL_RADIUS).color(p.line).width(1),
            ..renderer::Quad::default()
        },
        p.panel,
    );
}

fn draw_thumb(
    renderer: &mut Renderer,
    bounds: Rectangle,
    p: &Palette,
    first: usize,
    shown: usize,
    all: usize,
) {
    if all <= shown {
        return;
    }
    let room = bounds.height - 2.0 * EDGE;
    let height = (room * shown as f32 / all as f32).max(16.0);
    let y = bounds.y + EDGE + (room - height) * first as f32 / (all - shown) as f32;
    renderer.fill_quad(
        renderer::Quad {
            bounds: Rectangle { x: bounds.x + bounds.width - 7.0, y, width: 4.0, height },
            border: Border { radius: 2.0.into(), ..Border::default() },
            ..renderer::Quad::default()
        },
        p.dim,
    );
}
