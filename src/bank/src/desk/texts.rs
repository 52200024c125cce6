//! The desk's texts, `locales/{hu,en}/desk.ftl`: Hungarian unless the operator asked for English.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// One language.
pub struct Texts {
    /// Two letters.
    pub language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

static HUNGARIAN: LazyLock<Texts> =
    LazyLock::new(|| Texts::new("hu", &[include_str!("../../../../locales/hu/desk.ftl")]));
static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| Texts::new("en", &[include_str!("../../../../locales/en/desk.ftl")]));

impl Texts {
    /// The language of that two-letter code; Hungarian for anything but `en`.
    pub fn of(language: Option<&str>) -> &'static Self {
        if language == Some("en") { &ENGLISH } else { &HUNGARIAN }
    }

    /// The texts of these Fluent files.
    pub(crate) fn new(language: &'static str, sources: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.parse().unwrap_or_default()]);
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
        let args: FluentArgs<'_> = values.iter().copied().collect();
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// Whether a text is there.
    #[cfg(test)]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FaultKind;

    #[test]
    fn every_text_of_the_pages_is_there_in_both_languages() {
        let mut keys: Vec<String> = Vec::new();
        for source in [
            include_str!("pages.rs"),
            include_str!("web.rs"),
            include_str!("office/customers.rs"),
            include_str!("office/messages.rs"),
            include_str!("office/mod.rs"),
            include_str!("office/operations.rs"),
            include_str!("office/users.rs"),
        ] {
            let literals = source.split('"').skip(1).step_by(2);
            keys.extend(
                literals
                    .filter(|l| l.starts_with("desk-") && !l.contains('{') && !l.ends_with('-'))
                    .map(str::to_owned),
            );
        }
        let events =
            include_str!("log.rs").lines().filter_map(|line| line.split_once("=> \"")?.1.split('"').next());
        keys.extend(events.map(|event| format!("desk-event-{event}")));
        for (prefix, names) in [
            ("desk-result-", ["done", "puk-kept", "refused"].as_slice()),
            ("desk-kind-", &["piv", "gids"]),
            ("desk-card-", &["csn", "kind", "issued", "state"]),
            ("desk-log-", &["at", "operator", "event", "user", "csn", "random", "detail"]),
            ("desk-device-", &["suspend", "enable", "withdraw", "kind", "label", "id", "state", "acts"]),
            ("desk-customer-", &["name", "id", "users", "web"]),
            ("desk-user-", &["name", "id", "rights", "web", "points"]),
            ("desk-account-", &["number", "name", "booked"]),
            ("desk-package-", &["received", "name", "type", "orders", "id"]),
            ("desk-shared-", &["at", "package", "outcome", "user", "channel"]),
            ("desk-notice-", &["at", "customer", "address", "text", "one-time-code", "package-received"]),
            ("desk-fault-", &FaultKind::ALL.map(FaultKind::name)),
        ] {
            keys.extend(names.iter().map(|name| format!("{prefix}{name}")));
        }
        assert!(keys.len() > 60, "{keys:?}");
        for texts in [Texts::of(Some("hu")), Texts::of(Some("en"))] {
            for key in &keys {
                assert!(texts.has(key), "{}: {key}", texts.language);
            }
        }
        assert_eq!(Texts::of(Some("de")).language, "hu");
        assert_eq!(Texts::of(None).with("desk-caller-id", &[("user", "7")]), "Azonosító: 7");
    }
}
