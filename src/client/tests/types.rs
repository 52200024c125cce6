//! Orders of every type on their way through recording, signing and the bank's word, without a bank.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

mod fixture;

use chrono::{TimeDelta, Utc};
use client::{AttentionKind, Client, ClientError, PackageChoice, SheetBody, WaitingKind};
use domain::submission::{ItemState, OrderState, OrderStatus, SubmissionState};
use domain::{Account, AccountNumber, Currency, OrderDraft, OrderType, PackageState, key};
use fixture::{OWN, Office, account};

fn office() -> (Office, AccountNumber) {
    let office = Office::new();
    let second = account(77);
    office.with_store(move |tx| {
        let own = |number: AccountNumber, name: &str| Account {
            number,
            name: name.to_owned(),
            currency: Currency::HUF,
        };
        let accounts = [own(OWN.parse().unwrap(), "Forint fő számla"), own(second, "Bérszámla")];
        store::accounts::set_all(tx, &accounts).unwrap();
    });
    (office, second)
}

fn between_own(to: AccountNumber, amount: &str) -> OrderDraft {
    OrderDraft::new(OrderType::Hve)
        .with(key::DEBIT_ACCOUNT, OWN)
        .with(key::TARGET, to.to_string())
        .with(key::AMOUNT, amount)
}

fn viber(amount: &str) -> OrderDraft {
    OrderDraft::new(OrderType::Vib)
        .with(key::DEBIT_ACCOUNT, OWN)
        .with(key::BENEFICIARY_NAME, "Őrségi Kft.")
        .with(key::TARGET, account(1).to_string())
        .with(key::AMOUNT, amount)
}

async fn record(client: &Client, draft: OrderDraft) -> domain::PackageId {
    client.save_order(draft, PackageChoice::Auto, None).await.unwrap().package
}

#[tokio::test]
async fn orders_of_different_types_never_share_a_package() {
    let (office, second) = office();
    let client = office.open();
    let own = record(&client, between_own(second, "1000")).await;
    let gross = record(&client, viber("30000000")).await;
    assert_ne!(own, gross);
    assert_eq!(record(&client, between_own(second, "2000")).await, own);
    assert_eq!(client.package(own).await.unwrap().header.order_type, OrderType::Hve);
    let into = client.save_order(viber("30000000"), PackageChoice::Into(own), None).await;
    assert!(matches!(into, Err(client::ClientError::OtherHeader)));
}

#[tokio::test]
async fn a_transfer_between_own_accounts_is_signed_without_questions_about_its_payee() {
    let (office, second) = office();
    let client = office.open();
    let id = record(&client, between_own(second, "1000")).await;
    let SheetBody::Payments(payments) = client.signing_sheet(id).await.unwrap().body else { panic!() };
    assert_eq!(payments.attention, []);
    let id = record(&client, viber("30000000")).await;
    let SheetBody::Payments(payments) = client.signing_sheet(id).await.unwrap().body else { panic!() };
    assert_eq!(payments.attention[0].kind, AttentionKind::FirstPayment);
}

#[tokio::test]
async fn a_refused_order_is_recorded_again_as_what_it_was() {
    let (office, second) = office();
    let client = office.open();
    let id = record(&client, between_own(second, "1000")).await;
    drop(client);
    let ago = TimeDelta::hours(1);
    office.sent(id, SubmissionState::Received, PackageState::Sent, ago);
    office.decided(id, OrderState::At(ItemState::Rejected), Some("reject-no-cover"));
    let client = office.open();
    let again = client.record_rejected_again(id).await.unwrap();
    let (old, new) = (client.sent_package(id).await.unwrap(), client.package(again).await.unwrap());
    assert_eq!(new.header.order_type, OrderType::Hve);
    assert_ne!(new.orders[0].order.id(), old.orders[0].order.id());
    assert_eq!(new.orders[0].order.values(), old.orders[0].order.values());
    assert!(old.orders[0].status.as_ref().is_some_and(|status| status.decided_at <= Some(Utc::now())));
}

#[tokio::test]
async fn refused_orders_are_recorded_again_once_and_wait_for_nobody_any_more() {
    let (office, second) = office();
    let client = office.open();
    let id = record(&client, between_own(second, "1000")).await;
    drop(client);
    office.sent(id, SubmissionState::Received, PackageState::Rejected, TimeDelta::hours(1));
    office.decided(id, OrderState::At(ItemState::Rejected), Some("reject-no-cover"));
    let client = office.open();
    let waits = async || {
        let waiting = client.overview().await.unwrap().waiting;
        waiting.iter().any(|line| line.kind == WaitingKind::Rejected)
    };
    assert!(waits().await);
    let again = client.record_rejected_again(id).await.unwrap();
    assert!(!waits().await);
    assert_eq!(client.sent_package(id).await.unwrap().again, Some((again, PackageState::Recorded)));
    let refused = client.record_rejected_again(id).await;
    assert!(matches!(refused, Err(ClientError::RecordedAgain)), "{refused:?}");
    // Who has thrown that package away may record them again.
    client.delete_package(again).await.unwrap();
    assert!(waits().await);
    assert_ne!(client.record_rejected_again(id).await.unwrap(), again);
}

#[tokio::test]
async fn a_line_of_several_refused_orders_tells_a_reason_only_if_it_is_that_of_all() {
    let (office, _) = office();
    let id = office.package("Szállítók", &[("Őrségi Kft.", 1, 100), ("Üveges Bt.", 2, 200)]);
    office.sent(id, SubmissionState::Received, PackageState::Rejected, TimeDelta::hours(1));
    office.decided(id, OrderState::At(ItemState::Rejected), Some("reject-no-cover"));
    let client = office.open();
    let told = async || {
        let waiting = client.overview().await.unwrap().waiting;
        let line = waiting.into_iter().find(|line| line.kind == WaitingKind::Rejected).unwrap();
        (line.count, line.reason)
    };
    assert_eq!(told().await, (2, Some("reject-no-cover".to_owned())));
    office.behind(|of| {
        let orders = store::orders::page(of, id, store::Page::ALL).unwrap();
        let reason = Some("reject-payee-unknown".to_owned());
        let status = OrderStatus { reason, ..orders[1].status.clone().unwrap() };
        let _ = store::orders::set_status(of, orders[1].order.id(), &status).unwrap();
    });
    assert_eq!(told().await, (2, None));
}
