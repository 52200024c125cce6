//! CSV: strict about quotes, because one that is not closed would swallow rows in silence.

use std::borrow::Cow;
use std::io::Write;

use domain::Partner;

use super::columns::{Heading, Headings, WRITTEN};
use super::guard::{guarded, unguarded};
use super::row::{Rows, cell};
use crate::legacy_text;
use crate::partners::records::PartnerFile;
use crate::{FormatError, Result};

/// Separators that are read, the one that is written first.
const SEPARATORS: [char; 3] = [';', ',', '\t'];
/// Begins a first line that names the separator, as Excel writes and reads it.
const SEPARATOR_LINE: &str = "sep=";

/// Writes partners with a first row in that language.
///
/// # Errors
/// What `out` says.
pub fn write_csv(partners: &[Partner], headings: Headings, out: &mut impl Write) -> Result<()> {
    let mut line = String::from("\u{feff}");
    let words: Vec<String> = WRITTEN.iter().map(|column| headings.word(*column).to_owned()).collect();
    put(&words, &mut line);
    out.write_all(line.as_bytes())?;
    for partner in partners {
        line.clear();
        let cells: Vec<String> = WRITTEN.iter().map(|column| guarded(cell(partner, *column))).collect();
        put(&cells, &mut line);
        out.write_all(line.as_bytes())?;
    }
    Ok(out.flush()?)
}

/// Appends a row.
fn put(cells: &[String], line: &mut String) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            line.push(SEPARATORS[0]);
        }
        let plain = !cell.contains(['"', '\n', '\r']) && !cell.contains(SEPARATORS) && cell.trim() == cell;
        if plain {
            line.push_str(cell);
        } else {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        }
    }
    line.push_str("\r\n");
}

/// Whether the first line of the bytes names columns of partners.
pub(crate) fn looks_like_csv(bytes: &[u8]) -> bool {
    heading(&Table::of(&legacy_text::beginning(bytes))).is_some()
}

/// Reads a table.
pub(crate) fn read_csv(bytes: &[u8]) -> Result<PartnerFile> {
    let decoded = legacy_text::decode(bytes)?;
    let table = Table::of(&decoded.text);
    let line = table.line;
    let (separator, found) = heading(&table).ok_or(FormatError::NotPartners { line })?;
    let mut rows = Rows::new(found.check(line)?, decoded.read_as.clone());
    let mut cells = Cells { text: table.text, separator, line };
    let mut first = true;
    while let Some((line, row)) = cells.row()? {
        if !std::mem::take(&mut first) {
            rows.take(line, row.iter().enumerate().map(|(index, cell)| (index, unguarded(cell))));
        }
    }
    Ok(rows.finish())
}

/// A table without the line that names its separator.
struct Table<'a> {
    text: &'a str,
    /// Line of the file on which it begins.
    line: u64,
    separator: Option<char>,
}

impl<'a> Table<'a> {
    fn of(text: &'a str) -> Self {
        let named = || {
            let (word, rest) = text.split_at_checked(SEPARATOR_LINE.len())?;
            let separator = rest.chars().next().filter(|_| word.eq_ignore_ascii_case(SEPARATOR_LINE))?;
            let rest = &rest[separator.len_utf8()..];
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']))?;
            Some(Self { text: rest, line: 2, separator: Some(separator) })
        };
        named().unwrap_or(Self { text, line: 1, separator: None })
    }
}

/// The separator that the table names, or with which its first row names most columns.
fn heading(table: &Table<'_>) -> Option<(char, Heading)> {
    let with = |separator| {
        let row = Cells { text: table.text, separator, line: table.line }.row().ok().flatten()?.1;
        Some((separator, Heading::of(row.iter().map(AsRef::as_ref))?))
    };
    if let Some(separator) = table.separator {
        return with(separator);
    }
    // The last of equals wins in `max_by_key`, so the usual separator comes last.
    SEPARATORS.into_iter().rev().filter_map(with).max_by_key(|(_, heading)| heading.known())
}

/// The cells of a row.
type Row<'a> = Vec<Cow<'a, str>>;

/// Splits a text into rows of cells.
struct Cells<'a> {
    text: &'a str,
    separator: char,
    line: u64,
}

impl<'a> Cells<'a> {
    /// The next row and the line on which it begins.
    fn row(&mut self) -> Result<Option<(u64, Row<'a>)>> {
        if self.text.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        let mut row = Vec::new();
        loop {
            let cell = match self.text.strip_prefix('"') {
                Some(quoted) => self.quoted(quoted)?,
                None => self.plain(),
            };
            row.push(cell);
            if let Some(rest) = self.text.strip_prefix(self.separator) {
                self.text = rest;
                continue;
            }
            let rest = self.text.strip_prefix("\r\n").or_else(|| self.text.strip_prefix(['\n', '\r']));
            return match rest {
                Some(rest) => {
                    self.text = rest;
                    self.line += 1;
                    Ok(Some((line, row)))
                }
                None if self.text.is_empty() => Ok(Some((line, row))),
                None => Err(FormatError::Quote { line: self.line }),
            };
        }
    }

    fn plain(&mut self) -> Cow<'a, str> {
        let end = self.text.find([self.separator, '\n', '\r']).unwrap_or(self.text.len());
        let (cell, rest) = self.text.split_at(end);
        self.text = rest;
        Cow::Borrowed(cell)
    }

    /// A cell after its opening quote; two quotes inside are one.
    fn quoted(&mut self, text: &'a str) -> Result<Cow<'a, str>> {
        let opened = self.line;
        let mut rest = text;
        let mut value = String::new();
        loop {
            let Some((part, after)) = rest.split_once('"') else {
                return Err(FormatError::Quote { line: opened });
            };
            self.line += part.bytes().filter(|b| *b == b'\n').count() as u64;
            value.push_str(part);
            let Some(doubled) = after.strip_prefix('"') else {
                self.text = after;
                return Ok(Cow::Owned(value));
            };
            value.push('"');
            rest = doubled;
        }
    }
}
