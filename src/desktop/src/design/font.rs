//! The embedded fonts. Each weight that is named anywhere is here: a missing one would fall back to another family.

use iced::Font;
use iced::font::{Family, Weight};

const SANS: Family = Family::Name("Kapocs Sans");
const MONO_FAMILY: Family = Family::Name("Kapocs Mono");

const fn of(family: Family, weight: Weight) -> Font {
    Font { family, weight, ..Font::DEFAULT }
}

pub const REGULAR: Font = of(SANS, Weight::Normal);
/// Buttons and chosen things.
pub const MEDIUM: Font = of(SANS, Weight::Medium);
pub const SEMIBOLD: Font = of(SANS, Weight::Semibold);
/// Titles and the big number.
pub const BOLD: Font = of(SANS, Weight::Bold);
pub const MONO: Font = of(MONO_FAMILY, Weight::Normal);
/// Codes that are read aloud.
pub const MONO_BOLD: Font = of(MONO_FAMILY, Weight::Bold);

/// The font files, to be loaded at start (and by tests that take pictures).
pub const FILES: [&[u8]; 6] = [
    include_bytes!("../../../../assets/fonts/KapocsSans-Regular.otf"),
    include_bytes!("../../../../assets/fonts/KapocsSans-Medium.otf"),
    include_bytes!("../../../../assets/fonts/KapocsSans-SemiBold.otf"),
    include_bytes!("../../../../assets/fonts/KapocsSans-Bold.otf"),
    include_bytes!("../../../../assets/fonts/KapocsMono-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/KapocsMono-Bold.ttf"),
];

/// iced's settings with our fonts: for the program and for the simulators of tests.
#[must_use]
pub fn settings() -> iced::Settings {
    iced::Settings {
        fonts: FILES.iter().map(|file| std::borrow::Cow::Borrowed(*file)).collect(),
        default_font: REGULAR,
        default_text_size: iced::Pixels(13.0),
        antialiasing: true,
        ..iced::Settings::default()
    }
}
