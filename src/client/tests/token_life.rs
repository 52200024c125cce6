//! The token's PIN, several packages under one PIN entry, the choice of a token, and what the bank's profile forbids.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

mod fixture;

use std::time::Duration;

use chrono::TimeDelta;
use client::Deed;
use client::Page;
use client::{
    Client, ClientError, ExpiryLevel, Options, PackageChoice, PackageFilter, Pin, PinChangeRequest,
    TokenChoice, TokenConfig, TokenError, TokenInfo, TokenKind, expiry, texts,
};
use domain::pin::{PinForm, PinRule, PinRules};
use domain::{Explain, OrderDraft, PackageId, PackageState, key};
use fixture::{Office, PIN, WRONG_PIN};
use protocol::ServerInfo;
use store::bank::{SnapshotKind, save_snapshot, snapshot};
use tokio::sync::mpsc;

const NEW_PIN: &str = "271828";

async fn info(client: &Client) -> TokenInfo {
    let mut status = client.token_status();
    let status = status.wait_for(|status| status.info().is_some()).await.unwrap();
    status.info().unwrap().clone()
}

/// PIN tries left, as last told.
fn tries(client: &Client) -> u8 {
    client.token_status().borrow().info().unwrap().tries_left.unwrap()
}

async fn change(client: &Client, old: &str, new: &str) -> Result<(), ClientError> {
    let csn = info(client).await.csn;
    let (old, new) = (Some(Pin::new(old)), Pin::new(new));
    client.change_pin(PinChangeRequest { old, new, csn, last_try_confirmed: false }).await
}

async fn chosen(client: &Client, ids: &[PackageId]) -> Vec<(PackageId, [u8; 32])> {
    let mut chosen = Vec::new();
    for id in ids {
        chosen.push((*id, client.signing_sheet(*id).await.unwrap().head.fingerprint));
    }
    chosen
}

/// The bank's profile, changed before a client opens the store.
fn with_profile(office: &Office, change: impl FnOnce(&mut ServerInfo) + Send + 'static) {
    office.with_store(|tx| {
        let stored = snapshot::<ServerInfo>(tx, fixture::BANK, SnapshotKind::Server).unwrap().unwrap();
        let mut server = stored.value;
        change(&mut server);
        save_snapshot(tx, fixture::BANK, SnapshotKind::Server, &server, stored.fetched_at).unwrap();
    });
}

fn draft() -> OrderDraft {
    OrderDraft::default()
        .with(key::DEBIT_ACCOUNT, fixture::OWN)
        .with(key::TARGET, "11773016-11111018")
        .with(key::BENEFICIARY_NAME, "Őrségi Kft.")
        .with(key::AMOUNT, "1000")
}

#[tokio::test]
async fn a_new_pin_is_judged_here_changed_once_and_told_without_a_digit() {
    let office = Office::new();
    let package = office.package("Szállítók", &[("Őrségi Kft.", 1, 100)]);
    let client = office.open();
    assert_eq!(info(&client).await.kind, TokenKind::Software);
    assert_eq!(client.pin_rules(), (PinForm::PIV, PinRules::default()));
    let bad = change(&client, PIN, "777777").await.unwrap_err();
    assert!(matches!(&bad, ClientError::PinRule(rules) if rules == &[PinRule::NoRepeats]), "{bad:?}");
    let same = change(&client, PIN, PIN).await.unwrap_err();
    assert!(matches!(&same, ClientError::PinRule(rules) if rules == &[PinRule::NotOld]), "{same:?}");
    assert!(texts::explain(&same).contains(&texts::pin_rule(PinRule::NotOld)));
    assert_eq!(tries(&client), 5, "the token has seen nothing");
    let wrong = change(&client, WRONG_PIN, NEW_PIN).await.unwrap_err();
    assert!(matches!(wrong, ClientError::Token(TokenError::PinWrong { left: 4 })), "{wrong:?}");
    change(&client, PIN, NEW_PIN).await.unwrap();
    assert_eq!(tries(&client), 5);

    let sheet = client.signing_sheet(package).await.unwrap();
    let old = client.sign(package, sheet.head.fingerprint, Pin::new(PIN), false).await.unwrap_err();
    assert_eq!(old.code(), "token-pin-wrong");
    client.sign(package, sheet.head.fingerprint, Pin::new(NEW_PIN), false).await.unwrap();
    let told = client.audit(Page::ALL).await.unwrap();
    assert!(told.iter().any(|e| e.event.deed == Deed::TokenPinChanged {} && e.event.subject.is_some()));
    let told = format!("{told:?}");
    assert!(!told.contains(NEW_PIN) && !told.contains(PIN));
    let named = client.named_audit(Page::ALL).await.unwrap();
    let signed = named.iter().find(|line| line.entry.event.deed.name() == "package-signed").unwrap();
    assert_eq!(signed.about.as_deref(), Some("Szállítók"), "people know a package by its name");
}

