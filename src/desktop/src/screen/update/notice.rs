//! The notice above every place: there is a newer version, or the bank takes this one no more.

use client::update::UpdateState;

use crate::design::theme::Tone;
use crate::design::{Element, button, strip};
use crate::tr;

/// What is pressed in the notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Press {
    Show,
    /// Put the notice away until there is another version.
    Hide,
}

/// The notice of a state, unless its version's was put away. A demand of the bank cannot be put away.
pub(crate) fn notice<'a>(state: &UpdateState, hidden: Option<&str>) -> Option<Element<'a, Press>> {
    let show = |label: String| button::link(label).id("update-show").on_press(Press::Show).into();
    match state {
        UpdateState::Newest { .. } => None,
        UpdateState::Newer { version, .. } if hidden == Some(version) => None,
        UpdateState::Newer { version, .. } => {
            let hide = button::quiet("✕").small().id("update-hide").on_press(Press::Hide).into();
            let words = tr!("update-notice", version = version.as_str());
            Some(strip::strip(Tone::Accent, words, [show(tr!("update-look")), hide]))
        }
        UpdateState::TooOld { minimum, .. } => {
            let words = tr!("update-notice-old", version = minimum.as_str());
            Some(strip::strip(Tone::Bad, words, [show(tr!("update-look-old"))]))
        }
    }
}
