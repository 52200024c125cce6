//! What the user prefers: language, colours, size. Kept in the store; the command line goes before it.

use client::texts::Language;
use serde::{Deserialize, Serialize};

use crate::design::theme::Appearance;

/// Sizes that can be chosen, in percent.
pub const SCALES: [u16; 7] = [100, 110, 125, 140, 150, 175, 200];

/// What the user prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Language of the window.
    pub language: Language,
    pub colours: Colours,
    /// Size of everything, in percent, 100 to 200.
    pub scale: u16,
    /// Whether the system tells what happens while the window is not looked at.
    pub notify: bool,
}

/// Colours as they are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Colours {
    #[default]
    System,
    Light,
    Dark,
    /// White and yellow on black.
    HighContrast,
}

impl From<Colours> for Appearance {
    fn from(colours: Colours) -> Self {
        match colours {
            Colours::System => Self::System,
            Colours::Light => Self::Light,
            Colours::Dark => Self::Dark,
            Colours::HighContrast => Self::HighContrast,
        }
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: client::texts::language_of_system(),
            colours: Colours::System,
            scale: 100,
            notify: true,
        }
    }
}

impl Preferences {
    /// Key of the setting.
    pub const KEY: &str = "window";

    /// The next larger (1) or smaller (-1) size.
    #[must_use]
    pub fn scaled(mut self, by: i8) -> Self {
        let next = if by > 0 {
            SCALES.into_iter().find(|scale| *scale > self.scale)
        } else {
            SCALES.into_iter().rev().find(|scale| *scale < self.scale)
        };
        self.scale = next.unwrap_or(self.scale);
        self
    }

    /// The factor of the size, 1.0 to 2.0.
    #[must_use]
    pub fn factor(self) -> f32 {
        f32::from(self.scale.clamp(100, 200)) / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_step_between_their_ends() {
        let at = |scale| Preferences { scale, ..Preferences::default() };
        assert_eq!(at(100).scaled(1).scale, 110);
        assert_eq!(at(100).scaled(-1).scale, 100);
        assert_eq!(at(200).scaled(1).scale, 200);
        assert_eq!(at(120).scaled(-1).scale, 110);
        assert!((at(500).factor() - 2.0).abs() < f32::EPSILON);
    }
}
