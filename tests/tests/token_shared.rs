//! Two programs on one card: whoever comes second waits its turn, and neither spends a try of the other's.

use std::time::Duration;

use client::domain::PackageState;
use client::{Client, Pin, TokenConfig};
use harness::card::{CardKind, VirtualCard};
use harness::house::{House, PIN, draft, record};
use harness::pcscd::{Pcscd, isolated};

/// Logs in again and again, and signs packages; every answer must be right.
async fn work(client: &Client, house: &House) {
    for round in 0..4 {
        let _ = client.log_in(Pin::new(PIN), false).await.unwrap_or_else(|e| panic!("login {round}: {e}"));
        client.sync().await.unwrap();
        let package = record(client, draft(house.account(0), 1_000 + round)).await;
        let sheet = client.signing_sheet(package).await.unwrap();
        let signed = client.sign(package, sheet.fingerprint, Pin::new(PIN), false).await;
        assert_eq!(signed.unwrap_or_else(|e| panic!("signing {round}: {e}")).state, PackageState::Signed);
        client.log_out().await;
    }
}

#[test]
fn two_clients_share_one_card() {
    isolated("two_clients_share_one_card", || {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
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
