//! Two banks in one store: each with its own session, token and rules; what goes wrong at one is that one's alone.

use chrono::{TimeDelta, Utc};
use client::{Client, Connection, Page, Pin, TokenChoice};
use domain::{CustomerKey, Explain, Money, PackageState};
use harness::house::{House, PIN, draft, reaches, record, sign};
use harness::story::run;
use serde_json::json;
use signature::PrivateKey;
use signature::issue::CertificateAuthority;

/// A client that is logged in at both banks, each with a key file of its own; the handles of both.
async fn at_both(first: &House, second: &House) -> (Client, Client) {
    let client = first.logged_in("client", "Kovács").await;
    let _ = client.connect(&second.connection_file()).await.unwrap();
    let lines = client.connections().await.unwrap();
    let other = client.of_connection(lines[1].key).await.unwrap();
    let path = second.key_file("Kovács");
    other.choose_own_token(Some(TokenChoice::File { path })).await.unwrap();
    let _ = other.log_in(Pin::new(PIN), false).await.unwrap();
    (client, other)
}

/// Records, signs and sends an order of a bank's first account; waits for its end.
async fn pays(house: &House, client: &Client) -> domain::PackageId {
    let package = record(client, draft(house.account(0), 12_000)).await;
    assert_eq!(sign(client, package).await, PackageState::Signed);
    client.send_one(package).await.unwrap();
    reaches(client, package, &[PackageState::Completed]).await;
    package
}

#[test]
fn an_order_is_paid_at_each_bank_with_the_token_of_each() {
    run(async {
        let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
        let (client, other) = at_both(&kh, &kdb).await;
        client.sync_all().await.unwrap().into_iter().for_each(|outcome| outcome.result.unwrap());
        let here = pays(&kh, &client).await;
        let there = pays(&kdb, &other).await;
        // Each is at its own bank, once, and known nowhere else.
        for (house, package) in [(&kh, here), (&kdb, there)] {
            let seen = house.inspect(package).await;
            assert_eq!((&seen["receipts"], &seen["orders"]), (&json!(1), &json!(1)), "{seen}");
        }
        assert!(client.package(there).await.is_err() && other.package(here).await.is_err());
        assert_eq!(client.sent(String::new(), client::Page::ALL).await.unwrap().len(), 1);
        assert_eq!(other.sent(String::new(), client::Page::ALL).await.unwrap().len(), 1);
        let refused = record_elsewhere(&client, &kdb).await;
        assert_eq!(refused.code(), "fields-wrong", "an account of the other bank is not one's own here");
    });
}

async fn record_elsewhere(client: &Client, other: &House) -> client::ClientError {
    let draft = draft(other.account(0), 100);
    client.save_order(draft, client::PackageChoice::New, None).await.unwrap_err()
}

#[test]
fn customers_of_both_banks_are_at_hand_and_each_handle_is_one_customers() {
    run(async {
        let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
        let (client, other) = at_both(&kh, &kdb).await;
        let all = client.customers_of_all().await.unwrap();
        let mut banks: Vec<&str> = all.iter().map(|one| one.bank.as_str()).collect();
        banks.dedup();
        assert_eq!(banks.len(), 2, "{banks:?}");
        let there = all.iter().find(|one| Some(one.connection) == other.own_connection()).unwrap();
        let at = client.at(there.key).await.unwrap();
        assert_eq!(at.customer().unwrap(), there.customer.id);
        assert_eq!(at.rules().await.unwrap().profile.id, "kdb");
        at.sync().await.unwrap();
        // The handle stays with its customer, whichever is chosen on that side.
        other.choose_customer("99999999".parse().unwrap());
        assert_eq!(at.customer().unwrap(), there.customer.id);
        assert!(client.at(CustomerKey(99)).await.is_err());
    });
}

