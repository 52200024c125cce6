//! Every error code has its text in both languages.

const CODES: &str = include_str!("../../src/error.rs");
const HUNGARIAN: &str = include_str!("../../../../locales/hu/store.ftl");
const ENGLISH: &str = include_str!("../../../../locales/en/store.ftl");

fn keys(ftl: &str) -> Vec<&str> {
    ftl.lines().filter(|l| l.starts_with("store-")).filter_map(|l| l.split(" =").next()).collect()
}

#[test]
fn every_code_has_a_text_in_both_languages() {
    let codes: Vec<&str> = CODES.split('"').filter(|part| part.starts_with("store-")).collect();
    assert!(codes.len() > 15);
    assert_eq!(keys(HUNGARIAN), codes);
    assert_eq!(keys(ENGLISH), codes);
}

#[test]
fn both_languages_use_the_same_values() {
    let values = |line: &str| {
        let mut found: Vec<String> =
            line.split("{ $").skip(1).filter_map(|v| v.split(' ').next().map(str::to_owned)).collect();
        found.sort();
        found
    };
    let lines = |ftl: &'static str| ftl.lines().filter(|l| l.starts_with("store-"));
    for (hungarian, english) in lines(HUNGARIAN).zip(lines(ENGLISH)) {
        assert_eq!(values(hungarian), values(english), "{hungarian}");
    }
}
