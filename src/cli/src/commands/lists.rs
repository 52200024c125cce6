//! Accounts.

use client::Result;
use serde_json::json;

use crate::context::Context;
use crate::exit::Code;
use crate::{output, tr};

pub async fn accounts(context: &Context) -> Result<Code> {
    let rows = context.client.accounts().await?;
    let value =
        json!(rows.iter().map(|r| json!({ "account": r.account, "balance": r.balance })).collect::<Vec<_>>());
    let mut lines =
        vec![vec![tr!("cli-account"), tr!("cli-number"), tr!("cli-booked"), tr!("cli-available")]];
    lines.extend(rows.iter().map(|row| {
        let shown = |m: Option<&domain::Money>| m.map(output::money).unwrap_or_default();
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