#[test]
fn one_bank_that_is_gone_or_locked_stops_no_other() {
    run(async {
        let (kh, mut kdb) = (House::start("kh").await, House::start("kdb").await);
        let (client, other) = at_both(&kh, &kdb).await;
        kdb.kill();
        let outcomes = client.sync_all().await.unwrap();
        assert_eq!(outcomes.len(), 2);
        assert!(outcomes[0].result.is_ok(), "{outcomes:?}");
        let code = outcomes[1].result.as_ref().unwrap_err().code();
        assert!(code.starts_with("bank-"), "{code}");
        pays(&kh, &client).await;
        other.log_out().await;
        let own = client.own_connection().unwrap();
        let lines = client.connections().await.unwrap();
        let standing = |key| lines.iter().find(|line| line.key == key).unwrap().standing.user().is_some();
        assert!(standing(own) && !standing(other.own_connection().unwrap()));
        assert_eq!(client.sync_all().await.unwrap().len(), 1, "only who is logged in is asked");
    });
}

#[test]
fn a_paused_connection_is_left_alone_and_its_data_stays() {
    run(async {
        let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
        let (client, other) = at_both(&kh, &kdb).await;
        other.sync().await.unwrap();
        let package = record(&other, draft(kdb.account(0), 100)).await;
        let key = other.own_connection().unwrap();
        client.pause_connection(key).await.unwrap();
        let refused = other.log_in(Pin::new(PIN), false).await.unwrap_err();
        assert_eq!(refused.code(), "connection-paused");
        assert!(client.log_in(Pin::new(PIN), false).await.is_ok(), "the other bank is not meant");
        client.rename_connection(key, "KDB, szünetel").await.unwrap();
        let line = client.connections().await.unwrap().into_iter().find(|line| line.key == key).unwrap();
        assert_eq!(line.standing, Connection::LoggedOut, "a bank is known: no other one is asked for");
        client.resume_connection(key).await.unwrap();
        let _ = other.log_in(Pin::new(PIN), false).await.unwrap();
        assert_eq!(other.package(package).await.unwrap().count, 1);
        client.archive_connection(key).await.unwrap();
        let all = client.customers_of_all().await.unwrap();
        assert!(all.iter().all(|one| one.connection != key), "an archived connection is shown nowhere");
        let line = client.connections().await.unwrap().into_iter().find(|line| line.key == key).unwrap();
        assert_eq!((line.name.as_str(), line.state), ("KDB, szünetel", client::ConnectionState::Archived));
    });
}

#[test]
fn a_login_that_ends_after_its_connection_was_paused_is_refused() {
    run(async {
        let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
        let (client, other) = at_both(&kh, &kdb).await;
        other.log_out().await;
        let slow = json!({ "kind": "delay", "method": "POST", "path": "/login", "millis": 3000 });
        let _ = kdb.control(reqwest::Method::POST, "/faults", slow).await;
        let late = tokio::spawn({
            let other = other.clone();
            async move { other.log_in(Pin::new(PIN), false).await.map(drop) }
        });
        kdb.faults_met().await;
        let key = other.own_connection().unwrap();
        client.pause_connection(key).await.unwrap();
        assert_eq!(late.await.unwrap().unwrap_err().code(), "connection-paused");
        assert_eq!(*other.connection().borrow(), Connection::LoggedOut);
        assert_eq!(other.sync().await.unwrap_err().code(), "not-logged-in");
        client.resume_connection(key).await.unwrap();
        let _ = other.log_in(Pin::new(PIN), false).await.unwrap();
    });
}

#[test]
fn a_customer_of_a_colleague_at_the_same_seat_is_not_asked_about() {
    run(async {
        let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
        let (client, other) = at_both(&kh, &kdb).await;
        // Somebody else works at the same seat: her customer stays in the store when the first user is back.
        for user in ["Minta", "Kovács"] {
            let path = kdb.key_file(user);
            other.choose_own_token(Some(TokenChoice::File { path })).await.unwrap();
            let _ = other.log_in(Pin::new(PIN), false).await.unwrap();
        }
        let outcomes = client.sync_all().await.unwrap();
        assert_eq!(client.customers_of_all().await.unwrap().len(), 3);
        assert_eq!(outcomes.len(), 2, "{outcomes:?}");
        for outcome in &outcomes {
            let id = outcome.customer.as_ref().unwrap().id.to_string();
            assert!(outcome.result.is_ok() && id != "30002002", "{outcome:?}");
        }
    });
}

