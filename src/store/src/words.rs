//! Searching by words: FTS5 queries from what was typed, and the SQL function `holds_words` for lists that are
//! searched by looking at every row.
//!
//! Both are blind to case and accents (the second by [`domain::search`]) and want every word to be found.

use domain::search;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;

use crate::Result;

/// An FTS5 query that wants every word of `text` as the beginning of a word; `None` if there is no word.
///
/// Words are quoted, so nothing that is typed can be an operator of FTS5; a dashed account number becomes a phrase.
pub(crate) fn fts_query(text: &str) -> Option<String> {
    let mut query = String::new();
    for word in text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)) {
        if !query.is_empty() {
            query.push(' ');
        }
        query.push('"');
        query.extend(word.chars().filter(|c| *c != '"' && *c != '\0'));
        query.push_str("\"*");
    }
    (!query.is_empty()).then_some(query)
}

/// Folded words, as the first argument of `holds_words`.
pub(crate) fn needle(text: &str) -> String {
    search::words(text).join(" ")
}

/// Makes `holds_words(needle, field, …)` known: whether every word of the needle stands in some of the fields.
pub(crate) fn register(conn: &Connection) -> Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("holds_words", -1, flags, |context| {
        let mut fields = String::new();
        for i in 1..context.len() {
            if let ValueRef::Text(text) = context.get_raw(i) {
                fields.push_str(&search::fold(std::str::from_utf8(text)?));
                fields.push('\n');
            }
        }
        let needle = context.get_raw(0).as_str()?;
        Ok(needle.split(' ').all(|word| fields.contains(word)))
    })?;
    Ok(())
}
