//! Text drawn by our own widgets: shaped once, cut with an ellipsis where it does not fit.
//!
//! The software renderer wants two things to repaint little (measured: 12 ms a frame instead of 294): the clip is the
//! label's own box, and the position is its top left corner, whatever the alignment.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use iced::advanced::text::{
    self, Alignment, Hit, LineHeight, Paragraph as _, Renderer as _, Shaping, Wrapping,
};
use iced::{Color, Pixels, Point, Rectangle, Size, alignment};

use super::Renderer;
use super::text::Role;

type Paragraph = <Renderer as text::Renderer>::Paragraph;

/// Where in its box a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Center,
    /// At the right: numbers.
    Right,
}

struct Shaped {
    paragraph: Paragraph,
    size: Size,
    /// Bytes of the text that are left, if it was cut.
    cut: Option<usize>,
    seen: u64,
}

/// The shaped texts of one widget. What was not drawn in a frame is dropped at the end of that frame.
#[derive(Default)]
pub struct Labels {
    shaped: RefCell<(u64, HashMap<u64, Shaped>)>,
}

/// A box that no text of one line fills, a little different for each text. The software renderer repaints what differs
/// from the frame before, and takes two texts of the same font, size and box for the same whatever they say: digits are
/// all as wide, so an amount would stay on the screen where a list has moved another one to.
fn room_of_its_own(content: &str, role: Role) -> Size {
    const WIDE: u32 = 1 << 23;
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let [a, b, c, d, e, ..] = hasher.finish().to_le_bytes();
    // Both sums are exact: 23 bits of width, 16 bits of a pixel's height.
    let wider = u32::from_le_bytes([a, b, c & 0x7f, 0]);
    let higher = f32::from(u16::from_le_bytes([d, e])) / 65_536.0;
    Size::new((WIDE + wider) as f32, role.line + higher)
}

fn paragraph(content: &str, role: Role) -> Paragraph {
    Paragraph::with_text(text::Text {
        content,
        bounds: room_of_its_own(content, role),
        size: Pixels(role.size),
        line_height: LineHeight::Absolute(Pixels(role.line)),
        font: role.font,
        align_x: Alignment::Default,
        align_y: alignment::Vertical::Top,
        shaping: Shaping::Advanced,
        wrapping: Wrapping::None,
    })
}

/// The width that a text takes in one line.
#[must_use]
pub fn width(content: &str, role: Role) -> f32 {
    paragraph(content, role).min_bounds().width
}

fn shape(content: &str, role: Role, room: f32) -> Shaped {
    let whole = paragraph(content, role);
    let size = whole.min_bounds();
    if size.width <= room {
        return Shaped { paragraph: whole, size, cut: None, seen: 0 };
    }
    let dots = width("…", role);
    let hit = whole.hit_test(Point::new((room - dots).max(0.0), role.line / 2.0)).map_or(0, Hit::cursor);
    let mut end = content.floor_char_boundary(hit.min(content.len()));
    loop {
        let short = format!("{}…", content[..end].trim_end());
        let paragraph = paragraph(&short, role);
        let size = paragraph.min_bounds();
        if size.width <= room || end == 0 {
            return Shaped { paragraph, size, cut: Some(end), seen: 0 };
        }
        end = content.floor_char_boundary(end - 1);
    }
}

fn key(content: &str, role: Role, room: f32) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    role.size.to_bits().hash(&mut hasher);
    role.font.hash(&mut hasher);
    room.to_bits().hash(&mut hasher);
    hasher.finish()
}

impl Labels {
    pub fn begin(&self) {
        self.shaped.borrow_mut().0 += 1;
    }

    /// Ends a frame: drops what it did not draw.
    pub fn end(&self) {
        let (frame, shaped) = &mut *self.shaped.borrow_mut();
        shaped.retain(|_, label| label.seen == *frame);
    }

    /// Draws one line of text into a box, in its middle by height; returns the width it took.
    #[allow(clippy::too_many_arguments)]
    pub fn draw(
        &self,
        renderer: &mut Renderer,
        content: &str,
        role: Role,
        room: Rectangle,
        align: Align,
        color: Color,
        clip: &Rectangle,
    ) -> f32 {
        if content.is_empty() || room.width < 1.0 {
            return 0.0;
        }
        let (frame, shaped) = &mut *self.shaped.borrow_mut();
        let label =
            shaped.entry(key(content, role, room.width)).or_insert_with(|| shape(content, role, room.width));
        label.seen = *frame;
        #[cfg(test)]
        if let Some(left) = label.cut {
            cuts::tell(content, left);
        }
        let free = (room.width - label.size.width).max(0.0);
        let x = match align {
            Align::Left => room.x,
            Align::Center => room.x + (free / 2.0).floor(),
            Align::Right => room.x + free,
        };
        let at = Point::new(x, room.y + ((room.height - role.line) / 2.0).floor());
        if let Some(clip) = room.intersection(clip) {
            renderer.fill_paragraph(&label.paragraph, at, color, clip);
        }
        label.size.width
    }

    /// Whether a text that was drawn in the last frame had to be cut.
    #[must_use]
    pub fn is_cut(&self, content: &str, role: Role, room: f32) -> bool {
        self.shaped.borrow().1.get(&key(content, role, room)).is_some_and(|label| label.cut.is_some())
    }

    /// The number of texts kept: what the last frame showed.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.shaped.borrow().1.len()
    }
}

/// The texts that had to be cut while the window was drawn on this thread, for the test of the layout.
#[cfg(test)]
pub mod cuts {
    use std::cell::RefCell;

    thread_local! {
        static CUT: RefCell<Vec<(String, usize)>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn tell(content: &str, left: usize) {
        CUT.with_borrow_mut(|cut| cut.push((content.to_owned(), left)));
    }

    /// Those since the last time, each with how many bytes of it were shown.
    pub fn take() -> Vec<(String, usize)> {
        CUT.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::text::{BODY, HEADER, HINT};

    #[test]
    fn texts_that_take_the_same_room_are_not_the_same_to_the_renderer() {
        for role in [BODY, HEADER, HINT] {
            let shaped = |content: &str| paragraph(content, role);
            for (one, other) in [("34", "36"), ("16", "18"), ("1 240 000 Ft", "5 836 550 Ft")] {
                let (a, b) = (shaped(one), shaped(other));
                assert_eq!(a.min_bounds(), b.min_bounds(), "digits are all as wide");
                assert!(a.downgrade() != b.downgrade(), "{other} would be left where {one} belongs");
                assert!(a.downgrade() == shaped(one).downgrade());
            }
        }
    }
}
