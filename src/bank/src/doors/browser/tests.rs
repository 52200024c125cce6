use std::collections::BTreeSet;

use super::{assets, guard, problem, texts};

/// Everything of the web client that names texts.
const SOURCES: &[&str] = &[
    include_str!("approve.rs"),
    include_str!("card.rs"),
    include_str!("customers.rs"),
    include_str!("format.rs"),
    include_str!("login.rs"),
    include_str!("notes.rs"),
    include_str!("problem.rs"),
    include_str!("register.rs"),
    include_str!("shell.rs"),
];

#[test]
fn every_text_of_the_pages_is_there_in_both_languages() {
    let literals = |source: &'static str| source.split('"').skip(1).step_by(2);
    let mut keys: BTreeSet<String> = SOURCES
        .iter()
        .flat_map(|source| literals(source))
        .filter(|literal| literal.starts_with("web-") && !literal.contains('{'))
        .map(str::to_owned)
        .collect();
    keys.extend(problem::codes::ALL.iter().map(|code| (*code).to_owned()));
    keys.extend(
        ["label", "registered", "last-login", "state", "action"].map(|key| format!("web-card-{key}")),
    );
    keys.extend(["active", "suspended", "withdrawn"].map(|state| format!("web-card-state-{state}")));
    assert!(keys.len() > 50, "{keys:?}");
    for language in ["hu", "en"] {
        for key in &keys {
            assert!(texts::of(Some(language)).has(key), "{language}: {key}");
        }
        // Tokens stay with the installed client, and so do the texts about them.
        let of_tokens = |name: &str| name.starts_with("renewal-") || name == "software-token-forbidden";
        for code in protocol::ProblemCode::ALL.iter().filter(|code| !of_tokens(code.name())) {
            assert!(texts::of(Some(language)).has(code.name()), "{language}: {}", code.name());
        }
    }
}

#[test]
fn scripts_and_styles_load_nothing_from_elsewhere() {
    for (path, _, content) in assets::ASSETS {
        for foreign in ["http://", "https://", "eval(", "innerHTML", "document.write", "@import", "url("] {
            // The icon names its namespace, which nothing loads.
            let named = content.replace("http://www.w3.org/2000/svg", "");
            assert!(!named.contains(foreign), "{path}: {foreign}");
        }
    }
    for source in ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(guard::CONTENT_POLICY.contains(source));
    }
    assert!(!guard::CONTENT_POLICY.contains("unsafe"));
}
