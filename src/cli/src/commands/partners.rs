//! Partners: searching, to files and from files.

use std::path::{Path, PathBuf};

use client::Page;
use client::{Adapted, ReadAs, RecordKind, Refused};
use client::{Choices, ClientError, Compared, PartnerChoices, PartnerPreview, Result, texts};
use domain::partner::PartnerTarget;
use domain::{AccountNumber, Explain, Partner};
use serde_json::{Value, json};

use crate::context::Context;
use crate::exit::Code;
use crate::partners_arguments::{PartnersArguments, PartnersCommand, PartnersFormat, SearchArguments, Take};
use crate::{output, tr};

/// Runs a command of `partners`.
pub async fn run(context: &Context, arguments: PartnersArguments) -> Result<Code> {
    match arguments {
        PartnersArguments { command: Some(PartnersCommand::List(search)), .. } => list(context, search).await,
        PartnersArguments { command: Some(PartnersCommand::Export { target, format, replace }), .. } => {
            export(context, target, format, replace).await
        }
        PartnersArguments { command: Some(PartnersCommand::Import { file, take }), .. } => {
            import(context, file, &take).await
        }
        PartnersArguments { import: Some(file), .. } => import_json(context, &file).await,
        PartnersArguments { search, .. } => list(context, search).await,
    }
}

async fn list(context: &Context, search: SearchArguments) -> Result<Code> {
    let page = Page::first(search.limit);
    let (partners, total) = context.client.partners(search.text.join(" "), page).await?;
    let value = json!({ "total": total, "partners": partners });
    let mut lines: Vec<Vec<String>> = vec![vec![tr!("cli-partner"), tr!("cli-target")]];
    lines.extend(partners.iter().map(|p| vec![p.short_name.to_string(), targets(p)]));
    let mut lines = output::table(&lines, &[]);
    lines.push(tr!("cli-partners-total", shown = partners.len(), total = total));
    output::answer(context.json, &value, lines);
    Ok(Code::Done)
}

fn targets(partner: &Partner) -> String {
    match &partner.target {
        PartnerTarget::Accounts { numbers, .. } => {
            numbers.iter().map(AccountNumber::to_string).collect::<Vec<_>>().join(", ")
        }
        PartnerTarget::SecondaryId { id } => id.to_string(),
    }
}

/// Takes a JSON list of partners: all or none.
async fn import_json(context: &Context, file: &Path) -> Result<Code> {
    let failed = |reason: String| ClientError::File { path: file.display().to_string(), reason };
    let text = std::fs::read_to_string(file).map_err(|e| failed(e.to_string()))?;
    let partners: Vec<Partner> = serde_json::from_str(&text).map_err(|e| failed(e.to_string()))?;
    let count = partners.len();
    context.client.save_master_data(partners, Vec::new()).await?;
    let line = tr!("cli-partners-imported", count = count);
    output::answer(context.json, &json!({ "imported": count }), [line]);
    Ok(Code::Done)
}

async fn export(context: &Context, target: PathBuf, format: PartnersFormat, replace: bool) -> Result<Code> {
    let written = context.client.export_partners(target, format.into(), replace).await?;
    let value = json!({
        "path": written.path, "partners": written.partners, "templates": written.templates,
    });
    let path = written.path.display().to_string();
    let line =
        tr!("cli-partners-exported", partners = written.partners, templates = written.templates, path = path);
    output::answer(context.json, &value, [line]);
    Ok(Code::Done)
}

/// Compares, and takes what is asked for. Without anything to take the exit code tells whether `--take
/// new,changed` would leave nothing behind.
async fn import(context: &Context, file: PathBuf, take: &[Take]) -> Result<Code> {
    let preview = context.client.preview_partners(file).await?;
    let mut value = preview_value(&preview);
    let mut lines = preview_lines(&preview);
    let (new, changed) = (take.contains(&Take::New), take.contains(&Take::Changed));
    let choices = PartnerChoices {
        partners: Choices::all(&preview.partners, new, changed),
        templates: Choices::all(&preview.templates, new, changed),
    };
    let chosen = choices.partners.count(&preview.partners) + choices.templates.count(&preview.templates);
    if chosen > 0 {
        let taken = context.client.take_partners(&preview, choices).await?;
        value["taken"] = json!({
            "new_partners": taken.new_partners, "changed_partners": taken.changed_partners,
            "new_templates": taken.new_templates, "changed_templates": taken.changed_templates,
            "left": taken.left,
        });
        lines.push(tr!("cli-partners-taken", count = chosen, left = taken.left));
    } else {
        lines.push(tr!("cli-partners-nothing-taken"));
    }
    output::answer(context.json, &value, lines);
    let open = !preview.refused.is_empty()
        || !preview.partners.conflicting.is_empty()
        || !preview.templates.conflicting.is_empty();
    Ok(if take.is_empty() && open { Code::Input } else { Code::Done })
}

