//! The desk's texts, `locales/{hu,en}/desk.ftl`: Hungarian unless the operator asked for English.

use std::sync::LazyLock;

use domain::format::Language;

use crate::doors::http::texts::Texts;

static HUNGARIAN: LazyLock<Texts> =
    LazyLock::new(|| Texts::new(Language::Hu, &[include_str!("../../../../../locales/hu/desk.ftl")]));
static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| Texts::new(Language::En, &[include_str!("../../../../../locales/en/desk.ftl")]));

/// The language of that two-letter code; Hungarian for anything but `en`.
pub(super) fn of(language: Option<&str>) -> &'static Texts {
    if language == Some("en") { &ENGLISH } else { &HUNGARIAN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doors::faults::FaultKind;

    #[test]
    fn every_text_of_the_pages_is_there_in_both_languages() {
        let mut keys: Vec<String> = Vec::new();
        for source in [
            include_str!("pages.rs"),
            include_str!("http.rs"),
            include_str!("visit.rs"),
            include_str!("office/client_versions.rs"),
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
        for texts in [of(Some("hu")), of(Some("en"))] {
            for key in &keys {
                assert!(texts.has(key), "{}: {key}", texts.language.code());
            }
        }
        assert_eq!(of(Some("de")).language, Language::Hu);
        assert_eq!(of(None).with("desk-caller-id", &[("user", "7")]), "Azonosító: 7");
    }
}
