//! Several packages under one PIN entry on a real card that is pulled in the middle: what was signed is kept, the rest
//! is untouched, the session is locked, and the work goes on with the card back in its reader.

use std::time::Duration;

use client::{Client, ClientError, LockReason, Pin, SignedMany, TokenConfig, TokenError};
use domain::{PackageId, PackageState};
use harness::card::{CardKind, Moment, VirtualCard};
use harness::house::{House, PIN, draft, record};
use harness::pcscd::{Pcscd, isolated};
use harness::story::run;
use tokio::sync::mpsc;

const VERIFY: u8 = 0x20;
const GENERAL_AUTHENTICATE: u8 = 0x87;
const PATIENCE: Duration = Duration::from_secs(30);

async fn sign_many(client: &Client, ids: &[PackageId]) -> Result<SignedMany, ClientError> {
    let mut packages = Vec::new();
    for id in ids {
        packages.push((*id, client.signing_sheet(*id).await.unwrap().head.fingerprint));
    }
    let (progress, _steps) = mpsc::unbounded_channel();
    client.sign_many(packages, Pin::new(PIN), false, progress).await
}

async fn card_is_there(client: &Client) {
    let mut status = client.token_status();
    let there = status.wait_for(|status| status.info().is_some());
    let _ = tokio::time::timeout(PATIENCE, there).await.expect("the card is seen").unwrap();
}

#[test]
fn a_card_pulled_between_two_signatures_keeps_the_first_and_locks() {
    isolated("a_card_pulled_between_two_signatures_keeps_the_first_and_locks", || {
        run(async {
            let house = House::start("kh").await;
            let service = Pcscd::start().unwrap();
            let pem = std::fs::read_to_string(house.key_file("Kovács")).unwrap();
            let mut card = VirtualCard::builder(CardKind::Piv).from_key_file(&pem, PIN).unwrap();
            card.insert(service.slot()).unwrap();
            let client = house.client_with("client", TokenConfig::Pcsc { reader: None }).await;
            card_is_there(&client).await;
            let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
            client.sync().await.unwrap();
            let mut ids = Vec::new();
            for amount in [1_000, 2_000, 3_000] {
                ids.push(record(&client, draft(house.account(0), amount)).await);
            }

            let mut pins = 0;
            card.pull_when(move |step| {
                let verified = step.instruction == VERIFY && step.has_data;
                pins += usize::from(verified && step.moment == Moment::Executed);
                pins == 2 && step.instruction == GENERAL_AUTHENTICATE && step.moment == Moment::Arrived
            });
            let outcome = sign_many(&client, &ids).await.unwrap();
            assert_eq!(outcome.signed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ids[0]]);
            let failed = outcome.failed.unwrap();
            assert_eq!(failed.0, ids[1]);
            assert!(matches!(failed.1, ClientError::Token(TokenError::Removed)), "{:?}", failed.1);
            assert_eq!(outcome.untouched, [ids[2]]);
            let mut locked = client.locked();
            let lock = tokio::time::timeout(PATIENCE, locked.wait_for(Option::is_some)).await;
            assert_eq!(lock.expect("a lock").unwrap().as_ref().unwrap().why, LockReason::Removed);
            for (id, signatures) in ids.iter().zip([1, 0, 0]) {
                assert_eq!(client.package(*id).await.unwrap().signatures.len(), signatures);
            }

            card.pull_when(|_| false);
            card.insert(service.slot()).unwrap();
            card_is_there(&client).await;
            let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
            let rest = sign_many(&client, &ids[1..]).await.unwrap();
            assert!(rest.failed.is_none());
            assert!(rest.signed.iter().all(|(_, signed)| signed.state == PackageState::Signed));
            assert_eq!((rest.signed.len(), card.tries_left()), (2, 5));
        });
    });
}
