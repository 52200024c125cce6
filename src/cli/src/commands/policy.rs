//! What the administrator of this machine has set, to look at.

use std::path::{Path, PathBuf};

use client::policy::{self, Policy};
use client::{Client, Result};
use serde_json::json;

use crate::arguments::PolicyCommand;
use crate::exit::Code;
use crate::{output, tr};

pub fn run(json: bool, command: &PolicyCommand) -> Result<Code> {
    let policy = Policy::of_system()?;
    match command {
        PolicyCommand::Show => {
            show(json, &policy);
            Ok(Code::Done)
        }
        PolicyCommand::Check { file } => check(json, &policy, file),
    }
}

/// The connection file that is taken where none is named.
pub fn connection_file(client: &Client) -> Option<PathBuf> {
    client.policy().ok().and_then(|policy| policy.connection_file.clone())
}

fn show(json: bool, policy: &Policy) {
    let cas: Option<Vec<String>> = policy.bank_cas.as_ref().map(|cas| cas.iter().map(hex).collect());
    let value = json!({
        "place": policy.place, "bank_ca_sha256": cas, "connection_file": policy.connection_file,
        "updates": policy.updates,
    });
    let Some(place) = &policy.place else {
        output::answer(json, &value, [tr!("cli-policy-none", place = policy::PLACE)]);
        return;
    };
    let any = || vec![tr!("cli-policy-any")];
    let mut rows = vec![vec![tr!("cli-policy-place"), place.clone()]];
    for ca in cas.unwrap_or_else(any) {
        rows.push(vec![tr!("cli-policy-authority"), ca]);
    }
    if let Some(file) = &policy.connection_file {
        rows.push(vec![tr!("cli-policy-connection"), file.display().to_string()]);
    }
    let updates = if policy.updates { tr!("cli-policy-on") } else { tr!("cli-policy-off") };
    rows.push(vec![tr!("cli-policy-updates"), updates]);
    output::answer(json, &value, output::table(&rows, &[]));
}

fn check(json: bool, policy: &Policy, file: &Path) -> Result<Code> {
    let connection = client::connection_file(file)?;
    let authorities = [
        ("ca_pem", policy::fingerprints(&connection.ca_pem)),
        ("receipt_ca_pem", policy::fingerprints(&connection.receipt_ca_pem)),
    ];
    let allowed = policy.allow(&connection);
    let prints: Vec<_> = authorities
        .iter()
        .flat_map(|(field, prints)| prints.iter().map(move |print| (*field, hex(print))))
        .collect();
    let value = json!({
        "bank": connection.bank_name, "allowed": allowed.is_ok(),
        "authorities": prints.iter().map(|(field, print)| json!({ "field": field, "sha256": print })).collect::<Vec<_>>(),
    });
    let rows: Vec<_> = prints.iter().map(|(field, print)| vec![(*field).to_owned(), print.clone()]).collect();
    output::answer(json, &value, output::table(&rows, &[]));
    allowed?;
    Ok(Code::Done)
}

fn hex(fingerprint: &[u8; 32]) -> String {
    fingerprint.iter().map(|byte| format!("{byte:02x}")).collect()
}
