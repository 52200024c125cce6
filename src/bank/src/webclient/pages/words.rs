//! Words of people: searching without accents and case, and reasons of the domain in the reader's language.

use chrono::NaiveDate;
use domain::Explain;

use super::super::format;
use super::super::texts::Texts;

/// Lower case without accents, for Latin letters: `orsegi` finds `Őrségi`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase().map(base_letter));
        }
    }
    out
}

fn base_letter(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ö' | 'ő' | 'ò' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' | 'ű' | 'ù' | 'û' => 'u',
        'ý' | 'ÿ' => 'y',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }
}

/// The folded words of a search; dashes of numbers go, so that accounts are found as they are shown.
pub fn needles(text: &str) -> Vec<String> {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '-');
    text.split_whitespace()
        .map(|word| if is_number(word) { word.replace('-', "") } else { fold(word) })
        .filter(|word| !word.is_empty())
        .collect()
}

/// A problem, reason or warning of the domain in words.
pub fn explain(texts: &Texts, what: &impl Explain) -> String {
    let args = what.args();
    let worded: Vec<(&str, String)> =
        args.into_iter().map(|(name, value)| (name, readable(texts, name, value))).collect();
    let args: Vec<(&str, &str)> = worded.iter().map(|(name, value)| (*name, value.as_str())).collect();
    texts.with(what.code(), &args)
}

fn readable(texts: &Texts, name: &str, value: String) -> String {
    match name {
        "date" => value.parse::<NaiveDate>().map_or(value, |date| format::day(texts, date)),
        "limit" => format::grouped(texts, &value),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use domain::FieldProblem;

    use super::super::super::texts;
    use super::*;

    #[test]
    fn searching_is_blind_to_case_accents_and_dashes() {
        assert_eq!(fold("Őrségi ÁRVÍZTŰRŐ Faipari"), "orsegi arvizturo faipari");
        assert_eq!(needles("  Őrs 11773016-1111 "), ["ors", "117730161111"]);
        assert_eq!(needles(" - "), Vec::<String>::new());
    }

    #[test]
    fn reasons_have_readable_values() {
        let problem = FieldProblem::AboveInstantLimit { limit: "20000000".to_owned() };
        let text = explain(texts::of(None), &problem);
        assert!(text.contains("20\u{a0}000\u{a0}000"), "{text}");
        assert!(explain(texts::of(Some("en")), &problem).contains("20,000,000"));
    }
}
