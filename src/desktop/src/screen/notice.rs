//! What a screen asks the window to say.

use crate::design::theme::Tone;
use crate::go::Go;

/// A message that floats for a while, with a place that it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub tone: Tone,
    pub words: String,
    /// What a press on it opens, and the words of that link.
    pub link: Option<(String, Go)>,
}

impl Notice {
    pub fn new(tone: Tone, words: impl Into<String>) -> Self {
        Self { tone, words: words.into(), link: None }
    }

    pub fn good(words: impl Into<String>) -> Self {
        Self::new(Tone::Good, words)
    }

    /// It worked in part, or something is missing for it.
    pub fn care(words: impl Into<String>) -> Self {
        Self::new(Tone::Care, words)
    }

    /// It did not work.
    pub fn bad(words: impl Into<String>) -> Self {
        Self::new(Tone::Bad, words)
    }

    /// With a place to go.
    #[must_use]
    pub fn leading_to(mut self, words: impl Into<String>, go: Go) -> Self {
        self.link = Some((words.into(), go));
        self
    }
}
