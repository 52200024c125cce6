//! A connection that offers less: what is missing is refused in words before anything is begun, the rest works.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests stop at the first surprise

mod fixture;

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use client::bank::{
    Access, AccountNow, Accounts, Answer, Booking, Capabilities, Capability, Changes, Connected, Cursor,
    Login, LoginAs, LoginQuestion, NotOffered, Session, SessionKey,
};
use client::{Client, ClientError, Pacing, PackageChoice, PackageFilter, Page, Pin, texts};
use domain::{
    Account, AuthorityTable, Balance, Currency, Customer, CustomerId, CustomerKind, Explain, Money,
    OrderDraft, OrderType, PackageId, PackageState, User,
};
use fixture::{OWN, Office, PIN};
use futures_util::FutureExt;

/// A bank that tells balances and nothing else; who may do what stands in its table.
struct OnlyBalances(AuthorityTable);

impl Accounts for OnlyBalances {
    fn accounts<'a>(&'a self, _: &'a SessionKey, _: &'a CustomerId) -> Answer<'a, Vec<AccountNow>> {
        let (number, zero) = (OWN.parse().unwrap(), Money::huf(0));
        let account = Account { number, name: "Fő számla".to_owned(), currency: Currency::HUF };
        let balance = Balance {
            account: number,
            booked: Money::huf(500),
            available: Money::huf(500),
            blocked: zero,
            pending_debits: zero,
            pending_credits: zero,
            credit_line: zero,
            minimum: zero,
            as_of: Utc::now(),
        };
        async move { Ok(vec![AccountNow { account, balance }]) }.boxed()
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

/// It opens its door to Kovács Anna.
impl Login for OnlyBalances {
    fn question(&self, _: LoginAs) -> Answer<'_, LoginQuestion> {
        async move { Ok(LoginQuestion { statement: b"let me in".to_vec(), bank_time: Utc::now() }) }.boxed()
    }

    fn log_in(&self, _: Vec<u8>, _: Vec<u8>) -> Answer<'_, Session> {
        async move {
            Ok(Session {
                key: SessionKey("x".to_owned()),
                expires: Utc::now() + TimeDelta::hours(1),
                user: User { id: "10000001".parse().unwrap(), name: "Kovács Anna".to_owned() },
                last_login: None,
                customers: vec![self.told()],
            })
        }
        .boxed()
    }

    fn log_out<'a>(&'a self, _: &'a SessionKey) -> Answer<'a, ()> {
        async move { Ok(()) }.boxed()
    }

    fn access<'a>(&'a self, _: &'a SessionKey, _: &'a CustomerId) -> Answer<'a, Access> {
        async move { Ok(self.told()) }.boxed()
    }
}

impl OnlyBalances {
    fn told(&self) -> Access {
        let (id, name) = ("20000001".parse().unwrap(), "Minta Kereskedelmi Kft.".to_owned());
        Access { customer: Customer { id, name, kind: CustomerKind::Company }, authority: self.0.clone() }
    }
}

/// A client whose bank offers a login and balances, with somebody logged in.
async fn at_work(office: &Office) -> Client {
    let authority = office.with_store(|of| store::authority::find(of).unwrap().unwrap());
    let client = office.open();
    let bank = Arc::new(OnlyBalances(authority));
    let ways = Connected { login: Some(bank.clone()), accounts: Some(bank), ..Connected::default() };
    client.reach_by(ways);
    client.log_in(Pin::new(PIN), false).await.unwrap();
    client
}

/// What is said to not be offered.
fn missing<T: std::fmt::Debug>(answer: Result<T, ClientError>) -> Capability {
    match answer.unwrap_err() {
        ClientError::NotOffered(NotOffered(capability)) => capability,
        other => panic!("{other:?}"),
    }
}

async fn sign(client: &Client, id: PackageId) {
    let sheet = client.signing_sheet(id).await.unwrap();
    client.sign(id, sheet.head.fingerprint, Pin::new(PIN), false).await.unwrap();
}

