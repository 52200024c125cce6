//! What the fields say of what is typed into them: understood how, complete or not, right or wrong.
//!
//! Pure functions of text and the bank's rules, so that they answer with the key press.

use chrono::NaiveDate;
use client::Rules;
use domain::account::group_while_typing;
use domain::check_digit::weighted_9731;
use domain::format::{NBSP, decimal};
use domain::narrative::{Carrier, Narrative};
use domain::secondary_id::SecondaryIdKind;
use domain::{AccountNumber, FieldProblem, OrderDraft, SecondaryId, Target, Values, entry, key, words};

use rust_decimal::prelude::ToPrimitive;

use crate::design::field::Note;
use crate::design::theme::Tone;
use crate::texts::{self, Language, explain};
use crate::{format, tr};

/// Groups an account number 8-8-8 while it is typed. Numbers that are dialled are left alone: no bank's code begins so.
pub(crate) fn group_target(typed: String) -> String {
    if ["06", "00"].iter().any(|prefix| bare(&typed).starts_with(prefix)) {
        return typed;
    }
    group_while_typing(&typed)
}

/// Characters of a Hungarian IBAN.
const HUNGARIAN_IBAN: usize = 28;

fn tell(tone: Tone, text: impl Into<String>) -> Option<Note> {
    Some(Note { tone, text: text.into() })
}

/// A draft with its values written as the form shows them.
pub(crate) fn as_shown(mut draft: OrderDraft) -> OrderDraft {
    draft.values = values_as_shown(draft.values);
    draft
}

/// Values written as the form shows them.
pub(crate) fn values_as_shown(mut values: Values) -> Values {
    if let Some(grouped) = group_amount(values.get(key::AMOUNT)) {
        values.set(key::AMOUNT, grouped);
    }
    if let Ok(day) = values.get(key::VALUE_DATE).parse::<NaiveDate>() {
        values.set(key::VALUE_DATE, typed_date(day));
    }
    values
}

/// What a field says of what is typed into it, whatever the type of the order.
pub(crate) fn note(key: &str, values: &Values, rules: &Rules) -> Option<Note> {
    let typed = values.get(key);
    match key {
        key::TARGET => target(typed, rules),
        key::AMOUNT => amount(typed),
        key::VALUE_DATE => value_date(typed, rules),
        key::NARRATIVE => narrative(typed),
        _ => None,
    }
}

/// A day as the date field understands it when it is typed.
pub(crate) fn typed_date(day: NaiveDate) -> String {
    match texts::language() {
        Language::Hu => format::date(day).replace(NBSP, " "),
        Language::En => day.to_string(),
    }
}

/// The amount that was understood, written out: "1,25M" becomes "1 250 000".
pub(crate) fn group_amount(typed: &str) -> Option<String> {
    let amount = entry::amount(typed).ok()?;
    let places = if amount.fract().is_zero() { 0 } else { amount.scale() };
    Some(decimal(Language::Hu, amount, places))
}

/// What is understood of an amount, with the words for it.
pub(crate) fn amount(typed: &str) -> Option<Note> {
    let amount = entry::amount(typed).ok().filter(|amount| amount.fract().is_zero())?;
    let number = amount.to_u64()?;
    let words = words::spelled(texts::language(), number);
    let understood = tr!("order-amount-words", words = words);
    let grouped = group_amount(typed)?;
    let is_as_typed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if is_as_typed(&grouped) == is_as_typed(typed) {
        return tell(Tone::Neutral, understood);
    }
    tell(Tone::Neutral, format!("{} = {understood}", format::amount_of(amount, "HUF")))
}

/// What is understood of a value date.
pub(crate) fn value_date(typed: &str, rules: &Rules) -> Option<Note> {
    let day = entry::date(typed, rules.today(), &rules.calendar).ok()?;
    if day == rules.today() {
        return tell(Tone::Neutral, tr!("order-date-today"));
    }
    if let Some(name) = rules.calendar.holiday(day) {
        return tell(Tone::Care, tr!("order-date-holiday", date = format::long_date(day), name = name));
    }
    tell(Tone::Neutral, format::long_date(day))
}

/// Which programs on the way shorten the narrative.
pub(crate) fn narrative(typed: &str) -> Option<Note> {
    let narrative: Narrative = typed.parse().ok()?;
    if narrative.is_empty() {
        return None;
    }
    let cut: Vec<String> = Carrier::ALL
        .into_iter()
        .filter(|carrier| !narrative.fits(*carrier))
        .map(|carrier| {
            let name = match carrier {
                Carrier::Package => tr!("carrier-package"),
                Carrier::ElectraXml => tr!("carrier-electra-xml"),
                Carrier::Payord => tr!("carrier-payord"),
                Carrier::KhCsv => tr!("carrier-kh-csv"),
                Carrier::UniCreditPay => tr!("carrier-unicredit-pay"),
                Carrier::GiroBatch => tr!("carrier-giro"),
                Carrier::MnbQr => tr!("carrier-qr"),
            };
            format!("{name} ({})", carrier.narrative_length())
        })
        .collect();
    if cut.is_empty() {
        return tell(Tone::Neutral, tr!("order-narrative-whole"));
    }
    tell(Tone::Neutral, tr!("order-narrative-cut", carriers = cut.join(", ")))
}

