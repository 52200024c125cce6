//! What the window says, in the language of the user.
//!
//! Texts live in `locales/{hu,en}/*.ftl` (Fluent), embedded in the program; Hungarian stands in for what English
//! lacks. [`tr!`](crate::tr) checks keys and variables of `desktop.ftl` at compile time; the texts of error codes come
//! from `errors.ftl` by [`error`]. The language can be switched while the program runs: the next view speaks it.

use std::borrow::Cow;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::unic_langid::LanguageIdentifier;
use i18n_embed::{I18nAssets, LanguageLoader};
use rust_embed::RustEmbed;

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
        match sys_locale::get_locale() {
            Some(locale) if locale.starts_with("en") => Self::English,
            _ => Self::Hungarian,
        }
    }

    /// Two letters, as the status line shows them.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Hungarian => "HU",
            Self::English => "EN",
        }
    }

    fn id(self) -> LanguageIdentifier {
        let code = match self {
            Self::Hungarian => "hu",
            Self::English => "en",
        };
        code.parse().unwrap_or_default()
    }
}

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Files;

/// All files of a language answer for the one that the loader asks for.
struct Locales;

impl I18nAssets for Locales {
    fn get_files(&self, path: &str) -> Vec<Cow<'_, [u8]>> {
        let folder = path.split('/').next().unwrap_or_default();
        Files::iter()
            .filter(|name| name.split('/').next() == Some(folder) && name.ends_with(".ftl"))
            .filter_map(|name| Files::get(&name))
            .map(|file| file.data)
            .collect()
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Box::new(Files::iter().map(Cow::into_owned))
    }
}

static LOADER: LazyLock<FluentLanguageLoader> = LazyLock::new(|| {
    let loader = FluentLanguageLoader::new("desktop", Language::Hungarian.id());
    load(&loader, Language::Hungarian);
    loader
});

static IS_ENGLISH: AtomicBool = AtomicBool::new(false);

fn load(loader: &FluentLanguageLoader, language: Language) {
    // The files are part of the program and a test reads them all, so this fails only where a build is broken.
    if let Err(error) = loader.load_languages(&Locales, &[language.id()]) {
        tracing::error!(%error, "texts cannot be loaded");
    }
    // Otherwise every argument stands between marks that show as boxes.
    loader.set_use_isolating(false);
}

/// The loader that [`tr!`](crate::tr) asks.
#[must_use]
pub fn loader() -> &'static FluentLanguageLoader {
    &LOADER
}

/// Speaks another language from the next view on.
pub fn speak(language: Language) {
    load(&LOADER, language);
    IS_ENGLISH.store(language == Language::English, Ordering::Relaxed);
}

/// The language spoken now.
#[must_use]
pub fn language() -> Language {
    if IS_ENGLISH.load(Ordering::Relaxed) { Language::English } else { Language::Hungarian }
}

/// A text of `desktop.ftl`: `tr!("save")`, `tr!("fields-left", count = 2)`. Unknown keys do not compile.
#[macro_export]
macro_rules! tr {
    ($($args:tt)*) => {
        ::i18n_embed_fl::fl!($crate::texts::loader(), $($args)*)
    };
}

/// The text of an error code (`errors.ftl`); the code itself where nobody has written one yet.
#[must_use]
pub fn error(code: &str) -> String {
    if LOADER.has(code) { LOADER.get(code) } else { code.to_owned() }
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
