//! Signing packages under one PIN entry.

use client::{Result, SheetBody, texts};
use domain::{Explain, PackageId};
use serde_json::json;
use tokio::sync::mpsc;

use super::package_output::change_lines;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Signs packages one after the other; stops at the first failure with the rest untouched.
pub async fn sign(context: &mut Context, ids: &[PackageId]) -> Result<Code> {
    let mut names = Vec::new();
    let mut chosen = Vec::new();
    for id in ids {
        let shown = read_sheet(context, *id).await?;
        if !context.json {
            shown.lines.iter().for_each(output::note);
            output::note(format_args!("  SHA-256 {}", shown.groups.join(" ")));
        }
        names.push((*id, shown.name));
        chosen.push((*id, shown.fingerprint));
    }
    let name =
        |id: PackageId| names.iter().find(|(i, _)| *i == id).map(|(_, n)| n.clone()).unwrap_or_default();
    let pin = context.pin()?;
    let (progress, _) = mpsc::unbounded_channel();
    let outcome = context.client.sign_many(chosen, pin, context.last_try(), progress).await?;
    let mut values = Vec::new();
    let mut lines = Vec::new();
    for (id, signed) in outcome.signed {
        values.push(json!({ "package": id, "state": signed.state, "signing": signed.signing }));
        let (have, need) = (signed.signing.have, signed.signing.need);
        lines.push(tr!("cli-signed", name = name(id), have = have, need = need));
    }
    let code = outcome.failed.as_ref().map_or(Code::Done, |(_, error)| Code::of(error));
    if let Some((id, error)) = outcome.failed {
        let text = texts::explain(&error);
        values.push(json!({ "package": id, "error": { "code": error.code(), "text": text } }));
        lines.push(format!("✗ {}: {text}", name(id)));
    }
    for id in outcome.untouched {
        values.push(json!({ "package": id, "untouched": true }));
        lines.push(tr!("cli-untouched", name = name(id)));
    }
    output::answer(context.json, &json!(values), lines);
    Ok(code)
}

/// What is said of a package before it is signed; all of it read from its bytes.
struct Shown {
    name: String,
    lines: Vec<String>,
    groups: Vec<String>,
    fingerprint: [u8; 32],
}

async fn read_sheet(context: &Context, id: PackageId) -> Result<Shown> {
    let sheet = context.client.signing_sheet(id).await?;
    let groups = sheet.fingerprint_groups();
    let name = sheet.head.header.name.to_string();
    let lines = match sheet.body {
        SheetBody::Payments(payments) => {
            let total: Vec<String> = payments.total.iter().map(output::money).collect();
            vec![format!("{name} · {} · {}", sheet.head.count, total.join(", "))]
        }
        SheetBody::Changes(changes) => {
            let mut lines = change_lines(&changes.changes);
            lines.extend(changes.problem.iter().map(|problem| format!("! {problem}")));
            lines
        }
    };
    Ok(Shown { lines, groups, fingerprint: sheet.head.fingerprint, name })
}
