//! XLSX: the first sheet of a workbook.

use std::io::{Cursor, Read, Write};

use calamine::{DataRef, Reader, Xlsx};
use domain::Partner;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::columns::{Heading, Headings, WRITTEN};
use super::guard::{kept, unguarded};
use super::row::{Rows, cell};
use crate::partners::records::{Column, FILE_LIMIT, PartnerFile, ReadAs};
use crate::{FormatError, Result};

/// Characters that a cell of Excel may have.
const CELL_LIMIT: usize = 32_767;
/// Bytes that all parts of a workbook together may have when they are unpacked.
const UNPACKED_LIMIT: u64 = 4 * FILE_LIMIT as u64;
/// Columns that are looked at; partners have far fewer.
const WIDTH_LIMIT: usize = 200;
/// Whole numbers below this are exact in a cell that holds a number; Excel keeps 15 digits.
const EXACT: f64 = 1e15;

/// Writes partners with a first row in that language.
///
/// # Errors
/// [`FormatError::CannotWriteRecord`] for a note that is longer than a cell; what `out` says.
pub fn write_xlsx(partners: &[Partner], headings: Headings, out: &mut impl Write) -> Result<()> {
    for partner in partners {
        for column in WRITTEN {
            if kept(cell(partner, column)).encode_utf16().count() > CELL_LIMIT {
                let id = partner.id.to_string();
                return Err(FormatError::CannotWriteRecord { id, column: column.name() });
            }
        }
    }
    let bytes = workbook(partners, headings).map_err(|e| FormatError::Spreadsheet(e.to_string()))?;
    out.write_all(&bytes)?;
    Ok(out.flush()?)
}

fn workbook(
    partners: &[Partner],
    headings: Headings,
) -> std::result::Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = Workbook::new();
    // A fixed moment, so that the same partners give the same bytes.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let bold = Format::new().set_bold();
    let text = Format::new().set_num_format("@");
    let sheet = book.add_worksheet();
    sheet.set_name(match headings {
        Headings::Hungarian => "Partnerek",
        Headings::English => "Partners",
    })?;
    sheet.set_freeze_panes(1, 0)?;
    for (index, column) in (0_u16..).zip(WRITTEN) {
        let width = match column {
            Column::ShortName | Column::Name | Column::Accounts => 34,
            Column::Narrative | Column::Note | Column::Id => 40,
            Column::SecondaryId | Column::SecondaryKind => 26,
            _ => 12,
        };
        sheet.set_column_width(index, width)?;
        sheet.write_string_with_format(0, index, headings.word(column), &bold)?;
    }
    for (row, partner) in (1_u32..).zip(partners) {
        for (index, column) in (0_u16..).zip(WRITTEN) {
            let value = kept(cell(partner, column));
            if !value.is_empty() {
                sheet.write_string_with_format(row, index, value, &text)?;
            }
        }
    }
    book.save_to_buffer()
}

/// Whether the bytes begin like a packed workbook.
pub(crate) fn looks_like_xlsx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the first sheet.
pub(crate) fn read_xlsx(bytes: &[u8]) -> Result<PartnerFile> {
    unpacks_to_an_honest_size(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(spreadsheet)?;
    let first = book.sheet_names().first().cloned().ok_or(FormatError::NotPartners { line: 1 })?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(spreadsheet)?;
    let mut rows: Option<Rows> = None;
    let mut row: Vec<(usize, String)> = Vec::new();
    let mut line = 0;
    loop {
        let next = cells.next_cell().map_err(spreadsheet)?;
        let at = next.as_ref().map(calamine::Cell::get_position);
        if at.is_none_or(|(row, _)| u64::from(row) + 1 != line) {
            finish_row(&mut rows, line, &mut row)?;
            line = at.map_or(line, |(row, _)| u64::from(row) + 1);
        }
        let Some(cell) = next else { break };
        let column = cell.get_position().1 as usize;
        let value = text_of(cell.get_value());
        if column < WIDTH_LIMIT && !value.is_empty() {
            row.push((column, value));
        }
    }
    Ok(rows.ok_or(FormatError::NotPartners { line: 1 })?.finish())
}

/// The first row with cells names the columns, every other one is a partner.
fn finish_row(rows: &mut Option<Rows>, line: u64, row: &mut Vec<(usize, String)>) -> Result<()> {
    if row.is_empty() {
        return Ok(());
    }
    match rows {
        Some(rows) => rows.take(line, row.iter().map(|(index, value)| (*index, unguarded(value)))),
        None => {
            let width = row.iter().map(|(index, _)| index + 1).max().unwrap_or_default();
            let mut words = vec![""; width];
            for (index, value) in row.iter() {
                words[*index] = value;
            }
            let heading = Heading::of(words).ok_or(FormatError::NotPartners { line })?;
            *rows = Some(Rows::new(heading.check(line)?, ReadAs::default()));
        }
    }
    row.clear();
    Ok(())
}

/// A cell as text. A number that may be rounded becomes one that no account is understood from.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < EXACT => format!("{number:.0}"),
        DataRef::Float(number) if number.abs() >= EXACT => format!("{number:E}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(date) => date.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Unpacks every part once without keeping it: a small file may hold a huge one.
fn unpacks_to_an_honest_size(bytes: &[u8]) -> Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(spreadsheet)?;
    let mut left = UNPACKED_LIMIT;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(spreadsheet)?;
        let mut limited = part.take(left + 1);
        let size = std::io::copy(&mut limited, &mut std::io::sink())
            .map_err(|e| FormatError::Spreadsheet(e.to_string()))?;
        left = left.checked_sub(size).ok_or(FormatError::FileTooLarge { limit: UNPACKED_LIMIT as usize })?;
    }
    Ok(())
}

fn spreadsheet(error: impl std::fmt::Display) -> FormatError {
    FormatError::Spreadsheet(error.to_string())
}
