//! Texts that a spreadsheet would take for something else, and the marks that keep it from doing so: an apostrophe
//! before a formula, which other programs save as a part of the text, and `="…"` around digits.

use std::borrow::Cow;

/// First characters that a spreadsheet takes for a formula; the apostrophe itself is among them, so that one of
/// the text's own survives.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\'', '\t'];

/// The text as a spreadsheet may have it in a table of texts.
pub(super) fn guarded(text: String) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}

/// The text for a cell that says itself that it is a text: guarded only where reading would change it.
pub(super) fn kept(text: String) -> String {
    if unguarded(&text) == text { text } else { format!("'{text}") }
}

/// The text of a cell without its guard.
pub(super) fn unguarded(text: &str) -> Cow<'_, str> {
    if let Some(rest) = text.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)) {
        return Cow::Borrowed(rest);
    }
    match text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => Cow::Owned(inner.replace("\"\"", "\"")),
        None => Cow::Borrowed(text),
    }
}

/// A number or code without an apostrophe before it: there it can only be a guard.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('\'').map_or(text, str::trim_start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_of_spreadsheets_are_taken_away() {
        assert_eq!(unguarded("'+36301234567"), "+36301234567");
        assert_eq!(unguarded("=\"11773016-11111018\""), "11773016-11111018");
        assert_eq!(unguarded("=\"a\"\"b\""), "a\"b");
        assert_eq!(unguarded("'t Hart"), "'t Hart");
        assert_eq!(bare(" '11773016-11111018"), "11773016-11111018");
    }

    proptest! {
        #[test]
        fn guarded_texts_come_back(text in "['=+\"]{0,3}\\PC{0,10}[\"']?") {
            let (in_csv, in_workbook) = (guarded(text.clone()), kept(text.clone()));
            prop_assert_eq!(unguarded(&in_csv), text.as_str());
            prop_assert_eq!(unguarded(&in_workbook), text.as_str());
        }
    }
}
