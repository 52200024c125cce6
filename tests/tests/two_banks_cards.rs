//! Real cards at two banks: two cards in two readers, and one card for both banks; by the client and by command line.

use std::time::Duration;

use client::{Client, LockReason, Options, Pin, TokenChoice, TokenConfig};
use domain::{PackageId, PackageState};
use harness::card::{Action, CardKind, Moment, VirtualCard};
use harness::command_line::{answer, run_in};
use harness::house::{House, PIN, draft, payee, reaches, record, sign, text};
use harness::pcscd::{Pcscd, isolated};
use harness::story::run;
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(30);
const GENERAL_AUTHENTICATE: u8 = 0x87;
const ANY: TokenConfig = TokenConfig::Pcsc { reader: None };

/// A user's card of a bank.
fn card(house: &House, user: &str) -> VirtualCard {
    let pem = std::fs::read_to_string(house.key_file(user)).unwrap();
    VirtualCard::builder(CardKind::Piv).from_key_file(&pem, PIN).unwrap()
}

async fn card_is_there(client: &Client) {
    let mut status = client.token_status();
    let there = status.wait_for(|status| status.info().is_some());
    let _ = tokio::time::timeout(PATIENCE, there).await.expect("the card is seen").unwrap();
}

async fn log_in(client: &Client) {
    card_is_there(client).await;
    let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
    client.sync().await.unwrap();
}

/// Records, signs and sends an order of a bank's first account; waits for its end.
async fn pays(house: &House, client: &Client, amount: i64) -> PackageId {
    let package = record(client, draft(house.account(0), amount)).await;
    assert_eq!(sign(client, package).await, PackageState::Signed);
    client.send_one(package).await.unwrap();
    reaches(client, package, &[PackageState::Completed]).await;
    package
}

/// Each package is at its own bank, once, and unknown at the other one.
async fn only_at(own: &House, other: &House, package: PackageId) {
    let (here, there) = (own.inspect(package).await, other.inspect(package).await);
    assert_eq!((&here["receipts"], &here["executed"]), (&json!(1), &json!(1)), "{here}");
    assert_eq!((&there["receipts"], &there["arrivals"]), (&json!(0), &json!([])), "{there}");
}

/// A private person of the second bank is the store's third customer: she was here once, with a key file.
async fn third_customer(kh: &House, kdb: &House) {
    let token = TokenConfig::Software(kdb.key_file("Minta"));
    let hers = Client::open(Options { data: kh.client_folder("client"), token }).unwrap();
    let _ = hers.connect(&kdb.connection_file()).await.unwrap();
    let _ = hers.log_in(Pin::new(PIN), false).await.unwrap();
    hers.log_out().await;
}

