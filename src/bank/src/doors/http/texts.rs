//! Texts of pages in one language, from Fluent files.

use domain::Explain;
use domain::format::{self, Language, readable};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

pub struct Texts {
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The texts of these Fluent files.
    pub fn new(language: Language, sources: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        for source in sources {
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The text of a key; the key itself where no text is.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key with named values.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, fluent(value))).collect();
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// The text of a problem, a reason or a warning, its values as people of the language read them.
    pub fn explain(&self, what: &dyn Explain) -> String {
        let args = readable(self.language, what);
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.with(what.code(), &args)
    }

    /// Code of the language that a page in this one offers.
    pub fn other(&self) -> &'static str {
        match self.language {
            Language::Hu => Language::En.code(),
            Language::En => Language::Hu.code(),
        }
    }

    /// Whether a text is there.
    #[cfg(test)]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// Counts go in as numbers, so that texts can choose the right plural.
fn fluent(value: &str) -> FluentValue<'_> {
    match format::count(value) {
        Some(count) => FluentValue::from(count),
        None => FluentValue::from(value),
    }
}
