//! Signing packages under one PIN entry.

use std::collections::HashMap;

use client::{Attention, AttentionKind, ClientError, KeyPurpose, Result, SheetBody, Shortage, texts};
use domain::{Explain, PackageId};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::package_output::change_lines;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Signs packages one after the other; stops at the first failure with the rest untouched.
pub async fn sign(context: &mut Context, ids: &[PackageId]) -> Result<Code> {
    let mut names = Vec::new();
    let mut notes = HashMap::new();
    let mut chosen = Vec::new();
    for id in ids {
        let shown = read_sheet(context, *id).await?;
        if !context.json {
            shown.lines.iter().for_each(output::note);
            shown.notes.iter().for_each(|note| output::note(format_args!("  ! {}", note.words)));
            output::note(format_args!("  SHA-256 {}", shown.groups.join(" ")));
        }
        notes.insert(*id, shown.notes.iter().map(Note::value).collect::<Vec<_>>());
        names.push((*id, shown.name));
        chosen.push((*id, shown.fingerprint));
    }
    let name =
        |id: PackageId| names.iter().find(|(i, _)| *i == id).map(|(_, n)| n.clone()).unwrap_or_default();
    let pin = context.pin_for(KeyPurpose::Signing)?;
    let (progress, _) = mpsc::unbounded_channel();
    let outcome = context.client.sign_many(chosen, pin, context.last_try(), progress).await?;
    let mut values = Vec::new();
    let mut lines = Vec::new();
    for (id, signed) in outcome.signed {
        let notes = notes.remove(&id).unwrap_or_default();
        values.push(json!({
            "package": id, "state": signed.state, "signing": signed.signing, "notes": notes,
        }));
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
    notes: Vec<Note>,
    groups: Vec<String>,
    fingerprint: [u8; 32],
}

async fn read_sheet(context: &Context, id: PackageId) -> Result<Shown> {
    let sheet = context.client.signing_sheet(id).await?;
    let name = sheet.head.header.name.to_string();
    // Said before any PIN is asked for, and of which package.
    if let Some(why) = sheet.head.not_to_sign {
        return Err(ClientError::NotSignable { name, why: Box::new(why.into()) });
    }
    let groups = sheet.fingerprint_groups();
    let (lines, notes) = match sheet.body {
        SheetBody::Payments(payments) => {
            let total: Vec<String> = payments.total.iter().map(output::money).collect();
            let line = format!("{name} · {} · {}", sheet.head.count, total.join(", "));
            let cover = payments.shortages.iter().map(Note::of_cover);
            (vec![line], cover.chain(payments.attention.iter().map(Note::of)).collect())
        }
        SheetBody::Changes(changes) => {
            let mut lines = change_lines(&changes.changes);
            lines.extend(changes.problem.iter().map(|problem| format!("! {problem}")));
            (lines, Vec::new())
        }
    };
    Ok(Shown { lines, notes, groups, fingerprint: sheet.head.fingerprint, name })
}

/// Something to look at before signing, as the window's sheet shows it.
struct Note {
    code: &'static str,
    words: String,
}

impl Note {
    /// In the words of the window's sheet.
    fn of(item: &Attention) -> Self {
        let target = item.target.clone();
        let (code, words) = match &item.kind {
            AttentionKind::ChangedAccount { before } => {
                let accounts = [("before", before.clone()), ("now", target)];
                ("changed-account", texts::text("attention-was", &accounts))
            }
            AttentionKind::FirstPayment => ("first-payment", target),
            AttentionKind::LikelyDuplicate { at } => {
                let day = ("day", domain::format::date(texts::language(), *at));
                ("likely-duplicate", texts::text("attention-same-sum", &[day]))
            }
            AttentionKind::AlsoPrepared { package } => {
                let package = ("package", package.clone());
                ("also-prepared", texts::text("attention-in-package", &[package]))
            }
            AttentionKind::TwiceHere => ("twice-here", target),
        };
        let kind = texts::text(&format!("attention-{code}"), &[]);
        let words = format!("{kind}: {} · {words} · {}", item.payee, output::money(&item.amount));
        Self { code, words }
    }

    fn of_cover(shortage: &Shortage) -> Self {
        Self { code: "cover-short", words: texts::explain(shortage) }
    }

    fn value(&self) -> Value {
        json!({ "code": self.code, "text": self.words })
    }
}