/// A client over the store of three customers: at the second bank, and beside it at the first.
async fn at_both(kh: &House, kdb: &House) -> (Client, Client) {
    third_customer(kh, kdb).await;
    let mut opened = None;
    for _ in 0..50 {
        opened = Client::open(Options { data: kh.client_folder("client"), token: ANY }).ok();
        if opened.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let second = opened.expect("the store is free again");
    let (first, _) = second.connect_to(&kh.connection_file()).await.unwrap();
    (first, second)
}

async fn locked_because(client: &Client, why: LockReason) {
    let mut locked = client.locked();
    let lock = tokio::time::timeout(PATIENCE, locked.wait_for(Option::is_some)).await;
    assert_eq!(lock.expect("a lock").unwrap().as_ref().unwrap().why, why);
}

fn is_logged_in(client: &Client) -> bool {
    client.connection().borrow().user().is_some()
}

#[test]
fn two_cards_in_two_readers_pay_at_two_banks() {
    isolated("two_cards_in_two_readers_pay_at_two_banks", || {
        run(async {
            let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
            let service = Pcscd::start().unwrap();
            // The second bank's card is in the reader that comes first: whoever takes any reader must not take it.
            let (mut at_kh, mut at_kdb) = (card(&kh, "Kovács"), card(&kdb, "Kovács"));
            at_kdb.insert(service.slot()).unwrap();
            at_kh.insert(service.second_slot()).unwrap();
            let (first, second) = at_both(&kh, &kdb).await;
            let own = TokenChoice::Reader { name: service.reader() };
            second.choose_own_token(Some(own)).await.unwrap();
            log_in(&second).await;
            log_in(&first).await;
            assert_eq!(first.customers_of_all().await.unwrap().len(), 3);

            let (here, there) = tokio::join!(pays(&kh, &first, 1_200), pays(&kdb, &second, 3_400));
            only_at(&kh, &kdb, here).await;
            only_at(&kdb, &kh, there).await;

            // A card that is pulled ends the session that was opened with it, and no other.
            at_kdb.remove();
            locked_because(&second, LockReason::Removed).await;
            assert!(is_logged_in(&first));
            let again = pays(&kh, &first, 1_300).await;
            only_at(&kh, &kdb, again).await;
            at_kdb.insert(service.slot()).unwrap();
            log_in(&second).await;
            let back = pays(&kdb, &second, 3_500).await;
            only_at(&kdb, &kh, back).await;
            assert_eq!((at_kh.tries_left(), at_kdb.tries_left()), (5, 5));
        });
    });
}

#[test]
fn one_card_pays_at_both_banks_in_turn() {
    isolated("one_card_pays_at_both_banks_in_turn", || {
        run(async {
            let kh = House::start("kh").await;
            let kdb = House::start_beside("kdb", &kh).await;
            let service = Pcscd::start().unwrap();
            let mut both = card(&kh, "Kovács");
            both.insert(service.slot()).unwrap();
            let (first, second) = at_both(&kh, &kdb).await;
            // One of them has chosen the reader by name: they take turns at it all the same.
            let own = TokenChoice::Reader { name: service.reader() };
            second.choose_own_token(Some(own)).await.unwrap();
            let _ = tokio::join!(log_in(&first), log_in(&second));
            for round in 0..3 {
                let (here, there) =
                    tokio::join!(pays(&kh, &first, 1_000 + round), pays(&kdb, &second, 2_000 + round));
                only_at(&kh, &kdb, here).await;
                only_at(&kdb, &kh, there).await;
            }
            assert_eq!(both.tries_left(), 5);
            both.remove();
            locked_because(&first, LockReason::Removed).await;
            locked_because(&second, LockReason::Removed).await;
        });
    });
}

#[test]
fn a_login_waits_for_what_the_other_connection_does_at_the_card() {
    isolated("a_login_waits_for_what_the_other_connection_does_at_the_card", || {
        run(async {
            let kh = House::start("kh").await;
            let kdb = House::start_beside("kdb", &kh).await;
            let service = Pcscd::start().unwrap();
            let mut both = card(&kh, "Kovács");
            both.insert(service.slot()).unwrap();
            let (first, second) = at_both(&kh, &kdb).await;
            let own = TokenChoice::Reader { name: service.reader() };
            second.choose_own_token(Some(own)).await.unwrap();
            card_is_there(&first).await;
            card_is_there(&second).await;
            // Longer than a mere look waits for its turn.
            both.act_when(|step| match (step.instruction, step.moment) {
                (GENERAL_AUTHENTICATE, Moment::Arrived) => Action::Wait(Duration::from_secs(5)),
                _ => Action::Go,
            });
            let (here, there) =
                tokio::join!(first.log_in(Pin::new(PIN), false), second.log_in(Pin::new(PIN), false));
            let _ = (here.unwrap(), there.unwrap());
            assert_eq!(both.tries_left(), 5, "no PIN was sent in vain");
        });
    });
}

/// `kapocs-cli` over the store of three customers, with the card in that reader.
fn cli(house: &House, reader: &str, arguments: &[&str]) -> Value {
    let data = house.client_folder("client");
    let of_reader = ["--json", "--reader", reader, "--data", text(&data)];
    answer(&run_in(PIN, &[&of_reader[..], arguments].concat()))
}

/// Waits until the card service has seen the card that was put into a reader.
fn seen(house: &House, reader: &str) {
    let (data, begun) = (house.client_folder("client"), std::time::Instant::now());
    let status = ["--json", "--reader", reader, "--data", text(&data), "--bank", "KDB", "token", "status"];
    let is_missing = || {
        let told: Value = serde_json::from_slice(&run_in("", &status).stdout).expect("one JSON value");
        told["state"] == "no-card"
    };
    while is_missing() {
        assert!(begun.elapsed() < std::time::Duration::from_secs(30), "no card in {reader}");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}

/// Records, signs and sends by command line; gives the package.
fn pays_by_command(house: &House, reader: &str, bank: &[&str], amount: &str) -> PackageId {
    let to = payee().to_string();
    let with = |arguments: &[&str]| cli(house, reader, &[arguments, bank].concat());
    let order = with(&["order", "--to", &to, "--name", "Őrségi Faipari Zrt.", "--amount", amount]);
    let package = order["package"].as_str().unwrap().to_owned();
    assert_eq!(with(&["sign", &package])[0]["state"], "signed");
    assert_eq!(with(&["send", &package, "--wait", "60"])[0]["state"], "completed");
    package.parse().unwrap()
}

#[test]
fn scripts_pay_with_two_cards_and_with_one() {
    isolated("scripts_pay_with_two_cards_and_with_one", || {
        run(async {
            let kh = House::start("kh").await;
            let kdb = House::start_beside("kdb", &kh).await;
            let service = Pcscd::start().unwrap();
            let (mut one, mut other) = (card(&kh, "Kovács"), card(&kdb, "Kovács"));
            one.insert(service.slot()).unwrap();
            other.insert(service.second_slot()).unwrap();
            third_customer(&kh, &kdb).await;
            let (first, second) = (service.reader(), service.second_reader());
            let _ = cli(&kh, &first, &["connect", text(&kh.connection_file())]);
            [&first, &second].into_iter().for_each(|reader| seen(&kh, reader));
            let _ = cli(&kh, &second, &["sync", "--bank", "KDB"]);
            let company = kh.demo["customers"][0]["customer"]["id"].as_str().unwrap().to_owned();
            let (at_kh, at_kdb) = (["--bank", "K&H"], ["--bank", "KDB", "--customer", company.as_str()]);
            // Each bank with the card in the reader of its own, and then both with the same card.
            for (reader_of_kdb, amount) in [(&second, "3400"), (&first, "3500")] {
                let here = pays_by_command(&kh, &first, &at_kh, "1200");
                let there = pays_by_command(&kh, reader_of_kdb, &at_kdb, amount);
                only_at(&kh, &kdb, here).await;
                only_at(&kdb, &kh, there).await;
            }
            assert_eq!((one.tries_left(), other.tries_left()), (5, 5));
        });
    });
}
