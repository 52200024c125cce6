//! Where secrets must never be found: after a whole life of a token (first PIN, wrong PIN, change, login,
//! signing, sending) the log at its most talkative, the client's files and the command line are searched
//! for every PIN, in every form in which it travels.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use client::{PackageChoice, Pin, PinChangeRequest, TokenConfig, TokenStatus};
use harness::card::{CardKind, VirtualCard};
use harness::house::{House, PIN, draft, record};
use harness::pcscd::{Pcscd, isolated};
use harness::story::run;
use tracing_subscriber::EnvFilter;

/// PINs that stand nowhere else, so that finding one is a finding.
const TRANSPORT: &str = "70418359";
const FIRST: &str = "58203947";
const WRONG: &str = "94715026";
const SECOND: &str = "30962851";

/// Everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The forms in which a PIN can leak: as typed, as an APDU's data in hex, as a list of bytes.
fn forms(pin: &str) -> Vec<Vec<u8>> {
    let hex = hex::encode(pin);
    let list = pin.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
    let spaced =
        hex.as_bytes().chunks(2).map(|two| String::from_utf8_lossy(two)).collect::<Vec<_>>().join(" ");
    let utf16 = pin.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![pin.into(), hex.to_uppercase().into(), spaced.into(), list.into(), utf16, hex.into()]
}

fn find(place: &str, bytes: &[u8], secrets: &[Vec<u8>]) {
    for secret in secrets {
        let found = bytes.windows(secret.len()).position(|window| window == secret);
        assert_eq!(found, None, "{place} holds {:?}", String::from_utf8_lossy(secret));
    }
}

fn search_files(folder: &Path, secrets: &[Vec<u8>]) -> usize {
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += search_files(&path, secrets);
        } else {
            find(&path.display().to_string(), &std::fs::read(&path).unwrap(), secrets);
            files += 1;
        }
    }
    files
}

#[test]
fn no_pin_is_found_in_logs_or_files() {
    isolated("no_pin_is_found_in_logs_or_files", || {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("trace"))
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        run(async {
            let house = House::start("kh").await;
            let service = Pcscd::start().unwrap();
            let pem = std::fs::read_to_string(house.key_file("Kovács")).unwrap();
            let order = VirtualCard::builder(CardKind::Piv).pin(TRANSPORT).new_card();
            let mut card = order.from_key_file(&pem, PIN).unwrap();
            card.insert(service.slot()).unwrap();
            let client = house.client_with("client", TokenConfig::Pcsc { reader: None }).await;
            let seen = client.token_status().wait_for(|s| s.info().is_some()).await.unwrap().clone();
            let csn = seen.info().unwrap().csn.clone();
            let change = |old: &str, new: &str| PinChangeRequest {
                old: Some(Pin::new(old)),
                new: Pin::new(new),
                csn: csn.clone(),
                last_try_confirmed: false,
            };
            client.change_pin(change(TRANSPORT, FIRST)).await.unwrap();
            client.log_in(Pin::new(WRONG), false).await.unwrap_err();
            client.change_pin(change(WRONG, SECOND)).await.unwrap_err();
            client.change_pin(change(FIRST, SECOND)).await.unwrap();
            let _ = client.log_in(Pin::new(SECOND), false).await.unwrap();
            client.sync().await.unwrap();
            let package = record(&client, draft(house.account(0), 12_000)).await;
            let sheet = client.signing_sheet(package).await.unwrap();
            client.sign(package, sheet.head.fingerprint, Pin::new(WRONG), false).await.unwrap_err();
            let _ = client.sign(package, sheet.head.fingerprint, Pin::new(SECOND), false).await.unwrap();
            let _ = client.send_one(package).await.unwrap();
            let _ = client.check_order(draft(house.account(0), 1), PackageChoice::New, None).await.unwrap();
            assert!(matches!(&*client.token_status().borrow(), TokenStatus::Present(_)));

            let secrets: Vec<Vec<u8>> =
                [TRANSPORT, FIRST, WRONG, SECOND].into_iter().flat_map(forms).collect();
            assert!(search_files(&house.client_folder("client"), &secrets) >= 1, "the store is there");
            assert!(search_files(&house.bank_folder(), &secrets) >= 1, "the bank's files are there");
            let logged = log.0.lock().unwrap().clone();
            let text = String::from_utf8_lossy(&logged);
            assert!(text.contains("token"), "the log tells of the token");
            find("the log", &logged, &secrets);
        });
    });
}

#[test]
fn the_search_finds_what_it_looks_for() {
    let caught = std::panic::catch_unwind(|| find("here", b"apdu 00 35 38 32 30 33 39 34 37", &forms(FIRST)));
    assert!(caught.is_err());
}
