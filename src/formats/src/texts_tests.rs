//! Every code of this crate has a text in both languages, and no text is left without its code.

use std::collections::BTreeSet;

const SOURCES: [&str; 5] = [
    include_str!("error.rs"),
    include_str!("foreign.rs"),
    include_str!("import.rs"),
    include_str!("electra_xml/export.rs"),
    include_str!("partners/records.rs"),
];
const PREFIXES: [&str; 5] = ["format-", "import-", "export-", "partners-column-", "refused-"];
const HUNGARIAN: &str = include_str!("../../../locales/hu/formats.ftl");
const ENGLISH: &str = include_str!("../../../locales/en/formats.ftl");

fn codes() -> BTreeSet<&'static str> {
    let quoted =
        |source: &'static str| source.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next());
    let ours = |code: &&str| PREFIXES.iter().any(|prefix| code.starts_with(prefix));
    SOURCES.into_iter().flat_map(quoted).filter(ours).collect()
}

/// Keys with the names of their variables.
fn texts(file: &'static str) -> BTreeSet<(&'static str, BTreeSet<&'static str>)> {
    let variables =
        |text: &'static str| text.split("{ $").skip(1).filter_map(|rest| rest.split(' ').next()).collect();
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).map(|(key, text)| (key, variables(text))).collect()
}

#[test]
fn codes_and_texts_belong_together() {
    let keys = |file| texts(file).into_iter().map(|(key, _)| key).collect::<BTreeSet<_>>();
    assert!(codes().len() > 25);
    assert_eq!(codes(), keys(HUNGARIAN));
    assert_eq!(codes(), keys(ENGLISH));
}

#[test]
fn both_languages_say_the_same_things() {
    assert_eq!(texts(HUNGARIAN), texts(ENGLISH));
}
