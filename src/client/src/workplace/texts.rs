//! Texts in the user's language, for the window and the command line alike.
//!
//! All of `locales/{hu,en}/*.ftl` is embedded. Hungarian stands in for what English lacks. Programs check their
//! own keys when compiling (`fl!` with [`loader`]); codes of errors, warnings and reasons are looked up by
//! [`explain`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::format::readable;
use domain::pin::PinRule;
use domain::{Explain, Face, Label};
use fluent_bundle::FluentValue;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::unic_langid::LanguageIdentifier;
use i18n_embed::{I18nAssets, LanguageLoader};
use rust_embed::RustEmbed;
use store::deed::Deed;

pub use domain::format::Language;

/// The language of the system if it is ours, otherwise Hungarian.
pub fn language_of_system() -> Language {
    match sys_locale::get_locale() {
        Some(locale) if locale.starts_with("en") => Language::En,
        _ => Language::Hu,
    }
}

/// Names of the values that are not ours to word.
const SAID: [&str; 3] = ["detail", "reason", "what"];
/// Errors that have one.
const TECHNICAL: &[&str] = &[
    "bank-answer-lost",
    "bank-nonsense",
    "bank-unreachable",
    "bank-untrusted",
    "certificate-unusable",
    "connection-file",
    "demo-failed",
    "file-error",
    "folder-portable",
    "format-io",
    "format-package-file",
    "format-spreadsheet",
    "output-lost",
    "policy-invalid",
    "policy-unreadable",
    "receipt-invalid",
    "release-broken",
    "release-start",
    "shared-damaged",
    "store-damaged",
    "store-damaged-in-use",
    "store-exists",
    "store-file",
    "store-internal",
    "store-not-found",
    "store-rule",
    "store-sqlite",
    "store-value",
    "token-card-answer",
    "token-card-refused",
    "token-file",
    "token-key-file",
    "token-module",
    "token-reader-error",
];

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Files;

/// All files of a language answer for the one that a loader asks for, whatever its domain is.
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
    let loader = FluentLanguageLoader::new("kapocs", id_of(Language::Hu));
    load(&loader, Language::Hu);
    loader
});

static IS_ENGLISH: AtomicBool = AtomicBool::new(false);

fn id_of(language: Language) -> LanguageIdentifier {
    language.code().parse().unwrap_or_default()
}

fn load(loader: &FluentLanguageLoader, language: Language) {
    // The files are part of the program and a test reads them all, so this fails only where a build is broken.
    if let Err(error) = loader.load_languages(&Locales, &[id_of(language)]) {
        tracing::error!(%error, "texts cannot be loaded");
    }
    // Otherwise every argument stands between marks that show as boxes.
    loader.set_use_isolating(false);
}

/// The loader for `fl!`.
pub fn loader() -> &'static FluentLanguageLoader {
    &LOADER
}

/// Speaks another language from now on.
pub fn speak(language: Language) {
    load(&LOADER, language);
    IS_ENGLISH.store(language == Language::En, Ordering::Relaxed);
}

/// The language spoken now.
pub fn language() -> Language {
    if IS_ENGLISH.load(Ordering::Relaxed) { Language::En } else { Language::Hu }
}

/// The text of a key with named values; the key itself where no text is.
pub fn text(key: &str, args: &[(&str, String)]) -> String {
    if !LOADER.has(key) {
        return key.to_owned();
    }
    let args: HashMap<&str, FluentValue<'_>> =
        args.iter().map(|(name, value)| (*name, fluent(value))).collect();
    LOADER.get_args(key, args)
}

/// Counts go in as numbers, so that texts can choose the right plural.
fn fluent(value: &str) -> FluentValue<'_> {
    match domain::format::count(value) {
        Some(count) => FluentValue::from(count),
        None => FluentValue::from(value),
    }
}

/// Whom or what an order is about, as lists show it.
pub fn label(face: &Face) -> String {
    match &face.label {
        Label::Name(name) => name.clone(),
        Label::Words(key) => text(key, &[]),
        Label::Target => face.target.clone(),
    }
}

/// The text of an error, a warning or a reason, its values as people of the language read them.
pub fn explain(what: &dyn Explain) -> String {
    text(what.code(), &readable(language(), what))
}

/// What a system, a library or a card said beside an error: in no language of ours, so it stands apart from the text,
/// for whoever helps.
pub fn technical(what: &dyn Explain) -> Option<String> {
    if !TECHNICAL.contains(&what.code()) {
        return None;
    }
    what.args().into_iter().find(|(name, _)| SAID.contains(name)).map(|(_, words)| words)
}

/// The text of a key that is put together from what was said elsewhere; none where nobody has worded that, as for what
/// another version of the program wrote.
pub fn worded(key: &str) -> Option<String> {
    LOADER.has(key).then(|| text(key, &[]))
}

/// What was done, as the event log tells it.
pub fn deed(deed: &Deed) -> String {
    worded(&format!("journal-action-{}", deed.name())).unwrap_or_else(|| text("journal-action-other", &[]))
}

/// A rule of new PINs as a line on the screen.
pub fn pin_rule(rule: PinRule) -> String {
    match rule {
        PinRule::Length { min, max } => {
            text("pin-rule-length", &[("min", min.to_string()), ("max", max.to_string())])
        }
        PinRule::DigitsOnly => text("pin-rule-digits", &[]),
        PinRule::NoRepeats => text("pin-rule-repeats", &[]),
        PinRule::NoRuns => text("pin-rule-runs", &[]),
        PinRule::NotOld => text("pin-rule-not-old", &[]),
        PinRule::NotFromCsn => text("pin-rule-csn", &[]),
    }
}

#[cfg(test)]
#[path = "texts_tests.rs"]
mod tests;
