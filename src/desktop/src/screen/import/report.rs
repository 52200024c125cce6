//! What is wrong in a file, line by line: for the table, and as a file that can be sent to whoever made it.

use std::path::Path;

use client::{ImportedRow, Preview};

use crate::screen::order::fields;
use crate::texts::explain;
use crate::{format, tr};

/// One thing to know about one row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Line of the file.
    pub line: u64,
    /// Payee as the file has it.
    pub payee: String,
    /// Amount as the file has it.
    pub amount: String,
    /// What it is about, in words; empty if it is about the whole row.
    pub field: String,
    /// What it is, in words.
    pub words: String,
}

fn field_name(field: Option<&'static str>) -> String {
    field.map(fields::label).unwrap_or_default()
}

fn finding(row: &ImportedRow, line: u64, field: Option<&'static str>, words: String) -> Finding {
    Finding {
        line,
        payee: if row.payee.trim().is_empty() { row.target.clone() } else { row.payee.clone() },
        amount: amount(&row.amount),
        field: field_name(field),
        words,
    }
}

/// An amount of the file, grouped if it is one.
pub(crate) fn amount(typed: &str) -> String {
    domain::entry::amount(typed).map_or_else(|_| typed.to_owned(), |a| format::amount(a, "HUF"))
}

/// Everything that is wrong with the bad rows.
pub(crate) fn problems(preview: &Preview) -> Vec<Finding> {
    let of_row = |row: &ImportedRow| -> Vec<Finding> {
        let in_file = row.problems.iter().map(|p| finding(row, p.line, p.field, explain(&p.kind)));
        // What the file's reader says of a field is nearer to the file than what the form would say.
        let said_already = |field| row.problems.iter().any(|problem| problem.field == Some(field));
        let in_fields = row
            .fields
            .iter()
            .filter(|p| !said_already(p.field))
            .map(|p| finding(row, row.line, Some(p.field), explain(p)));
        in_file.chain(in_fields).collect()
    };
    preview.bad_rows.iter().flat_map(of_row).collect()
}

/// Everything that was understood with a change.
pub(crate) fn warnings(preview: &Preview) -> Vec<Finding> {
    let of_row = |row: &ImportedRow| -> Vec<Finding> {
        row.warnings.iter().map(|w| finding(row, w.line, w.field, explain(&w.kind))).collect()
    };
    preview.warned_rows.iter().flat_map(of_row).collect()
}

/// The list as the contents of a file: text if its name ends in `.txt`, otherwise CSV.
pub(crate) fn contents(path: &Path, findings: &[Finding]) -> String {
    let is_text = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("txt"));
    if is_text { text(findings) } else { csv(findings) }
}

fn text(findings: &[Finding]) -> String {
    let mut out = String::new();
    for found in findings {
        let line = tr!("import-report-line", line = found.line, payee = found.payee.as_str());
        out.push_str(&format!("{line} ({})\r\n    ", found.amount));
        if !found.field.is_empty() {
            out.push_str(&format!("{}: ", found.field));
        }
        out.push_str(&format!("{}\r\n", found.words));
    }
    out
}

/// Semicolons and a byte order mark, as Hungarian spreadsheets expect.
fn csv(findings: &[Finding]) -> String {
    let head = [
        tr!("import-column-line"),
        tr!("order-payee"),
        tr!("order-amount"),
        tr!("import-column-field"),
        tr!("import-column-problem"),
    ];
    let mut out = String::from("\u{feff}");
    out.push_str(&csv_line(&head));
    for found in findings {
        let line = found.line.to_string();
        let cells =
            [line, found.payee.clone(), found.amount.clone(), found.field.clone(), found.words.clone()];
        out.push_str(&csv_line(&cells));
    }
    out
}

fn csv_line(cells: &[String; 5]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
    format!("{}\r\n", quoted.join(";"))
}

/// Quoted; and never a formula, because names in the file were written by strangers.
fn csv_cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_a_formula_stays_a_name() {
        assert_eq!(csv_cell("=1+1"), "\"'=1+1\"");
        assert_eq!(csv_cell("Az \"ő\"; kft"), "\"Az \"\"ő\"\"; kft\"");
    }

    #[test]
    fn the_name_of_the_file_chooses_its_form() {
        let found = [Finding {
            line: 12,
            payee: "Őrségi".into(),
            amount: "1 000".into(),
            field: "Összeg".into(),
            words: "hibás".into(),
        }];
        assert!(
            contents(Path::new("hibak.csv"), &found)
                .ends_with("\"12\";\"Őrségi\";\"1 000\";\"Összeg\";\"hibás\"\r\n")
        );
        assert!(contents(Path::new("hibak.TXT"), &found).contains("Összeg: hibás"));
    }
}
