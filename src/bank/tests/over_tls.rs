//! The bank as a process, over TLS: what only a real connection and a real restart can show.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod running;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use bank::doors::control::{ClockControl, PackageInspection};
use bank::ground::folder::Folder;
use chrono::Utc;
use domain::{
    Beneficiary, CustomerId, Money, OrderId, OrderType, PackageHeader, PackageId, Partner, Timing, Transfer,
    Urgency,
};
use formats::package_document::{PackageContent, to_bytes};
use protocol::{
    AccountList, PackageStatus, ProblemCode, ReceivedState, ServerInfo, Session, SignedReceipt,
    SubmitPackage, TransactionPage, endpoints as at,
};
use reqwest::{Method, StatusCode};
use running::{Card, Running, demo_folder, good, problem, start};
use sha2::{Digest, Sha256};
use signature::keyfile::KeySlot;
use signature::{Purpose, TrustStore};
use uuid::Uuid;

fn package(
    folder: &Path,
    session: &Session,
    forints: i64,
    signer: &Card,
) -> (CustomerId, PackageId, SubmitPackage) {
    let partners: Vec<Partner> =
        serde_json::from_slice(&std::fs::read(folder.join("partners.json")).unwrap()).unwrap();
    let tax_office = partners[0].target.usual_beneficiary().unwrap();
    assert!(matches!(tax_office, Beneficiary::Account { .. }));
    let access = &session.customers[0];
    let account = access.authority.rights[0].account;
    let id = PackageId(Uuid::new_v4());
    let content = PackageContent {
        header: PackageHeader {
            id,
            customer: access.customer.id.clone(),
            name: "Próba".parse().unwrap(),
            order_type: OrderType::Hct,
            debit_account: Some(account),
            instant: false,
            scheduled: None,
        },
        customer_name: access.customer.name.clone(),
        created: bank::ground::time::whole_millis(Utc::now()),
        orders: vec![
            OrderType::Hct
                .of_transfer(Transfer {
                    id: OrderId(Uuid::new_v4()),
                    debit_account: account,
                    payer_name: None,
                    beneficiary: tax_office,
                    beneficiary_country: None,
                    amount: Money::huf(forints),
                    timing: Timing::Soon,
                    urgency: Urgency::Normal,
                    narrative: "Próba".parse().unwrap(),
                    document_number: None,
                    legal_code: None,
                    own_reference: None,
                })
                .unwrap(),
        ],
    };
    let document = to_bytes(&content).unwrap();
    let signatures = vec![signer.sign(KeySlot::Signing, &document).into()];
    (
        access.customer.id.clone(),
        id,
        SubmitPackage { attempt: uuid::Uuid::new_v4(), claim: None, document: document.into(), signatures },
    )
}

