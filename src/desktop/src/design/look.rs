//! How things that can be pressed look: at rest, under the mouse, pressed, out of reach.

use iced::Color;
use iced::border::{self, Border};

use super::palette::{Palette, mix};
use super::spacing;

/// How a pressable looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The one main action of a view.
    Primary,
    Secondary,
    /// An action without a border.
    Quiet,
    /// An action that cannot be taken back.
    Danger,
    /// Words that lead somewhere.
    Link,
    /// An item of the navigation.
    Navigation {
        /// Whether it is where the user is.
        selected: bool,
    },
    /// One of a few choices side by side.
    Segment {
        /// Whether it is the chosen one.
        selected: bool,
        /// Whether the left corners are round.
        first: bool,
        /// Whether the right corners are round.
        last: bool,
    },
    /// A tab above a panel.
    Tab {
        /// Whether it is the open one.
        selected: bool,
    },
    /// A line of a list, of which one may be the chosen one.
    Line {
        /// Whether it is.
        selected: bool,
    },
    /// Content that draws itself: check marks.
    Bare,
}

pub(super) struct Skin {
    pub(super) background: Option<Color>,
    pub(super) border: Border,
    pub(super) text: Option<Color>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Touched {
    No,
    Hovered,
    Pressed,
}

impl Look {
    pub(super) fn radius(self) -> f32 {
        match self {
            Self::Link => 3.0,
            Self::Tab { .. } => 4.0,
            _ => spacing::CONTROL_RADIUS,
        }
    }

    pub(super) fn ring_inset(self) -> bool {
        matches!(self, Self::Navigation { .. } | Self::Segment { .. } | Self::Line { .. })
    }

    pub(super) fn skin(self, p: &Palette, touched: Touched, enabled: bool) -> Skin {
        let round = border::rounded(self.radius());
        let lift = match touched {
            Touched::No => 0.0,
            Touched::Hovered => 0.08,
            Touched::Pressed => 0.16,
        };
        let filled = |color: Color, on: Color| {
            let color = if enabled { mix(color, on, lift) } else { mix(p.panel, color, 0.45) };
            Skin { background: Some(color), border: round, text: Some(on) }
        };
        let dimmed = |color: Color| if enabled { color } else { mix(p.panel, color, 0.5) };
        match self {
            Self::Primary => filled(p.accent, p.on_accent),
            Self::Danger => {
                filled(p.bad, if p.on_accent == Color::WHITE { Color::WHITE } else { p.background })
            }
            Self::Secondary => Skin {
                background: Some(mix(p.panel, p.text, lift * 0.6)),
                border: round.color(dimmed(p.line)).width(1),
                text: Some(dimmed(p.text)),
            },
            Self::Quiet | Self::Bare => Skin {
                background: (self == Self::Quiet && touched != Touched::No)
                    .then(|| mix(p.panel, p.text, lift * 0.6)),
                border: round,
                text: Some(dimmed(p.text)),
            },
            Self::Link => Skin {
                background: (touched != Touched::No).then_some(p.accent_weak),
                border: round,
                text: Some(dimmed(p.on_accent_weak)),
            },
            Self::Line { selected } => Skin {
                background: if selected {
                    Some(p.accent_weak)
                } else {
                    (touched != Touched::No).then(|| mix(p.panel, p.text, lift * 0.6))
                },
                border: round,
                text: Some(if selected { p.on_accent_weak } else { dimmed(p.text) }),
            },
            Self::Navigation { selected } => Skin {
                background: if selected {
                    Some(p.navigation_selected)
                } else {
                    (touched != Touched::No).then(|| mix(p.navigation, p.navigation_selected, 0.5))
                },
                border: round,
                text: Some(if selected { p.navigation_on_selected } else { p.navigation_text }),
            },
            Self::Segment { selected, first, last } => {
                let side = |round: bool| if round { spacing::CONTROL_RADIUS } else { 0.0 };
                let radius = border::left(side(first)).top_right(side(last)).bottom_right(side(last));
                Skin {
                    background: Some(if selected { p.accent } else { mix(p.panel, p.text, lift * 0.6) }),
                    border: Border { color: if selected { p.accent } else { p.line }, width: 1.0, radius },
                    text: Some(if selected { p.on_accent } else { dimmed(p.dim) }),
                }
            }
            Self::Tab { selected } => Skin {
                background: (touched != Touched::No).then(|| mix(p.panel, p.text, lift * 0.6)),
                border: round,
                text: Some(if selected { p.on_accent_weak } else { dimmed(p.dim) }),
            },
        }
    }
}
