//! Searching without accents and case.

/// Lower case without accents, for Latin letters: `orsegi` finds `Őrségi`.
pub(super) fn fold(text: &str) -> String {
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
pub(super) fn needles(text: &str) -> Vec<String> {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '-');
    text.split_whitespace()
        .map(|word| if is_number(word) { word.replace('-', "") } else { fold(word) })
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searching_is_blind_to_case_accents_and_dashes() {
        assert_eq!(fold("Őrségi ÁRVÍZTŰRŐ Faipari"), "orsegi arvizturo faipari");
        assert_eq!(needles("  Őrs 11773016-1111 "), ["ors", "117730161111"]);
        assert_eq!(needles(" - "), Vec::<String>::new());
    }
}
