//! Writing: records by ascending identifier, a checksum a line, one over all.

use std::io::Write;

use domain::{Partner, Template};
use sha2::{Digest, Sha256};

use super::escape::escape;
use super::{LINE_LIMIT, Version, check, columns_line, first_line, hex, partner, template};
use crate::partners::records::FILE_LIMIT;
use crate::{FormatError, Result};

/// Writes a file in this layout.
pub fn write(partners: &[Partner], templates: &[Template], out: &mut impl Write) -> Result<()> {
    let mut partners: Vec<&Partner> = partners.iter().collect();
    partners.sort_by_key(|p| p.id);
    let mut templates: Vec<&Template> = templates.iter().collect();
    templates.sort_by_key(|t| t.id);
    let twice = partners.windows(2).find(|two| two[0].id == two[1].id).map(|two| two[0].id.to_string());
    let twice = twice
        .or_else(|| templates.windows(2).find(|two| two[0].id == two[1].id).map(|two| two[0].id.to_string()));
    if let Some(id) = twice {
        return Err(FormatError::DuplicateRecord { line: 0, id });
    }
    let mut lines = Lines { out, hash: Sha256::new(), size: 0, line: String::new() };
    lines.plain(&first_line(Version::WRITTEN))?;
    lines.checked(&format!("COUNT\tpartners={}\ttemplates={}", partners.len(), templates.len()))?;
    lines.plain(&columns_line("P", &partner::COLUMNS))?;
    lines.plain(&columns_line("T", &template::COLUMNS))?;
    for (index, record) in partners.into_iter().enumerate() {
        lines.record("P", index, &partner::values(record), &partner::COLUMNS)?;
    }
    for (index, record) in templates.into_iter().enumerate() {
        lines.record("T", index, &template::values(record), &template::COLUMNS)?;
    }
    let sum = hex(&lines.hash.finalize());
    lines.out.write_all(format!("END\t{sum}\n").as_bytes())?;
    Ok(lines.out.flush()?)
}

/// Where the lines go, with the hash over them.
struct Lines<'a, W: Write> {
    out: &'a mut W,
    hash: Sha256,
    size: usize,
    line: String,
}

impl<W: Write> Lines<'_, W> {
    fn plain(&mut self, line: &str) -> Result<()> {
        self.line.clear();
        self.line.push_str(line);
        self.put()
    }

    fn checked(&mut self, line: &str) -> Result<()> {
        self.line.clear();
        self.line.push_str(line);
        self.seal()
    }

    fn record(
        &mut self,
        letter: &str,
        index: usize,
        values: &[String],
        columns: &[&'static str],
    ) -> Result<()> {
        self.line.clear();
        self.line.push_str(&format!("{letter}\t{}", index + 1));
        for (value, column) in values.iter().zip(columns) {
            self.line.push('\t');
            escape(value, &mut self.line);
            // What the reader would refuse is never written. A tab, the checksum and the line feed follow.
            if self.line.len() + 10 > LINE_LIMIT {
                let id = values.first().cloned().unwrap_or_default();
                return Err(FormatError::CannotWriteRecord { id, column });
            }
        }
        self.seal()
    }

    /// Appends the line's checksum and writes it.
    fn seal(&mut self) -> Result<()> {
        let check = check(self.line.as_bytes());
        self.line.push('\t');
        self.line.push_str(&check);
        self.put()
    }

    fn put(&mut self) -> Result<()> {
        self.line.push('\n');
        self.size += self.line.len();
        // Room for the last line, so that the whole file stays below what the reader takes.
        if self.size + 128 > FILE_LIMIT {
            return Err(FormatError::FileTooLarge { limit: FILE_LIMIT });
        }
        self.hash.update(self.line.as_bytes());
        Ok(self.out.write_all(self.line.as_bytes())?)
    }
}
