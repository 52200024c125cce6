//! The two languages say the same things: the same files, keys, attributes and variables.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

type Messages = BTreeMap<String, BTreeSet<String>>;

fn folder(language: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(language)
}

fn files(language: &str) -> BTreeSet<String> {
    std::fs::read_dir(folder(language))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".ftl"))
        .collect()
}

/// Keys (and `key.attribute`) with the variables that they use.
fn messages(source: &str) -> Messages {
    let mut found = Messages::new();
    let (mut message, mut part) = (String::new(), String::new());
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split_once('=').map(|(name, _)| name.trim());
        match name {
            Some(name) if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') => {
                message = name.to_owned();
                part = message.clone();
            }
            Some(name) if line.trim_start().starts_with('.') => part = format!("{message}{name}"),
            _ => {}
        }
        if part.is_empty() {
            continue;
        }
        let variables = found.entry(part.clone()).or_default();
        for rest in line.split('$').skip(1) {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
            variables.insert(rest[..end.unwrap_or(rest.len())].to_owned());
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_files() {
    assert_eq!(files("hu"), files("en"));
    assert!(files("hu").contains("desktop.ftl"));
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    for name in files("hu").union(&files("en")) {
        let read =
            |language| messages(&std::fs::read_to_string(folder(language).join(name)).unwrap_or_default());
        let (hungarian, english) = (read("hu"), read("en"));
        assert!(!hungarian.is_empty(), "{name} has no messages");
        for (key, variables) in &hungarian {
            assert_eq!(Some(variables), english.get(key), "{name}: {key}");
        }
        for key in english.keys() {
            assert!(hungarian.contains_key(key), "{name}: {key} is only in English");
        }
    }
}

#[test]
fn no_key_stands_in_two_files() {
    let mut seen = BTreeMap::new();
    for name in files("hu") {
        let source = std::fs::read_to_string(folder("hu").join(&name)).unwrap();
        for key in messages(&source).into_keys() {
            let before = seen.insert(key.clone(), name.clone());
            assert_eq!(before, None, "{key} is in {name} too");
        }
    }
}

#[test]
fn the_reader_of_this_test_sees_variables_and_attributes() {
    let read = messages("# c\na = x { $b } { NUMBER($c) ->\n  *[other] y\n}\n    .t = { $d }\nz = 1\n");
    let expected = [("a", vec!["b", "c"]), ("a.t", vec!["d"]), ("z", vec![])];
    let expected: Messages = expected
        .into_iter()
        .map(|(key, variables)| (key.to_owned(), variables.into_iter().map(str::to_owned).collect()))
        .collect();
    assert_eq!(read, expected);
}
