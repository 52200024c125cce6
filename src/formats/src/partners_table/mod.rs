//! Partners as a table: CSV for any program, XLSX for Excel. Templates do not fit into tables.
//!
//! Ours, no source tells of such files. The first row names the columns, in Hungarian or English, in any
//! order; unknown columns are passed over. Needed are a name (short or payee's) and an account or a secondary
//! identifier. A row is a partner; several accounts stand in one cell, separated by a comma, semicolon, bar or
//! line break, or in several columns of that name. A row without an identifier gets one from its short name and
//! targets, so that reading a file twice gives the same partners.
//!
//! CSV: semicolons are written, commas and tabs are read too; values with a separator, quote or line break
//! stand in double quotes; a first line `sep=;` names the separator. UTF-8 with a byte order mark is written, because
//! Excel needs it; UTF-16, windows-1250 and CP852 are read too, and the file says in which it was read. A text that a
//! spreadsheet would take for a formula (`=`, `+`, `-`, `@` at its beginning) is written after an apostrophe, which
//! the reader takes away, as it does with `="…"`.
//!
//! A column of accounts holds accounts and nothing else: digits that would be a tax number or a phone number are half
//! an account more often than an identifier, so an identifier needs its own column.
//!
//! XLSX: every cell is a text, so no program can round an account number. Line breaks of notes are line feeds.

mod columns;
mod csv;
mod guard;
mod row;
#[cfg(test)]
mod tests;
mod xlsx;

pub use columns::Headings;
pub use csv::write_csv;
pub(crate) use csv::{looks_like_csv, read_csv};
pub use xlsx::write_xlsx;
pub(crate) use xlsx::{looks_like_xlsx, read_xlsx};
