//! Lines of a vCard: folding (RFC 6350 §3.2), names with parameters, escapes of values (§3.4); and how versions 2.1 and
//! 3.0 break lines and encode values: quoted-printable with soft line breaks, pictures in base64.

use super::quoted_printable;
use crate::{Encoding, FormatError, Result};

/// Bytes of a written line, without its end (§3.2).
const FOLD: usize = 75;
/// Bytes that an unfolded line may have; pictures of other programs' cards are a few hundred thousand.
const LINE_LIMIT: usize = 4 * 1024 * 1024;

/// Bytes among which a property's name and parameters end.
const HEAD_LIMIT: usize = 4 * 1024;

/// A property, or a line that is none.
#[derive(Debug)]
pub(super) struct Line {
    /// Line of the file on which it begins.
    pub number: u64,
    /// Name in capitals, without a group; empty if the line is no property.
    pub name: String,
    /// Parameters as they stand, in small letters: `type=mobile`.
    pub parameters: Vec<String>,
    /// Value as it stands; of a line that is no property the whole line.
    value: String,
}

impl Line {
    /// Whether this is that property with that value.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.trim().eq_ignore_ascii_case(value)
    }

    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let named = |parameter: &&String| {
            parameter.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let parameter = self.parameters.iter().find(named)?;
        parameter.split_once('=').map(|(_, value)| value.trim().trim_matches('"'))
    }

    /// Whether an encoding is named, in the words of 3.0 or in those of 2.1, which leave the parameter's name out.
    fn is_encoded(&self, encoding: &str) -> bool {
        self.parameter("encoding") == Some(encoding) || self.parameters.iter().any(|p| p.trim() == encoding)
    }

    fn is_quoted_printable(&self) -> bool {
        self.is_encoded("quoted-printable")
    }

    fn is_base64(&self) -> bool {
        self.is_encoded("base64") || self.is_encoded("b")
    }

    /// The value as it was written by whoever wrote it, for a list of what cannot be taken.
    pub fn raw(&self) -> &str {
        &self.value
    }

    /// The value, decoded and unescaped; `None` if its bytes are no text in the encoding that the property names, or
    /// in UTF-8 if it names none: names are not guessed letter by letter.
    pub fn text(&self) -> Option<String> {
        if !self.is_quoted_printable() {
            return Some(unescape(&self.value));
        }
        let bytes = quoted_printable::decode(&self.value);
        let encoding = match self.parameter("charset") {
            None => Encoding::Utf8,
            Some(label) => Encoding::from_label(label)?,
        };
        let text = match encoding {
            Encoding::Utf8 => String::from_utf8(bytes).ok()?,
            single => bytes.into_iter().map(|byte| single.character(byte)).collect::<Option<String>>()?,
        };
        Some(unescape(&text))
    }
}

/// The lines of a text.
pub(super) struct Lines<'a> {
    rest: &'a str,
    number: u64,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, number: 0 }
    }

    /// Lines that were read.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next property; blank lines are passed over.
    pub fn next(&mut self) -> Result<Option<Line>> {
        loop {
            if self.rest.is_empty() {
                return Ok(None);
            }
            let first = self.physical();
            if first.trim().is_empty() {
                continue;
            }
            let number = self.number;
            let mut head = first.to_owned();
            // The fold may lie among the parameters.
            while property(&head, number).is_none() && self.is_folded() && head.len() < HEAD_LIMIT {
                head.push_str(&self.physical()[1..]);
            }
            let mut line = property(&head, number).unwrap_or_else(|| Line {
                number,
                name: String::new(),
                parameters: Vec::new(),
                value: head,
            });
            self.unfold(&mut line)?;
            return Ok(Some(line));
        }
    }

    /// Appends the physical lines on which a property's value goes on.
    fn unfold(&mut self, line: &mut Line) -> Result<()> {
        let (quoted_printable, base64) = (line.is_quoted_printable(), line.is_base64());
        loop {
            if quoted_printable && line.value.ends_with('=') && !self.rest.is_empty() {
                // The next line goes on at its first character, a blank one too.
                line.value.truncate(line.value.len() - 1);
                line.value.push_str(self.physical());
            } else if self.is_folded() {
                line.value.push_str(&self.physical()[1..]);
            } else if base64 && self.goes_on_in_base64() {
                line.value.push_str(self.physical());
            } else {
                return Ok(());
            }
            if line.value.len() > LINE_LIMIT {
                return Err(FormatError::TooLong { line: line.number, limit: LINE_LIMIT });
            }
        }
    }

    fn is_folded(&self) -> bool {
        self.rest.starts_with([' ', '\t'])
    }

    /// Whether the next line is a part of a picture: no property begins so, and 2.1 does not indent it.
    fn goes_on_in_base64(&self) -> bool {
        let next = self.rest.lines().next().unwrap_or_default().trim();
        let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        !next.is_empty() && next.bytes().all(base64)
    }

    fn physical(&mut self) -> &'a str {
        self.number += 1;
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        line.strip_suffix('\r').unwrap_or(line)
    }
}

/// Splits a line into name, parameters and value. Colons and semicolons inside quotes belong to a parameter.
fn property(line: &str, number: u64) -> Option<Line> {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, c)| {
        if *c == '"' {
            quoted = !quoted;
        }
        *c == ':' && !quoted
    })?;
    let (before, value) = (&line[..colon.0], &line[colon.0 + 1..]);
    let mut parts = before.split(';');
    let name = parts.next()?.to_ascii_uppercase();
    // A group stands before the name: `item1.NOTE`.
    let name = name.rsplit('.').next().unwrap_or_default().to_owned();
    let parameters = parts.map(str::to_ascii_lowercase).collect();
    Some(Line { number, name, parameters, value: value.to_owned() })
}

fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            c => text.push(c),
        }
    }
    text
}

/// Appends a folded line with its value escaped.
pub(super) fn put(name: &str, value: &str, out: &mut String) {
    let mut line = format!("{name}:");
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => line.push_str("\\n"),
            '\\' | ',' | ';' => line.extend(['\\', c]),
            c => line.push(c),
        }
    }
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > FOLD {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
