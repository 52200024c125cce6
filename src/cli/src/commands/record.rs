//! Recording orders, one by one or from a file.

use client::ImportError;
use std::path::PathBuf;

use client::Page;
use client::{ClientError, ImportChoice, ImportedRow, OrderCheck, PackageChoice, Preview, Result, texts};
use domain::order::field::label_key;
use domain::{Currency, Explain, OrderDraft, key};
use serde_json::{Value, json};

use crate::context::Context;
use crate::exit::Code;
use crate::order_arguments::WantedOrder;
use crate::{output, tr};

/// Records one order and says how the bank will execute it.
pub async fn order(context: &Context, order: WantedOrder) -> Result<Code> {
    let choice = match (order.package, order.new_package) {
        (Some(id), _) => PackageChoice::Into(id),
        (None, true) => PackageChoice::New,
        (None, false) => PackageChoice::Auto,
    };
    let draft = draft(context, order).await?;
    let check = context.client.check_order(draft.clone(), choice, None).await?;
    if !check.problems.is_empty() {
        return Err(ClientError::Fields(check.problems));
    }
    let saved = context.client.save_order(draft, choice, None).await?;
    let value = json!({
        "order": saved.order, "package": saved.package, "name": saved.name, "orders": saved.orders,
        "decision": check.decision,
    });
    let mut lines = vec![tr!("cli-recorded", name = saved.name, count = saved.orders)];
    lines.push(format!("  {}", saved.package));
    lines.extend(route_lines(&check));
    output::answer(context.json, &value, lines);
    Ok(Code::Done)
}

/// The form, with the account and the partner that were left to the program.
async fn draft(context: &Context, order: WantedOrder) -> Result<OrderDraft> {
    let mut draft = order.draft;
    if draft.values.is_empty(key::DEBIT_ACCOUNT) {
        let accounts = context.client.accounts().await?;
        let first = accounts.iter().find(|a| a.account.currency == Currency::HUF);
        let number = first.map(|a| a.account.number.to_string()).unwrap_or_default();
        draft.values.set(key::DEBIT_ACCOUNT, number);
    }
    if let Some(text) = order.partner {
        let (found, _) = context.client.partners(text, Page::first(1)).await?;
        let partner = found.first().ok_or(ClientError::NotFound)?;
        let typed = [key::TARGET, key::BENEFICIARY_NAME].map(|key| (key, draft.values.take(key)));
        let order_type = draft.order_type;
        draft = draft.for_partner(partner, 0).turned_into(order_type);
        // What is typed goes before what the partner has.
        for (key, text) in typed.into_iter().filter(|(_, text)| !text.is_empty()) {
            draft.values.set(key, text);
        }
    }
    Ok(draft)
}

/// Route, reasons and warnings in words.
pub fn route_lines(check: &OrderCheck) -> Vec<String> {
    let Some(decision) = &check.decision else { return Vec::new() };
    let route = texts::text(decision.route.key(), &[]);
    let mut lines = vec![format!("  {}: {route}", tr!("cli-route"))];
    lines.extend(decision.reasons.iter().map(|r| format!("    {}", texts::explain(r))));
    lines.extend(decision.warnings.iter().map(|w| format!("  ! {}", texts::explain(w))));
    lines
}

/// Lists what a file holds, and takes it.
pub async fn import(context: &Context, file: PathBuf, only_good: bool, check: bool) -> Result<Code> {
    let preview = context.client.preview_import(file).await?;
    let mut value = preview_value(&preview);
    let mut lines = preview_lines(&preview);
    let clean = preview.is_clean();
    let wanted = !check && (clean || only_good);
    if wanted {
        let choice = if clean { ImportChoice::All } else { ImportChoice::OnlyGood };
        let report = context.client.take_import(&preview, choice).await?;
        lines.push(tr!(
            "cli-imported",
            count = report.orders,
            total = output::money(&report.total),
            left = report.left_behind
        ));
        lines.extend(report.packages.iter().map(|id| format!("  {id}")));
        value["taken"] = json!({ "orders": report.orders, "packages": report.packages });
    } else if !check {
        lines.push(texts::explain(&ClientError::Import(ImportError::NotClean)));
    }
    output::answer(context.json, &value, lines);
    Ok(if clean || wanted { Code::Done } else { Code::Input })
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
    json!({
        "good": preview.good, "bad": preview.bad, "warned": preview.warned, "total": preview.total,
        "complete": preview.end.is_ok(),
        "error": preview.end.as_ref().err().map(|e| json!({ "code": e.code(), "text": texts::explain(e) })),
        "bad_rows": preview.bad_rows.iter().map(row).collect::<Vec<_>>(),
        "warned_rows": preview.warned_rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn preview_lines(preview: &Preview) -> Vec<String> {
    let mut lines = vec![tr!(
        "cli-preview",
        good = preview.good,
        bad = preview.bad,
        total = output::money(&preview.total)
    )];
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
    if let Err(error) = &preview.end {
        lines.push(texts::explain(error));
    }
    lines
}
