//! New versions of this program.

use std::io::IsTerminal;
use std::path::Path;

use client::update::{Downloaded, OWN, ReleaseError, UpdateState};
use client::{Result, texts};
use domain::Explain;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::arguments::UpdateCommand;
use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

pub async fn run(context: &Context, command: UpdateCommand) -> Result<Code> {
    match command {
        UpdateCommand::Check => check(context).await,
        UpdateCommand::Download { to } => download(context, &to).await,
    }
}

async fn check(context: &Context) -> Result<Code> {
    let state = context.client.update_state().await?;
    let mut lines = vec![tr!("cli-update-own", version = OWN), texts::explain(&state)];
    lines.extend(state.trouble().map(|trouble| texts::explain(trouble)));
    if let Some(update) = state.update() {
        let notes = update.manifest.notes_in(texts::language().code());
        lines.extend(notes.iter().map(|note| format!("  - {note}")));
        let bytes = update.file.size.to_string();
        lines.push(tr!("cli-update-file", name = update.file.name.as_str(), bytes = bytes));
    }
    output::answer(context.json, &value(&state), lines);
    Ok(match state {
        UpdateState::TooOld { .. } => Code::TooOld,
        UpdateState::Newer { update: Err(error), .. } if error.is_suspicious() => Code::Release,
        UpdateState::Newer { .. } => Code::Newer,
        UpdateState::Newest { doubt: Some(_) } => Code::Release,
        UpdateState::Newest { doubt: None } => Code::Done,
    })
}

fn value(state: &UpdateState) -> Value {
    let trouble = state.trouble().map(|e| json!({ "code": e.code(), "text": texts::explain(e) }));
    let update = state.update().map(|update| {
        json!({
            "version": update.manifest.version, "released": update.manifest.released,
            "expires": update.manifest.expires, "serial": update.manifest.serial,
            "notes": update.manifest.notes, "file": update.file,
        })
    });
    let version = match state {
        UpdateState::Newest { .. } => OWN,
        UpdateState::Newer { version, .. } => version,
        UpdateState::TooOld { minimum, .. } => minimum,
    };
    json!({
        "state": state.code().trim_start_matches("update-"), "own": OWN, "version": version, "update": update,
        "trouble": trouble,
    })
}

async fn download(context: &Context, folder: &Path) -> Result<Code> {
    let state = context.client.update_state().await?;
    let Some(update) = state.update() else {
        return Err(state.trouble().cloned().unwrap_or(ReleaseError::NoRelease).into());
    };
    let (sender, progress) = watch::channel(Downloaded::default());
    // Nobody looks at a bar in a log file.
    if !context.json && std::io::stderr().is_terminal() {
        tokio::spawn(show(progress));
    }
    let fetched = context.client.download_update(update, folder, sender).await?;
    let path = fetched.path().display().to_string();
    let value = json!({
        "version": update.manifest.version, "path": path, "size": fetched.size(), "sha256": update.file.sha256,
    });
    output::answer(context.json, &value, [tr!("cli-update-downloaded", path = path)]);
    Ok(Code::Done)
}

async fn show(mut progress: watch::Receiver<Downloaded>) {
    while progress.changed().await.is_ok() {
        let Downloaded { bytes, of } = *progress.borrow_and_update();
        output::progress(&format!("{}\u{a0}% ", bytes * 100 / of.max(1)));
    }
    output::note("");
}
