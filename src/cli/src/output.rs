//! What is printed: tables for people, one JSON value for scripts.

use chrono::{DateTime, Utc};
use client::{ClientError, texts};
use domain::order::field::label_key;
use domain::{Explain, Money, Order, format};
use serde_json::{Value, json};

/// Prints an answer: the JSON value, or the lines.
pub fn answer(json: bool, value: &Value, lines: impl IntoIterator<Item = String>) {
    if json {
        println!("{value:#}");
    } else {
        for line in lines {
            println!("{line}");
        }
    }
}

/// Prints a failure to standard error, with every field's problem.
pub fn failure(json: bool, error: &ClientError) {
    let text = texts::explain(error);
    let fields = match error {
        ClientError::Fields(fields) => fields.as_slice(),
        _ => &[],
    };
    if json {
        let problem =
            |f: &domain::FieldError| json!({ "field": f.field, "code": f.code(), "text": texts::explain(f) });
        let value = json!({
            "error": { "code": error.code(), "text": text, "fields": fields.iter().map(problem).collect::<Vec<_>>() }
        });
        eprintln!("{value:#}");
    } else {
        eprintln!("{text}");
        for field in fields {
            eprintln!("  {}: {}", texts::text(&label_key(field.field), &[]), texts::explain(field));
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
