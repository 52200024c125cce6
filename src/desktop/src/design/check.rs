//! Check boxes and radio buttons.

use iced::advanced::widget::Id;
use iced::widget::canvas::{self, Canvas, Frame, Path, Stroke};
use iced::{Alignment, Length, Point, Rectangle, Size, mouse};

use super::palette::Palette;
use super::picture::{self, Kept};
use super::pressable::{Look, pressable};
use super::{Element, Renderer, Row, Theme, spacing, text};
use text::Inked;

const MARK: f32 = 16.0;

#[derive(Debug, Clone, Copy, Hash)]
enum Shape {
    Box,
    Circle,
}

struct Mark {
    shape: Shape,
    checked: bool,
    enabled: bool,
}

impl<M> canvas::Program<M, Theme, Renderer> for Mark {
    type State = Kept;

    fn draw(
        &self,
        kept: &Kept,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry<Renderer>> {
        let p = &theme.palette;
        let shows = (self.shape, self.checked, self.enabled, picture::look(theme));
        kept.draw(shows, renderer, bounds.size(), |frame| self.paint(p, frame))
    }
}

impl Mark {
    fn paint(&self, p: &Palette, frame: &mut Frame<Renderer>) {
        let edge = if self.enabled { p.dim } else { p.line };
        let fill = if self.enabled { p.accent } else { p.dim };
        let inside = Size::new(MARK - 1.0, MARK - 1.0);
        let (outer, inner) = match self.shape {
            Shape::Box => {
                let mut tick = canvas::path::Builder::new();
                tick.move_to(Point::new(4.5, 8.5));
                tick.line_to(Point::new(7.0, 11.0));
                tick.line_to(Point::new(11.5, 5.5));
                (Path::rounded_rectangle(Point::new(0.5, 0.5), inside, 4.0.into()), tick.build())
            }
            Shape::Circle => (
                Path::circle(Point::new(MARK / 2.0, MARK / 2.0), MARK / 2.0 - 0.5),
                Path::circle(Point::new(MARK / 2.0, MARK / 2.0), 3.5),
            ),
        };
        match (self.shape, self.checked) {
            (Shape::Box, true) => {
                frame.fill(&outer, fill);
                frame.stroke(&inner, Stroke::default().with_color(p.on_accent).with_width(1.6));
            }
            (Shape::Circle, true) => {
                frame.fill(&outer, p.panel);
                frame.stroke(&outer, Stroke::default().with_color(fill).with_width(1.5));
                frame.fill(&inner, fill);
            }
            (_, false) => {
                frame.fill(&outer, p.panel);
                frame.stroke(&outer, Stroke::default().with_color(edge).with_width(1.0));
            }
        }
    }
}

/// A check box or radio button that is being put together; without [`Check::on_press`] it is disabled.
pub struct Check<M> {
    shape: Shape,
    checked: bool,
    label: String,
    hint: String,
    id: Option<Id>,
    on_press: Option<M>,
}

pub fn checkbox<M>(label: impl Into<String>, checked: bool) -> Check<M> {
    Check { shape: Shape::Box, checked, label: label.into(), hint: String::new(), id: None, on_press: None }
}

/// One of a few choices that want explaining.
pub fn radio<M>(label: impl Into<String>, chosen: bool) -> Check<M> {
    Check { shape: Shape::Circle, ..checkbox(label, chosen) }
}

impl<M> Check<M> {
    /// The message of a press: the new state is the caller's to make.
    #[must_use]
    pub fn on_press(mut self, message: M) -> Self {
        self.on_press = Some(message);
        self
    }

    /// The message of a press with the new state.
    #[must_use]
    pub fn on_toggle(self, message: impl Fn(bool) -> M) -> Self {
        let next = message(!self.checked);
        self.on_press(next)
    }

    /// Dim words behind the label.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = words.into();
        self
    }

    /// The name by which focus and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl<'a, M: Clone + 'a> From<Check<M>> for Element<'a, M> {
    fn from(check: Check<M>) -> Self {
        let mark = Mark { shape: check.shape, checked: check.checked, enabled: check.on_press.is_some() };
        let mark = Canvas::new(mark).width(Length::Fixed(MARK)).height(Length::Fixed(MARK));
        let mut content = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(mark)
            .push(text::body(check.label));
        if !check.hint.is_empty() {
            content = content.push(text::hint(check.hint).dim());
        }
        let mut pressed = pressable(Look::Bare, content).on_press_maybe(check.on_press);
        if let Some(id) = check.id {
            pressed = pressed.id(id);
        }
        pressed.into()
    }
}
