//! Reading: strict about the file, patient with values.

use std::collections::HashSet;
use std::io::{BufRead, Read};

use domain::Values;
use sha2::{Digest, Sha256};

use super::escape::unescape;
use super::{
    ENCODING, LINE_LIMIT, MAGIC, Version, check, columns_line, first_line, hex, partner, template, template_1,
};
use crate::partners::records::{Column, FILE_LIMIT, PartnerFile, RecordKind, Refused, RefusedReason};
use crate::{FormatError, Result};

/// Reads a file in this layout.
///
/// # Errors
/// Every kind of damage, with its line; then nothing of the file is given.
pub fn read(input: impl BufRead) -> Result<PartnerFile> {
    let mut lines = Lines {
        input,
        hash: Sha256::new(),
        before_line: Sha256::new(),
        size: 0,
        number: 0,
        bytes: Vec::new(),
    };
    let version = first(&mut lines)?;
    let declared = counts(&mut lines)?;
    for columns in [columns_line("P", &partner::COLUMNS), columns_line("T", version.template_columns())] {
        lines.next()?;
        if lines.bytes != columns.as_bytes() {
            return Err(FormatError::Damaged { line: lines.number });
        }
    }
    let mut records = Records::of(version);
    loop {
        lines.next()?;
        if lines.bytes.starts_with(b"END") {
            break;
        }
        records.take(&lines)?;
    }
    let line = lines.number;
    if lines.bytes != format!("END\t{}", hex(&lines.before_line.clone().finalize())).as_bytes() {
        return Err(FormatError::Damaged { line });
    }
    if !lines.input.fill_buf()?.is_empty() {
        return Err(FormatError::Damaged { line: line + 1 });
    }
    for (declared, found) in declared.into_iter().zip(records.counts) {
        if declared != found {
            return Err(FormatError::RecordCount { line: 2, declared, found });
        }
    }
    Ok(records.file)
}

/// The first line says what this is; a version or encoding that is not ours has an error of its own.
fn first<R: BufRead>(lines: &mut Lines<R>) -> Result<Version> {
    lines.next()?;
    if let Some(version) = Version::ALL.into_iter().find(|v| lines.bytes == first_line(*v).as_bytes()) {
        return Ok(version);
    }
    let line = lines.number;
    let text = String::from_utf8_lossy(&lines.bytes);
    let values: Vec<&str> = text.split('\t').collect();
    match values.as_slice() {
        [magic, version, ..] if *magic == MAGIC && Version::ALL.iter().all(|v| v.name() != *version) => {
            Err(FormatError::UnknownVersion { line, found: version.chars().take(20).collect() })
        }
        [_, _, name, mark] if *name != ENCODING[0] || *mark != ENCODING[1] => {
            Err(FormatError::Recoded { line })
        }
        _ if lines.bytes.starts_with(b"\xef\xbb\xbf") => Err(FormatError::Recoded { line }),
        _ => Err(FormatError::Damaged { line }),
    }
}

/// The declared numbers of partners and templates.
fn counts<R: BufRead>(lines: &mut Lines<R>) -> Result<[u64; 2]> {
    lines.next()?;
    let line = lines.number;
    let text = lines.checked()?;
    let read = |text: Option<&str>, name: &str| {
        let digits = text.and_then(|t| t.strip_prefix(name))?.strip_prefix('=')?;
        let number: u64 = digits.parse().ok()?;
        (number.to_string() == digits).then_some(number)
    };
    let mut values = text.split('\t');
    let found =
        (values.next(), read(values.next(), "partners"), read(values.next(), "templates"), values.next());
    match found {
        (Some("COUNT"), Some(partners), Some(templates), None) => Ok([partners, templates]),
        _ => Err(FormatError::Record { line, column: "COUNT" }),
    }
}

/// Lines of bounded length, counted and hashed.
struct Lines<R> {
    input: R,
    /// Over everything up to the line in `bytes`.
    hash: Sha256,
    /// Over everything before the line in `bytes`.
    before_line: Sha256,
    size: usize,
    number: u64,
    /// The line, without its line feed.
    bytes: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Result<()> {
        self.number += 1;
        let line = self.number;
        self.bytes.clear();
        let mut limited = (&mut self.input).take(LINE_LIMIT as u64);
        let _: usize = limited.read_until(b'\n', &mut self.bytes)?;
        self.size += self.bytes.len();
        if self.size > FILE_LIMIT {
            return Err(FormatError::FileTooLarge { limit: FILE_LIMIT });
        }
        self.before_line = self.hash.clone();
        self.hash.update(&self.bytes);
        match self.bytes.pop() {
            Some(b'\n') => Ok(()),
            Some(_) if self.bytes.len() + 1 == LINE_LIMIT => {
                Err(FormatError::TooLong { line, limit: LINE_LIMIT })
            }
            _ => Err(FormatError::Incomplete { line }),
        }
    }
}

