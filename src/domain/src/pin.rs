//! What a new PIN must be like: the bank's rules on top of the card's own.
//!
//! The token's letter [K&H token] says that the rules stand on the screen while the PIN is
//! typed; it does not print them, so these are ours: what PIV cards accept (6 to 8 digits, FIPS 201-3, 4.3.1)
//! and what keeps a PIN from being guessed in five tries.

use serde::{Deserialize, Serialize};

/// Shortest run of ascending or descending digits that is refused as a run.
const RUN: usize = 4;

/// The form of PINs that a token can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinForm {
    /// Fewest characters.
    pub min: u8,
    /// Most characters.
    pub max: u8,
    /// Only the digits 0–9.
    pub digits_only: bool,
}

impl PinForm {
    /// PIV cards: 6 to 8 digits.
    pub const PIV: Self = Self { min: 6, max: 8, digits_only: true };
}

/// What the bank forbids on top of the form. The default forbids everything that this type knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinRules {
    /// Fewest characters, where the form itself takes fewer.
    #[serde(default = "six")]
    pub min_length: u8,
    /// No PIN of one repeated digit, such as 111111.
    pub no_repeats: bool,
    /// No run of four or more ascending or descending digits, such as 1234 or 9876.
    pub no_runs: bool,
    /// Not the PIN that it replaces.
    pub not_old: bool,
    /// No part of the card's serial number of so many characters; 0 allows any.
    pub csn_part: u8,
}

impl Default for PinRules {
    fn default() -> Self {
        Self { min_length: six(), no_repeats: true, no_runs: true, not_old: true, csn_part: 4 }
    }
}

/// As many as PIV cards want; GIDS cards would take four.
fn six() -> u8 {
    6
}

/// One rule as a line on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PinRule {
    /// Between so many and so many characters.
    Length {
        /// Fewest.
        min: u8,
        /// Most.
        max: u8,
    },
    /// Digits only.
    DigitsOnly,
    /// Not one repeated character.
    NoRepeats,
    /// No long run.
    NoRuns,
    /// Not the old PIN.
    NotOld,
    /// No part of the serial number.
    NotFromCsn,
}

/// The rules that hold for a PIN of this form, in the order of the screen, and whether `new` meets each.
///
/// An empty PIN meets none. `old` is the PIN to be replaced where it is known, `csn` the card's serial number.
pub fn judge(
    form: PinForm,
    rules: PinRules,
    new: &str,
    old: Option<&str>,
    csn: &str,
) -> Vec<(PinRule, bool)> {
    let length = new.chars().count();
    let typed = length > 0;
    // A bank that wants more than the card can hold gets all that it can.
    let min = form.min.max(rules.min_length).min(form.max);
    let mut judged = vec![(
        PinRule::Length { min, max: form.max },
        (usize::from(min)..=usize::from(form.max)).contains(&length),
    )];
    if form.digits_only {
        judged.push((PinRule::DigitsOnly, typed && new.bytes().all(|byte| byte.is_ascii_digit())));
    }
    if rules.no_repeats {
        judged.push((PinRule::NoRepeats, typed && !is_repeat(new)));
    }
    if rules.no_runs {
        judged.push((PinRule::NoRuns, typed && !has_run(new)));
    }
    if rules.not_old && old.is_some() {
        judged.push((PinRule::NotOld, typed && old != Some(new)));
    }
    if rules.csn_part > 0 {
        judged.push((PinRule::NotFromCsn, typed && !shares(new, csn, usize::from(rules.csn_part))));
    }
    judged
}

/// Whether `new` meets every rule.
pub fn is_good(form: PinForm, rules: PinRules, new: &str, old: Option<&str>, csn: &str) -> bool {
    judge(form, rules, new, old, csn).iter().all(|(_, met)| *met)
}

fn is_repeat(pin: &str) -> bool {
    let mut characters = pin.chars();
    let first = characters.next();
    characters.all(|c| Some(c) == first)
}

fn has_run(pin: &str) -> bool {
    let bytes = pin.as_bytes();
    let steps = |step: i16| {
        bytes
            .windows(RUN)
            .any(|window| window.windows(2).all(|two| i16::from(two[1]) - i16::from(two[0]) == step))
    };
    steps(1) || steps(-1)
}

fn shares(pin: &str, csn: &str, length: usize) -> bool {
    let (pin, csn) = (pin.to_ascii_uppercase(), csn.to_ascii_uppercase());
    pin.as_bytes().windows(length).any(|part| csn.as_bytes().windows(length).any(|other| part == other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CSN: &str = "0A1B22C45D1E77A2";

    fn broken(new: &str, old: Option<&str>) -> Vec<PinRule> {
        judge(PinForm::PIV, PinRules::default(), new, old, CSN)
            .into_iter()
            .filter_map(|(rule, met)| (!met).then_some(rule))
            .collect()
    }

    #[test]
    fn each_rule_is_broken_alone() {
        let length = PinRule::Length { min: 6, max: 8 };
        assert_eq!(broken("271828", None), []);
        assert_eq!(broken("27182", None), [length]);
        assert_eq!(broken("271828182", None), [length]);
        assert_eq!(broken("27182x", None), [PinRule::DigitsOnly]);
        assert_eq!(broken("777777", None), [PinRule::NoRepeats]);
        assert_eq!(broken("912348", None), [PinRule::NoRuns]);
        assert_eq!(broken("198765", None), [PinRule::NoRuns]);
        assert_eq!(broken("271828", Some("271828")), [PinRule::NotOld]);
        assert_eq!(
            judge(PinForm::PIV, PinRules::default(), "2718", None, "00271800").last(),
            Some(&(PinRule::NotFromCsn, false))
        );
    }

    #[test]
    fn the_banks_shortest_pin_holds_where_the_card_takes_a_shorter_one() {
        let form = PinForm { min: 4, max: 16, digits_only: false };
        let first = |form| judge(form, PinRules::default(), "48295", None, CSN)[0];
        assert_eq!(first(form), (PinRule::Length { min: 6, max: 16 }, false));
        assert_eq!(first(PinForm { max: 5, ..form }), (PinRule::Length { min: 5, max: 5 }, true));
    }

    #[test]
    fn nothing_typed_meets_nothing() {
        assert!(judge(PinForm::PIV, PinRules::default(), "", Some("1"), CSN).iter().all(|(_, met)| !met));
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_harm(new in ".{0,12}", csn in "[0-9A-F]{0,32}") {
            let good = is_good(PinForm::PIV, PinRules::default(), &new, None, &csn);
            prop_assert!(!good || (new.len() >= 6 && new.len() <= 8 && new.bytes().all(|b| b.is_ascii_digit())));
        }
    }
}
