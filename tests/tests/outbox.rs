//! Sending when things go wrong: whatever is lost, in the end the bank has the package exactly once and the client
//! knows it, or the client still holds it and the bank does not.

use std::time::Duration;

use chrono::Utc;
use client::{Client, ClientError, Options, Pin, TokenConfig};
use domain::submission::SubmissionState;
use domain::{Explain, PackageId, PackageState};
use harness::house::{House, PIN, draft, record, sign};
use harness::story::{run, runtime};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use signature::issue::CertificateAuthority;
use signature::keyfile::{KeyFile, KeySlot};
use signature::{Certificate, PrivateKey};
use store::Connection;

async fn signed(house: &House, client: &Client) -> PackageId {
    let package = record(client, draft(house.account(0), 12_000)).await;
    assert_eq!(sign(client, package).await, PackageState::Signed);
    package
}

/// State of package and submission, as the store has them now.
async fn standing(client: &Client, package: PackageId) -> (PackageState, Option<SubmissionState>) {
    let line = client.sent_package(package).await.unwrap().line;
    (line.state, line.submission)
}

/// Waits until the client knows a package's fate, without asking for it.
async fn settled(client: &Client, package: PackageId) -> PackageState {
    for _ in 0..300 {
        let (state, _) = standing(client, package).await;
        if state != PackageState::Sending {
            return state;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the package's fate stays unknown");
}

/// Sends a package whose answer is lost after the bank took it, while no event and no question gets through.
async fn sent_into_the_dark(house: &House, client: &Client) -> PackageId {
    let package = signed(house, client).await;
    house.fault("drop_after_commit", "PUT", "/packages/").await;
    house.keep_failing("status_500", "GET", "/packages").await;
    assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Unknown);
    assert_eq!(standing(client, package).await, (PackageState::Sending, Some(SubmissionState::Unknown)));
    package
}

async fn assert_once(house: &House, package: PackageId) {
    let seen = house.inspect(package).await;
    assert_eq!((&seen["receipts"], &seen["orders"]), (&json!(1), &json!(1)), "{seen}");
}

async fn assert_never(house: &House, package: PackageId) {
    let seen = house.inspect(package).await;
    assert_eq!((&seen["receipts"], &seen["orders"]), (&json!(0), &json!(0)), "{seen}");
}

fn is_at_bank(state: PackageState) -> bool {
    matches!(state, PackageState::Sent | PackageState::Completed)
}

#[test]
fn an_answer_that_was_dropped_after_the_commit_is_found_again() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;
        let package = sent_into_the_dark(&house, &client).await;
        // The bank fails to tell; the package waits, nothing is guessed.
        assert_eq!(client.recover().await.unwrap(), 0);
        assert_eq!(standing(&client, package).await.0, PackageState::Sending);

        house.clear_faults().await;
        let _ = client.recover().await.unwrap();
        let (state, submission) = standing(&client, package).await;
        assert!(is_at_bank(state), "{state:?}");
        assert_eq!(submission, Some(SubmissionState::Received));
        assert!(client.sent_package(package).await.unwrap().receipt.is_some());
        assert_once(&house, package).await;
        assert!(matches!(client.send_one(package).await, Err(ClientError::Package(_))));
        assert_once(&house, package).await;
    });
}

#[test]
fn a_fate_is_asked_for_the_packages_own_customer_whichever_is_shown() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;
        let package = sent_into_the_dark(&house, &client).await;
        let own = client.customer().unwrap();
        client.choose_customer("99999999".parse().unwrap());
        house.clear_faults().await;
        let _ = client.recover().await.unwrap();
        assert!(client.sent_package(package).await.is_err(), "it is not shown under another customer");
        client.choose_customer(own);
        assert_eq!(standing(&client, package).await.1, Some(SubmissionState::Received));
        assert!(is_at_bank(settled(&client, package).await));
        assert_once(&house, package).await;
    });
}

#[test]
fn a_request_that_was_cut_before_the_bank_saw_it_can_be_sent_again() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;
        let package = signed(&house, &client).await;
        house.fault("cut_connection", "PUT", "/packages/").await;
        assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Unknown);
        let _ = client.recover().await.unwrap();
        let line = client.sent_package(package).await.unwrap().line;
        assert_eq!((line.state, line.submission), (PackageState::Signed, Some(SubmissionState::NeverSeen)));
        assert_eq!(line.last_error.as_deref(), Some("package-never-seen"));
        assert_never(&house, package).await;

        assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Received);
        let line = client.sent_package(package).await.unwrap().line;
        assert_eq!(line.last_error, None);
        assert_eq!(house.inspect(package).await["arrivals"], json!(["received"]));
    });
}

