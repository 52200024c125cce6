//! Splitting packages and planning how several are sent.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

mod fixture;

use chrono::TimeDelta;
use client::Page;
use client::{Client, ClientError, Pacing, PackageFilter, Pin, SendingPlan};
use domain::routing::Route;
use domain::submission::{ItemState, OrderState, SubmissionState};
use domain::{OrderId, PackageId, PackageState};
use fixture::{Office, PIN};

async fn orders(client: &Client, id: PackageId) -> Vec<OrderId> {
    client.package(id).await.unwrap().orders.iter().map(|shown| shown.order.id()).collect()
}

async fn names(client: &Client) -> Vec<String> {
    let listed = client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap();
    let mut names: Vec<String> = listed.iter().map(|p| p.header.name.to_string()).collect();
    names.sort();
    names
}

async fn sign(client: &Client, id: PackageId) {
    let sheet = client.signing_sheet(id).await.unwrap();
    client.sign(id, sheet.head.fingerprint, Pin::new(PIN), false).await.unwrap();
}

#[tokio::test]
async fn a_split_package_becomes_one_for_each_order_with_the_same_orders() {
    let office = Office::new();
    let id = office.package("Szállítók", &[("Őrségi Kft.", 1, 100), ("Üveges Bt.", 2, 200)]);
    let client = office.open();
    let before = orders(&client, id).await;
    let made = client.split_package(id).await.unwrap();
    assert_eq!(made.len(), 2);
    let mut after = Vec::new();
    for package in &made {
        after.extend(orders(&client, *package).await);
    }
    assert_eq!(after, before);
    assert_eq!(names(&client).await, ["Üveges Bt.", "Őrségi Kft."]);
    assert_eq!(client.package(id).await.unwrap().state, PackageState::Deleted);
    assert_eq!(client.package(made[0]).await.unwrap().faster_alone, 0);
}

#[tokio::test]
async fn a_package_of_one_order_stays_as_it_is() {
    let office = Office::new();
    let id = office.package("Egy", &[("Őrségi Kft.", 1, 100)]);
    let client = office.open();
    assert_eq!(client.split_package(id).await.unwrap(), [id]);
    assert_eq!(names(&client).await, ["Egy"]);
}

#[tokio::test]
async fn refused_orders_that_were_recorded_again_and_split_are_recorded_no_third_time() {
    let office = Office::new();
    let id = office.package("Szállítók", &[("Őrségi Kft.", 1, 100), ("Üveges Bt.", 2, 200)]);
    office.sent(id, SubmissionState::Received, PackageState::Rejected, TimeDelta::minutes(5));
    office.decided(id, OrderState::At(ItemState::Rejected), None);
    let client = office.open();
    let again = client.record_rejected_again(id).await.unwrap();
    let parts = client.split_package(again).await.unwrap();
    assert_eq!(parts.len(), 2);
    assert!(matches!(client.record_rejected_again(id).await, Err(ClientError::RecordedAgain)));
    let told = client.sent_package(id).await.unwrap().again;
    assert_eq!(told, Some((again, PackageState::Deleted)));
    // Once all of them are thrown away nothing is left that could be paid a second time.
    client.delete_package(parts[0]).await.unwrap();
    assert!(matches!(client.record_rejected_again(id).await, Err(ClientError::RecordedAgain)));
    client.delete_package(parts[1]).await.unwrap();
    assert_eq!(client.sent_package(id).await.unwrap().again, None);
    assert!(client.record_rejected_again(id).await.is_ok());
}

#[tokio::test]
async fn a_signed_package_is_not_split_and_keeps_its_signature() {
    let office = Office::new();
    let id = office.package("Szállítók", &[("Őrségi Kft.", 1, 100), ("Üveges Bt.", 2, 200)]);
    let client = office.open();
    sign(&client, id).await;
    assert!(matches!(client.split_package(id).await, Err(ClientError::Package(_))));
    let detail = client.package(id).await.unwrap();
    assert_eq!((detail.state, detail.count, detail.signatures.len()), (PackageState::Signed, 2, 1));
}

#[tokio::test]
async fn single_orders_are_planned_one_by_one_because_they_are_instant_then() {
    let office = Office::new();
    let first = office.package("Első", &[("Őrségi Kft.", 1, 100)]);
    let second = office.package("Második", &[("Üveges Bt.", 2, 200)]);
    let client = office.open();
    let plan = client.sending_plan(vec![first, second]).await.unwrap();
    assert_eq!(plan.best(), Pacing::OneByOne);
    for package in &plan.packages {
        let route = |pacing| SendingPlan::routes(package, pacing)[0].decision.route;
        assert_eq!(route(Pacing::OneByOne), Route::Instant);
        assert_ne!(route(Pacing::Together), Route::Instant);
    }
}

#[tokio::test]
async fn packages_that_gain_nothing_are_planned_together() {
    let office = Office::new();
    let many = [("Őrségi Kft.", 1, 25_000_000), ("Üveges Bt.", 2, 30_000_000)];
    let (first, second) = (office.package("Első", &many), office.package("Második", &many));
    let client = office.open();
    let plan = client.sending_plan(vec![first, second]).await.unwrap();
    assert_eq!(plan.best(), Pacing::Together);
    assert_eq!(plan.packages[0].together, plan.packages[0].one_by_one);
    assert_eq!(plan.packages[0].together.iter().map(|r| r.orders).sum::<u32>(), 2);
}

#[tokio::test]
async fn the_sheet_counts_the_signature_of_the_tokens_owner_before_a_login() {
    let office = Office::new();
    let id = office.package("Nagy", &[("Őrségi Kft.", 1, 9_000_000)]);
    let client = office.open();
    let _ = client.token_status().wait_for(|status| status.info().is_some()).await.unwrap();
    let sheet = client.signing_sheet(id).await.unwrap();
    assert_eq!((sheet.head.signature_number, sheet.head.signatures_needed), (1, 2));
    assert_eq!(sheet.head.count, 1);
}
