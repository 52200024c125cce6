//! What every importer gives: one row a transaction, with what was changed and what is wrong, and an end
//! that says whether the file kept its promises.
//!
//! Importers read tolerantly and never stop at a wrong value: its text goes into the draft as it stands
//! and [`domain::OrderDraft::check`] names the problem in the same words as in the form. Problems listed
//! here are those that the draft could not show, such as a currency that is not HUF.

use std::io::BufRead;

use domain::{Explain, Field, OrderDraft};
use rust_decimal::Decimal;

use crate::detect::read_beginning;
use crate::{Detected, Encoding, FormatError, electra_xml, pain001};

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
    pub field: Option<Field>,
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
}

impl Explain for WarningKind {
    fn code(&self) -> &'static str {
        match self {
            Self::LongerThanFormat { .. } => "import-longer-than-format",
            Self::MoreLinesThanFormat { .. } => "import-more-lines-than-format",
            Self::Cut { .. } => "import-cut",
            Self::LeftOut { .. } => "import-left-out",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::LongerThanFormat { max, found } | Self::MoreLinesThanFormat { max, found } => {
                vec![("max", max.to_string()), ("found", found.to_string())]
            }
            Self::Cut { kept, found } => vec![("kept", kept.to_string()), ("found", found.to_string())],
            Self::LeftOut { element } => vec![("element", element.clone())],
        }
    }
}

/// Why a row cannot be taken as it is, beyond what checking its draft finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Where.
    pub line: u64,
    /// What it is about.
    pub field: Option<Field>,
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
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Currency { found }
            | Self::NotTransfer { found }
            | Self::Date { found }
            | Self::Amount { found }
            | Self::Account { found } => vec![("found", found.clone())],
            Self::Twice { element } => vec![("element", element.clone())],
        }
    }
}

/// What a file promised about itself, and whether it kept it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
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

/// The end of a complete file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportEnd {
    /// Which format it was.
    pub format: Detected,
    /// Its encoding.
    pub encoding: Encoding,
    /// Transactions found, good and bad.
    pub rows: u32,
    /// Declared number of transactions, if there is one.
    pub count: Option<Promise>,
    /// Declared sum of amounts, if there is one.
    pub sum: Option<Promise>,
    /// Day on which the file wants to be sent (Electra's `ScheduledDate`).
    pub scheduled: Option<chrono::NaiveDate>,
}

impl ImportEnd {
    /// Whether every promise was kept; a file that breaks one was cut, merged or edited.
    pub fn is_consistent(&self) -> bool {
        [&self.count, &self.sum].into_iter().flatten().all(Promise::is_kept)
    }
}

/// Reads a file of any format that can be imported, giving each row as soon as it is complete.
///
/// An error means that the file is not complete: rows given before it are good, and the caller must tell
/// the user that others may be missing.
pub fn import(reader: impl BufRead, each: &mut impl FnMut(ImportRow)) -> Result<ImportEnd, FormatError> {
    let mut reader = reader;
    let beginning = read_beginning(&mut reader)?;
    let whole = std::io::Read::chain(beginning.as_slice(), reader);
    match crate::detect::of_beginning(&beginning) {
        Detected::ElectraXml => electra_xml::import(whole, each),
        // A document of another kind is named by the importer, with its root and line.
        Detected::Pain001 { .. } | Detected::PackageDocument | Detected::Unknown => {
            pain001::import(whole, each)
        }
    }
}

/// Warnings or problems that a row keeps; a hostile row cannot fill the memory with them.
const NOTES: usize = 40;

/// A row while its elements are read.
#[derive(Debug, Default)]
pub(crate) struct RowBuilder {
    pub(crate) line: u64,
    pub(crate) draft: OrderDraft,
    pub(crate) warnings: Vec<ImportWarning>,
    pub(crate) problems: Vec<RowProblem>,
}

impl RowBuilder {
    pub(crate) fn warn(&mut self, line: u64, field: Option<Field>, kind: WarningKind) {
        let note = ImportWarning { line, field, kind };
        let known = |w: &ImportWarning| w.field == note.field && w.kind == note.kind;
        if self.warnings.len() < NOTES && !self.warnings.iter().any(known) {
            self.warnings.push(note);
        }
    }

    pub(crate) fn problem(&mut self, line: u64, field: Option<Field>, kind: ProblemKind) {
        let note = RowProblem { line, field, kind };
        if self.problems.len() < NOTES && !self.problems.contains(&note) {
            self.problems.push(note);
        }
    }

    /// Sets a field once; a second, different value is a problem.
    pub(crate) fn set(&mut self, line: u64, field: Field, element: &str, value: String) {
        let slot = match field {
            Field::DebitAccount => &mut self.draft.debit_account,
            Field::PayerName => &mut self.draft.payer_name,
            Field::Target => &mut self.draft.target,
            Field::BeneficiaryName => &mut self.draft.beneficiary_name,
            Field::Country => &mut self.draft.country,
            Field::Amount => &mut self.draft.amount,
            Field::ValueDate => &mut self.draft.value_date,
            Field::Narrative => &mut self.draft.narrative,
            Field::DocumentNumber => &mut self.draft.document_number,
            Field::LegalCode => &mut self.draft.legal_code,
            Field::OwnReference => &mut self.draft.own_reference,
            // These two are tick boxes of the draft, not texts.
            Field::Instant | Field::Urgency => return,
        };
        if slot.is_empty() {
            *slot = value;
        } else if *slot != value {
            self.problem(line, Some(field), ProblemKind::Twice { element: element.to_owned() });
        }
    }

