//! Two programs on one card: whoever comes second waits its turn, and neither spends a try of the other's.

use std::time::Duration;

use client::{Client, ClientError, Pin, TokenConfig, TokenError};
use domain::PackageState;
use harness::card::{CardKind, VirtualCard};
use harness::house::{House, PIN, draft, record};
use harness::pcscd::{Pcscd, isolated};
use harness::story::run;

/// How often a person tries again when the other program's reset hit the card in the middle.
const AGAIN: usize = 4;

/// What the token did in the end; only the token itself may have refused, and not because of the PIN.
async fn in_the_end<T>(what: &str, mut job: impl AsyncFnMut() -> client::Result<T>) -> T {
    for _ in 0..AGAIN {
        match job().await {
            Ok(done) => return done,
            Err(ClientError::Token(error)) => {
                let about_pin = matches!(error, TokenError::PinWrong { .. } | TokenError::PinBlocked);
                assert!(!about_pin, "{what}: {error}");
            }
            Err(error) => panic!("{what}: {error}"),
        }
    }
    panic!("{what} never works");
}

/// Logs in again and again, and signs packages.
async fn work(client: &Client, house: &House) {
    for round in 0..4 {
        let _ = in_the_end("login", async || client.log_in(Pin::new(PIN), false).await).await;
        client.sync().await.unwrap();
        let package = record(client, draft(house.account(0), 1_000 + round)).await;
        let sheet = client.signing_sheet(package).await.unwrap();
        let sign = async || client.sign(package, sheet.head.fingerprint, Pin::new(PIN), false).await;
        assert_eq!(in_the_end("signing", sign).await.state, PackageState::Signed);
        client.log_out().await;
    }
}

#[test]
fn two_clients_share_one_card() {
    isolated("two_clients_share_one_card", || {
        run(async {
            let house = House::start("kh").await;
            let service = Pcscd::start().unwrap();
            let pem = std::fs::read_to_string(house.key_file("Kovács")).unwrap();
            let mut card = VirtualCard::builder(CardKind::Piv).from_key_file(&pem, PIN).unwrap();
            card.insert(service.slot()).unwrap();
            let mut clients = Vec::new();
            for folder in ["first", "second"] {
                let client = house.client_with(folder, TokenConfig::Pcsc { reader: None }).await;
                client.token_status().wait_for(|status| status.info().is_some()).await.unwrap();
                clients.push(client);
            }
            let both = async { tokio::join!(work(&clients[0], &house), work(&clients[1], &house)) };
            let _ = tokio::time::timeout(Duration::from_secs(120), both).await.expect("both come to an end");
            assert_eq!(card.tries_left(), 5);
        });
    });
}
