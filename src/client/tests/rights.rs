//! The authority table is held where something is done, and told before anything is asked.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

mod fixture;

use chrono::TimeDelta;
use client::{Action, Client, ClientError, NotToSign, PackageChoice, PackageFilter, Page};
use client::{Pin, WaitingKind};
use domain::submission::{ItemState, OrderState, SubmissionState};
use domain::{FieldProblem, Money, OrderDraft, OrderType, PackageId, PackageState, key};
use fixture::{OWN, Office, PIN, TWO_SIGN_ABOVE, account};

fn draft() -> OrderDraft {
    OrderDraft::new(OrderType::Hct)
        .with(key::DEBIT_ACCOUNT, OWN)
        .with(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt.")
        .with(key::TARGET, account(1).to_string())
        .with(key::AMOUNT, "1000")
}

/// A client whose token is known: it names the user.
async fn open(office: &Office) -> Client {
    let client = office.open();
    client.token_status().wait_for(|status| status.info().is_some()).await.unwrap();
    client
}

async fn sign(client: &Client, id: PackageId) -> client::Result<client::Signed> {
    let sheet = client.signing_sheet(id).await.unwrap();
    client.sign(id, sheet.head.fingerprint, Pin::new(PIN), false).await
}

fn may_not_record(error: &ClientError) -> bool {
    matches!(error, ClientError::MayNotRecord)
}

#[tokio::test]
async fn who_may_only_look_records_and_changes_nothing() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000), ("Üveges Bt.", 2, 2000)]);
    let file = office.path().join("utalasok.xml");
    let (from, to) = (OWN, account(1).digits());
    let pain = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn><GrpHdr>\
         <NbOfTxs>1</NbOfTxs></GrpHdr><PmtInf><PmtMtd>TRF</PmtMtd><DbtrAcct><Id><Othr><Id>{from}</Id></Othr></Id>\
         </DbtrAcct><CdtTrfTxInf><Amt><InstdAmt Ccy=\"HUF\">1000</InstdAmt></Amt><Cdtr><Nm>Alfa Kft.</Nm></Cdtr>\
         <CdtrAcct><Id><Othr><Id>{to}</Id></Othr></Id></CdtrAcct></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>"
    );
    std::fs::write(&file, pain).unwrap();
    office.allow(false, None);
    let client = open(&office).await;
    let refused = client.save_order(draft(), PackageChoice::Auto, None).await;
    let problems = match refused {
        Err(ClientError::Fields(problems)) => problems,
        other => panic!("{other:?}"),
    };
    assert_eq!((problems[0].field, &problems[0].problem), (key::DEBIT_ACCOUNT, &FieldProblem::MayNotRecord));
    let check = client.check_order(draft(), PackageChoice::Auto, None).await.unwrap();
    assert_eq!(check.problems, problems, "and the form says so while it is typed");
    let detail = client.package(id).await.unwrap();
    assert_eq!(detail.actions, [], "{:?}", detail.rights);
    let order = detail.orders[0].order.id();
    assert!(may_not_record(&client.remove_order(order).await.unwrap_err()));
    assert!(may_not_record(&client.rename_package(id, "Más".to_owned()).await.unwrap_err()));
    assert!(may_not_record(&client.plan_package(id, None).await.unwrap_err()));
    assert!(may_not_record(&client.split_package(id).await.unwrap_err()));
    assert!(may_not_record(&client.delete_package(id).await.unwrap_err()));
    assert!(matches!(client.withdraw_package(id).await, Err(ClientError::MayNotHandle)));
    assert_eq!(client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap().len(), 1);
    let preview = client.preview_import(file).await.unwrap();
    assert_eq!((preview.good, preview.bad), (0, 1));
    assert_eq!(preview.bad_rows[0].fields[0].problem, FieldProblem::MayNotRecord);
}

#[tokio::test]
async fn who_may_not_sign_is_neither_waited_for_nor_asked_for_a_pin() {
    let office = Office::new();
    let id = office.package("Kicsi", &[("Őrségi Kft.", 1, 1000)]);
    office.allow(true, None);
    let client = open(&office).await;
    let detail = client.package(id).await.unwrap();
    assert!(!detail.actions.contains(&Action::Sign) && detail.actions.contains(&Action::Edit));
    assert_eq!(detail.rights.not_to_sign, Some(NotToSign::NoRight));
    let sheet = client.signing_sheet(id).await.unwrap();
    assert_eq!(sheet.head.not_to_sign, Some(NotToSign::NoRight));
    assert_eq!(client.overview().await.unwrap().waiting, []);
    assert_eq!(client.counts().await.unwrap().to_sign, 0);
    assert!(matches!(sign(&client, id).await, Err(ClientError::MayNotSign)));
}

#[tokio::test]
async fn who_has_signed_is_not_asked_again() {
    let office = Office::new();
    let id = office.package("Nagy", &[("Őrségi Kft.", 1, TWO_SIGN_ABOVE + 1)]);
    let client = open(&office).await;
    let waits = async || {
        let waiting = client.overview().await.unwrap().waiting;
        (waiting.iter().any(|line| line.kind == WaitingKind::Sign), client.counts().await.unwrap().to_sign)
    };
    assert_eq!(waits().await, (true, 1));
    sign(&client, id).await.unwrap();
    assert_eq!(waits().await, (false, 0));
    let listed = client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap();
    assert_eq!(listed[0].rights.not_to_sign, Some(NotToSign::SignedAlready));
    assert!(!client.package(id).await.unwrap().actions.contains(&Action::Sign));
    assert!(client.package(id).await.unwrap().actions.contains(&Action::Withdraw));
}

#[tokio::test]
async fn a_refused_package_waits_once_and_only_for_who_may_record() {
    let office = Office::new();
    let id = office.package("Novemberi számlák", &[("Őrségi Kft.", 1, 1000), ("Üveges Bt.", 2, 2000)]);
    office.sent(id, SubmissionState::Received, PackageState::Rejected, TimeDelta::hours(1));
    office.decided(id, OrderState::At(ItemState::Rejected), Some("account-closed"));
    let waiting = async |client: &Client| client.overview().await.unwrap().waiting;
    let client = open(&office).await;
    let lines = waiting(&client).await;
    let line = match &lines[..] {
        [line] => line,
        other => panic!("{other:?}"),
    };
    assert_eq!((line.kind, line.package, line.count), (WaitingKind::Rejected, id, 2));
    assert_eq!((line.name.as_str(), line.total), ("Novemberi számlák", Money::huf(3000)));
    drop(client);
    office.allow(false, Some("A"));
    assert_eq!(waiting(&open(&office).await).await, []);
}

#[tokio::test]
async fn an_empty_package_waits_for_nobody() {
    let office = Office::new();
    let _ = office.package("Üres", &[]);
    let client = open(&office).await;
    assert_eq!(client.overview().await.unwrap().waiting, []);
}
