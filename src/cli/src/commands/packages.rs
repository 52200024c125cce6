//! Prepared packages: listing, showing, signing, exporting.

use std::path::PathBuf;

use client::{ExportFormat, PackageFilter, Page, Result, texts};
use domain::PackageId;
use domain::order::field::label_key;
use serde_json::{Value, json};

use super::package_output::{change_lines, changes_value, state, value};
use crate::arguments::Format;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Prepared or sent packages.
pub async fn list(context: &Context, sent: bool) -> Result<Code> {
    let filter = if sent { PackageFilter::Sent } else { PackageFilter::Prepared };
    let packages = context.client.packages(filter, String::new(), Page::ALL).await?;
    let json = json!(packages.iter().map(value).collect::<Vec<_>>());
    let mut rows = vec![vec![
        tr!("cli-package"),
        tr!("cli-name"),
        tr!("cli-orders"),
        tr!("cli-total"),
        tr!("cli-state"),
    ]];
    rows.extend(packages.iter().map(|p| {
        vec![
            p.header.id.to_string(),
            p.header.name.to_string(),
            p.count.to_string(),
            output::money(&p.total),
            state(p.state),
        ]
    }));
    output::answer(context.json, &json, output::table(&rows, &[2, 3]));
    Ok(Code::Done)
}

/// One prepared package with its orders, and their routes or what they change.
pub async fn show(context: &Context, id: PackageId) -> Result<Code> {
    let detail = context.client.package(id).await?;
    let orders: Vec<Value> = detail
        .orders
        .iter()
        .map(|o| json!({ "order": o.order, "decision": o.decision, "bank": o.bank }))
        .collect();
    let signatures: Vec<Value> =
        detail.signatures.iter().map(|s| json!({ "user": s.user, "name": s.name, "at": s.at })).collect();
    let mut json = json!({
        "package": id, "name": detail.header.name, "state": detail.state, "total": detail.total,
        "order_type": detail.header.order_type, "orders": orders, "signatures": signatures, "signing": detail.signing, "last_error": detail.last_error,
    });
    if !detail.changes.is_empty() {
        json["changes"] = changes_value(detail.orders.iter().map(|o| o.order.id()), &detail.changes);
    }
    let total =
        if detail.header.order_type.is_payment() { output::money(&detail.total) } else { String::new() };
    let state = state(detail.state);
    // What moves no money has no total.
    let head = [detail.header.name.to_string(), total, state];
    let mut lines = vec![head.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")];
    let rows: Vec<Vec<String>> = detail
        .orders
        .iter()
        .map(|o| {
            let [label, target, amount, text] = output::order(&o.order);
            let route = o.decision.as_ref().map(|decision| texts::text(decision.route.key(), &[]));
            vec![label, target, amount, route.unwrap_or_default(), text]
        })
        .collect();
    // Changes are told in full, so their orders need no line of their own.
    if detail.changes.is_empty() {
        lines.extend(output::table(&rows, &[2]));
    }
    lines.extend(change_lines(&detail.changes));
    lines.extend(detail.signatures.iter().map(|s| format!("✓ {}", s.name)));
    lines.push(tr!("cli-signatures", have = detail.signing.have, need = detail.signing.need));
    output::answer(context.json, &json, lines);
    Ok(Code::Done)
}

/// Writes a package's orders to a file.
pub async fn export(context: &Context, id: PackageId, format: Format, out: PathBuf) -> Result<Code> {
    let format = match format {
        Format::Pain001 => ExportFormat::Pain001,
        Format::ElectraXml => ExportFormat::ElectraXml,
    };
    let warnings = context.client.export_package(id, format, out.clone()).await?;
    let notes: Vec<Value> = warnings
        .iter()
        .map(|w| json!({ "position": w.position, "field": w.field, "text": texts::explain(&w.kind) }))
        .collect();
    let mut lines = vec![tr!("cli-exported", path = out.display().to_string())];
    lines.extend(warnings.iter().map(|w| {
        format!("  ! {}. {}: {}", w.position, texts::text(&label_key(w.field), &[]), texts::explain(&w.kind))
    }));
    output::answer(context.json, &json!({ "path": out, "warnings": notes }), lines);
    Ok(Code::Done)
}