#[tokio::test]
async fn a_token_without_unblocking_says_so_and_no_code_is_taken_without_a_question() {
    let office = Office::new();
    let client = office.open();
    let refused = client.start_unblock().await.unwrap_err();
    assert_eq!(refused.code(), "token-unsupported");
    assert_eq!(*client.unblock_question().borrow(), None);
    let lapsed = client.unblock("5E21 90C7", Pin::new(NEW_PIN)).await.unwrap_err();
    assert_eq!(lapsed.code(), "token-unblock-lapsed");
}

#[tokio::test]
async fn one_pin_entry_signs_every_chosen_package() {
    let office = Office::new();
    let ids: Vec<PackageId> =
        (1..=3).map(|n| office.package(&format!("Csomag {n}"), &[("Őrségi Kft.", n, 100)])).collect();
    let client = office.open();
    let (sender, mut progress) = mpsc::unbounded_channel();
    let mut packages = chosen(&client, &ids).await;
    packages.push(packages[0]);
    let outcome = client.sign_many(packages, Pin::new(PIN), false, sender).await.unwrap();
    assert_eq!(outcome.signed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids);
    assert!(outcome.signed.iter().all(|(_, signed)| signed.state == PackageState::Signed));
    assert!(outcome.failed.is_none() && outcome.untouched.is_empty());
    let mut told = Vec::new();
    while let Some(step) = progress.recv().await {
        told.push((step.package, step.done, step.total));
    }
    assert_eq!(told, [(ids[0], 1, 3), (ids[1], 2, 3), (ids[2], 3, 3)]);
}

#[tokio::test]
async fn a_package_that_cannot_be_signed_keeps_all_from_it_before_the_pin_is_sent() {
    let office = Office::new();
    let first = office.package("Első", &[("Őrségi Kft.", 1, 100)]);
    let second = office.package("Második", &[("Üveges Bt.", 2, 200)]);
    let client = office.open();
    let mut packages = chosen(&client, &[first, second]).await;
    packages[1].1 = [7; 32];
    let (sender, _) = mpsc::unbounded_channel();
    let error = client.sign_many(packages, Pin::new(WRONG_PIN), false, sender).await.unwrap_err();
    let named = matches!(&error, ClientError::NotSignable { name, why }
        if name == "Második" && matches!(**why, ClientError::ChangedSinceShown));
    assert!(named, "{error:?}");
    assert_eq!(tries(&client), 5);
    assert_ne!(client.package(first).await.unwrap().state, PackageState::Signed);
}

#[tokio::test]
async fn a_failure_in_the_middle_leaves_the_rest_untouched() {
    let office = Office::new();
    let ids: Vec<PackageId> =
        (1..=3).map(|n| office.package(&format!("Csomag {n}"), &[("Őrségi Kft.", n, 100)])).collect();
    office.with_store(|tx| {
        let full =
            "CREATE TRIGGER full BEFORE INSERT ON signatures WHEN (SELECT count(*) FROM signatures) > 0
            BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
        tx.execute_batch(full).unwrap();
    });
    let client = office.open();
    let (sender, _progress) = mpsc::unbounded_channel();
    let packages = chosen(&client, &ids).await;
    let outcome = client.sign_many(packages, Pin::new(PIN), false, sender).await.unwrap();
    assert_eq!(outcome.signed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ids[0]]);
    assert!(matches!(outcome.failed, Some((id, ClientError::Store(_))) if id == ids[1]));
    assert_eq!(outcome.untouched, [ids[2]]);
    for (id, signatures) in ids.iter().zip([1, 0, 0]) {
        assert_eq!(client.package(*id).await.unwrap().signatures.len(), signatures);
    }
}

