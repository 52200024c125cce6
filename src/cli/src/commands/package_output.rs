//! A package and what it changes as several commands print them, in words and as JSON.

use client::{AdminChange, ListedPackage, texts};
use domain::{OrderId, PackageState};
use serde_json::{Value, json};

/// A package's line as JSON.
pub fn value(line: &ListedPackage) -> Value {
    json!({
        "package": line.header.id, "name": line.header.name, "order_type": line.header.order_type, "state": line.state, "orders": line.count,
        "total": line.total, "signatures": line.signatures, "debit_account": line.header.debit_account,
        "instant": line.header.instant, "submission": line.submission, "last_error": line.last_error,
    })
}

/// The state in words.
pub fn state(state: PackageState) -> String {
    texts::text(&format!("state-{}", state.name().replace('_', "-")), &[])
}

/// What orders change, as JSON.
pub fn changes_value(orders: impl Iterator<Item = OrderId>, changes: &[AdminChange]) -> Value {
    let changes = orders.zip(changes).map(|(order, change)| {
        let lines: Vec<Value> = change
            .lines
            .iter()
            .map(|l| json!({ "what": l.what, "before": l.before, "after": l.after }))
            .collect();
        json!({ "order": order, "title": change.title, "lines": lines })
    });
    changes.collect()
}

/// What orders change: before → after.
pub fn change_lines(changes: &[AdminChange]) -> Vec<String> {
    let mut lines = Vec::new();
    for change in changes {
        lines.push(change.title.clone());
        lines.extend(change.lines.iter().map(|line| match &line.before {
            Some(before) => format!("  {}: {before} → {}", line.what, line.after),
            None => format!("  {}: {}", line.what, line.after),
        }));
    }
    lines
}
