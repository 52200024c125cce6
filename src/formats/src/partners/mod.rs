//! Files of partners in whatever format: which one a file has, and its records.

pub(crate) mod identity;
pub(crate) mod records;

use crate::{FormatError, Result, partners_dat, partners_table, partners_vcard};

pub use records::{Adapted, Column, FILE_LIMIT, PartnerFile, ReadAs, RecordKind, Refused, RefusedReason};

/// A format of files of partners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartnerFormat {
    /// PARTNERS.DAT, with the templates.
    Dat,
    /// A table as text.
    Csv,
    /// A table as workbook.
    Xlsx,
    /// Electronic business cards.
    Vcard,
}

impl PartnerFormat {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Dat, Self::Csv, Self::Xlsx, Self::Vcard];

    /// Stable name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dat => "dat",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Vcard => "vcard",
        }
    }

    /// The usual ending of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Dat => "DAT",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Vcard => "vcf",
        }
    }

    /// The format of a file by its bytes; its name does not count.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if partners_dat::Layout::of(bytes).is_some() {
            Some(Self::Dat)
        } else if partners_table::looks_like_xlsx(bytes) {
            Some(Self::Xlsx)
        } else if partners_vcard::looks_like_vcard(bytes) {
            Some(Self::Vcard)
        } else if partners_table::looks_like_csv(bytes) {
            Some(Self::Csv)
        } else {
            None
        }
    }
}

/// Reads a whole file of partners in whatever of the formats it is.
///
/// # Errors
/// [`FormatError::NotPartners`] for anything else; damage as the format's own reader tells it.
pub fn read(bytes: &[u8]) -> Result<(PartnerFormat, PartnerFile)> {
    if bytes.len() > FILE_LIMIT {
        return Err(FormatError::FileTooLarge { limit: FILE_LIMIT });
    }
    let format = PartnerFormat::of(bytes).ok_or(FormatError::NotPartners { line: 1 })?;
    let file = match format {
        PartnerFormat::Dat => partners_dat::read(bytes),
        PartnerFormat::Csv => partners_table::read_csv(bytes),
        PartnerFormat::Xlsx => partners_table::read_xlsx(bytes),
        PartnerFormat::Vcard => partners_vcard::read(bytes),
    };
    Ok((format, file?))
}
