//! What the window says, in the language of the user.
//!
//! The texts of `locales/{hu,en}/*.ftl` are loaded by [`client::texts`]. [`tr!`](crate::tr) checks keys and variables
//! of `desktop.ftl` at compile time; codes of errors, warnings and reasons are looked up by [`explain`]. The language
//! can be switched while the program runs: the next view speaks it.

pub use client::texts::{explain, loader};

use crate::design::calendar::Words;

/// The languages of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Magyar.
    #[default]
    Hungarian,
    /// English.
    English,
}

impl Language {
    /// The language of the system if it is ours, otherwise Hungarian.
    #[must_use]
    pub fn of_system() -> Self {
        client::texts::Language::of_system().into()
    }

    /// Two letters, as the status line shows them.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Hungarian => "HU",
            Self::English => "EN",
        }
    }
}

impl From<client::texts::Language> for Language {
    fn from(language: client::texts::Language) -> Self {
        match language {
            client::texts::Language::Hu => Self::Hungarian,
            client::texts::Language::En => Self::English,
        }
    }
}

impl From<Language> for client::texts::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Hungarian => Self::Hu,
            Language::English => Self::En,
        }
    }
}

/// Speaks another language from the next view on.
pub fn speak(language: Language) {
    client::texts::speak(language.into());
}

/// The language spoken now.
#[must_use]
pub fn language() -> Language {
    client::texts::language().into()
}

/// A text of `desktop.ftl`: `tr!("save")`, `tr!("fields-left", count = 2)`. Unknown keys do not compile.
#[macro_export]
macro_rules! tr {
    ($($args:tt)*) => {
        ::i18n_embed_fl::fl!($crate::texts::loader(), $($args)*)
    };
}

/// The words of the calendar.
#[must_use]
pub fn calendar() -> Words {
    Words {
        months: [
            tr!("month-1"),
            tr!("month-2"),
            tr!("month-3"),
            tr!("month-4"),
            tr!("month-5"),
            tr!("month-6"),
            tr!("month-7"),
            tr!("month-8"),
            tr!("month-9"),
            tr!("month-10"),
            tr!("month-11"),
            tr!("month-12"),
        ],
        days: [
            tr!("day-1"),
            tr!("day-2"),
            tr!("day-3"),
            tr!("day-4"),
            tr!("day-5"),
            tr!("day-6"),
            tr!("day-7"),
        ],
        year_first: language() == Language::Hungarian,
    }
}
