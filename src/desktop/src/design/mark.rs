//! The mark of Kapocs: two links that hold each other.

use iced::widget::canvas::{self, Canvas, Path, Stroke};
use iced::{Length, Point, Rectangle, Size, mouse};

use super::picture::{self, Kept};
use super::{Element, Renderer, Theme};

const SIDE: f32 = 16.0;

struct Mark;

/// The mark, as high as a line of text.
pub fn mark<'a, M: 'a>() -> Element<'a, M> {
    Canvas::new(Mark).width(Length::Fixed(SIDE)).height(Length::Fixed(SIDE)).into()
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
        kept.draw(picture::look(theme), renderer, bounds.size(), |frame| {
            let pen = Stroke::default().with_color(theme.palette.on_accent_weak).with_width(2.0);
            for corner in [1.0, 5.5] {
                let link =
                    Path::rounded_rectangle(Point::new(corner, corner), Size::new(9.0, 9.0), 2.0.into());
                frame.stroke(&link, pen);
            }
        })
    }
}
