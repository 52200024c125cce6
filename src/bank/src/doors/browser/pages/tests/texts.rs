//! Every text that the pages name is there, in both languages.

use std::collections::BTreeSet;

use crate::doors::browser::texts;

const SOURCES: &[&str] = &[
    include_str!("../accounts.rs"),
    include_str!("../approve/pages.rs"),
    include_str!("../asking.rs"),
    include_str!("../authority.rs"),
    include_str!("../messages.rs"),
    include_str!("../faces.rs"),
    include_str!("../order/fields.rs"),
    include_str!("../order/forecast.rs"),
    include_str!("../order/kinds.rs"),
    include_str!("../order/page.rs"),
    include_str!("../order/picker.rs"),
    include_str!("../order/save.rs"),
    include_str!("../order/templates.rs"),
    include_str!("../overview.rs"),
    include_str!("../packages/act.rs"),
    include_str!("../packages/detail.rs"),
    include_str!("../packages/lists.rs"),
    include_str!("../packages/manage.rs"),
    include_str!("../partners/edit.rs"),
    include_str!("../partners/form.rs"),
    include_str!("../partners/import.rs"),
    include_str!("../partners/import_form.rs"),
    include_str!("../partners/list.rs"),
    include_str!("../parts.rs"),
    include_str!("../sent.rs"),
    include_str!("../sent_pages.rs"),
    include_str!("../transactions.rs"),
];

#[test]
fn every_text_of_the_pages_is_there_and_none_is_left_over() {
    let literals = |source: &'static str| source.split('"').skip(1).step_by(2);
    let mut named: BTreeSet<&str> = SOURCES.iter().flat_map(|source| literals(source)).collect();
    named.insert("web-session-over");
    named.extend(["web-nav-history", "web-nav-authority"]);
    let keys = named.iter().filter(|key| key.starts_with("web-") && !key.contains('{'));
    let keys: BTreeSet<&str> = keys.copied().collect();
    assert!(keys.len() > 200, "{keys:?}");
    for language in ["hu", "en"] {
        for key in &keys {
            assert!(texts::of(Some(language)).has(key), "{language}: {key}");
        }
        for route in domain::routing::Route::ALL {
            assert!(texts::of(Some(language)).has(&format!("route-{}", route.name().replace('_', "-"))));
        }
    }
    let file = include_str!("../../../../../../../locales/hu/web-pages.ftl");
    let kept = file.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
    let idle: Vec<&str> = kept.filter(|key| !key.starts_with('#') && !keys.contains(key)).collect();
    assert!(idle.is_empty(), "texts that no page shows: {idle:?}");
}
