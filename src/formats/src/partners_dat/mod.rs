//! PARTNERS.DAT: partners and templates from the installed client to the web client and back
//! (the file's name is fixed, templates travel with the partners [K&H webElectra]).
//!
//! Electra's own layout is not public, so what is written here is **ours**, see [`kapocs`] and
//! `assets/schema/partners-dat.md`. A file's first bytes say which [`Layout`] it has; when a bank's own
//! layout becomes known, it joins as one more variant and one more folder beside `kapocs`, and nothing
//! outside this module changes.
//!
//! A damaged file gives an error that names the line, never a part of its records. In an intact file a record
//! with a value that is not possible here is listed in [`PartnerFile::refused`]; the others are given.

pub mod kapocs;
#[cfg(test)]
mod tests;

use std::io::{BufRead, Write};

use domain::{Partner, Template};

pub use crate::partners::records::PartnerFile;
use crate::{FormatError, Result};

/// The fixed name of the file.
pub const FILE_NAME: &str = "PARTNERS.DAT";

/// A known layout of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Ours.
    Kapocs,
}

impl Layout {
    /// All layouts, the one that is written first.
    pub const ALL: [Self; 1] = [Self::Kapocs];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kapocs => "kapocs",
        }
    }

    /// Whether a file that begins so is meant to have this layout, in whatever version.
    fn claims(self, beginning: &[u8]) -> bool {
        match self {
            Self::Kapocs => kapocs::claims(beginning),
        }
    }

    /// The layout of a file by its first bytes.
    pub fn of(beginning: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.claims(beginning))
    }
}

/// Reads a whole file (`&[u8]` is a reader too). Memory grows with the records, at most with
/// [`crate::partners::FILE_LIMIT`] bytes of them.
///
/// # Errors
/// [`FormatError::NotPartners`] for a file of no known layout; every kind of damage with its line.
pub fn read(mut input: impl BufRead) -> Result<PartnerFile> {
    let beginning = input.fill_buf()?;
    match Layout::of(beginning) {
        Some(Layout::Kapocs) => kapocs::read(input),
        None => Err(FormatError::NotPartners { line: 1 }),
    }
}

/// Writes a file in the layout of today. The same records give the same bytes, in whatever order they come.
///
/// # Errors
/// [`FormatError::DuplicateRecord`] and [`FormatError::CannotWriteRecord`] before anything is written that a
/// reader would refuse; otherwise what `out` says.
pub fn write(partners: &[Partner], templates: &[Template], out: &mut impl Write) -> Result<()> {
    kapocs::write(partners, templates, out)
}
