//! Following a bank brings every customer of the session up to date, whichever is shown.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests stop at the first surprise

mod fixture;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use client::bank::{
    Access, AccountNow, Accounts, Answer, BankError, Booking, Changes, Connected, Cursor, Event, EventKind,
    Events, Login, LoginAs, LoginQuestion, Refusal, Says, Session, SessionKey,
};
use client::{Client, Pin};
use domain::{
    Account, AccountNumber, AuthorityTable, Balance, Currency, Customer, CustomerId, CustomerKind, Money,
    User,
};
use fixture::{OWN, Office, PIN, account};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use store::connections::{ConnectionKind, NewConnection};
use tokio::sync::mpsc;

const FIRST: &str = "20000001";
const SECOND: &str = "20000002";
const STRANGE: &str = "20000003";

/// A bank of two customers that tells of changes; instead of the first one's balances it may answer something else.
struct TwoCustomers {
    booked: AtomicI64,
    first: First,
    asked: Mutex<Vec<String>>,
    hints: Mutex<Option<mpsc::UnboundedReceiver<Event>>>,
}

/// What is told of the first customer's balances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    Balances,
    Refusal,
    Nonsense,
    /// A balance in two currencies, which the store refuses.
    TwoCurrencies,
    Silence,
}

fn number(customer: &str) -> AccountNumber {
    if customer == FIRST { OWN.parse().unwrap() } else { account(77) }
}

fn access(id: &str) -> Access {
    let customer =
        Customer { id: id.parse().unwrap(), name: format!("Minta {id}"), kind: CustomerKind::Company };
    Access { customer, authority: AuthorityTable::default() }
}

impl Login for TwoCustomers {
    fn question(&self, _: LoginAs) -> Answer<'_, LoginQuestion> {
        async move { Ok(LoginQuestion { statement: b"let me in".to_vec(), bank_time: Utc::now() }) }.boxed()
    }

    fn log_in(&self, _: Vec<u8>, _: Vec<u8>) -> Answer<'_, Session> {
        let session = Session {
            key: SessionKey("x".to_owned()),
            expires: Utc::now() + TimeDelta::hours(1),
            user: User { id: "10000001".parse().unwrap(), name: "Kovács Anna".to_owned() },
            last_login: None,
            customers: vec![access(FIRST), access(SECOND)],
        };
        async move { Ok(session) }.boxed()
    }

    fn log_out<'a>(&'a self, _: &'a SessionKey) -> Answer<'a, ()> {
        async move { Ok(()) }.boxed()
    }

    fn access<'a>(&'a self, _: &'a SessionKey, customer: &'a CustomerId) -> Answer<'a, Access> {
        async move { Ok(access(customer.as_str())) }.boxed()
    }
}

impl Accounts for TwoCustomers {
    fn accounts<'a>(&'a self, _: &'a SessionKey, customer: &'a CustomerId) -> Answer<'a, Vec<AccountNow>> {
        self.asked.lock().unwrap().push(customer.to_string());
        let first = if customer.as_str() == FIRST { self.first } else { First::Balances };
        let (number, zero) = (number(customer.as_str()), Money::huf(0));
        let booked = Money::huf(self.booked.load(Ordering::SeqCst));
        let account = Account { number, name: "Fő számla".to_owned(), currency: Currency::HUF };
        let balance = Balance {
            account: number,
            booked,
            available: booked,
            blocked: if first == First::TwoCurrencies { Money::zero(Currency::EUR) } else { zero },
            pending_debits: zero,
            pending_credits: zero,
            credit_line: zero,
            minimum: zero,
            as_of: Utc::now(),
        };
        async move {
            match first {
                First::Balances | First::TwoCurrencies => Ok(vec![AccountNow { account, balance }]),
                First::Refusal => Err(BankError::from(Refusal::new("not-permitted", Says::NotDone))),
                First::Nonsense => Err(BankError::Nonsense("<html/>".to_owned())),
                First::Silence => Err(BankError::AnswerLost("cut".to_owned())),
            }
        }
        .boxed()
    }

    fn transactions<'a>(
        &'a self,
        _: &'a SessionKey,
        _: &'a CustomerId,
        _: Option<&'a Cursor>,
    ) -> Answer<'a, Changes<Booking>> {
        let next = Cursor("end".to_owned());
        async move { Ok(Changes { items: Vec::new(), next, more: false }) }.boxed()
    }
}

impl Events for TwoCustomers {
    fn events<'a>(&'a self, _: &'a SessionKey) -> Answer<'a, BoxStream<'static, Result<Event, BankError>>> {
        let hints = self.hints.lock().unwrap().take().expect("the stream is opened once");
        let stream = futures_util::stream::unfold(hints, |mut hints| async move {
            let hint = hints.recv().await?;
            Some((Ok(hint), hints))
        });
        async move { Ok(stream.boxed()) }.boxed()
    }
}

