//! What the store has: accounts and their transactions, templates, the event log.

use client::{Page, Result, texts};
use domain::format;
use domain::order::field::key;
use serde_json::{Value, json};

use crate::arguments::TransactionArguments;
use crate::clock::Clock;
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

/// Booked transactions of one account or of all.
pub async fn transactions(context: &Context, wanted: TransactionArguments) -> Result<Code> {
    let TransactionArguments { text, account, limit } = wanted;
    let found = context.client.account_transactions(account, text, Page::first(limit)).await?;
    let value: Vec<Value> = found
        .iter()
        .map(|t| {
            json!({
                "id": t.bank_id, "account": t.account, "booked": t.booking_date, "value_date": t.value_date,
                "amount": t.amount, "counterparty": t.counterparty_name,
                "counterparty_account": t.counterparty_account, "narrative": t.narrative,
                "reference": t.reference, "kind": t.kind,
            })
        })
        .collect();
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|t| {
            vec![
                format::date(texts::language(), t.booking_date),
                output::money(&t.amount),
                t.counterparty_name.clone().unwrap_or_default(),
                t.counterparty_account.clone().unwrap_or_default(),
                t.narrative.clone(),
            ]
        })
        .collect();
    output::answer(context.json, &json!(value), output::table(&rows, &[1]));
    Ok(Code::Done)
}

/// Templates that fit a search text.
pub async fn templates(context: &Context, text: String) -> Result<Code> {
    let found = context.client.templates(text, Page::ALL).await?;
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|template| {
            let field = |key| template.fields.get(key).to_owned();
            vec![
                template.name.to_string(),
                template.order_type.code().to_owned(),
                field(key::BENEFICIARY_NAME),
                field(key::TARGET),
                field(key::AMOUNT),
            ]
        })
        .collect();
    output::answer(context.json, &json!(found), output::table(&rows, &[4]));
    Ok(Code::Done)
}

/// The event log, the latest first.
pub async fn log(context: &Context, limit: u32) -> Result<Code> {
    let entries = context.client.named_audit(Page::first(limit)).await?;
    let clock = Clock::of(&context.client).await;
    let value: Vec<Value> = entries
        .iter()
        .map(|named| {
            let event = &named.entry.event;
            json!({
                "number": named.entry.number, "at": event.at, "user": event.actor, "event": event.deed.name(),
                "detail": event.deed.detail(), "subject": event.subject, "about": named.about,
            })
        })
        .collect();
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|named| {
            let event = &named.entry.event;
            vec![
                clock.moment(event.at),
                event.actor.as_ref().map(ToString::to_string).unwrap_or_default(),
                texts::deed(&event.deed),
                named.about.clone().unwrap_or_default(),
            ]
        })
        .collect();
    output::answer(context.json, &json!(value), output::table(&rows, &[]));
    Ok(Code::Done)
}

/// Checks that nobody changed the event log outside the program.
pub async fn check_log(context: &Context) -> Result<Code> {
    let entries = context.client.check_audit().await?;
    output::answer(context.json, &json!({ "entries": entries }), [tr!("cli-log-whole", count = entries)]);
    Ok(Code::Done)
}
