//! Pictures that are drawn once and kept.
//!
//! Of a fresh drawing the renderer repaints, with every change anywhere, the boxes of its paths without their pens:
//! edges lose half a pixel, and a level line, which has no height, is not repainted at all. A kept drawing is
//! repainted whole when it changes and not otherwise.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

use iced::Size;
use iced::widget::canvas::{Cache, Frame, Geometry};

use super::{Renderer, Theme};

/// A drawing and what it shows.
#[derive(Default)]
pub struct Kept {
    cache: Cache<Renderer>,
    shows: Cell<u64>,
}

impl Kept {
    /// The drawing, made again if it does not show this.
    pub fn draw(
        &self,
        shows: impl Hash,
        renderer: &Renderer,
        size: Size,
        draw: impl FnOnce(&mut Frame<Renderer>),
    ) -> Vec<Geometry<Renderer>> {
        let mut hasher = DefaultHasher::new();
        shows.hash(&mut hasher);
        if self.shows.replace(hasher.finish()) != hasher.finish() {
            self.cache.clear();
        }
        vec![self.cache.draw(renderer, size, draw)]
    }
}

/// What a drawing takes from the theme: its name stands for its colours.
#[must_use]
pub fn look(theme: &Theme) -> &str {
    iced::theme::Base::name(theme)
}
