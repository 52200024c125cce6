//! Packages in every state a clerk meets in a day, for looking at the window: `demo --sample --keep FOLDER`.

use std::time::Duration;

use client::Page;
use client::{Client, PackageChoice, Pin, Result};
use domain::{AccountNumber, Currency, OrderDraft, PackageId, Partner, key};

use super::send;
use crate::context::Context;

/// Records, signs and sends.
pub async fn fill(client: &Client, pin: &str) -> Result<()> {
    let (partners, _) = client.partners(String::new(), Page::first(40)).await?;
    let by_account: Vec<&Partner> = partners
        .iter()
        .filter(|p| matches!(p.target, domain::partner::PartnerTarget::Accounts { .. }))
        .collect();
    let accounts = client.accounts().await?;
    let debit = accounts.iter().find(|a| a.account.currency == Currency::HUF);
    let Some(debit) = debit.map(|row| row.account.number) else { return Ok(()) };
    let order = |n: usize, amount: u32, narrative: &str| {
        let draft = OrderDraft::default()
            .with(key::DEBIT_ACCOUNT, debit.to_string())
            .with(key::AMOUNT, amount.to_string())
            .with(key::NARRATIVE, narrative);
        by_account.get(n % by_account.len().max(1)).map_or(draft.clone(), |p| draft.for_partner(p, 0))
    };
    let instant = |draft: OrderDraft| draft.with_tick(key::INSTANT, true);

    // Sent: executed, refused by the payee's bank, waiting for its value date.
    let executed = alone(client, instant(order(0, 412_000, "F-2026/1187"))).await?;
    let refused = OrderDraft { partner: None, ..order(1, 240_000, "fuvar 2026/311") }
        .with(key::TARGET, closed_account().map(|a| a.to_string()).unwrap_or_default())
        .with(key::BENEFICIARY_NAME, "Duna Logisztika Nyrt.")
        .with_tick(key::INSTANT, true);
    let refused = alone(client, refused).await?;
    let dated = alone(client, order(2, 88_000, "SZ-88120").with(key::VALUE_DATE, "+4")).await?;
    let context = Context::with_pin(client.clone(), Pin::new(pin), false);
    for package in [executed, refused, dated] {
        sign(client, package, pin).await?;
        let _ = client.send_one(package).await?;
        send::until_final(&context, package, Duration::from_secs(4)).await?;
    }

    // Prepared: partly signed, signed, recorded.
    let many = client.save_order(order(3, 1_250_000, "F-2026/1203 számla"), PackageChoice::New, None).await?;
    client.rename_package(many.package, "Novemberi szállítók".to_owned()).await?;
    for (n, (amount, text)) in [
        (318_400, "2026-554"),
        (96_000, "karbantartás"),
        (2_400_000, "gépalkatrész"),
        (1_772_150, "SZ-90311"),
    ]
    .into_iter()
    .enumerate()
    {
        let into = PackageChoice::Into(many.package);
        let _ = client.save_order(order(n + 4, amount, text), into, None).await?;
    }
    sign(client, many.package, pin).await?;
    let ready = alone(client, instant(order(9, 118_000, "12892312-2-41 áfa"))).await?;
    sign(client, ready, pin).await?;
    let _ = alone(client, order(10, 1_240_000, "bérleti díj 2026. december")).await?;
    let _ = alone(client, instant(order(11, 64_900, "K-2026/77"))).await?;
    Ok(())
}

async fn alone(client: &Client, draft: OrderDraft) -> Result<PackageId> {
    Ok(client.save_order(draft, PackageChoice::New, None).await?.package)
}

async fn sign(client: &Client, package: PackageId, pin: &str) -> Result<()> {
    let sheet = client.signing_sheet(package).await?;
    let _ = client.sign(package, sheet.head.fingerprint, Pin::new(pin), false).await?;
    Ok(())
}

/// An account that the reference bank's played payee banks know as closed: digits 9–12 are 9991.
fn closed_account() -> Option<AccountNumber> {
    AccountNumber::with_check_digits([1, 1, 7, 7, 3, 0, 1], [9, 9, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
}
