//! A session belongs to the bank that gave it: its key goes nowhere else, and what is told late of one session does
//! nothing to the next.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests stop at the first surprise

#[path = "fixture/door.rs"]
mod door;
mod fixture;

use std::sync::{Arc, Mutex};

use chrono::{TimeDelta, Utc};
use client::bank::{
    AccountNow, Accounts, Answer, BankError, Booking, Changes, Connected, Cursor, Refusal, Says, SessionKey,
};
use client::{CertificateProblem, Client, ClientError, Connection, KeyPurpose, Pin};
use domain::CustomerId;
use door::{Door, access};
use fixture::{Office, PIN};
use futures_util::FutureExt;
use tokio::sync::Semaphore;

const FIRST: &str = "20000001";

/// A bank that notes the keys it is shown, and answers about accounts when it is let.
struct Ledger {
    keys: Mutex<Vec<String>>,
    /// How many calls may be answered; none waits.
    lets: Semaphore,
    refuses: Mutex<Option<Says>>,
}

impl Ledger {
    fn new() -> Arc<Self> {
        Arc::new(Self { keys: Mutex::default(), lets: Semaphore::new(1000), refuses: Mutex::default() })
    }

    fn keys(&self) -> Vec<String> {
        self.keys.lock().unwrap().clone()
    }
}

impl Accounts for Ledger {
    fn accounts<'a>(&'a self, key: &'a SessionKey, _: &'a CustomerId) -> Answer<'a, Vec<AccountNow>> {
        self.keys.lock().unwrap().push(key.0.clone());
        let refusal = self.refuses.lock().unwrap().map(|says| Refusal::new("session-expired", says));
        async move {
            self.lets.acquire().await.expect("never closed").forget();
            refusal.map_or(Ok(Vec::new()), |refusal| Err(BankError::from(refusal)))
        }
        .boxed()
    }

    fn transactions<'a>(
        &'a self,
        key: &'a SessionKey,
        _: &'a CustomerId,
        _: Option<&'a Cursor>,
    ) -> Answer<'a, Changes<Booking>> {
        self.keys.lock().unwrap().push(key.0.clone());
        let next = Cursor("end".to_owned());
        async move { Ok(Changes { items: Vec::new(), next, more: false }) }.boxed()
    }
}

fn ways(door: &Arc<Door>, ledger: &Arc<Ledger>) -> Connected {
    Connected { login: Some(door.clone()), accounts: Some(ledger.clone()), ..Connected::default() }
}

async fn at_work(office: &Office) -> (Client, Arc<Door>, Arc<Ledger>) {
    let client = office.open();
    let (door, ledger) = (Arc::new(Door::of("ours", vec![access(FIRST)])), Ledger::new());
    client.reach_by(ways(&door, &ledger));
    client.log_in(Pin::new(PIN), false).await.unwrap();
    (client, door, ledger)
}

#[tokio::test]
async fn another_bank_in_the_place_of_ours_never_sees_our_sessions_key() {
    let office = Office::new();
    let (client, door, ours) = at_work(&office).await;
    let (other_door, other) = (Arc::new(Door::of("theirs", vec![access(FIRST)])), Ledger::new());
    client.reach_by(ways(&other_door, &other));
    client.sync_accounts().await.unwrap();
    client.sync_transactions().await.unwrap();
    client.log_out().await;
    assert!(other.keys().is_empty(), "{:?}", other.keys());
    assert!(ours.keys().iter().all(|key| key == "ours-1"));
    assert_eq!(*door.ended.lock().unwrap(), ["ours-1"]);
    assert!(other_door.ended.lock().unwrap().is_empty());
    client.log_in(Pin::new(PIN), false).await.unwrap();
    client.sync_accounts().await.unwrap();
    assert!(other.keys().iter().all(|key| key == "theirs-1"), "{:?}", other.keys());
}

#[tokio::test]
async fn the_end_of_a_session_that_is_told_late_does_not_end_the_next_one() {
    let office = Office::new();
    let (client, _, ledger) = at_work(&office).await;
    // The first sync after the login has gone by.
    client.sync().await.unwrap();
    ledger.lets.forget_permits(1000);
    *ledger.refuses.lock().unwrap() = Some(Says::SessionOver);
    let before = ledger.keys().len();
    let asking = tokio::spawn({
        let client = client.clone();
        async move { client.sync_accounts().await }
    });
    while ledger.keys().len() == before {
        tokio::task::yield_now().await;
    }
    client.log_out().await;
    *ledger.refuses.lock().unwrap() = None;
    client.log_in(Pin::new(PIN), false).await.unwrap();
    ledger.lets.add_permits(1000);
    assert!(matches!(asking.await.unwrap(), Err(ClientError::Bank(BankError::Refused(_)))));
    assert!(matches!(*client.connection().borrow(), Connection::LoggedIn { .. }));
    client.sync_accounts().await.unwrap();
    assert_eq!(ledger.keys().last().unwrap(), "ours-2");
}

#[tokio::test]
async fn a_bank_that_was_left_is_asked_for_nothing_more() {
    let office = Office::new();
    let (client, door, ledger) = at_work(&office).await;
    client.sync().await.unwrap();
    client.pause_connection(client.own_connection().unwrap()).await.unwrap();
    let before = ledger.keys().len();
    assert!(client.sync_accounts().await.is_err());
    assert_eq!(ledger.keys().len(), before);
    assert_eq!(*door.ended.lock().unwrap(), ["ours-1"]);
}

#[tokio::test]
async fn a_wrong_clock_of_this_machine_keeps_nobody_from_logging_in_and_the_banks_does() {
    for (ahead, problem) in [
        (TimeDelta::days(40), None),
        (TimeDelta::zero(), Some(CertificateProblem::NotYet)),
        (TimeDelta::days(90), Some(CertificateProblem::Expired)),
    ] {
        let office = Office::new();
        let now = Utc::now();
        office.hand_out(now + TimeDelta::days(30), now + TimeDelta::days(60));
        let client = office.open();
        let door = Arc::new(Door::of("ours", vec![access(FIRST)]).ahead(ahead));
        client.reach_by(ways(&door, &Ledger::new()));
        let _ = client.token_status().wait_for(|status| status.info().is_some()).await.unwrap();
        assert!(client.may_ask_pin(KeyPurpose::Login).is_ok(), "the bank's time was not heard yet");
        let judged = |result: Result<(), ClientError>| match result {
            Ok(()) => None,
            Err(ClientError::Certificate(problem)) => Some(problem),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(judged(client.log_in(Pin::new(PIN), false).await.map(drop)), problem);
        assert_eq!(judged(client.may_ask_pin(KeyPurpose::Login)), problem, "it was heard meanwhile");
    }
}
