use super::*;
use crate::screen::sample;

fn said(typed: &str) -> (Tone, String) {
    let note = target(typed, &sample::rules()).unwrap();
    (note.tone, note.text.replace(NBSP, " "))
}

#[test]
fn a_wrong_first_block_is_named_before_the_second_is_typed() {
    assert_eq!(said("11773017").0, Tone::Bad);
    assert_eq!(said("11773017-1").1, texts::loader().get("account-check-first-block"));
}

#[test]
fn a_wrong_second_block_is_named_at_its_last_digit() {
    assert_eq!(said("11773016-11111019").1, texts::loader().get("account-check-second-block"));
}

#[test]
fn an_incomplete_account_says_how_much_is_missing_and_which_bank_it_is() {
    let (tone, text) = said("11773016-1111101");
    assert_eq!(tone, Tone::Care);
    assert!(text.contains("még 1 számjegy"), "{text}");
    assert!(text.contains("OTP"), "{text}");
    assert_eq!(blocks("11773016-1111101"), "8 + 8");
}

#[test]
fn a_whole_account_names_bank_and_branch_and_an_iban_its_account() {
    let (tone, text) = said("11773016-11111018");
    assert_eq!(tone, Tone::Neutral);
    assert!(text.contains("OTP") && text.contains("7301"), "{text}");
    assert!(said("HU42 1177 3016 1111 1018 0000 0000").1.contains("11773016-11111018"));
}

#[test]
fn secondary_identifiers_are_named_and_half_typed_ones_are_not_scolded() {
    assert!(said("+36301234567").1.contains("+36"));
    assert_eq!(said("anna@pel").0, Tone::Neutral);
    assert_eq!(said("HU42 1177").0, Tone::Neutral);
    assert_eq!(said("HU43 1177 3016 1111 1018 0000 0000").0, Tone::Bad);
}

#[test]
fn amounts_are_understood_and_said_in_words() {
    let plain = |typed| amount(typed).map(|note| note.text.replace(NBSP, " "));
    assert_eq!(plain("1250000").as_deref(), Some("egymillió-kétszázötvenezer forint"));
    assert_eq!(plain("1,25M").as_deref(), Some("1 250 000 Ft = egymillió-kétszázötvenezer forint"));
    assert_eq!(plain("abc"), None);
    assert_eq!(group_amount("1,25M").map(|t| t.replace(NBSP, " ")).as_deref(), Some("1 250 000"));
}

#[test]
fn a_long_narrative_names_who_cuts_it() {
    let said = |typed: &str| narrative(typed).map(|note| note.text);
    assert_eq!(said("F-2026/1203").as_deref(), Some(tr!("order-narrative-whole").as_str()));
    let long = said(&"á".repeat(100)).unwrap();
    assert!(long.contains("18") && long.contains("96") && !long.contains("128"), "{long}");
}

#[test]
fn a_picked_date_is_understood_again() {
    let rules = sample::rules();
    let day = rules.today() + chrono::Days::new(3);
    assert_eq!(entry::date(&typed_date(day), rules.today(), &rules.calendar), Ok(day));
}

#[test]
fn dates_and_limits_in_reasons_are_written_for_reading() {
    let above = FieldProblem::AboveInstantLimit { limit: "20000000".into() };
    assert!(explain(&above).replace(NBSP, " ").contains("20 000 000"));
}

#[test]
fn account_numbers_are_grouped_and_phone_numbers_are_not() {
    assert_eq!(group_target("117730161".into()), "11773016-1");
    assert_eq!(group_target("11773016-12".into()), "11773016-12");
    assert_eq!(group_target("06301234567".into()), "06301234567");
}
