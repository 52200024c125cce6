//! Packages in files of their own (`.kapocs`): written with their signatures, taken after a look.

use client::{PackageFilePreview, Result, texts};
use serde_json::json;

use crate::arguments::PackageCommand;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

pub async fn run(context: &Context, command: PackageCommand) -> Result<Code> {
    match command {
        PackageCommand::Export { id, out } => {
            let path = context.client.export_package_file(id, out).await?;
            let line = tr!("cli-package-written", path = path.display().to_string());
            output::answer(context.json, &json!({ "package": id, "file": path }), [line]);
            Ok(Code::Done)
        }
        PackageCommand::Import { file, check } => {
            let preview = context.client.preview_package_file(file).await?;
            if check {
                output::answer(context.json, &value(&preview), lines(&preview));
                return Ok(if preview.obstacle.is_some() { Code::Input } else { Code::Done });
            }
            let taken = context.client.take_package_file(&preview).await?;
            let value = json!({
                "package": taken.package, "name": taken.name, "state": taken.state.name(),
                "signers": taken.signers, "dropped": taken.dropped,
            });
            let told = tr!(
                "cli-package-taken",
                name = taken.name,
                signatures = taken.signers.len(),
                dropped = taken.dropped
            );
            output::answer(context.json, &value, lines(&preview).into_iter().chain([told]));
            Ok(Code::Done)
        }
    }
}

fn value(preview: &PackageFilePreview) -> serde_json::Value {
    let sums: Vec<_> = preview.total.iter().map(output::money).collect();
    let debits: Vec<_> = preview
        .debits
        .iter()
        .map(|(account, sum)| json!({ "account": account.to_string(), "sum": output::money(sum) }))
        .collect();
    json!({
        "package": preview.package, "name": preview.name, "customer": preview.customer,
        "scheduled": preview.scheduled, "count": preview.count, "total": sums, "debits": debits,
        "signers": preview.signers, "invalid": preview.invalid, "obstacle": preview.obstacle,
    })
}

fn lines(preview: &PackageFilePreview) -> Vec<String> {
    let mut rows = vec![
        vec![tr!("cli-package-name"), preview.name.clone()],
        vec![tr!("cli-package-customer"), format!("{} ({})", preview.customer_name, preview.customer)],
        vec![tr!("cli-package-count"), preview.count.to_string()],
    ];
    for (account, sum) in &preview.debits {
        rows.push(vec![account.to_string(), output::money(sum)]);
    }
    for signer in &preview.signers {
        rows.push(vec![tr!("cli-package-signer"), signer.clone()]);
    }
    for code in &preview.invalid {
        rows.push(vec![tr!("cli-package-invalid"), texts::text(code, &[])]);
    }
    if let Some(code) = preview.obstacle {
        rows.push(vec![tr!("cli-package-obstacle"), texts::text(code, &[])]);
    }
    output::table(&rows, &[])
}
