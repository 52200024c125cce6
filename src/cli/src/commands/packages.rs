//! Prepared packages: listing, showing, signing, exporting.

use std::path::PathBuf;

use client::Page;
use client::{ExportFormat, ListedPackage, PackageFilter, Result, texts};
use domain::{OrderType, PackageId};
use serde_json::{Value, json};

use crate::arguments::Format;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// A package's line as JSON.
pub fn value(line: &ListedPackage) -> Value {
    json!({
        "package": line.header.id, "name": line.header.name, "state": line.state, "orders": line.count,
        "total": line.total, "signatures": line.signatures, "debit_account": line.header.debit_account,
        "instant": line.header.instant, "submission": line.submission, "last_error": line.last_error,
    })
}

/// The state in words.
pub fn state(line: &ListedPackage) -> String {
    texts::text(&format!("state-{}", line.state.name().replace('_', "-")), &[])
}

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
            state(p),
        ]
    }));
    output::answer(context.json, &json, output::table(&rows, &[2, 3]));
    Ok(Code::Done)
}

/// One prepared package with its orders and routes.
pub async fn show(context: &Context, id: PackageId) -> Result<Code> {
    if context.client.order_type(id).await? == OrderType::Adm {
        return super::admin::package(context, id).await;
    }
    let detail = context.client.package(id).await?;
    let orders: Vec<Value> = detail
        .orders
        .iter()
        .map(|o| json!({ "order": o.order, "decision": o.decision, "bank": o.bank }))
        .collect();
    let signatures: Vec<Value> =
        detail.signatures.iter().map(|s| json!({ "user": s.user, "name": s.name, "at": s.at })).collect();
    let json = json!({
        "package": id, "name": detail.header.name, "state": detail.state, "total": detail.total,
        "orders": orders, "signatures": signatures, "signing": detail.signing, "last_error": detail.last_error,
    });
    let state = texts::text(&format!("state-{}", detail.state.name().replace('_', "-")), &[]);
    let mut lines = vec![format!("{} · {} · {}", detail.header.name, output::money(&detail.total), state)];
    let rows: Vec<Vec<String>> = detail
        .orders
        .iter()
        .map(|o| {
            let route = format!("route-{}", o.decision.route.name().replace('_', "-"));
            vec![
                o.order.beneficiary.label(),
                o.order.beneficiary.target(),
                output::money(&o.order.amount),
                texts::text(&route, &[]),
                o.order.narrative.to_string(),
            ]
        })
        .collect();
    lines.extend(output::table(&rows, &[2]));
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
        .map(|w| json!({ "position": w.position, "field": w.field.key(), "text": texts::explain(&w.kind) }))
        .collect();
    let mut lines = vec![tr!("cli-exported", path = out.display().to_string())];
    lines.extend(warnings.iter().map(|w| {
        format!("  ! {}. {}: {}", w.position, texts::text(w.field.key(), &[]), texts::explain(&w.kind))
    }));
    output::answer(context.json, &json!({ "path": out, "warnings": notes }), lines);
    Ok(Code::Done)
}
