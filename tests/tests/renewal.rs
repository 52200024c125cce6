//! Renewing a token's certificates with the bank: refused before its time, taken up again where it was cut off, and
//! the work goes on with the new ones.

use client::Page;
use client::{Client, ClientError, Pin, RenewalState, RenewalStep, Renewed};
use domain::{Explain, PackageState};
use harness::house::{House, PIN, draft, reaches, record, sign};
use harness::story::run;
use tokio::sync::mpsc;

/// The demo's certificates live three years; so many days later they end in 20 days.
const LATER: i64 = 3 * 365 - 20;

async fn log_in(client: &Client) {
    let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
}

fn csn(client: &Client) -> String {
    client.token_status().borrow().info().unwrap().csn.clone()
}

fn tries(client: &Client) -> Option<u8> {
    client.token_status().borrow().info().unwrap().tries_left
}

/// How many certificates must be warned of.
fn warnings(client: &Client) -> usize {
    client::expiry(client.token_status().borrow().info().unwrap(), client.now()).len()
}

async fn renew(client: &Client, pin: &str) -> (Result<Renewed, ClientError>, Vec<RenewalStep>) {
    let (sender, mut steps) = mpsc::unbounded_channel();
    let result = client.renew(Pin::new(pin), csn(client), false, sender).await;
    let mut told = Vec::new();
    while let Some(step) = steps.recv().await {
        told.push(step);
    }
    (result, told)
}

/// How often the audit log tells of something.
async fn told(client: &Client, action: &str) -> usize {
    client.audit(Page::ALL).await.unwrap().iter().filter(|e| e.event.deed.name() == action).count()
}

#[test]
fn a_renewal_that_was_cut_off_is_taken_up_again_and_work_goes_on_with_the_new_certificates() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        assert!(matches!(client.renewal_state().await.unwrap(), RenewalState::TooEarly { .. }));
        let (early, steps) = renew(&client, "999999").await;
        assert_eq!((early.unwrap_err().code(), steps), ("renewal-not-yet", vec![]));
        assert_eq!(tries(&client), Some(5), "no PIN was sent");

        house.advance(LATER * 86_400).await;
        client.log_out().await;
        log_in(&client).await;
        let RenewalState::Possible { until } = client.renewal_state().await.unwrap() else {
            panic!("not possible 20 days before the end");
        };
        assert_eq!(warnings(&client), 2);
        let (wrong, _) = renew(&client, "999999").await;
        assert_eq!(wrong.unwrap_err().code(), "token-pin-wrong");
        assert_eq!(told(&client, "token-renewal-asked").await, 0);

        house.fault("drop_after_commit", "POST", "/renewals").await;
        let (lost, steps) = renew(&client, PIN).await;
        assert_eq!(lost.unwrap_err().code(), "bank-answer-lost");
        assert_eq!(steps, [RenewalStep::Keys, RenewalStep::Request, RenewalStep::Bank]);
        assert_eq!(client.renewal_state().await.unwrap(), RenewalState::Unfinished);

        let before = csn(&client);
        let (done, steps) = renew(&client, PIN).await;
        let done = done.unwrap();
        assert_eq!(steps, [RenewalStep::Bank, RenewalStep::Install], "no second pair of keys");
        assert!(done.told && done.until > until);
        assert_ne!(csn(&client), before, "a key file is told by its certificate");
        assert_eq!(told(&client, "token-renewal-asked").await, 1);
        assert_eq!(told(&client, "token-renewed").await, 1);
        assert!(client.locked().borrow().is_none(), "the new certificate is no other token");
        assert_eq!(warnings(&client), 0);

        client.log_out().await;
        log_in(&client).await;
        let package = record(&client, draft(house.account(0), 1000)).await;
        assert_eq!(sign(&client, package).await, PackageState::Signed);
        client.send_one(package).await.unwrap();
        reaches(&client, package, &[PackageState::Completed]).await;
    });
}

#[test]
fn the_bank_hears_at_the_next_login_of_certificates_that_are_in_the_token() {
    run(async {
        let mut house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        house.advance(LATER * 86_400).await;
        client.log_out().await;
        log_in(&client).await;
        house.fault("cut_connection", "POST", "/done").await;
        let (done, _) = renew(&client, PIN).await;
        assert!(!done.unwrap().told);
        assert_eq!(client.renewal_state().await.unwrap(), RenewalState::Unfinished);
        client.log_out().await;
        log_in(&client).await;
        assert!(matches!(client.renewal_state().await.unwrap(), RenewalState::TooEarly { .. }));
        house.kill();
    });
}
