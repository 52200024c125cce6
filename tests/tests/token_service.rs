//! The token service as the program uses it: status that follows what happens, requests that wait
//! their turn, threads that sleep and end.

use std::fs;
use std::time::{Duration, Instant};

use harness::card::holder::{Holder, PIN};
use harness::pcscd::{Pcscd, isolated};
use harness::story::run;
use token::{KeyPurpose, Pin, SignRequest, TokenConfig, TokenError, TokenService, TokenStatus};

fn request(pin: &str) -> SignRequest {
    let (key, pin) = (KeyPurpose::Signing, Pin::new(pin));
    SignRequest { key, pin, digests: vec![[7; 32]], expected: None, last_try_confirmed: true }
}

/// Waits for a status, on the same receiver that a window would hold.
async fn reaches(service: &TokenService, expected: impl Fn(&TokenStatus) -> bool) -> TokenStatus {
    let mut status = service.status();
    let reached =
        tokio::time::timeout(Duration::from_secs(15), status.wait_for(|status| expected(status))).await;
    match reached {
        Ok(reached) => reached.unwrap().clone(),
        Err(_) => panic!("the status stayed {:?}", *service.status().borrow()),
    }
}

#[test]
fn the_status_follows_service_reader_card_and_pin() {
    isolated("the_status_follows_service_reader_card_and_pin", || {
        run(async {
            let holder = Holder::p256().unwrap();
            let token = TokenService::start(TokenConfig::Pcsc { reader: None });
            reaches(&token, |status| *status == TokenStatus::NoService).await;
            assert_eq!(token.info().await, Err(TokenError::NoService));

            let mut service = Pcscd::start().unwrap();
            reaches(&token, |status| *status == TokenStatus::NoCard).await;
            let mut card = holder.card().unwrap();
            card.insert(service.slot()).unwrap();
            let present = reaches(&token, |status| matches!(status, TokenStatus::Present(_))).await;
            assert_eq!(present.info().unwrap().signing.as_ref(), Some(&holder.signing.1));

            let signature = token.sign(request(PIN)).await.unwrap();
            assert!(holder.signing.1.verifies(&[7; 32], &signature[0]));
            for left in (1..5).rev() {
                assert_eq!(token.sign(request("000000")).await, Err(TokenError::PinWrong { left }));
                reaches(&token, |status| status.info().is_some_and(|info| info.tries_left == Some(left)))
                    .await;
            }
            assert_eq!(token.sign(request("000000")).await, Err(TokenError::PinBlocked));
            reaches(&token, |status| matches!(status, TokenStatus::Blocked(_))).await;

            card.remove();
            reaches(&token, |status| *status == TokenStatus::NoCard).await;
            assert_eq!(token.sign(request(PIN)).await, Err(TokenError::NoCard));
            card.insert(service.second_slot()).unwrap();
            reaches(
                &token,
                |status| matches!(status, TokenStatus::Blocked(info) if info.reader.ends_with("01")),
            )
            .await;
            service.stop();
            reaches(&token, |status| *status == TokenStatus::NoService).await;
        });
    });
}

#[test]
fn a_service_that_was_started_anew_is_followed_on() {
    isolated("a_service_that_was_started_anew_is_followed_on", || {
        run(async {
            let holder = Holder::p256().unwrap();
            let mut service = Pcscd::start().unwrap();
            let mut card = holder.card().unwrap();
            card.insert(service.slot()).unwrap();
            let token = TokenService::start(TokenConfig::Pcsc { reader: None });
            reaches(&token, |status| matches!(status, TokenStatus::Present(_))).await;
            // Twice: the second life must be watched as the first was.
            for _ in 0..2 {
                service.stop();
                reaches(&token, |status| *status == TokenStatus::NoService).await;
                assert_eq!(token.sign(request(PIN)).await, Err(TokenError::NoService));
                service.run().unwrap();
                reaches(&token, |status| *status == TokenStatus::NoCard).await;
                card.insert(service.slot()).unwrap();
                reaches(&token, |status| matches!(status, TokenStatus::Present(_))).await;
                let signature = token.sign(request(PIN)).await.unwrap();
                assert!(holder.signing.1.verifies(&[7; 32], &signature[0]));
                card.remove();
                reaches(&token, |status| *status == TokenStatus::NoCard).await;
                card.insert(service.slot()).unwrap();
                reaches(&token, |status| matches!(status, TokenStatus::Present(_))).await;
            }
        });
    });
}

