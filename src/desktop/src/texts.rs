//! What the window says, in the language of the user.
//!
//! The texts of `locales/{hu,en}/*.ftl` are loaded by [`client::texts`]. [`tr!`](crate::tr) checks keys and variables
//! of `desktop.ftl` at compile time; codes of errors, warnings and reasons are looked up by [`explain`]. The language
//! can be switched while the program runs: the next view speaks it.

pub use client::texts::{Language, explain, language, loader, speak, technical};

use std::sync::OnceLock;

use crate::design::calendar::Words;

/// A text of `desktop.ftl`: `tr!("save")`, `tr!("fields-left", count = 2)`. Unknown keys do not compile.
#[macro_export]
macro_rules! tr {
    ($($args:tt)*) => {
        ::i18n_embed_fl::fl!($crate::texts::loader(), $($args)*)
    };
}

/// The words of the calendar, made once for each language.
#[must_use]
pub fn calendar() -> &'static Words {
    static HUNGARIAN: OnceLock<Words> = OnceLock::new();
    static ENGLISH: OnceLock<Words> = OnceLock::new();
    let words = match language() {
        Language::Hu => &HUNGARIAN,
        Language::En => &ENGLISH,
    };
    words.get_or_init(calendar_words)
}

fn calendar_words() -> Words {
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
        year_first: language() == Language::Hu,
    }
}
