//! What a screen asks the window to say.

use crate::design::theme::Tone;
use crate::go::Go;

/// A message that floats for a while, with a place that it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Good, bad …
    pub tone: Tone,
    /// In words.
    pub words: String,
    /// What a press on it opens, and the words of that link.
    pub link: Option<(String, Go)>,
}

impl Notice {
    /// It worked.
    pub fn good(words: impl Into<String>) -> Self {
        Self { tone: Tone::Good, words: words.into(), link: None }
    }

    /// It did not work.
    pub fn bad(words: impl Into<String>) -> Self {
        Self { tone: Tone::Bad, words: words.into(), link: None }
    }

    /// With a place to go.
    #[must_use]
    pub fn leading_to(mut self, words: impl Into<String>, go: Go) -> Self {
        self.link = Some((words.into(), go));
        self
    }
}
