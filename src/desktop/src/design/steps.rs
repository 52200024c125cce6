//! The way of a package: "rögzített ✓ → … → beküldés".

use iced::{Alignment, Padding};

use super::theme::Tone;
use super::{Element, pill, spacing, text};
use text::Inked;

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub words: String,
    /// Where the way stands here.
    pub at: At,
}

/// Whether a step is behind, here or ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Behind: gets a check mark.
    Done,
    /// Here, waiting for somebody.
    Here,
    /// Here, and it went wrong.
    Failed,
    Ahead,
}

impl Step {
    /// A step with its words.
    #[must_use]
    pub fn new(words: impl Into<String>, at: At) -> Self {
        Self { words: words.into(), at }
    }
}

/// The steps with arrows between them; breaks into lines where there is no room.
pub fn steps<'a, M: 'a>(steps: impl IntoIterator<Item = Step>) -> Element<'a, M> {
    let mut row = super::Row::new().spacing(spacing::M).align_y(Alignment::Center);
    for (index, step) in steps.into_iter().enumerate() {
        if index > 0 {
            row = row.push(text::body("→").dim());
        }
        row = row.push(match step.at {
            At::Done => pill::pill(Tone::Neutral, format!("{} ✓", step.words)),
            At::Here => pill::pill(Tone::Care, step.words),
            At::Failed => pill::pill(Tone::Bad, format!("{} ✕", step.words)),
            At::Ahead => pill::pill(Tone::Neutral, step.words),
        });
    }
    row.padding(Padding::ZERO).wrap().vertical_spacing(spacing::XS).into()
}
