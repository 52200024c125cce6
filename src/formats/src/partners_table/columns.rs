//! The first row: what its words mean, and which words are written.

use crate::partners::records::Column;
use crate::{FormatError, Result};

/// The language of the first row that is written. Both are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headings {
    /// Magyar.
    Hungarian,
    /// English.
    English,
}

/// Columns in the order in which they are written.
pub(super) const WRITTEN: [Column; 10] = [
    Column::ShortName,
    Column::Name,
    Column::Accounts,
    Column::SecondaryKind,
    Column::SecondaryId,
    Column::Narrative,
    Column::Country,
    Column::LegalCode,
    Column::Note,
    Column::Id,
];

/// Words of first rows; for each column the Hungarian and the English one that are written come first.
const WORDS: [(Column, &[&str]); 10] = [
    (Column::ShortName, &["Rövid név", "Short name", "Partner", "Megnevezés"]),
    (
        Column::Name,
        &["Kedvezményezett neve", "Payee's name", "Név", "Name", "Kedvezményezett", "Beneficiary", "Payee"],
    ),
    (
        Column::Accounts,
        &[
            "Számlaszám",
            "Account number",
            "Számlaszámok",
            "Bankszámlaszám",
            "Számla",
            "Account",
            "Accounts",
            "IBAN",
        ],
    ),
    (
        Column::SecondaryKind,
        &["Másodlagos azonosító fajtája", "Kind of secondary identifier", "secondary_kind"],
    ),
    (Column::SecondaryId, &["Másodlagos azonosító", "Secondary identifier", "secondary_id"]),
    (Column::Narrative, &["Közlemény", "Narrative", "Remittance information"]),
    (Column::Country, &["Ország", "Country", "Országkód", "Country code"]),
    (Column::LegalCode, &["Jogcímkód", "Legal code", "Jogcím"]),
    (Column::Note, &["Megjegyzés", "Note", "Comment"]),
    (Column::Id, &["Azonosító", "Identifier", "ID"]),
];

impl Headings {
    /// The word that is written for a column.
    pub(super) fn word(self, column: Column) -> &'static str {
        let words = WORDS.iter().find(|(known, _)| *known == column).map(|(_, words)| *words);
        let index = match self {
            Self::Hungarian => 0,
            Self::English => 1,
        };
        words.and_then(|words| words.get(index)).copied().unwrap_or_default()
    }
}

/// Letters and digits only, small, so that `Rövid_név:` is known too.
fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What each cell of a first row names; `None`: passed over.
pub(super) struct Heading {
    columns: Vec<Option<Column>>,
}

impl Heading {
    /// Understands a first row, if it names enough to make partners of.
    pub(super) fn of<'a>(cells: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let column = |cell: &str| {
            let cell = folded(cell);
            let known = WORDS.iter().find(|(_, words)| words.iter().any(|word| folded(word) == cell));
            known.filter(|_| !cell.is_empty()).map(|(column, _)| *column)
        };
        let heading = Self { columns: cells.into_iter().map(column).collect() };
        let has = |column| heading.columns.contains(&Some(column));
        let names = has(Column::ShortName) || has(Column::Name);
        let targets = has(Column::Accounts) || has(Column::SecondaryId);
        (names && targets).then_some(heading)
    }

    /// Columns that are understood.
    pub(super) fn known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// What the cell with this index is.
    pub(super) fn column(&self, index: usize) -> Option<Column> {
        self.columns.get(index).copied().flatten()
    }

    /// Cells that a row may have.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// Columns of a partner that the table does not have.
    pub(super) fn absent(&self) -> Vec<Column> {
        WRITTEN.into_iter().filter(|column| !self.columns.contains(&Some(*column))).collect()
    }

    /// # Errors
    /// [`FormatError::HeadingTwice`] when a column other than the accounts stands there twice.
    pub(super) fn check(self, line: u64) -> Result<Self> {
        for (index, column) in self.columns.iter().enumerate() {
            if let Some(column) = column
                && *column != Column::Accounts
                && self.columns[..index].contains(&Some(*column))
            {
                return Err(FormatError::HeadingTwice { line, column: column.name() });
            }
        }
        Ok(self)
    }
}