#[tokio::test]
async fn a_customer_logs_in_pays_and_sees_the_money_go() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let info: ServerInfo = good(bank.call(Method::GET, at::INFO)).await;
    assert_eq!(info.profile.id, "kh");
    assert_eq!(Folder::new(folder.path()).read_connection().unwrap().base_url, bank.ready.base_url);
    let anonymous = bank.call(Method::GET, at::SESSION).send().await.unwrap();
    assert_eq!(problem(anonymous).await.code, ProblemCode::SessionExpired);

    let signer = Card::of(folder.path(), "10000002-kovacs-anna.pem");
    let session = bank.log_in(folder.path(), &signer).await;
    assert_eq!((session.user.name.as_str(), session.last_login), ("Kovács Anna", None));
    let (customer, id, package) = package(folder.path(), &session, 123_456, &signer);
    let token = &session.token.0;
    let accounts = async || -> AccountList {
        good(bank.call(Method::GET, &at::accounts(&customer)).bearer_auth(token)).await
    };
    let before = accounts().await;
    assert_eq!(before.accounts.len(), 4);
    let page: TransactionPage = good(
        bank.call(Method::GET, &at::transactions(&customer)).query(&[("limit", "5")]).bearer_auth(token),
    )
    .await;
    assert!(page.more && page.transactions.len() == 5);

    let mut events = bank.call(Method::GET, at::EVENTS).bearer_auth(token).send().await.unwrap();
    let path = at::package(&customer, id);
    let unknown = bank.call(Method::GET, &path).bearer_auth(token).send().await.unwrap();
    assert_eq!(problem(unknown).await.code, ProblemCode::PackageUnknown);
    let receipt: SignedReceipt = good(bank.call(Method::PUT, &path).bearer_auth(token).json(&package)).await;
    let trust =
        TrustStore::from_pem(&Folder::new(folder.path()).read_connection().unwrap().receipt_ca_pem).unwrap();
    let digest = Sha256::digest(receipt.body.as_slice()).into();
    signature::verify(receipt.signature.as_slice(), digest, &trust, Purpose::Receipt, Utc::now()).unwrap();

    let mut seen = String::new();
    let status = loop {
        let chunk =
            tokio::time::timeout(Duration::from_secs(15), events.chunk()).await.unwrap().unwrap().unwrap();
        seen += &String::from_utf8_lossy(&chunk);
        let status: PackageStatus = good(bank.call(Method::GET, &path).bearer_auth(token)).await;
        if status.state != ReceivedState::InProgress {
            break status;
        }
    };
    assert_eq!(status.state, ReceivedState::Completed);
    assert_eq!(status.receipt, receipt);
    assert!(seen.contains("event: package_changed") && seen.contains("id: c"), "{seen}");
    let after = accounts().await;
    let booked = |list: &AccountList| list.accounts[0].balance.booked;
    assert_eq!(booked(&before).checked_sub(booked(&after)).unwrap(), Money::huf(123_456));

    let ended = bank.call(Method::DELETE, at::SESSION).bearer_auth(token).send().await.unwrap();
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    let late = bank.call(Method::GET, at::SESSION).bearer_auth(token).send().await.unwrap();
    assert_eq!(problem(late).await.code, ProblemCode::SessionExpired);
}

#[tokio::test]
async fn a_lost_answer_a_500_and_a_killed_bank_leave_one_package() {
    let folder = demo_folder();
    let mut bank = start(folder.path(), 0);
    let signer = Card::of(folder.path(), "10000003-nagy-peter.pem");
    let session = bank.log_in(folder.path(), &signer).await;
    let (customer, id, package) = package(folder.path(), &session, 1_000, &signer);
    let path = at::package(&customer, id);
    let send = async |bank: &Running| {
        bank.call(Method::PUT, &path).bearer_auth(&session.token.0).json(&package).send().await
    };

    bank.fault(serde_json::json!({"kind": "cut_connection", "path": "/packages/", "method": "PUT"})).await;
    assert!(send(&bank).await.is_err());
    bank.fault(serde_json::json!({"kind": "status_500", "path": "/packages/"})).await;
    assert_eq!(problem(send(&bank).await.unwrap()).await.code, ProblemCode::Internal);
    let unseen = bank.call(Method::GET, &path).bearer_auth(&session.token.0).send().await.unwrap();
    assert_eq!(problem(unseen).await.code, ProblemCode::PackageUnknown);
    bank.fault(serde_json::json!({"kind": "drop_after_commit", "path": "/packages/", "method": "PUT"})).await;
    assert!(send(&bank).await.is_err());
    bank.fault(serde_json::json!({"kind": "garbage", "path": "/packages/", "method": "PUT"})).await;
    assert!(send(&bank).await.unwrap().json::<SignedReceipt>().await.is_err());
    let status: PackageStatus = good(bank.call(Method::GET, &path).bearer_auth(&session.token.0)).await;

    bank.process.kill().unwrap();
    bank.process.wait().unwrap();
    let bank = start(folder.path(), bank.ready.port);
    let receipt: SignedReceipt = send(&bank).await.unwrap().json().await.unwrap();
    assert_eq!(receipt, status.receipt, "session and receipt outlive the bank's process");
    let advance = ClockControl { advance_millis: Some(10_000), ..ClockControl::default() };
    let _: ClockControl = good(bank.control(Method::PUT, "/clock").json(&advance)).await;
    let look: PackageInspection = good(bank.control(Method::GET, &format!("/packages/{id}"))).await;
    assert_eq!((look.receipts, look.orders, look.executed, look.bookings), (1, 1, 1, 1));
    assert_eq!(look.arrivals, ["received", "received", "received"]);
}