#[tokio::test]
async fn a_package_that_cannot_be_sent_stays_signed_and_leaves_no_submission() {
    let office = Office::new();
    let id = office.package("Szállítók", &[("Őrségi Kft.", 1, 100)]);
    let client = at_work(&office).await;
    sign(&client, id).await;
    let [outcome] = client.send(vec![id], Pacing::Together).await.try_into().unwrap();
    assert_eq!(missing(outcome.result), Capability::Submit);
    assert_eq!(client.package(id).await.unwrap().state, PackageState::Signed);
    assert!(office.behind(|of| store::submissions::of_package(of, id)).unwrap().is_empty());
    assert_eq!(missing(client.ask_now(id).await), Capability::Submit);
}

#[tokio::test]
async fn a_package_that_cannot_be_shared_is_not_locked() {
    let office = Office::new();
    let id = office.package("Szállítók", &[("Őrségi Kft.", 1, 100)]);
    let client = at_work(&office).await;
    sign(&client, id).await;
    assert_eq!(missing(client.share_package(id, None).await), Capability::SharedArea);
    assert_eq!(missing(client.shared_area().await), Capability::SharedArea);
    assert_eq!(client.package(id).await.unwrap().state, PackageState::Signed, "with its signature");
}

#[tokio::test]
async fn what_the_bank_would_never_get_is_not_taken_down() {
    let office = Office::new();
    let client = at_work(&office).await;
    assert_eq!(missing(client.write_message("Tárgy", "Szöveg").await), Capability::Messages);
    assert!(client.messages().await.unwrap().is_empty());
    let draft = OrderDraft::new(OrderType::ADMINISTRATION);
    let saved = client.save_order(draft, PackageChoice::New, None).await;
    assert_eq!(missing(saved), Capability::Administration);
    let all = client.packages(PackageFilter::Prepared, String::new(), Page::ALL).await.unwrap();
    assert!(all.is_empty());
    let (progress, _) = tokio::sync::mpsc::unbounded_channel();
    let renewed = client.renew(Pin::new(PIN), String::new(), false, progress).await;
    assert_eq!(missing(renewed), Capability::Renewal);
    assert_eq!(missing(client.update_state().await), Capability::Releases);
    client.reach_by(Connected::default());
    assert_eq!(missing(client.log_in(Pin::new(PIN), false).await), Capability::Login);
}

#[tokio::test]
async fn syncing_brings_what_there_is() {
    let office = Office::new();
    let client = at_work(&office).await;
    client.sync().await.unwrap();
    let rows = client.accounts().await.unwrap();
    assert_eq!(rows[0].balance.as_ref().unwrap().booked, Money::huf(500));
    assert!(client.last_sync().await.unwrap().is_some());
}

#[tokio::test]
async fn menus_learn_what_is_missing_and_before_a_bank_is_within_reach_nothing_is() {
    let office = Office::new();
    let client = office.open();
    assert_eq!(client.capabilities(), Capabilities::all());
    client.reach_by(Connected {
        accounts: Some(Arc::new(OnlyBalances(AuthorityTable::default()))),
        ..Connected::default()
    });
    let offered = client.capabilities();
    assert!(offered.has(Capability::Accounts) && !offered.has(Capability::SharedArea));
    assert_eq!(offered.missing().count(), Capability::ALL.len() - 1);
}

#[test]
fn every_missing_thing_is_said_with_what_to_do_instead() {
    for capability in Capability::ALL {
        let error = NotOffered(capability);
        assert_eq!(error.code(), "not-offered-by-this-connection");
        let text = texts::explain(&error);
        assert!(!text.contains("capability-") && text.ends_with('.'), "{text}");
    }
    let text = texts::explain(&NotOffered(Capability::SharedArea));
    assert!(text.contains("közös terület") && text.contains("Csomagfájlban"), "{text}");
}
