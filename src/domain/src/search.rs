//! Searching text as people type it: blind to case and accents, so that "orsegi" finds "Őrségi".
//!
//! What is searched and what is sought are folded by the same function; every place that lists something uses this one,
//! so that a name found in one list is found in all.

use std::cmp::Ordering;

/// Lower case without accents, for Latin letters; everything that is no letter stays.
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

/// How two names stand in a sorted list: letters with accents beside their bare ones, capitals beside small ones.
pub fn order(a: &str, b: &str) -> Ordering {
    fold(a).cmp(&fold(b)).then_with(|| a.to_lowercase().cmp(&b.to_lowercase()))
}

/// The folded words of a search. Dashes of numbers go, so that accounts are found as they are shown.
pub fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| if is_number(word) { word.replace('-', "") } else { fold(word) })
        .filter(|word| !word.is_empty())
        .collect()
}

fn base_letter(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
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

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn searching_is_blind_to_case_accents_and_dashes() {
        assert_eq!(fold("Őrségi ÁRVÍZTŰRŐ Faipari"), "orsegi arvizturo faipari");
        assert_eq!(fold("Malmö Ångström"), "malmo angstrom");
        assert_eq!(words("  Őrs 11773016-1111 "), ["ors", "117730161111"]);
        assert_eq!(words("Kis-Duna"), ["kis-duna"]);
        assert_eq!(words(" - "), Vec::<String>::new());
    }

    #[test]
    fn names_with_accents_are_sorted_beside_their_bare_letters() {
        let mut names = ["Zala", "Árpád", "Ács", "akác", "Arad"];
        names.sort_by(|a, b| order(a, b));
        assert_eq!(names, ["Ács", "akác", "Arad", "Árpád", "Zala"]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "[a-zA-ZÀ-ÿŐőŰű0-9 .-]*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
