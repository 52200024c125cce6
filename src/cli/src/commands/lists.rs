//! Accounts and partners.

use std::path::Path;

use client::domain::partner::PartnerTarget;
use client::domain::{AccountNumber, Partner};
use client::store::Page;
use client::{ClientError, Result};
use serde_json::json;

use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

/// Accounts with balances.
pub async fn accounts(context: &Context) -> Result<Code> {
    let rows = context.client.accounts().await?;
    let value =
        json!(rows.iter().map(|r| json!({ "account": r.account, "balance": r.balance })).collect::<Vec<_>>());
    let mut lines =
        vec![vec![tr!("cli-account"), tr!("cli-number"), tr!("cli-booked"), tr!("cli-available")]];
    lines.extend(rows.iter().map(|row| {
        let shown = |m: Option<&client::domain::Money>| m.map(output::money).unwrap_or_default();
        vec![
            row.account.name.clone(),
            row.account.number.to_string(),
            shown(row.balance.as_ref().map(|b| &b.booked)),
            shown(row.balance.as_ref().map(|b| &b.available)),
        ]
    }));
    output::answer(context.json, &value, output::table(&lines, &[2, 3]));
    Ok(Code::Done)
}

/// Partners that fit a search.
pub async fn partners(context: &Context, text: &str, limit: u32) -> Result<Code> {
    let (partners, total) = context.client.partners(text.to_owned(), Page::first(limit)).await?;
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
pub async fn import_partners(context: &Context, file: &Path) -> Result<Code> {
    let failed = |reason: String| ClientError::File { path: file.display().to_string(), reason };
    let text = std::fs::read_to_string(file).map_err(|e| failed(e.to_string()))?;
    let partners: Vec<Partner> = serde_json::from_str(&text).map_err(|e| failed(e.to_string()))?;
    let count = partners.len();
    context.client.save_master_data(partners, Vec::new()).await?;
    let line = tr!("cli-partners-imported", count = count);
    output::answer(context.json, &json!({ "imported": count }), [line]);
    Ok(Code::Done)
}