impl<R> Lines<R> {
    /// The line's text before its checksum, once that is right.
    fn checked(&self) -> Result<&str> {
        let line = self.number;
        let text = std::str::from_utf8(&self.bytes)
            .map_err(|_| FormatError::InvalidBytes { line, encoding: ENCODING[0] })?;
        match text.rsplit_once('\t') {
            Some((values, sum)) if check(values.as_bytes()) == sum => Ok(values),
            _ => Err(FormatError::Damaged { line }),
        }
    }
}

/// The records so far.
struct Records {
    version: Version,
    file: PartnerFile,
    /// Lines of partners and of templates, refused ones included.
    counts: [u64; 2],
    partners: HashSet<String>,
    templates: HashSet<String>,
}

impl Records {
    fn of(version: Version) -> Self {
        Self {
            version,
            file: PartnerFile::default(),
            counts: [0; 2],
            partners: HashSet::new(),
            templates: HashSet::new(),
        }
    }

    fn take<R>(&mut self, lines: &Lines<R>) -> Result<()> {
        let line = lines.number;
        let text = lines.checked()?;
        let (letter, rest) = text.split_once('\t').ok_or(FormatError::Damaged { line })?;
        match letter {
            // Partners come first: one after a template is a file that somebody put together.
            "P" if self.counts[1] == 0 => {
                let values = values(line, rest, &mut self.counts[0], &partner::COLUMNS)?;
                once(line, &values[0], &mut self.partners)?;
                let label = values[partner::LABEL].clone();
                match partner::partner(values.clone()) {
                    Ok(record) => self.file.partners.push(record),
                    Err((column, reason)) => {
                        let value = value_of(&values, &partner::COLUMNS, column);
                        self.refuse(line, RecordKind::Partner, label, column, value, reason);
                    }
                }
            }
            "T" => {
                let (values, columns, fields) = self.template(line, rest)?;
                once(line, &values[0], &mut self.templates)?;
                match template::template(&values, fields) {
                    Ok(record) => self.file.templates.push(record),
                    Err((column, reason)) => {
                        let label = values[template::LABEL].clone();
                        let value = value_of(&values, columns, column);
                        self.refuse(line, RecordKind::Template, label, column, value, reason);
                    }
                }
            }
            _ => return Err(FormatError::Record { line, column: "number" }),
        }
        Ok(())
    }

    /// The values of a template's line, their columns, and what is typed in it.
    fn template(&mut self, line: u64, rest: &str) -> Result<(Vec<String>, &'static [&'static str], Values)> {
        let count = &mut self.counts[1];
        match self.version {
            Version::One => {
                let values = values(line, rest, count, &template_1::COLUMNS)?;
                let fields =
                    template_1::fields(&values).map_err(|column| FormatError::Record { line, column })?;
                Ok((values.to_vec(), &template_1::COLUMNS, fields))
            }
            Version::Two => {
                let values = values(line, rest, count, &template::COLUMNS)?;
                let wrong = FormatError::Record { line, column: template::FIELDS };
                let fields = template::fields(&values[3]).ok_or(wrong)?;
                Ok((values.to_vec(), &template::COLUMNS, fields))
            }
        }
    }

    fn refuse(
        &mut self,
        line: u64,
        kind: RecordKind,
        label: String,
        column: Column,
        value: String,
        reason: RefusedReason,
    ) {
        self.file.refused.push(Refused { line, kind, label, column, value, reason });
    }
}

/// The values of a record after its number, which must be the next one.
fn values<const N: usize>(
    line: u64,
    text: &str,
    count: &mut u64,
    columns: &[&'static str; N],
) -> Result<[String; N]> {
    let found = text.split('\t').count();
    if found != N + 1 {
        return Err(FormatError::Columns { line, expected: N + 1, found });
    }
    *count += 1;
    let mut parts = text.split('\t');
    if parts.next() != Some(count.to_string().as_str()) {
        return Err(FormatError::Record { line, column: "number" });
    }
    let mut values = [const { String::new() }; N];
    for ((part, value), column) in parts.zip(&mut values).zip(columns) {
        *value = unescape(part).ok_or(FormatError::Record { line, column })?;
    }
    Ok(values)
}

/// Notes the identifier, which no other record of the kind may have.
fn once(line: u64, id: &str, seen: &mut HashSet<String>) -> Result<()> {
    if seen.insert(id.to_owned()) {
        return Ok(());
    }
    Err(FormatError::DuplicateRecord { line, id: id.chars().take(40).collect() })
}

/// The value in the column that was refused.
fn value_of(values: &[String], columns: &[&str], column: Column) -> String {
    let name = match column {
        Column::TemplateName => "name",
        other => other.name(),
    };
    let index = columns.iter().position(|known| *known == name);
    index.and_then(|i| values.get(i)).cloned().unwrap_or_default()
}
