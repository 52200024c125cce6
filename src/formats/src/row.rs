//! A row while its elements are read, and how the values of files are read.

use domain::{OrderDraft, key};
use rust_decimal::Decimal;

use crate::import::{ImportRow, ImportWarning, ProblemKind, RowProblem, WarningKind};
use crate::{FormatError, Result};

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
    pub(crate) fn warn(&mut self, line: u64, field: Option<&'static str>, kind: WarningKind) {
        let note = ImportWarning { line, field, kind };
        let known = |w: &ImportWarning| w.field == note.field && w.kind == note.kind;
        if self.warnings.len() < NOTES && !self.warnings.iter().any(known) {
            self.warnings.push(note);
        }
    }

    pub(crate) fn problem(&mut self, line: u64, field: Option<&'static str>, kind: ProblemKind) {
        let note = RowProblem { line, field, kind };
        if self.problems.len() < NOTES && !self.problems.contains(&note) {
            self.problems.push(note);
        }
    }

    /// Sets a field once; a second, different value is a problem.
    pub(crate) fn set(&mut self, line: u64, field: &'static str, element: &str, value: String) {
        let known = self.draft.get(field);
        if known.is_empty() {
            self.draft.values.set(field, value);
        } else if known != value {
            self.problem(line, Some(field), ProblemKind::Twice { element: element.to_owned() });
        }
    }

    /// Adds a line to the narrative, joined by a space: that is what word-wrapped lines were.
    pub(crate) fn add_narrative(&mut self, line: u64, text: &str, limit: usize) -> Result<()> {
        let mut narrative = self.draft.values.take(key::NARRATIVE);
        if !narrative.is_empty() && !text.is_empty() {
            narrative.push(' ');
        }
        narrative.push_str(text);
        if narrative.len() > limit {
            return Err(FormatError::TooLong { line, limit });
        }
        self.draft.values.set(key::NARRATIVE, narrative);
        Ok(())
    }

    /// Sets a name, cut to what an order can hold; `format_max` is what the file's format allows.
    pub(crate) fn set_name(
        &mut self,
        line: u64,
        field: &'static str,
        element: &str,
        text: &str,
        format_max: usize,
    ) {
        let value = self.plain(line, field, text);
        let value = self.fit(line, field, value, format_max, domain::text::PartyName::MAX);
        self.set(line, field, element, value);
    }

    /// The text of an element, tidied and without typographic characters, about which it warns.
    pub(crate) fn plain(&mut self, line: u64, field: &'static str, text: &str) -> String {
        let text = tidy(text);
        match domain::text::plain(&text) {
            None => text,
            Some(plain) => {
                if !plain.found.is_empty() {
                    self.warn(line, Some(field), WarningKind::MadePlain { characters: plain.found });
                }
                tidy(&plain.text)
            }
        }
    }

    /// Warns about a text beyond the format's limit and cuts one beyond ours.
    pub(crate) fn fit(
        &mut self,
        line: u64,
        field: &'static str,
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
            // Most amounts are written as they will be read: whole, and without zeros in front.
            Some(_) if !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) => text.to_owned(),
            Some(number) => number.normalize().to_string().replace('.', ","),
            None => {
                let found = text.to_owned();
                self.problem(line, Some(key::AMOUNT), ProblemKind::Amount { found });
                text.to_owned()
            }
        };
        self.set(line, key::AMOUNT, element, value);
        number
    }

    /// Sets an account; what has not the form of one is a problem even where it would be understood as a
    /// secondary identifier, since it stands where accounts stand.
    pub(crate) fn set_account(&mut self, line: u64, field: &'static str, element: &str, text: &str) {
        let value = tidy(text);
        if !domain::target::has_form_of_account(&value) {
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

/// A file's amount: digits with at most two decimals after a comma or point, which any number of zeros may
/// follow (`58420.00000`); no grouping, so nothing can be taken for a thousand times itself.
pub(crate) fn read_amount(text: &str) -> Option<Decimal> {
    let (whole, written) = text.split_once([',', '.']).unwrap_or((text, ""));
    // Three decimals after at most three digits may be a group of thousands.
    let may_be_grouped = written.len() == 3 && whole.len() <= 3;
    let decimals = match written.split_at_checked(2) {
        Some((cents, zeros)) if !may_be_grouped && zeros.bytes().all(|b| b == b'0') => cents,
        _ => written,
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 18 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let part = |digits: &str| digits.bytes().fold(0, |number, digit| number * 10 + i128::from(digit - b'0'));
    let number = part(whole) * 10_i128.pow(decimals.len() as u32) + part(decimals);
    Decimal::try_from_i128_with_scale(number, decimals.len() as u32).ok()
}

/// The text of an element as the field of a row.
pub(crate) fn tidy(text: &str) -> String {
    domain::text::single_spaced(text).into_owned()
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
        for padded in ["58420.00000", "58420,000", "58420.0000"] {
            assert_eq!(read(padded).as_deref(), Some("58420.00"), "{padded}");
        }
        assert_eq!(read("12.50000").as_deref(), Some("12.50"));
        for bad in [
            "1.000",
            "58420.00001",
            "12.345",
            "12.000",
            "1 000",
            "1e3",
            "-5",
            "",
            ".5",
            "1,2,3",
            "9999999999999999999",
        ] {
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
}
