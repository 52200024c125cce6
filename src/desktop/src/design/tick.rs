//! A rule and whether it is met: a drawn mark, the rule, and the same in a word, so that colour is not alone.

use iced::widget::canvas::{self, Canvas, Frame, Path, Stroke};
use iced::widget::space;
use iced::{Alignment, Length, Point, Rectangle, mouse};

use super::palette::Palette;
use super::picture::{self, Kept};
use super::{Element, Renderer, Row, Theme, spacing, text};
use text::Inked;

/// Height and width of the mark.
const SIDE: f32 = 16.0;

struct Mark {
    met: bool,
}

/// A line of a list of rules; `word` says in a word whether it is met.
pub fn tick<'a, M: 'a>(met: bool, rule: impl Into<String>, word: impl Into<String>) -> Element<'a, M> {
    let mark = Canvas::new(Mark { met }).width(Length::Fixed(SIDE)).height(Length::Fixed(SIDE));
    let word = text::hint(word.into()).one_line();
    Row::new()
        .spacing(spacing::S)
        .align_y(Alignment::Center)
        .push(mark)
        .push(text::body(rule.into()))
        .push(space::horizontal())
        .push(if met { word.good() } else { word.dim() })
        .into()
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
        let shows = (self.met, picture::look(theme));
        kept.draw(shows, renderer, bounds.size(), |frame| self.paint(&theme.palette, frame))
    }
}

impl Mark {
    fn paint(&self, p: &Palette, frame: &mut Frame<Renderer>) {
        let circle = Path::circle(Point::new(SIDE / 2.0, SIDE / 2.0), SIDE / 2.0 - 1.0);
        if !self.met {
            frame.stroke(&circle, Stroke::default().with_color(p.dim).with_width(1.2));
            return;
        }
        let mut tick = canvas::path::Builder::new();
        tick.move_to(Point::new(4.5, 8.5));
        tick.line_to(Point::new(7.0, 11.0));
        tick.line_to(Point::new(11.5, 5.5));
        frame.fill(&circle, p.good);
        frame.stroke(&tick.build(), Stroke::default().with_color(p.panel).with_width(1.6));
    }
}