#[test]
fn every_fault_is_settled_without_anybody_asking() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;
        for kind in ["drop_after_commit", "cut_connection", "status_500", "garbage", "delay"] {
            let package = signed(&house, &client).await;
            let fault = json!({ "kind": kind, "method": "PUT", "path": "/packages/", "millis": 700 });
            let _ = house.control(reqwest::Method::POST, "/faults", fault).await;
            let _ = client.send_one(package).await.unwrap();
            match settled(&client, package).await {
                PackageState::Signed => {
                    assert!(["cut_connection", "status_500"].contains(&kind), "{kind}");
                    assert_never(&house, package).await;
                }
                state => {
                    assert!(is_at_bank(state), "{kind}: {state:?}");
                    assert_once(&house, package).await;
                }
            }
        }
        assert!(house.ledger_is_balanced().await);
    });
}

#[test]
fn a_bank_that_dies_meanwhile_is_asked_when_it_is_back() {
    run(async {
        let mut house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;

        // It dies before it took the package.
        let package = signed(&house, &client).await;
        let fault = json!({ "kind": "delay", "method": "PUT", "path": "/packages/", "millis": 20_000 });
        let _ = house.control(reqwest::Method::POST, "/faults", fault).await;
        let sending = tokio::spawn({
            let client = client.clone();
            async move { client.send_one(package).await }
        });
        while standing(&client, package).await.0 != PackageState::Sending {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        house.kill();
        assert_eq!(sending.await.unwrap().unwrap(), SubmissionState::Unknown);
        assert_eq!(client.recover().await.unwrap_err().code(), "bank-unreachable");
        assert_eq!(standing(&client, package).await.0, PackageState::Sending);
        house.run().await;
        let _ = client.recover().await.unwrap();
        assert_eq!(standing(&client, package).await.0, PackageState::Signed);
        assert_never(&house, package).await;
        assert_eq!(client.send_one(package).await.unwrap(), SubmissionState::Received);
        assert_once(&house, package).await;

        // It dies after it took the package.
        let package = sent_into_the_dark(&house, &client).await;
        house.kill();
        house.run().await;
        let _ = client.recover().await.unwrap();
        assert!(is_at_bank(standing(&client, package).await.0));
        assert_once(&house, package).await;
    });
}

#[test]
fn a_client_that_dies_meanwhile_knows_after_its_next_login() {
    let services = runtime();
    let house = services.block_on(House::start("kh"));
    for kind in ["drop_after_commit", "delay"] {
        // Everything of the client goes with its runtime, in the middle of sending.
        let dying = runtime();
        let package = dying.block_on(async {
            let client = reopened(&house).await;
            let package = signed(&house, &client).await;
            let fault = json!({ "kind": kind, "method": "PUT", "path": "/packages/", "millis": 500 });
            let _ = house.control(reqwest::Method::POST, "/faults", fault).await;
            house.keep_failing("status_500", "GET", "/packages").await;
            let sender = client.clone();
            drop(tokio::spawn(async move { sender.send_one(package).await }));
            while standing(&client, package).await.0 != PackageState::Sending {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            package
        });
        dying.shutdown_timeout(Duration::from_secs(10));

        let next = runtime();
        next.block_on(async {
            house.clear_faults().await;
            let client = reopened(&house).await;
            match settled(&client, package).await {
                PackageState::Signed => assert_never(&house, package).await,
                state => {
                    assert!(is_at_bank(state), "{kind}: {state:?}");
                    assert_once(&house, package).await;
                }
            }
            if kind == "drop_after_commit" {
                assert_once(&house, package).await;
            }
            client.log_out().await;
        });
        next.shutdown_timeout(Duration::from_secs(10));
    }
}

/// The one client folder, opened by a new process as it were.
async fn reopened(house: &House) -> Client {
    let token = TokenConfig::Software(house.key_file("Nagy"));
    let client = Client::open(Options { data: house.client_folder("client"), token }).unwrap();
    let _ = client.connect(&house.connection_file()).await.unwrap();
    let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
    client.sync_accounts().await.unwrap();
    client
}

#[test]
fn a_receipt_that_is_not_the_banks_own_for_these_bytes_is_not_believed() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;
        let other = signed(&house, &client).await;
        assert_eq!(client.send_one(other).await.unwrap(), SubmissionState::Received);
        let package = sent_into_the_dark(&house, &client).await;
        let database = Connection::open(house.bank_folder().join("bank.sqlite")).unwrap();
        database.busy_timeout(Duration::from_secs(10)).unwrap();
        let genuine = receipt(&database, package);
        let of_other = receipt(&database, other);

        let read: Value = serde_json::from_slice(&genuine.0).unwrap();
        let mut changed = read.clone();
        changed["document_sha256"] = json!("00".repeat(32));
        let changed = serde_json::to_vec(&changed).unwrap();
        let banks = (
            PrivateKey::from_pkcs8_der(&std::fs::read(house.bank_folder().join("receipt.pk8")).unwrap())
                .unwrap(),
            Certificate::from_pem(&std::fs::read_to_string(house.bank_folder().join("receipt.pem")).unwrap())
                .unwrap(),
        );
        let forged = [
            ("changed after signing", (changed.clone(), genuine.1.clone())),
            ("for other bytes, truly signed", (changed.clone(), cms(&banks, &changed))),
            ("of another package", of_other),
            ("signed by a user", (genuine.0.clone(), cms(&user(&house), &genuine.0))),
            ("signed under another authority", (genuine.0.clone(), cms(&stranger(), &genuine.0))),
            ("no signature at all", (genuine.0.clone(), Vec::new())),
        ];
        for (what, forgery) in forged {
            write_receipt(&database, package, &forgery);
            // Not before: the client also asks by itself, and the first receipt that it gets must be forged.
            house.clear_faults().await;
            assert_eq!(client.recover().await.unwrap(), 0, "{what}");
            let _ = client.sync_packages().await;
            let detail = client.sent_package(package).await.unwrap();
            assert_eq!(detail.line.state, PackageState::Sending, "{what}");
            assert_eq!(detail.line.submission, Some(SubmissionState::Unknown), "{what}");
            assert_eq!(detail.receipt, None, "{what}");
        }
        write_receipt(&database, package, &genuine);
        let _ = client.recover().await.unwrap();
        assert!(is_at_bank(standing(&client, package).await.0));
    });
}

