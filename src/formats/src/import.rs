//! What every importer gives: one row a transaction, with what was changed and what is wrong, and an end
//! that says whether the file kept its promises.
//!
//! Importers read tolerantly and never stop at a wrong value: its text goes into the draft as it stands
//! and [`domain::OrderDraft::check`] names the problem in the same words as in the form. Problems listed
//! here are those that the draft could not show, such as a currency that is not HUF.

use std::io::BufRead;

use domain::{Explain, OrderDraft};
use rust_decimal::Decimal;

use crate::detect::read_beginning;
use crate::{Detected, Encoding, FormatError, electra_xml, foreign, pain001};

/// One transaction of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Line of the file in which it begins.
    pub line: u64,
    /// Which transaction of the file, from 1.
    pub position: u32,
    /// Its fields as text that [`OrderDraft::check`] understands: ISO dates, amounts with a decimal comma.
    pub draft: OrderDraft,
    /// What was understood with a change.
    pub warnings: Vec<ImportWarning>,
    /// What makes the row impossible to take.
    pub problems: Vec<RowProblem>,
}

/// Something in a row that was tolerated; the order can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportWarning {
    /// Where.
    pub line: u64,
    /// What it is about.
    pub field: Option<&'static str>,
    /// What was done.
    pub kind: WarningKind,
}

/// What was tolerated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// Longer than the file's format allows, but not too long for us: taken whole.
    LongerThanFormat {
        /// Characters that the format allows.
        max: usize,
        /// Characters found.
        found: usize,
    },
    /// More lines of narrative than the format allows: all taken.
    MoreLinesThanFormat {
        /// Lines that the format allows.
        max: usize,
        /// Lines found.
        found: usize,
    },
    /// Longer than an order can hold: the end was cut off.
    Cut {
        /// Characters that were kept.
        kept: usize,
        /// Characters found.
        found: usize,
    },
    /// Something of the file has no place in a domestic transfer and was left out.
    LeftOut {
        /// The element.
        element: String,
    },
    /// Only a high priority was asked for; taken as a VIBER transfer.
    HighIsViber,
    /// Typographic characters, which the banks do not take, became plain ones.
    MadePlain {
        /// Those that were found, each once.
        characters: String,
    },
}

impl Explain for WarningKind {
    fn code(&self) -> &'static str {
        match self {
            Self::LongerThanFormat { .. } => "import-longer-than-format",
            Self::MoreLinesThanFormat { .. } => "import-more-lines-than-format",
            Self::Cut { .. } => "import-cut",
            Self::LeftOut { .. } => "import-left-out",
            Self::HighIsViber => "import-high-is-viber",
            Self::MadePlain { .. } => "import-made-plain",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::LongerThanFormat { max, found } | Self::MoreLinesThanFormat { max, found } => {
                vec![("max", max.to_string()), ("found", found.to_string())]
            }
            Self::Cut { kept, found } => vec![("kept", kept.to_string()), ("found", found.to_string())],
            Self::LeftOut { element } => vec![("element", element.clone())],
            Self::HighIsViber => Vec::new(),
            Self::MadePlain { characters } => vec![("characters", characters.clone())],
        }
    }
}

/// Why a row cannot be taken as it is, beyond what checking its draft finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Where.
    pub line: u64,
    /// What it is about.
    pub field: Option<&'static str>,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The amount is not in forints.
    Currency {
        /// The currency found; empty if none.
        found: String,
    },
    /// An element that may stand once stands there twice, and the values differ.
    Twice {
        /// The element.
        element: String,
    },
    /// A payment method that is no transfer.
    NotTransfer {
        /// What was found.
        found: String,
    },
    /// A date that is none.
    Date {
        /// What was found.
        found: String,
    },
    /// An amount that is none.
    Amount {
        /// What was found.
        found: String,
    },
    /// Something in the place of an account that is none.
    Account {
        /// What was found.
        found: String,
    },
    /// An account in the place of a secondary identifier.
    Identifier {
        /// What was found.
        found: String,
    },
}

