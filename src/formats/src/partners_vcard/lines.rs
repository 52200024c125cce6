//! Lines of a vCard: folding (RFC 6350 §3.2), names with parameters, escapes of values (§3.4).

use crate::{FormatError, Result};

/// Bytes of a written line, without its end (§3.2).
const FOLD: usize = 75;
/// Bytes that an unfolded line may have; pictures of other programs' cards are a few hundred thousand.
const LINE_LIMIT: usize = 4 * 1024 * 1024;

/// A property.
#[derive(Debug)]
pub(super) struct Line {
    /// Line of the file on which it begins.
    pub number: u64,
    /// Name in capitals, without a group.
    pub name: String,
    /// Parameters as they stand, in small letters: `type=mobile`.
    pub parameters: Vec<String>,
    /// Value, unescaped.
    pub value: String,
}

impl Line {
    /// Whether this is that property with that value.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.trim().eq_ignore_ascii_case(value)
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
            let mut whole = self.physical().to_owned();
            let number = self.number;
            while self.rest.starts_with([' ', '\t']) {
                whole.push_str(&self.physical()[1..]);
                if whole.len() > LINE_LIMIT {
                    return Err(FormatError::TooLong { line: number, limit: LINE_LIMIT });
                }
            }
            if whole.trim().is_empty() {
                continue;
            }
            return property(&whole, number)
                .map(Some)
                .ok_or(FormatError::Record { line: number, column: ":" });
        }
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
    Some(Line { number, name, parameters, value: unescape(value) })
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
