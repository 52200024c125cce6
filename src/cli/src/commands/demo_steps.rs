//! The steps of the main job that the demo prints, at one bank or at several.

use std::time::Duration;

use client::{Client, ClientError, Pacing, PackageChoice, Page, Pin, Result};
use domain::{Currency, OrderDraft, key};

use super::{record, send};
use crate::clock::Clock;
use crate::context::Context;
use crate::{output, tr};

/// Longest wait for the bank's final word.
const PATIENCE: Duration = Duration::from_secs(30);

/// Records an order to a partner, signs and sends it; whether the bank has executed it.
pub(super) async fn pay(context: &Context, pin: &str, signer: &str) -> Result<bool> {
    let client = &context.client;
    let (partners, total) = client.partners("papir".to_owned(), Page::first(1)).await?;
    let (partner, total) = match partners.into_iter().next() {
        Some(partner) => (partner, total),
        None => {
            let (mut all, total) = client.partners(String::new(), Page::first(1)).await?;
            (all.pop().ok_or(ClientError::NotFound)?, total)
        }
    };
    say(3, &tr!("demo-partner", name = partner.short_name.to_string(), total = total));
    let accounts = client.accounts().await?;
    let debit = accounts.iter().find(|a| a.account.currency == Currency::HUF).ok_or(ClientError::NotFound)?;
    let draft = OrderDraft::default()
        .with(key::DEBIT_ACCOUNT, debit.account.number.to_string())
        .with(key::AMOUNT, "1,25M")
        .with(key::NARRATIVE, "F-2026/1203")
        .with_tick(key::INSTANT, true)
        .for_partner(&partner, 0);
    let check = client.check_order(draft.clone(), PackageChoice::Auto, None).await?;
    let saved = client.save_order(draft, PackageChoice::Auto, None).await?;
    say(4, &tr!("demo-recorded", name = saved.name));
    for line in record::route_lines(&check) {
        output::line(format_args!("   {line}"));
    }
    let sheet = client.signing_sheet(saved.package).await?;
    output::line(format_args!("     SHA-256 {}", sheet.fingerprint_groups().join(" ")));
    let _ = client.sign(saved.package, sheet.head.fingerprint, Pin::new(pin.to_owned()), false).await?;
    say(5, &tr!("demo-signed", user = signer.to_owned()));
    for outcome in client.send(vec![saved.package], Pacing::Together).await {
        let _ = outcome.result?;
    }
    say(6, &tr!("demo-sent"));
    let _ = send::until_final(context, saved.package, PATIENCE).await?;
    let detail = client.sent_package(saved.package).await?;
    for line in send::detail_lines(&detail, &Clock::of(client).await) {
        output::line(format_args!("     {line}"));
    }
    Ok(detail.line.state == domain::PackageState::Completed)
}

pub(super) async fn balances(client: &Client) -> Result<()> {
    let rows: Vec<Vec<String>> = client
        .accounts()
        .await?
        .iter()
        .map(|row| {
            let available = row.balance.as_ref().map(|b| output::money(&b.available)).unwrap_or_default();
            vec![row.account.name.clone(), row.account.number.to_string(), available]
        })
        .collect();
    for line in output::table(&rows, &[2]) {
        output::line(format_args!("     {line}"));
    }
    Ok(())
}

pub(super) fn say(step: u32, text: &str) {
    output::line(format_args!("{step}. {text}"));
}