#[test]
fn a_fresh_watch_sees_what_the_one_before_would_have_seen() {
    isolated("a_fresh_watch_sees_what_the_one_before_would_have_seen", || {
        run(async {
            let holder = Holder::p256().unwrap();
            let service = Pcscd::start().unwrap();
            let token = TokenService::start(TokenConfig::Pcsc { reader: None });
            reaches(&token, |status| *status == TokenStatus::NoCard).await;
            for _ in 0..2 {
                token.watch_anew();
                let mut card = holder.card().unwrap();
                card.insert(service.slot()).unwrap();
                reaches(&token, |status| matches!(status, TokenStatus::Present(_))).await;
                card.remove();
                reaches(&token, |status| *status == TokenStatus::NoCard).await;
            }
        });
    });
}

/// Processor time of this process so far, from the system's table (ticks of 10 ms).
fn processor_ticks() -> u64 {
    let table = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = table.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[test]
fn waiting_costs_no_processor_time_and_ends_at_once() {
    isolated("waiting_costs_no_processor_time_and_ends_at_once", || {
        run(async {
            let holder = Holder::p256().unwrap();
            let mut card = holder.card().unwrap();
            let token = TokenService::start(TokenConfig::Pcsc { reader: None });
            reaches(&token, |status| *status == TokenStatus::NoService).await;
            idles("without a service");
            let service = Pcscd::start().unwrap();
            reaches(&token, |status| *status == TokenStatus::NoCard).await;
            idles("without a card");
            card.insert(service.slot()).unwrap();
            reaches(&token, |status| matches!(status, TokenStatus::Present(_))).await;
            idles("with a card");
            let start = Instant::now();
            drop(token);
            assert!(start.elapsed() < Duration::from_millis(500), "ending took {:?}", start.elapsed());
        });
    });
}

fn idles(when: &str) {
    // What the change before has caused may still be under way.
    std::thread::sleep(Duration::from_secs(1));
    let before = processor_ticks();
    std::thread::sleep(Duration::from_secs(3));
    let used = processor_ticks() - before;
    assert!(used <= 2, "{used} ticks of processor time in 3 s {when}");
}

#[test]
fn a_key_file_serves_as_token_and_counts_tries_over_restarts() {
    run(async {
        let holder = Holder::p256().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token.pem");
        fs::write(&path, holder.key_file().unwrap()).unwrap();
        let start = || TokenService::start(TokenConfig::Software(path.clone()));
        let token = start();
        reaches(&token, |status| matches!(status, TokenStatus::Software(_))).await;
        let signature = token.sign(request(PIN)).await.unwrap();
        assert!(holder.signing.1.verifies(&[7; 32], &signature[0]));
        for left in (1..5).rev() {
            assert_eq!(start().sign(request("000000")).await, Err(TokenError::PinWrong { left }));
        }
        let unconfirmed = SignRequest { last_try_confirmed: false, ..request(PIN) };
        assert_eq!(token.sign(unconfirmed).await, Err(TokenError::LastTry));
        assert_eq!(token.sign(request("000000")).await, Err(TokenError::PinBlocked));
        reaches(&token, |status| matches!(status, TokenStatus::Blocked(_))).await;
        assert_eq!(start().sign(request(PIN)).await, Err(TokenError::PinBlocked));
    });
}

#[test]
fn no_token_and_a_missing_file_say_so() {
    run(async {
        let none = TokenService::start(TokenConfig::None);
        assert_eq!(none.sign(request(PIN)).await, Err(TokenError::NotConfigured));
        reaches(&none, |status| *status == TokenStatus::NotConfigured).await;
        let missing = TokenService::start(TokenConfig::Software("/nonexistent/token.pem".into()));
        assert_eq!(missing.info().await.unwrap_err().code(), "token-file");
        reaches(&missing, |status| matches!(status, TokenStatus::Failed(TokenError::File { .. }))).await;
    });
}
