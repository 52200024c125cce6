//! Bounded texts of orders: names, references, document numbers, codes.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Explain;

/// Why a text cannot stand in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but spaces.
    #[error("empty")]
    Empty,
    /// Longer than the field.
    #[error("{found} characters, at most {max} are possible")]
    TooLong {
        /// Characters that the field takes.
        max: usize,
        /// Characters found.
        found: usize,
    },
    /// A character that the banks' systems do not take.
    #[error("character '{0}' is not allowed")]
    Character(char),
}

impl Explain for TextError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "text-empty",
            Self::TooLong { .. } => "text-too-long",
            Self::Character(_) => "text-character",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { max, found } => vec![("max", max.to_string()), ("found", found.to_string())],
            Self::Character(c) => vec![("character", c.to_string())],
            Self::Empty => Vec::new(),
        }
    }
}

/// Whether Hungarian banks' import takes the character: Latin letters, digits, Hungarian letters with a few
/// German ones, space and the punctuation that K&H's import lists [K&H import].
pub fn is_allowed(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | '0'..='9'
        | 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ö' | 'ü' | 'ő' | 'ű'
        | 'Á' | 'É' | 'Í' | 'Ó' | 'Ú' | 'Ö' | 'Ü' | 'Ő' | 'Ű' | 'Ä' | 'ß' | 'ä' | 'ý'
        | ' ' | ',' | '-' | '.' | '!' | '?' | '_' | ':' | '(' | ')' | '+' | '@' | ';' | '=' | '<' | '>'
        | '~' | '%' | '*' | '$' | '#' | '&' | '/' | '§' | '\'' | '"')
}

/// A text whose typographic characters became plain ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// The characters that it had, each once, with spaces between; what cannot be seen is not among them.
    pub found: String,
}

/// The text with quotes, dashes and dots as keyboards have them instead of those that word processors put in their
/// places; `None` when there are none. They mean the same, and no bank takes them.
pub fn plain(text: &str) -> Option<Plain> {
    // All of them are among the characters that begin with these bytes, and nearly no text has any.
    if !text.bytes().any(|byte| matches!(byte, 0xc2 | 0xe2 | 0xef)) {
        return None;
    }
    let mut plain = Plain { text: String::with_capacity(text.len()), found: String::new() };
    let mut changed = false;
    for c in text.chars() {
        let Some(instead) = plain_character(c) else {
            plain.text.push(c);
            continue;
        };
        changed = true;
        plain.text.push_str(instead);
        if !instead.is_empty() && !plain.found.contains(c) {
            if !plain.found.is_empty() {
                plain.found.push(' ');
            }
            plain.found.push(c);
        }
    }
    changed.then_some(plain)
}

/// What stands for a typographic character.
fn plain_character(c: char) -> Option<&'static str> {
    match c {
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' => Some("\""),
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2039}' | '\u{203a}' | '´' => Some("'"),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("-"),
        '…' => Some("..."),
        // Marks of where a line may break, and of where a text begins.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Some(""),
        _ => None,
    }
}

/// The text without white space at its ends and with single spaces for any other white space inside.
pub fn single_spaced(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let mut after_space = false;
    let is_single_spaced = text.chars().all(|c| {
        let doubled = after_space && c == ' ';
        after_space = c == ' ';
        !doubled && (after_space || !c.is_whitespace())
    });
    if is_single_spaced {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Trims, joins runs of white space, and checks characters and length (in characters).
pub fn clean(text: &str, max: usize) -> Result<String, TextError> {
    let text = single_spaced(text);
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    let mut found = 0;
    for c in text.chars() {
        if !is_allowed(c) {
            return Err(TextError::Character(c));
        }
        found += 1;
    }
    if found > max {
        return Err(TextError::TooLong { max, found });
    }
    Ok(text.into_owned())
}

macro_rules! bounded_text {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Characters that fit.
            pub const MAX: usize = $max;

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = TextError;
            fn from_str(text: &str) -> Result<Self, TextError> {
                clean(text, Self::MAX).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

bounded_text!(
    /// Name of a party, at most 70 characters (pain.001 `Nm` as converters and MNB's QR write it); older
    /// carriers keep 32 of them.
    PartyName,
    70
);
bounded_text!(
    /// Document number ("bizonylatszám"), at most 6 characters in every Electra carrier [Electra XML] [PAYORD].
    DocumentNumber,
    6
);
bounded_text!(
    /// Statistical or legal code ("jogcímkód"), at most 3 characters (Electra XML `StatisticalCode`).
    LegalCode,
    3
);
bounded_text!(
    /// The payer's own reference, at most 35 characters (pain.001 `EndToEndId`).
    OwnReference,
    35
);
bounded_text!(
    /// Name of a package, at most 70 characters; ours.
    PackageName,
    70
);

/// Two upper-case letters of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Hungary.
    pub const HU: Self = Self(*b"HU");
    /// Letters that it has.
    pub const MAX: usize = 2;

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::str::FromStr for CountryCode {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        match text.trim().as_bytes() {
            [] => Err(TextError::Empty),
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            [_, _] => Err(TextError::Character(text.trim().chars().next().unwrap_or(' '))),
            _ => Err(TextError::TooLong { max: Self::MAX, found: text.trim().chars().count() }),
        }
    }
}

impl TryFrom<String> for CountryCode {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        text.parse()
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> String {
        code.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_trimmed_and_bounded() {
        assert_eq!("  Őrségi   Faipari Zrt. ".parse::<PartyName>().unwrap().as_str(), "Őrségi Faipari Zrt.");
        assert_eq!("".parse::<PartyName>(), Err(TextError::Empty));
        assert_eq!("Emoji 🙂".parse::<PartyName>(), Err(TextError::Character('🙂')));
        assert_eq!("1234567".parse::<DocumentNumber>(), Err(TextError::TooLong { max: 6, found: 7 }));
        assert_eq!("hu".parse::<CountryCode>().unwrap(), CountryCode::HU);
    }

    #[test]
    fn typographic_characters_become_those_of_keyboards() {
        let made = plain("„Őrség” – Fia’s «Kft.»…").unwrap();
        assert_eq!(made.text, "\"Őrség\" - Fia's \"Kft.\"...");
        assert_eq!(made.found, "„ ” – ’ « » …");
        // A break that cannot be seen is no word's part.
        let made = plain("szál\u{ad}lítás\u{200b}").unwrap();
        assert_eq!((made.text.as_str(), made.found.as_str()), ("szállítás", ""));
        for same in ["Őrségi \"Faipari\" Zrt.", "§ 12", "10\u{a0}000 €", "", "º"] {
            assert_eq!(plain(same), None, "{same}");
        }
    }

    proptest! {
        #[test]
        fn plain_texts_stay_so(text in "\\PC{0,60}") {
            if let Some(made) = plain(&text) {
                prop_assert_eq!(plain(&made.text), None);
            }
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in ".{0,90}") {
            if let Ok(once) = clean(&text, 70) {
                prop_assert_eq!(clean(&once, 70), Ok(once.clone()));
                prop_assert!(once.chars().count() <= 70);
            }
        }
    }
}