fn two_customers(first: First) -> (TwoCustomers, mpsc::UnboundedSender<Event>) {
    let (hint, hints) = mpsc::unbounded_channel();
    let (booked, hints) = (AtomicI64::new(100), Mutex::new(Some(hints)));
    (TwoCustomers { booked, first, asked: Mutex::default(), hints }, hint)
}

/// A client that is logged in there, and the bank's way to hint at changes.
async fn at_work(office: &Office, first: First) -> (Client, Arc<TwoCustomers>, mpsc::UnboundedSender<Event>) {
    let (bank, hint) = two_customers(first);
    let bank = Arc::new(bank);
    // Somebody else's customer at the same bank: the session has no part in it.
    office.with_store(|of| {
        store::customers::save(of, fixture::BANK, &access(STRANGE).customer).unwrap();
        let second = NewConnection { name: "KDB".to_owned(), kind: ConnectionKind::Kapocs, content: None };
        store::connections::add(of, &second, Utc::now()).unwrap();
    });
    let client = office.open();
    client.reach_by(Connected {
        login: Some(bank.clone()),
        accounts: Some(bank.clone()),
        events: Some(bank.clone()),
        ..Connected::default()
    });
    client.log_in(Pin::new(PIN), false).await.unwrap();
    (client, bank, hint)
}

/// Waits until the second customer's balance is this.
async fn second_has(client: &Client, booked: i64) {
    let all = client.customers_of_all().await.unwrap();
    let second = all.iter().find(|one| one.customer.id.as_str() == SECOND).expect("known since the login");
    let second = client.at(second.key).await.unwrap();
    for _ in 0..200 {
        let rows = second.accounts().await.unwrap();
        let balance = rows.first().and_then(|row| row.balance.as_ref());
        if balance.is_some_and(|balance| balance.booked == Money::huf(booked)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the second customer never had {booked}");
}

#[tokio::test]
async fn a_customer_that_is_not_shown_is_kept_up_to_date_too() {
    let office = Office::new();
    let (client, bank, hint) = at_work(&office, First::Balances).await;
    assert_eq!(client.customer().unwrap().as_str(), FIRST);
    second_has(&client, 100).await;
    bank.booked.store(250, Ordering::SeqCst);
    let changed = |id: &str| Event::Changed { customer: id.parse().unwrap(), what: EventKind::Balances };
    hint.send(changed(STRANGE)).unwrap();
    hint.send(changed(SECOND)).unwrap();
    second_has(&client, 250).await;
    assert_eq!(client.customer().unwrap().as_str(), FIRST, "nobody else was chosen");
    let asked = bank.asked.lock().unwrap().clone();
    assert!(!asked.contains(&STRANGE.to_owned()), "{asked:?}");
    assert_eq!(asked.iter().filter(|one| *one == FIRST).count(), 1, "no hint was about the first");
}

#[tokio::test]
async fn trouble_with_one_customer_keeps_no_other_from_its_news_and_ends_no_stream() {
    for first in [First::Refusal, First::Nonsense, First::TwoCurrencies] {
        let office = Office::new();
        let (client, bank, hint) = at_work(&office, first).await;
        second_has(&client, 100).await;
        bank.booked.store(300, Ordering::SeqCst);
        let changed = |id: &str| Event::Changed { customer: id.parse().unwrap(), what: EventKind::Balances };
        hint.send(changed(FIRST)).unwrap();
        hint.send(changed(SECOND)).unwrap();
        second_has(&client, 300).await;
    }
}

#[tokio::test]
async fn a_bank_that_falls_silent_is_not_asked_about_the_next_customer() {
    let office = Office::new();
    let (client, bank, _hint) = at_work(&office, First::Silence).await;
    let outcomes = client.sync_all().await.unwrap();
    let told: Vec<_> = outcomes.iter().map(|one| (one.customer.as_ref(), one.result.is_ok())).collect();
    assert!(matches!(&told[..], [(Some(first), false)] if first.id.as_str() == FIRST), "{outcomes:?}");
    let asked = bank.asked.lock().unwrap().clone();
    assert!(asked.iter().all(|one| one == FIRST), "{asked:?}");
}

#[tokio::test]
async fn each_connection_locks_after_its_own_idle_time() {
    let office = Office::new();
    let (client, ..) = at_work(&office, First::Balances).await;
    let lines = client.connections().await.unwrap();
    let second = client.of_connection(lines[1].key).await.unwrap();
    let bank = Arc::new(two_customers(First::Balances).0);
    second.reach_by(Connected { login: Some(bank), ..Connected::default() });
    second.log_in(Pin::new(PIN), false).await.unwrap();
    client.set_lock_times(Duration::from_millis(150), Duration::from_secs(60));
    let mut locked = client.locked();
    let lock = locked.wait_for(Option::is_some);
    let _ = tokio::time::timeout(Duration::from_secs(10), lock).await.expect("the idle one locks").unwrap();
    assert!(client.connection().borrow().user().is_none());
    assert!(second.connection().borrow().user().is_some(), "the other one's time is not over");
    assert!(second.locked().borrow().is_none());
}
