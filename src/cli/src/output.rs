//! What is printed: tables for people, one JSON value for scripts. Everything that the program prints goes through
//! here: a reader who has gone away ends nothing, and what could not be written is told at the end, when the work is
//! safe.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use client::{ClientError, texts};
use domain::order::field::label_key;
use domain::{Explain, Money, Order, format};
use serde_json::{Value, json};

use crate::exit::Code;
use crate::tr;

/// Why standard output takes nothing any more; nothing is written to it then.
static LOST: Mutex<Option<io::Error>> = Mutex::new(None);

/// The output could not be written.
#[derive(Debug)]
struct OutputLost {
    /// In the system's words.
    reason: String,
}

impl Explain for OutputLost {
    fn code(&self) -> &'static str {
        "output-lost"
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        vec![("reason", self.reason.clone())]
    }
}

/// Prints an answer: the JSON value, or the lines.
pub fn answer(json: bool, value: &Value, lines: impl IntoIterator<Item = String>) {
    if json {
        line(format_args!("{value:#}"));
    } else {
        lines.into_iter().for_each(line);
    }
}

/// Prints a line to standard output.
pub fn line(text: impl Display) {
    let mut lost = LOST.lock().unwrap_or_else(PoisonError::into_inner);
    if lost.is_none() {
        *lost = writeln!(io::stdout(), "{text}").err();
    }
}

/// Prints a line to standard error. Whoever has closed it does not want to know.
pub fn note(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Asks for something on standard error, on the same line.
pub fn prompt(text: &str) {
    let _ = write!(io::stderr(), "{text}: ");
    let _ = io::stderr().flush();
}

/// Shows how far something is, over what was shown before.
pub fn progress(text: &str) {
    let _ = write!(io::stderr(), "\r{text}");
    let _ = io::stderr().flush();
}

/// Ends the output, and tells what a run came to. A reader that went away (`| head`) has seen what it wanted; output that
/// a full device did not take is a failure, unless the work itself has failed.
pub fn finish(json: bool, code: Code) -> Code {
    let lost = LOST.lock().unwrap_or_else(PoisonError::into_inner).take();
    let lost = lost.or_else(|| io::stdout().flush().err()).filter(|e| e.kind() != ErrorKind::BrokenPipe);
    let Some(reason) = lost else { return code };
    let error = OutputLost { reason: reason.to_string() };
    tell(json, &error, &[]);
    if code == Code::Done { Code::Output } else { code }
}

/// Prints a failure to standard error, with every field's problem.
pub fn failure(json: bool, error: &ClientError) {
    let fields = match error {
        ClientError::Fields(fields) => fields.as_slice(),
        _ => &[],
    };
    tell(json, error, fields);
}

fn tell(json: bool, error: &dyn Explain, fields: &[domain::FieldError]) {
    let text = texts::explain(error);
    let technical = texts::technical(error);
    if json {
        let problem =
            |f: &domain::FieldError| json!({ "field": f.field, "code": f.code(), "text": texts::explain(f) });
        let mut value = json!({
            "error": { "code": error.code(), "text": text, "fields": fields.iter().map(problem).collect::<Vec<_>>() }
        });
        if let Some(said) = technical {
            value["error"]["technical"] = json!(said);
        }
        note(format_args!("{value:#}"));
    } else {
        note(text);
        if error.code() == "token-last-try" {
            note(tr!("cli-last-try"));
        }
        if let Some(said) = technical {
            note(tr!("cli-technical", said = said));
        }
        for field in fields {
            let name = texts::text(&label_key(field.field), &[]);
            note(format_args!("  {name}: {}", texts::explain(field)));
        }
    }
}

/// An amount as people read it: "1 250 000 Ft", "84 120,55 EUR".
pub fn money(money: &Money) -> String {
    format::money(texts::language(), *money)
}

/// A day as people read it.
pub fn day(at: DateTime<Utc>) -> String {
    format::date(texts::language(), at.date_naive())
}

/// An order as lists show it: whom or what it is about, where it goes, how much, its text.
pub fn order(order: &Order) -> [String; 4] {
    let face = order.face();
    let amount = face.amount.as_ref().map(money).unwrap_or_default();
    [texts::label(&face), face.target, amount, face.text]
}

/// Columns aligned for a terminal; the columns in `right` to the right.
pub fn table(rows: &[Vec<String>], right: &[usize]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|r| r.get(c)).map(|t| t.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    rows.iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .enumerate()
                .map(|(c, text)| {
                    let pad = " ".repeat(widths[c] - text.chars().count());
                    if right.contains(&c) { format!("{pad}{text}") } else { format!("{text}{pad}") }
                })
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}