/// Counts "33 / 140".
pub(crate) fn counter(typed: &str, most: usize) -> String {
    format!("{} / {most}", typed.trim().chars().count())
}

/// The blocks of an account number that is being typed: "8 + 8 + 8".
pub(crate) fn blocks(typed: &str) -> &'static str {
    if !is_account_so_far(typed) || matches!(typed.parse(), Ok(Target::SecondaryId(_))) {
        return "";
    }
    match bare(typed).len() {
        17.. => "8 + 8 + 8",
        9.. => "8 + 8",
        _ => "8",
    }
}

fn bare(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

fn is_account_so_far(typed: &str) -> bool {
    let bare = bare(typed);
    !bare.is_empty() && bare.len() <= 24 && bare.bytes().all(|b| b.is_ascii_digit())
}

/// What is understood of a payee's account, IBAN or secondary identifier, and what is missing or wrong.
pub(crate) fn target(typed: &str, rules: &Rules) -> Option<Note> {
    match typed.parse::<Target>() {
        Ok(Target::Account(number)) => tell(Tone::Neutral, account(typed, number, rules)),
        Ok(Target::SecondaryId(id)) => tell(Tone::Neutral, secondary(&id)),
        Ok(Target::Foreign(iban)) => {
            let problem = explain(&FieldProblem::ForeignAccount);
            tell(Tone::Bad, format!("{problem} ({})", iban.country()))
        }
        Err(_) if typed.trim().is_empty() => None,
        Err(error) => match so_far(typed, rules) {
            Some(found) => Some(found),
            None if is_begun(typed) => tell(Tone::Neutral, tr!("order-target-going")),
            None => tell(Tone::Bad, explain(&error)),
        },
    }
}

fn account(typed: &str, number: AccountNumber, rules: &Rules) -> String {
    let bank = rules.banks.name_of(number).map_or_else(|| tr!("order-bank-unknown"), str::to_owned);
    let branch = number.digits24()[3..7].to_owned();
    let kind = if typed.trim().starts_with(|c: char| c.is_ascii_alphabetic()) {
        tr!("order-target-iban", account = number.to_string())
    } else {
        tr!("order-target-account")
    };
    tr!("order-target-bank", kind = kind, bank = bank, branch = branch)
}

fn secondary(id: &SecondaryId) -> String {
    let kind = match id.kind() {
        SecondaryIdKind::Mobile => tr!("secondary-mobile"),
        SecondaryIdKind::Email => tr!("secondary-email"),
        SecondaryIdKind::TaxNumber => tr!("secondary-tax-number"),
        SecondaryIdKind::TaxId => tr!("secondary-tax-id"),
    };
    tr!("order-target-secondary", kind = kind, value = id.to_string())
}

/// An account number of which a part is there: the first block is checked as soon as it is complete.
fn so_far(typed: &str, rules: &Rules) -> Option<Note> {
    if !is_account_so_far(typed) {
        return None;
    }
    let digits = bare(typed);
    let values: Vec<u8> = digits.bytes().map(|b| b - b'0').collect();
    let first_is_wrong = values.len() >= 8 && !weighted_9731(&values[..8]).is_multiple_of(10);
    let missing = match digits.len() {
        0..8 => (tr!("block-first"), 8 - digits.len()),
        8..16 => (tr!("block-second"), 16 - digits.len()),
        16 | 24 => return None,
        _ => (tr!("block-third"), 24 - digits.len()),
    };
    if first_is_wrong {
        return tell(Tone::Bad, texts::loader().get("account-check-first-block"));
    }
    let missing = tr!("order-block-missing", block = missing.0, count = missing.1);
    let text = match rules.banks.name_by(&digits) {
        Some(bank) if digits.len() >= 7 => {
            let bank = tr!("order-bank-branch", bank = bank, branch = digits[3..7].to_owned());
            format!("{missing} {bank}")
        }
        Some(bank) => format!("{missing} {}", tr!("order-bank", bank = bank)),
        None => missing,
    };
    tell(Tone::Care, text)
}

/// Whether a text may still become an IBAN, an e-mail address or a phone number; judged when the field is left.
fn is_begun(typed: &str) -> bool {
    let text = bare(typed);
    let has_letters = text.chars().any(char::is_alphabetic);
    let is_whole_iban = text.len() >= HUNGARIAN_IBAN && !text.contains('@');
    has_letters && !is_whole_iban || text.starts_with('+')
}

#[cfg(test)]
#[path = "notes_tests.rs"]
mod tests;
