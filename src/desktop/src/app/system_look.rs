//! The colours that the system asks for, now and whenever they are changed there: light, dark or high contrast.
//!
//! Read by mundy: on Windows from UISettings and AccessibilitySettings (a high-contrast theme), elsewhere from the
//! desktop portal (`org.freedesktop.appearance`). Where neither answers, what iced hears of the window's theme decides.
//! One reader for both systems, and none of iced's own: two would contradict each other.

use iced::Subscription;
use iced::futures::StreamExt;
use mundy::{ColorScheme, Contrast, Interest};

use crate::design::theme::Theme;

/// What the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum SystemLook {
    /// Nothing, or nobody can be asked.
    #[default]
    Untold,
    Light,
    Dark,
    HighContrast,
}

impl SystemLook {
    fn of(told: mundy::Preferences) -> Self {
        match (told.contrast, told.color_scheme) {
            // A palette of the user's own (Custom) is chosen by those who need to tell things apart.
            (Contrast::More | Contrast::Custom, _) => Self::HighContrast,
            (_, ColorScheme::Dark) => Self::Dark,
            (_, ColorScheme::Light) => Self::Light,
            (_, ColorScheme::NoPreference) => Self::Untold,
        }
    }

    /// The theme of it; none where the window's own decides.
    pub(crate) fn theme(self) -> Option<Theme> {
        match self {
            Self::Untold => None,
            Self::Light => Some(Theme::LIGHT),
            Self::Dark => Some(Theme::DARK),
            Self::HighContrast => Some(Theme::HIGH_CONTRAST),
        }
    }
}

/// What the system asks for, beginning with how it is now. Wakes nobody while nothing changes.
pub(crate) fn looks() -> Subscription<SystemLook> {
    Subscription::run(|| {
        mundy::Preferences::stream(Interest::ColorScheme | Interest::Contrast).map(SystemLook::of)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_goes_before_dark_and_an_unanswered_question_leaves_it_to_the_window() {
        let told = |color_scheme, contrast| {
            let mut told = mundy::Preferences::default();
            told.color_scheme = color_scheme;
            told.contrast = contrast;
            SystemLook::of(told).theme()
        };
        assert_eq!(told(ColorScheme::NoPreference, Contrast::NoPreference), None);
        assert_eq!(told(ColorScheme::Dark, Contrast::NoPreference), Some(Theme::DARK));
        assert_eq!(told(ColorScheme::Light, Contrast::Less), Some(Theme::LIGHT));
        assert_eq!(told(ColorScheme::Dark, Contrast::More), Some(Theme::HIGH_CONTRAST));
        assert_eq!(told(ColorScheme::NoPreference, Contrast::Custom), Some(Theme::HIGH_CONTRAST));
    }
}
