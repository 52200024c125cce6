//! What an account does not cover is said at the form, the package and the signing sheet, before any PIN.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

mod fixture;

use chrono::{Days, Utc};
use client::{Client, PackageChoice, Pin, SheetBody, Shortage};
use domain::{Balance, Money, OrderDraft, OrderType, PackageId, key};
use fixture::{OWN, Office, PIN, account};

fn huf(amount: i64) -> Money {
    Money::huf(amount)
}

/// An office whose account has so much available.
fn office(available: i64) -> Office {
    let office = Office::new();
    office.with_store(move |tx| {
        let balance = Balance {
            account: OWN.parse().unwrap(),
            booked: huf(available),
            available: huf(available),
            blocked: huf(0),
            pending_debits: huf(0),
            pending_credits: huf(0),
            credit_line: huf(0),
            minimum: huf(0),
            as_of: Utc::now(),
        };
        store::accounts::save_balance(tx, &balance).unwrap();
    });
    office
}

async fn of_sheet(client: &Client, id: PackageId) -> Vec<Shortage> {
    match client.signing_sheet(id).await.unwrap().body {
        SheetBody::Payments(payments) => payments.shortages,
        SheetBody::Changes(_) => Vec::new(),
    }
}

#[tokio::test]
async fn a_payment_above_what_is_available_is_told_everywhere_before_it_is_signed() {
    let office = office(78_025);
    let id = office.package("Nagy", &[("Őrségi Kft.", 1, 500_000)]);
    let client = office.open();
    let shortages = client.package(id).await.unwrap().shortages;
    let [short] = &shortages[..] else { panic!("{shortages:?}") };
    assert_eq!((short.available, short.reserved), (huf(78_025), huf(0)));
    assert_eq!((short.needed, short.missing), (huf(500_000), huf(421_975)));
    assert_eq!(of_sheet(&client, id).await, shortages);
    let words = client::texts::explain(short).replace('\u{a0}', " ");
    assert!(words.contains("78 025 Ft") && words.contains("421 975 Ft"), "{words}");

    let draft = OrderDraft::new(OrderType::Hct)
        .with(key::DEBIT_ACCOUNT, OWN)
        .with(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt.")
        .with(key::TARGET, account(2).to_string())
        .with(key::AMOUNT, "80000");
    let check = client.check_order(draft, PackageChoice::New, None).await.unwrap();
    assert_eq!(check.shortages.first().map(|short| short.missing), Some(huf(1_975)));
}

#[tokio::test]
async fn what_is_signed_and_what_is_planned_leaves_less_for_the_others() {
    let office = office(100_000);
    let [signed, planned, third] = [("Első", 60_000), ("Második", 30_000), ("Harmadik", 20_000)]
        .map(|(name, sum)| office.package(name, &[("Őrségi Kft.", 1, sum)]));
    let client = office.open();
    client.token_status().wait_for(|status| status.info().is_some()).await.unwrap();
    let missing = async |id| of_sheet(&client, id).await.first().map(|short: &Shortage| short.missing);
    // What is only recorded may never be signed.
    assert_eq!((missing(signed).await, missing(third).await), (None, None));
    let sheet = client.signing_sheet(signed).await.unwrap();
    client.sign(signed, sheet.head.fingerprint, Pin::new(PIN), false).await.unwrap();
    assert_eq!(missing(third).await, None, "80 000 of 100 000");
    let rules = client.rules().await.unwrap();
    let later = rules.calendar.next_banking_day(rules.today() + Days::new(1));
    client.plan_package(planned, Some(later)).await.unwrap();
    assert_eq!(missing(third).await, None, "it is due before the planned one");
    client.plan_package(planned, Some(rules.today())).await.unwrap();
    let short = of_sheet(&client, third).await.remove(0);
    assert_eq!((short.reserved, short.missing), (huf(90_000), huf(10_000)));
}

#[tokio::test]
async fn packages_that_are_signed_together_are_covered_together_or_not() {
    let office = office(100_000);
    let ids = [("Első", 60_000), ("Második", 60_000)]
        .map(|(name, sum)| office.package(name, &[("Őrségi Kft.", 1, sum)]));
    let client = office.open();
    assert_eq!(client.cover_of(vec![ids[0]]).await.unwrap(), []);
    let short = client.cover_of(ids.to_vec()).await.unwrap().remove(0);
    assert_eq!((short.reserved, short.needed, short.missing), (huf(0), huf(120_000), huf(20_000)));
}
