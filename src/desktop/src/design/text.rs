//! The roles of text: size, line height and weight by what a text is, never by number.

use iced::advanced::text::{IntoFragment, LineHeight, Wrapping};
use iced::{Font, Pixels};

use super::theme::Ink;
use super::{Renderer, Theme, font};

/// A text on a screen.
pub type Text<'a> = iced::widget::Text<'a, Theme, Renderer>;

/// Size, line height and font of one role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Role {
    /// Size in logical pixels.
    pub size: f32,
    /// Line height in logical pixels.
    pub line: f32,
    pub font: Font,
}

/// Title of a page.
pub const PAGE_TITLE: Role = Role { size: 20.0, line: 26.0, font: font::BOLD };
/// Title of a detail panel.
pub const DETAIL_TITLE: Role = Role { size: 17.0, line: 22.0, font: font::BOLD };
/// Text and table cells.
pub const BODY: Role = Role { size: 13.0, line: 18.0, font: font::REGULAR };
pub const MEDIUM: Role = Role { size: 13.0, line: 18.0, font: font::MEDIUM };
/// Names, sums, titles of panels.
pub const STRONG: Role = Role { size: 13.0, line: 18.0, font: font::SEMIBOLD };
/// Hints, labels of fields, pills.
pub const HINT: Role = Role { size: 12.0, line: 16.0, font: font::REGULAR };
/// Headers of tables and groups.
pub const HEADER: Role = Role { size: 12.0, line: 16.0, font: font::SEMIBOLD };
/// Shortcuts on buttons, sections of the navigation.
pub const TINY: Role = Role { size: 11.0, line: 14.0, font: font::MEDIUM };
/// The one big number of a sheet.
pub const BIG_NUMBER: Role = Role { size: 22.0, line: 28.0, font: font::BOLD };
pub const MONO: Role = Role { size: 13.0, line: 20.0, font: font::MONO };
/// Codes that are read aloud.
pub const CODE: Role = Role { size: 20.0, line: 26.0, font: font::MONO_BOLD };

/// Text in a role.
pub fn of<'a>(role: Role, content: impl IntoFragment<'a>) -> Text<'a> {
    Text::new(content).size(role.size).line_height(LineHeight::Absolute(Pixels(role.line))).font(role.font)
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident $role:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name<'a>(content: impl IntoFragment<'a>) -> Text<'a> {
            of($role, content)
        }
    )*};
}

roles! {
    /// Title of a page, 20/26 bold.
    page_title PAGE_TITLE;
    /// Title of a detail panel, 17/22 bold.
    detail_title DETAIL_TITLE;
    /// Text, 13/18.
    body BODY;
    /// Text of controls, 13/18 medium.
    medium MEDIUM;
    /// Names and sums, 13/18 semibold.
    strong STRONG;
    /// Hints, 12/16.
    hint HINT;
    /// Headers, 12/16 semibold.
    header HEADER;
    /// Shortcuts, 11/14 medium.
    tiny TINY;
    /// The one big number of a sheet, 22/28 bold.
    big_number BIG_NUMBER;
    /// Fingerprints, 13/20 monospaced.
    mono MONO;
    /// Codes that are read aloud, 20/26 monospaced bold.
    code CODE;
}

/// What a text means, said in words at the end: `text::hint("…").dim()`.
pub trait Inked: Sized {
    /// In the given ink.
    #[must_use]
    fn ink(self, ink: Ink) -> Self;
    #[must_use]
    fn dim(self) -> Self {
        self.ink(Ink::Dim)
    }
    /// A link or a chosen thing.
    #[must_use]
    fn accent(self) -> Self {
        self.ink(Ink::Accent)
    }
    #[must_use]
    fn good(self) -> Self {
        self.ink(Ink::Good)
    }
    #[must_use]
    fn care(self) -> Self {
        self.ink(Ink::Care)
    }
    #[must_use]
    fn bad(self) -> Self {
        self.ink(Ink::Bad)
    }
    /// Never breaks into lines.
    #[must_use]
    fn one_line(self) -> Self;
}

impl Inked for Text<'_> {
    fn ink(self, ink: Ink) -> Self {
        self.class(ink)
    }

    fn one_line(self) -> Self {
        self.wrapping(Wrapping::None)
    }
}
