//! Taking orders from a file: what is in it, what is wrong with it, and what of it is taken.

use std::path::PathBuf;

use client::{ClientError, ImportChoice, ImportEnd, ImportError, ImportedRow, Preview, Result, Total, texts};
use domain::Explain;
use domain::order::field::label_key;
use serde_json::{Value, json};

use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Lists what a file holds, and takes it as far as the choice allows.
pub async fn orders(
    context: &Context,
    file: PathBuf,
    choice: ImportChoice,
    again: bool,
    check: bool,
) -> Result<Code> {
    let preview = context.client.preview_import(file).await?;
    let preview = if again { preview.again() } else { preview };
    let mut value = preview_value(&preview);
    let mut lines = preview_lines(&preview);
    let obstacle = preview.obstacle(choice);
    if let (Some(obstacle), false) = (obstacle, check) {
        lines.push(texts::explain(&ClientError::Import(obstacle)));
        lines.extend(switch(obstacle));
        value["refused"] = json!({ "code": obstacle.code(), "text": texts::explain(&obstacle) });
    }
    if obstacle.is_none() && !check {
        let report = context.client.take_import(&preview, choice).await?;
        lines.push(tr!(
            "cli-imported",
            count = report.orders,
            total = output::money(&report.total),
            left = report.left_behind
        ));
        lines.extend(report.packages.iter().map(|id| format!("  {id}")));
        value["taken"] = json!({ "orders": report.orders, "packages": report.packages });
    }
    output::answer(context.json, &value, lines);
    let done = if check { preview.is_clean() } else { obstacle.is_none() };
    Ok(if done { Code::Done } else { Code::Input })
}

/// The switch that accepts what stands in the way, if one does.
fn switch(obstacle: ImportError) -> Option<String> {
    match obstacle {
        ImportError::NotClean => Some(tr!("cli-only-good")),
        ImportError::TotalsDiffer => Some(tr!("cli-despite-totals")),
        ImportError::TakenBefore => Some(tr!("cli-again")),
        ImportError::Incomplete
        | ImportError::NothingGood
        | ImportError::FileChanged
        | ImportError::SumTooLarge => None,
    }
}

fn preview_value(preview: &Preview) -> Value {
    let row = |row: &ImportedRow| {
        let notes = |what: &dyn Explain| json!({ "code": what.code(), "text": texts::explain(what) });
        json!({
            "line": row.line, "position": row.position, "payee": row.payee, "amount": row.amount,
            "problems": row.problems.iter().map(|p| notes(&p.kind))
                .chain(row.fields.iter().map(|f| {
                    let mut note = notes(f);
                    note["field"] = json!(f.field);
                    note
                })).collect::<Vec<_>>(),
            "warnings": row.warnings.iter().map(|w| notes(&w.kind)).collect::<Vec<_>>(),
        })
    };
    let end = preview.end.as_ref().ok();
    let totals = end.into_iter().flat_map(ImportEnd::promises).map(|promise| {
        let text = (!promise.is_kept()).then(|| texts::explain(promise));
        json!({
            "of": match promise.total { Total::Count => "count", Total::Sum => "sum" },
            "group": promise.group, "declared": promise.declared, "found": promise.found,
            "kept": promise.is_kept(), "text": text,
        })
    });
    json!({
        "consistent": end.is_some_and(ImportEnd::is_consistent),
        "totals": totals.collect::<Vec<_>>(),
        "good": preview.good, "bad": preview.bad, "warned": preview.warned, "total": preview.total,
        "complete": preview.end.is_ok(),
        "error": preview.end.as_ref().err().map(|e| json!({ "code": e.code(), "text": texts::explain(e) })),
        "earlier": preview.earlier.as_ref().map(|e| json!({
            "at": e.at, "file": e.file, "same_bytes": e.same_bytes,
        })),
        "bad_rows": preview.bad_rows.iter().map(row).collect::<Vec<_>>(),
        "warned_rows": preview.warned_rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn preview_lines(preview: &Preview) -> Vec<String> {
    // What is wrong with the whole file stands before its rows: a long list would hide it.
    let mut lines = match &preview.end {
        Err(error) => vec![texts::explain(error)],
        Ok(end) => end.broken().map(|promise| texts::explain(promise)).collect(),
    };
    if let Some(earlier) = &preview.earlier {
        let at = output::day(earlier.at);
        lines.push(tr!("cli-taken-before", file = earlier.file.as_str(), at = at));
    }
    lines.push(tr!(
        "cli-preview",
        good = preview.good,
        bad = preview.bad,
        total = output::money(&preview.total)
    ));
    for row in &preview.bad_rows {
        let problems = row.problems.iter().map(|p| texts::explain(&p.kind));
        let fields = row
            .fields
            .iter()
            .map(|f| format!("{}: {}", texts::text(&label_key(f.field), &[]), texts::explain(f)));
        for problem in problems.chain(fields) {
            lines.push(format!("  {}  {}", tr!("cli-line", line = row.line), problem));
        }
    }
    for row in &preview.warned_rows {
        for warning in &row.warnings {
            lines.push(format!(
                "  {}  ! {}",
                tr!("cli-line", line = row.line),
                texts::explain(&warning.kind)
            ));
        }
    }
    lines
}