#[test]
fn one_token_serves_both_banks_in_turn() {
    run(async {
        let mut kh = House::start("kh").await;
        let kdb = kh.twin("kdb").await;
        let client = kh.logged_in("client", "Kovács").await;
        let (other, _) = client.add_connection(&kdb.connection_file()).await.unwrap();
        let _ = other.log_in(Pin::new(PIN), false).await.unwrap();
        assert_eq!(client.connections().await.unwrap().len(), 2);
        for _ in 0..2 {
            let (here, there) = (pays(&kh, &client).await, pays(&kdb, &other).await);
            for (house, package) in [(&kh, here), (&kdb, there)] {
                assert_eq!(house.inspect(package).await["receipts"], json!(1));
            }
            assert!(client.connection().borrow().user().is_some(), "neither login ends the other");
            assert!(other.connection().borrow().user().is_some());
        }
    });
}

/// All that a customer's user sees.
async fn picture(client: &Client) -> String {
    let sent = client.sent(String::new(), Page::ALL).await.unwrap();
    let mut shown = Vec::new();
    for package in &sent {
        shown.push(client.sent_package(package.line.header.id).await.unwrap());
    }
    let prepared = client.packages(client::PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap();
    let area = client.shared_area().await.unwrap();
    format!(
        "{:#?}",
        (client.accounts().await.unwrap(), shown, prepared, area, client.messages().await.unwrap())
    )
}

#[test]
fn a_bank_that_names_the_other_ones_things_changes_nothing_there() {
    run(async {
        let mut kh = House::start("kh").await;
        let client = kh.logged_in("client", "Kovács").await;
        let package = pays(&kh, &client).await;
        client.sync().await.unwrap();
        client.log_out().await;
        let before = picture(&client).await;
        // Every customer, account, package and message has the same name at the other bank, which says other things of it.
        let kdb = kh.twin("kdb").await;
        kdb.fund(kdb.account(0), Money::huf(7_777_777)).await;
        let (other, _) = client.add_connection(&kdb.connection_file()).await.unwrap();
        let _ = other.log_in(Pin::new(PIN), false).await.unwrap();
        other.sync().await.unwrap();
        for message in other.messages().await.unwrap() {
            other.read_message(message.id).await.unwrap();
        }
        assert!(other.package(package).await.is_err(), "what was not recorded there is not there");
        let _ = pays(&kdb, &other).await;
        other.sync().await.unwrap();
        assert_eq!(picture(&client).await, before);
        let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
        client.sync().await.unwrap();
        assert_eq!(client.sent(String::new(), Page::ALL).await.unwrap().len(), 1);
        let _ = pays(&kh, &client).await;
    });
}

#[test]
fn a_bank_whose_certificate_has_expired_says_so_of_itself_and_stops_no_other() {
    run(async {
        let (kh, mut kdb) = (House::start("kh").await, House::start("kdb").await);
        let (client, other) = at_both(&kh, &kdb).await;
        kdb.kill();
        let folder = kdb.bank_folder();
        let authority = std::fs::read_to_string(folder.join("ca.pem")).unwrap();
        let authority = CertificateAuthority::from_pem(&authority).unwrap();
        let (key, now) = (PrivateKey::generate_p256(), Utc::now());
        let (from, to) = (now - TimeDelta::days(20), now - TimeDelta::days(1));
        let spki = key.public_key_der().unwrap();
        let certificate = authority.issue_server(&["localhost"], &spki, from, to).unwrap();
        std::fs::write(folder.join("server.pem"), certificate.to_pem().unwrap()).unwrap();
        std::fs::write(folder.join("server.pk8"), key.to_pkcs8_der().unwrap().as_slice()).unwrap();
        kdb.run().await;

        let outcomes = client.sync_all().await.unwrap();
        for outcome in &outcomes {
            match Some(outcome.connection) == client.own_connection() {
                true => assert!(outcome.result.is_ok(), "{outcome:?}"),
                false => assert_eq!(outcome.result.as_ref().unwrap_err().code(), "bank-untrusted"),
            }
        }
        assert_eq!(outcomes.len(), 2);
        assert_eq!(other.log_in(Pin::new(PIN), false).await.unwrap_err().code(), "bank-untrusted");
        let _ = pays(&kh, &client).await;
    });
}