type Receipt = (Vec<u8>, Vec<u8>);

fn receipt(database: &Connection, package: PackageId) -> Receipt {
    const SQL: &str = "SELECT receipt_body, receipt_signature FROM package WHERE id = ?1";
    database.query_row(SQL, [package.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn write_receipt(database: &Connection, package: PackageId, (body, cms): &Receipt) {
    const SQL: &str = "UPDATE package SET receipt_body = ?2, receipt_signature = ?3 WHERE id = ?1";
    assert_eq!(database.execute(SQL, (package.to_string(), body, cms)).unwrap(), 1);
}

fn cms((key, certificate): &(PrivateKey, Certificate), bytes: &[u8]) -> Vec<u8> {
    let pending = signature::prepare(certificate, Sha256::digest(bytes).into(), Utc::now()).unwrap();
    let raw = key.sign_digest(&pending.digest()).unwrap();
    pending.finish(&raw, &[]).unwrap()
}

/// A user's signing key: of the right authority, but not the bank's.
fn user(house: &House) -> (PrivateKey, Certificate) {
    let file = KeyFile::parse(&std::fs::read_to_string(house.key_file("Nagy")).unwrap()).unwrap();
    (file.unlock(PIN, KeySlot::Signing).unwrap(), file.certificate(KeySlot::Signing).clone())
}

/// A receipt signer of somebody else's bank.
fn stranger() -> (PrivateKey, Certificate) {
    let from = Utc::now() - chrono::TimeDelta::days(1);
    let authority = CertificateAuthority::generate("Another bank", from).unwrap();
    let key = PrivateKey::generate_p256();
    let spki = key.public_key_der().unwrap();
    let until = from + chrono::TimeDelta::days(9);
    let certificate = authority.issue_receipt_signer("Another bank", &spki, from, until).unwrap();
    (key, certificate)
}

#[test]
fn sending_twice_at_once_sends_once() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;
        let package = signed(&house, &client).await;
        let (first, second) = tokio::join!(client.send_one(package), client.send_one(package));
        let received =
            [&first, &second].iter().filter(|r| matches!(r, Ok(SubmissionState::Received))).count();
        let refused = [&first, &second].iter().filter(|r| matches!(r, Err(ClientError::Package(_)))).count();
        assert_eq!((received, refused), (1, 1), "{first:?} {second:?}");
        assert_eq!(house.inspect(package).await["arrivals"], json!(["received"]));
    });
}
