//! How far a piece of work is.

use iced::Length;

use super::theme::Surface;
use super::{Container, Element, Row};

/// A bar; `share` is from 0 to 1.
pub fn progress<'a, M: 'a>(share: f32, width: impl Into<Length>) -> Element<'a, M> {
    let done = (share.clamp(0.0, 1.0) * 1000.0).round() as u16;
    let part = |portion: u16, class: Surface| {
        Container::new("").width(Length::FillPortion(portion)).height(Length::Fixed(6.0)).class(class)
    };
    let mut row = Row::new();
    if done > 0 {
        row = row.push(part(done, Surface::Progress));
    }
    if done < 1000 {
        row = row.push(part(1000 - done, Surface::Plain));
    }
    Container::new(row).width(width).class(Surface::Track).into()
}