    /// Sets a name, cut to what an order can hold; `format_max` is what the file's format allows.
    pub(crate) fn set_name(&mut self, line: u64, field: Field, element: &str, text: &str, format_max: usize) {
        let value = self.fit(line, field, tidy(text), format_max, domain::text::PartyName::MAX);
        self.set(line, field, element, value);
    }

    /// Warns about a text beyond the format's limit and cuts one beyond ours.
    pub(crate) fn fit(
        &mut self,
        line: u64,
        field: Field,
        text: String,
        format_max: usize,
        max: usize,
    ) -> String {
        if text.len() <= format_max.min(max) {
            return text;
        }
        let found = text.chars().count();
        if found > max {
            self.warn(line, Some(field), WarningKind::Cut { kept: max, found });
            return text.chars().take(max).collect::<String>().trim_end().to_owned();
        }
        if found > format_max {
            self.warn(line, Some(field), WarningKind::LongerThanFormat { max: format_max, found });
        }
        text
    }

    /// Sets the amount in a form that only one number can mean, and gives the number.
    pub(crate) fn set_amount(&mut self, line: u64, element: &str, text: &str) -> Option<Decimal> {
        let text = text.trim();
        let number = read_amount(text);
        let value = match number {
            Some(number) => number.normalize().to_string().replace('.', ","),
            None => {
                let found = text.to_owned();
                self.problem(line, Some(Field::Amount), ProblemKind::Amount { found });
                text.to_owned()
            }
        };
        self.set(line, Field::Amount, element, value);
        number
    }

    /// Sets an account; what would be taken for a secondary identifier is a problem, since it stands where
    /// accounts stand.
    pub(crate) fn set_account(&mut self, line: u64, field: Field, element: &str, text: &str) {
        let value = tidy(text);
        let compact = value.chars().filter(|c| c.is_ascii_digit()).count();
        let iban = value.get(..2).is_some_and(|country| country.bytes().all(|b| b.is_ascii_alphabetic()));
        if !iban && compact != 16 && compact != 24 {
            self.problem(line, Some(field), ProblemKind::Account { found: value.clone() });
        }
        self.set(line, field, element, value);
    }

    /// The finished row.
    pub(crate) fn finish(self, position: u32) -> ImportRow {
        ImportRow {
            line: self.line,
            position,
            draft: self.draft,
            warnings: self.warnings,
            problems: self.problems,
        }
    }
}

/// A file's date: ISO, perhaps with a time or time zone behind it.
pub(crate) fn read_date(text: &str) -> Option<chrono::NaiveDate> {
    let (date, rest) = text.trim().split_at_checked(10)?;
    if !(rest.is_empty() || rest.starts_with(['Z', 'T', '+', '-'])) {
        return None;
    }
    let plain =
        date.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if plain { date.parse().ok() } else { None }
}

/// A file's amount: digits with at most two decimals after a comma or point; no grouping, so nothing can
/// be taken for a thousand times itself.
pub(crate) fn read_amount(text: &str) -> Option<Decimal> {
    let (whole, decimals) = text.split_once([',', '.']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 18 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let number = format!("{whole}{decimals}").parse::<i128>().ok()?;
    Decimal::try_from_i128_with_scale(number, decimals.len() as u32).ok()
}

/// The text without white space at its ends and with single spaces inside.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.trim();
    if !text.contains(|c: char| c.is_whitespace() && c != ' ') && !text.contains("  ") {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_files_mean_one_number() {
        let read = |text| read_amount(text).map(|n| n.to_string());
        assert_eq!(read("1000").as_deref(), Some("1000"));
        assert_eq!(read("1000,50").as_deref(), Some("1000.50"));
        assert_eq!(read("1000.00").as_deref(), Some("1000.00"));
        for bad in ["1.000", "1 000", "1e3", "-5", "", ".5", "1,2,3", "9999999999999999999"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn dates_of_files_are_iso() {
        let read = |text| read_date(text).map(|d| d.to_string());
        assert_eq!(read("2026-12-01").as_deref(), Some("2026-12-01"));
        assert_eq!(read("2026-12-01+01:00").as_deref(), Some("2026-12-01"));
        assert_eq!(read("2026-12-01T08:00:00").as_deref(), Some("2026-12-01"));
        for bad in ["2026.12.01", "01-12-2026", "2026-02-30", "2026-12-0", "", "2026-12-01x", "őőőőőőőőőő"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_promise_is_kept_by_value_not_by_spelling() {
        let promise = |declared: &str| Promise { declared: declared.to_owned(), found: "1500".to_owned() };
        assert!(promise("1500.00").is_kept());
        assert!(!promise("1501").is_kept());
        assert!(!promise("sok").is_kept());
    }
}
