//! Values on a line of tabs: what must be escaped, and back. Each text has exactly one spelling.

/// Appends `value`, escaped.
pub(super) fn escape(value: &str, line: &mut String) {
    for c in value.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            // All control characters lie below U+00A0, so four digits are enough.
            c if c.is_control() => line.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => line.push(c),
        }
    }
}

/// The value of an escaped text; `None` for any other spelling than the one [`escape`] gives.
pub(super) fn unescape(text: &str) -> Option<String> {
    if text.chars().any(char::is_control) {
        return None;
    }
    if !text.contains('\\') {
        return Some(text.to_owned());
    }
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('\\') {
        value.push_str(plain);
        let (c, after) = match after.chars().next()? {
            '\\' => ('\\', &after[1..]),
            't' => ('\t', &after[1..]),
            'n' => ('\n', &after[1..]),
            'r' => ('\r', &after[1..]),
            'u' => (control(after.get(1..5)?)?, &after[5..]),
            _ => return None,
        };
        value.push(c);
        rest = after;
    }
    value.push_str(rest);
    Some(value)
}

/// The control character of four small hexadecimal digits, if it has no shorter escape.
fn control(digits: &str) -> Option<char> {
    if !digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')).then_some(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn other_spellings_are_refused() {
        for wrong in ["\\", "a\\x", "\\u0009", "\\u0041", "\\u00", "\\u000A", "a\tb", "\\u+00b", "\\uőű"] {
            assert_eq!(unescape(wrong), None, "{wrong:?}");
        }
        assert_eq!(unescape("a\\\\n\\u000bő").as_deref(), Some("a\\n\u{b}ő"));
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>(), more in "[\\\\\t\n\r\u{85}\u{0}ntu0-9]{0,20}") {
            for text in [text, more] {
                let mut line = String::new();
                escape(&text, &mut line);
                prop_assert!(!line.chars().any(char::is_control));
                prop_assert_eq!(unescape(&line), Some(text));
            }
        }

        #[test]
        fn a_text_has_one_spelling(line in "[\\\\ntu0-9a-f]{0,12}") {
            if let Some(text) = unescape(&line) {
                let mut again = String::new();
                escape(&text, &mut again);
                prop_assert_eq!(again, line);
            }
        }
    }
}