fn preview_value(preview: &PartnerPreview) -> Value {
    let refused = |record: &Refused| {
        json!({
            "line": record.line,
            "kind": kind(record.kind),
            "label": record.label,
            "column": record.column.name(),
            "value": record.value,
            "code": record.reason.code(),
            "text": texts::explain(&record.reason),
        })
    };
    let adapted = |note: &Adapted| {
        json!({
            "line": note.line, "label": note.label, "column": note.column.name(),
            "code": note.code(), "text": texts::explain(note),
        })
    };
    json!({
        "format": preview.format.name(),
        "encoding": preview.read_as.encoding.name(),
        "encoding_doubtful": preview.read_as.doubtful,
        "encoding_sample": preview.read_as.sample,
        "adapted": preview.adapted.iter().map(adapted).collect::<Vec<_>>(),
        "partners": compared_value(&preview.partners, |partner| json!(partner)),
        "templates": compared_value(&preview.templates, |template| json!(template)),
        "refused": preview.refused.iter().map(refused).collect::<Vec<_>>(),
    })
}

fn kind(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Partner => "partner",
        RecordKind::Template => "template",
    }
}

fn compared_value<T>(compared: &Compared<T>, value: impl Fn(&T) -> Value) -> Value {
    let values = |records: &[T]| records.iter().map(&value).collect::<Vec<_>>();
    let changed = compared
        .changed
        .iter()
        .map(|pair| json!({ "existing": value(&pair.existing), "incoming": value(&pair.incoming) }));
    let conflicting = compared.conflicting.iter().map(|conflict| {
        json!({
            "incoming": value(&conflict.incoming), "with": values(&conflict.with),
            "code": conflict.clash.code(), "text": texts::explain(&conflict.clash),
        })
    });
    json!({
        "new": values(&compared.new),
        "changed": changed.collect::<Vec<_>>(),
        "same": compared.same,
        "conflicting": conflicting.collect::<Vec<_>>(),
    })
}

fn preview_lines(preview: &PartnerPreview) -> Vec<String> {
    let mut lines: Vec<String> = read_as(preview).into_iter().collect();
    lines.push(counts(tr!("cli-partners-partners"), &preview.partners));
    lines.push(counts(tr!("cli-partners-templates"), &preview.templates));
    for conflict in &preview.partners.conflicting {
        lines.push(format!("  {}: {}", conflict.incoming.short_name, texts::explain(&conflict.clash)));
    }
    for conflict in &preview.templates.conflicting {
        lines.push(format!("  {}: {}", conflict.incoming.name, texts::explain(&conflict.clash)));
    }
    for record in &preview.refused {
        lines.push(format!(
            "  {}  {}  {}: {}",
            tr!("cli-line", line = record.line),
            record.label,
            texts::text(record.column.key(), &[]),
            texts::explain(&record.reason)
        ));
    }
    for note in &preview.adapted {
        lines.push(format!(
            "  {}  ! {}  {}: {}",
            tr!("cli-line", line = note.line),
            note.label,
            texts::text(note.column.key(), &[]),
            texts::explain(note)
        ));
    }
    lines
}

/// How a text was read that does not say it itself.
fn read_as(preview: &PartnerPreview) -> Option<String> {
    let ReadAs { encoding, doubtful, sample } = &preview.read_as;
    match (sample.is_empty(), doubtful) {
        (true, false) => None,
        (_, true) => Some(tr!("cli-read-as-doubtful", encoding = encoding.name(), sample = sample.as_str())),
        (false, false) => Some(tr!("cli-read-as", encoding = encoding.name(), sample = sample.as_str())),
    }
}

fn counts<T>(what: String, compared: &Compared<T>) -> String {
    tr!(
        "cli-partners-counts",
        what = what,
        new = compared.new.len(),
        changed = compared.changed.len(),
        same = compared.same,
        conflicting = compared.conflicting.len()
    )
}
