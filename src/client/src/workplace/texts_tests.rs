use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Keys of all files of a language with the variables that each text uses.
fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for name in Files::iter().filter(|n| n.starts_with(language) && n.ends_with(".ftl")) {
        let text = String::from_utf8(Files::get(&name).unwrap().data.into_owned()).unwrap();
        let mut current = None;
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(k, _)| !k.starts_with([' ', '#'])) {
                assert!(
                    keys.insert(key.to_owned(), BTreeSet::new()).is_none(),
                    "{name}: {key} stands twice in {language}"
                );
                current = Some(key.to_owned());
            }
            if let Some(variables) = current.as_ref().and_then(|k| keys.get_mut(k)) {
                for part in line.split('$').skip(1) {
                    let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
                    let _ = variables.insert(part[..end.unwrap_or(part.len())].to_owned());
                }
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let (hu, en) = (keys("hu"), keys("en"));
    let missing: Vec<_> = hu.keys().filter(|k| !en.contains_key(*k)).collect();
    assert!(missing.is_empty(), "English lacks {missing:?}");
    let missing: Vec<_> = en.keys().filter(|k| !hu.contains_key(*k)).collect();
    assert!(missing.is_empty(), "Hungarian lacks {missing:?}");
    for (key, variables) in &hu {
        assert_eq!(variables, &en[key], "variables of {key}");
    }
}

#[test]
fn every_code_of_the_bank_and_of_this_crate_has_a_text() {
    let hu = keys("hu");
    let mut missing = Vec::new();
    let mut need = |code: &str| {
        if !hu.contains_key(code) {
            missing.push(code.to_owned());
        }
    };
    for code in protocol::ProblemCode::ALL {
        need(domain::Explain::code(code));
    }
    for reason in protocol::RejectReason::ALL {
        need(domain::Explain::code(&reason));
    }
    need(domain::Explain::code(&crate::bank::NotOffered(crate::bank::Capability::Submit)));
    for capability in crate::bank::Capability::ALL {
        need(&format!("capability-{}", capability.name()));
        need(&format!("capability-{}-instead", capability.name()));
    }
    for state in domain::submission::OrderState::ALL {
        need(&format!("bank-state-{}", state.name().replace('_', "-")));
    }
    for kind in domain::OrderType::ALL {
        need(&kind.text_key("name"));
        for field in kind.fields() {
            need(&field.label_key());
            need(&field.help_key());
        }
    }
    for file in [
        include_str!("../error.rs"),
        include_str!("../bank/error.rs"),
        include_str!("folders/mod.rs"),
        include_str!("policy/mod.rs"),
        include_str!("../partners/master.rs"),
        include_str!("../connection/clock.rs"),
        include_str!("../orders/import/error.rs"),
        include_str!("../partners/files/compare.rs"),
        include_str!("../partners/files/error.rs"),
        include_str!("update/manifest.rs"),
        include_str!("update/mod.rs"),
        include_str!("../handover/file_error.rs"),
        include_str!("../handover/parked.rs"),
        include_str!("../../../domain/src/account.rs"),
        include_str!("../../../domain/src/arrival.rs"),
        include_str!("../../../domain/src/contact.rs"),
        include_str!("../../../domain/src/entry.rs"),
        include_str!("../../../domain/src/iban.rs"),
        include_str!("../../../domain/src/money.rs"),
        include_str!("../../../domain/src/order/adm/error.rs"),
        include_str!("../../../domain/src/order/adm/kind.rs"),
        include_str!("../../../domain/src/order/field.rs"),
        include_str!("../../../domain/src/package.rs"),
        include_str!("../../../domain/src/partner.rs"),
        include_str!("../../../domain/src/routing.rs"),
        include_str!("../../../domain/src/target.rs"),
        include_str!("../../../domain/src/tax.rs"),
        include_str!("../../../domain/src/text.rs"),
        include_str!("../../../domain/src/unblock.rs"),
        include_str!("../../../formats/src/error.rs"),
        include_str!("../../../signature/src/error.rs"),
        include_str!("../../../store/src/error.rs"),
        include_str!("../../../token/src/error.rs"),
    ] {
        // Codes are the string literals on the right of `=>` in `code()`.
        for line in file.lines().map(str::trim) {
            let literal = |rest: &str| {
                rest.trim_start()
                    .strip_prefix('"')
                    .and_then(|r| r.split_once('"'))
                    .map(|(code, _)| code.to_owned())
            };
            let after_arrow = line.split_once("=>").and_then(|(_, rest)| literal(rest));
            let is_code = |code: &String| {
                code.contains('-') && code.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            };
            if let Some(code) = after_arrow.filter(is_code) {
                need(&code);
            }
        }
    }
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn every_deed_has_its_words_in_the_log_and_in_the_story_of_a_package() {
    let hu = keys("hu");
    let mut missing = BTreeSet::new();
    let mut need = |key: String| {
        if !hu.contains_key(&key) {
            let _ = missing.insert(key);
        }
    };
    for (name, fields) in store::deed::Deed::ALL {
        need(format!("journal-action-{name}"));
        fields.iter().for_each(|field| need(format!("journal-field-{}", field.replace('_', "-"))));
        if !name.starts_with("token-") && !name.starts_with("partners-") {
            let key = format!("timeline-{name}");
            let used = hu.get(&key).cloned().unwrap_or_default();
            assert!(used.iter().all(|value| fields.contains(&value.as_str())), "{key} uses {used:?}");
            need(key);
        }
    }
    // The state is told as from and to.
    let _ = missing.remove("journal-field-to");
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn a_deed_is_told_in_words_also_where_another_version_of_the_program_wrote_it() {
    let own = store::deed::Deed::TokenPinSet {};
    assert_eq!(worded("journal-action-token-pin-set"), Some(deed(&own)));
    let other = store::deed::Deed::Other { action: "moon-landing".to_owned(), detail: serde_json::json!({}) };
    assert_eq!(worded("journal-action-moon-landing"), None);
    assert_eq!(deed(&other), text("journal-action-other", &[]));
}

#[test]
fn what_machines_say_stands_beside_the_text_and_never_in_it() {
    for language in ["hu", "en"] {
        let keys = keys(language);
        for code in TECHNICAL {
            assert!(SAID.iter().all(|name| !keys[*code].contains(*name)), "{language}: {code}");
        }
    }
    let address = "error sending request for url (https://bank.example/api)";
    let error = crate::bank::BankError::Unreachable(address.to_owned());
    assert_eq!(technical(&error).as_deref(), Some(address));
    assert!(!explain(&error).contains("http"));
    assert_eq!(technical(&domain::text::TextError::Empty), None);
}

#[test]
fn a_text_is_spoken_with_its_values() {
    let error = domain::text::TextError::TooLong { max: 140, found: 141 };
    speak(Language::En);
    let english = explain(&error);
    speak(Language::Hu);
    let hungarian = explain(&error);
    assert!(english.contains("140") && hungarian.contains("140"), "{english} / {hungarian}");
    assert_ne!(english, hungarian);
}