#[tokio::test]
async fn a_wrong_pin_signs_nothing_and_costs_one_try() {
    let office = Office::new();
    let ids = [office.package("A", &[("X Kft.", 1, 1)]), office.package("B", &[("Y Kft.", 2, 2)])];
    let client = office.open();
    let (sender, _progress) = mpsc::unbounded_channel();
    let packages = chosen(&client, &ids).await;
    let error = client.sign_many(packages, Pin::new(WRONG_PIN), false, sender).await.unwrap_err();
    assert!(matches!(error, ClientError::Token(TokenError::PinWrong { left: 4 })), "{error:?}");
}

#[tokio::test]
async fn the_chosen_token_is_used_at_the_next_start_that_names_none() {
    let office = Office::new();
    let any = Options { data: office.path().to_owned(), token: TokenConfig::Pcsc { reader: None } };
    let path = office.path().join("anna.keys");
    {
        let none = Options { data: office.path().to_owned(), token: TokenConfig::None };
        let client = Client::open(none).unwrap();
        assert_eq!(client.token_choice().await.unwrap(), TokenChoice::AnyReader);
        client.choose_token(TokenChoice::File { path: path.clone() }).await.unwrap();
        assert_eq!(info(&client).await.reader, path.display().to_string());
    }
    // The store is given free by a thread of its own.
    let client = loop {
        match Client::open(any.clone()) {
            Ok(client) => break client,
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    };
    assert_eq!(info(&client).await.reader, path.display().to_string());
}

#[tokio::test]
async fn a_bank_without_software_tokens_is_obeyed_before_any_pin() {
    let office = Office::new();
    let package = office.package("Szállítók", &[("Őrségi Kft.", 1, 100)]);
    with_profile(&office, |server| server.profile.token.software_allowed = false);
    let client = office.open();
    let kind = info(&client).await.kind;
    assert_eq!(client.may_use(kind).unwrap_err().code(), "software-token-forbidden");
    assert!(client.may_use(TokenKind::Card).is_ok());
    let sheet = client.signing_sheet(package).await.unwrap();
    let refused = client.sign(package, sheet.head.fingerprint, Pin::new(WRONG_PIN), false).await.unwrap_err();
    assert_eq!(refused.code(), "software-token-forbidden");
    assert_eq!(tries(&client), 5);
}

#[tokio::test]
async fn what_may_be_done_without_a_login_is_the_banks_word() {
    let office = Office::new();
    let package = office.package("Szállítók", &[("Őrségi Kft.", 1, 100)]);
    with_profile(&office, |server| server.profile.token.session.record_offline = false);
    {
        let client = office.open();
        assert!(client.may_view() && !client.may_record());
        let refused = client.save_order(draft(), PackageChoice::New, None).await.unwrap_err();
        assert_eq!(refused.code(), "login-needed-to-record");
        assert_eq!(client.withdraw_package(package).await.unwrap_err().code(), "login-needed-to-record");
        client.keep_draft("form", draft()).await.unwrap();
        assert_eq!(client.kept_draft::<OrderDraft>("form").await.unwrap(), Some(draft()));
        assert!(client.package(package).await.is_ok());
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    with_profile(&office, |server| server.profile.token.session.view_offline = false);
    let client = office.open();
    assert!(!client.may_view());
    let refused = client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap_err();
    assert_eq!(refused.code(), "login-needed-to-view");
}

#[tokio::test]
async fn certificates_are_warned_of_louder_as_their_end_comes() {
    let office = Office::new();
    let client = office.open();
    let info = info(&client).await;
    let end = info.signing.as_ref().unwrap().not_after();
    let level = |days: i64| {
        let told = expiry(&info, end - TimeDelta::days(days) - TimeDelta::hours(1));
        told.first().map(|w| (w.level, w.days))
    };
    assert_eq!(level(61), None);
    assert_eq!(level(60), Some((ExpiryLevel::Soon, 60)));
    assert_eq!(level(30), Some((ExpiryLevel::Near, 30)));
    assert_eq!(level(7), Some((ExpiryLevel::Urgent, 7)));
    assert_eq!(level(-2), Some((ExpiryLevel::Expired, -2)));
}
