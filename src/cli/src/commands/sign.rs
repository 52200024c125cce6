//! Signing packages under one PIN entry.

use client::domain::{Explain, PackageId};
use client::{Result, texts};
use serde_json::json;
use tokio::sync::mpsc;

use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Signs packages one after the other; stops at the first failure with the rest untouched.
pub async fn sign(context: &mut Context, ids: &[PackageId]) -> Result<Code> {
    let mut names = Vec::new();
    let mut chosen = Vec::new();
    for id in ids {
        let sheet = context.client.signing_sheet(*id).await?;
        if !context.json {
            let total: Vec<String> = sheet.total.iter().map(output::money).collect();
            eprintln!("{} · {} · {}", sheet.header.name, sheet.count, total.join(", "));
            eprintln!("  SHA-256 {}", sheet.fingerprint_groups().join(" "));
        }
        names.push((*id, sheet.header.name.to_string()));
        chosen.push((*id, sheet.fingerprint));
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