impl Explain for ProblemKind {
    fn code(&self) -> &'static str {
        match self {
            Self::Currency { found } if found.is_empty() => "import-currency-missing",
            Self::Currency { .. } => "import-currency",
            Self::Twice { .. } => "import-twice",
            Self::NotTransfer { .. } => "import-not-transfer",
            Self::Date { .. } => "import-date",
            Self::Amount { found } if found.is_empty() => "import-amount-missing",
            Self::Amount { .. } => "import-amount",
            Self::Account { found } if found.is_empty() => "import-account-missing",
            Self::Account { .. } => "import-account",
            Self::Identifier { .. } => "import-identifier",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Currency { found }
            | Self::NotTransfer { found }
            | Self::Date { found }
            | Self::Amount { found }
            | Self::Account { found }
            | Self::Identifier { found } => vec![("found", found.clone())],
            Self::Twice { element } => vec![("element", element.clone())],
        }
    }
}

/// What a file declares of its own transactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// How many there are.
    Count,
    /// The sum of their amounts.
    Sum,
}

/// What a file promised about itself, and whether it kept it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What it is about.
    pub total: Total,
    /// The group of transactions (`PmtInf`) that declares it for itself, from 1; `None`: the header, for all.
    pub group: Option<u32>,
    /// As the file says it.
    pub declared: String,
    /// As the transactions say it.
    pub found: String,
}

impl Promise {
    /// Whether both agree.
    pub fn is_kept(&self) -> bool {
        let number = |text: &str| text.trim().parse::<Decimal>().ok();
        match (number(&self.declared), number(&self.found)) {
            (Some(declared), Some(found)) => declared == found,
            _ => self.declared == self.found,
        }
    }
}

impl Explain for Promise {
    /// The words for one that is broken.
    fn code(&self) -> &'static str {
        match (self.total, self.group) {
            (Total::Count, None) => "import-count-broken",
            (Total::Count, Some(_)) => "import-group-count-broken",
            (Total::Sum, None) => "import-sum-broken",
            (Total::Sum, Some(_)) => "import-group-sum-broken",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        // Sums are shown as people of the language write them, numbers of orders as they are.
        let [declared, found] = match self.total {
            Total::Count => ["declared", "found"],
            Total::Sum => ["declared_total", "found_total"],
        };
        let mut args = vec![(declared, self.declared.clone()), (found, self.found.clone())];
        args.extend(self.group.map(|group| ("group", group.to_string())));
        args
    }
}

/// The end of a complete file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportEnd {
    /// Which format it was.
    pub format: Detected,
    /// Its encoding.
    pub encoding: Encoding,
    /// Transactions found, good and bad.
    pub rows: u32,
    /// Declared number of transactions, if there is one: the header's, or the first group's that is broken.
    pub count: Option<Promise>,
    /// Declared sum of amounts, if there is one; the same.
    pub sum: Option<Promise>,
    /// Day on which the file wants to be sent (Electra's `ScheduledDate`).
    pub scheduled: Option<chrono::NaiveDate>,
}

impl ImportEnd {
    /// Whether every promise was kept; a file that breaks one was cut, merged or edited.
    pub fn is_consistent(&self) -> bool {
        self.broken().next().is_none()
    }

    /// The promises that were not kept.
    pub fn broken(&self) -> impl Iterator<Item = &Promise> {
        self.promises().filter(|promise| !promise.is_kept())
    }

    /// What the file declares of itself.
    pub fn promises(&self) -> impl Iterator<Item = &Promise> {
        [&self.count, &self.sum].into_iter().flatten()
    }
}

/// Reads a file of any format that can be imported, giving each row as soon as it is complete.
///
/// An error means that the file is not complete: rows given before it are good, and the caller must tell
/// the user that others may be missing.
pub fn import(reader: impl BufRead, each: &mut impl FnMut(ImportRow)) -> Result<ImportEnd, FormatError> {
    let mut reader = reader;
    let beginning = read_beginning(&mut reader)?;
    if let Some(kind) = foreign::of_beginning(&beginning) {
        return Err(FormatError::Foreign { kind });
    }
    let whole = std::io::Read::chain(beginning.as_slice(), reader);
    match crate::detect::of_beginning(&beginning) {
        Detected::ElectraXml => electra_xml::import(whole, each),
        // A document of another kind is named by the importer, with its root and line.
        Detected::Pain001 { .. } | Detected::PackageDocument | Detected::Unknown => {
            pain001::import(whole, each)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_kept_by_value_not_by_spelling() {
        let promise = |declared: &str| Promise {
            total: Total::Sum,
            group: None,
            declared: declared.to_owned(),
            found: "1500".to_owned(),
        };
        assert!(promise("1500.00").is_kept());
        assert!(!promise("1501").is_kept());
        assert!(!promise("sok").is_kept());
    }
}