#[tokio::test]
async fn every_documented_call_exists_and_strangers_are_refused() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let url = format!("http://127.0.0.1:{}/clock", bank.ready.control_port);
    assert_eq!(bank.client.get(&url).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let wrong = bank.client.get(url).bearer_auth("x").send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);

    let document = serde_json::to_value(protocol::openapi()).unwrap();
    for (path, calls) in document["paths"].as_object().unwrap() {
        let path = path.replace("{customer}", "1").replace("{package}", &Uuid::nil().to_string());
        let path = path.replace("{renewal}", &Uuid::nil().to_string());
        for method in calls.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let response = bank.call(method.clone(), &path).send().await.unwrap();
            let known =
                response.status().is_success() || problem(response).await.code != ProblemCode::NotFound;
            assert!(known, "the bank does not offer {method} {path}");
        }
    }
    let nothing = bank.call(Method::GET, "/api/v1/moon").send().await.unwrap();
    assert_eq!(problem(nothing).await.code, ProblemCode::NotFound);
}

/// What the bank's program prints as JSON.
fn printed(arguments: &[&str], folder: &Path) -> serde_json::Value {
    let run =
        Command::new(env!("CARGO_BIN_EXE_kapocs-bank")).args(arguments).arg("--data").arg(folder).output();
    let run = run.unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap_or_default()
}

#[tokio::test]
async fn the_desk_has_its_own_door_and_cards_their_secrets() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    assert!(![bank.ready.port, bank.ready.control_port].contains(&bank.ready.desk_port));
    let desk = format!("https://localhost:{}", bank.ready.desk_port);
    let login = bank.client.get(format!("{desk}/login")).send().await.unwrap();
    assert_eq!(login.status(), StatusCode::OK);
    assert!(login.headers().contains_key("content-security-policy"));
    let api = bank.client.get(format!("{desk}{}", at::INFO)).send().await.unwrap();
    assert_eq!(api.status(), StatusCode::NOT_FOUND);
    let page = bank.call(Method::GET, "/login").send().await.unwrap();
    assert_eq!(problem(page).await.code, ProblemCode::NotFound);

    let csn = "4b61706f637320746573742063617264";
    printed(&["register-card", "--user", "10000002", "--csn", csn, "--kind", "gids"], folder.path());
    let path = format!("/cards/{csn}");
    let change = serde_json::json!({ "user": "10000003", "kind": "piv", "withdrawn": true });
    let response = bank.control(Method::PUT, &path).json(&change).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let unlocked = bank.control(Method::DELETE, "/users/10000003/phone").send().await.unwrap();
    assert_eq!(unlocked.status(), StatusCode::NO_CONTENT);

    let first = printed(&["card-secrets", "--csn", csn], folder.path());
    assert_eq!(first, printed(&["card-secrets", "--csn", &csn.to_uppercase()], folder.path()));
    assert_eq!(first["csn"], csn.to_uppercase());
    let length = |name: &str| first[name].as_str().unwrap().len();
    assert_eq!((length("admin_key"), length("puk")), (48, 8));
    let next = printed(&["card-secrets", "--csn", csn, "--number", "1"], folder.path());
    assert_ne!(next["puk"], first["puk"]);
    assert_eq!(next["admin_key"], first["admin_key"]);
}

#[tokio::test]
async fn software_tokens_are_refused_where_the_bank_says_so() {
    let folder = demo_folder();
    let bank = start(folder.path(), 0);
    let signer = Card::of(folder.path(), "10000002-kovacs-anna.pem");
    let session = bank.log_in(folder.path(), &signer).await;
    assert_eq!((session.expires - Utc::now()).num_minutes(), 479, "the profile's eight hours");
    let allow = async |allowed: bool| {
        let body = serde_json::json!({ "allowed": allowed });
        let response = bank.control(Method::PUT, "/software-tokens").json(&body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
    };
    allow(false).await;
    let request = bank.login_request(folder.path(), &signer).await;
    let refused = bank.call(Method::POST, at::LOGIN).json(&request).send().await.unwrap();
    assert_eq!(problem(refused).await.code, ProblemCode::SoftwareTokenForbidden);
    let info: ServerInfo = good(bank.call(Method::GET, at::INFO)).await;
    assert!(!info.profile.token.software_allowed);
    allow(true).await;
    bank.log_in(folder.path(), &signer).await;
}
