//! A store in a throw-away folder, and domain values to put into it.

use std::path::PathBuf;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    Account, AccountNumber, Beneficiary, ConnectionKey, Currency, Customer, CustomerId, CustomerKey,
    CustomerKind, Money, Narrative, Order, OrderId, OrderType, PackageHeader, PackageId, PackageState,
    Timing, Transfer, Urgency,
};
use store::connections::{self, ConnectionKind, NewConnection};
use store::{Store, StoreError, accounts, customers, documents, orders, packages};
use tempfile::TempDir;
use uuid::Uuid;

/// The connection and the customer of [`store`].
pub const BANK: ConnectionKey = ConnectionKey(1);
pub const OWN: CustomerKey = CustomerKey(1);

/// A new store with one connection and the demo customer; the folder goes with the first value.
pub fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&file(&folder)).unwrap();
    fill(&store);
    (folder, store)
}

/// Gives an empty store its connection and the demo customer.
pub fn fill(store: &Store) {
    let keys = store
        .write(|tx| {
            let bank = connections::add(tx, &bank("K&H"), at(0))?;
            Ok((bank, customers::save(tx, bank, &company())?))
        })
        .unwrap();
    assert_eq!(keys, (BANK, OWN));
}

pub fn bank(name: &str) -> NewConnection {
    NewConnection { name: name.to_owned(), kind: ConnectionKind::Kapocs, content: Some("bank".to_owned()) }
}

/// A customer of another bank, which calls it as ours calls the demo customer.
pub fn other(store: &Store) -> CustomerKey {
    store
        .write(|tx| {
            let bank = connections::add(tx, &bank("KDB"), at(0))?;
            customers::save(tx, bank, &company())
        })
        .unwrap()
}

/// The demo customer.
pub fn company() -> Customer {
    Customer { id: customer(), name: "Őrségi Faipari Zrt.".to_owned(), kind: CustomerKind::Company }
}

pub fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("kapocs.db")
}

/// A moment of the test's day, `seconds` after its noon.
pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_262_400, 0).unwrap() + Duration::seconds(seconds)
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn customer() -> CustomerId {
    "10203040".parse().unwrap()
}

/// The n-th account of a bank; all different.
pub fn account(n: u32) -> AccountNumber {
    let digits: Vec<u8> = format!("{n:015}").bytes().map(|b| b - b'0').collect();
    AccountNumber::with_check_digits([1, 0, 4, 0, 0, 0, 2], digits.try_into().unwrap()).unwrap()
}

pub fn own_account() -> AccountNumber {
    account(1)
}

pub fn header() -> PackageHeader {
    PackageHeader {
        id: PackageId(Uuid::now_v7()),
        customer: customer(),
        name: "Novemberi szállítók".parse().unwrap(),
        order_type: OrderType::Hct,
        debit_account: Some(own_account()),
        instant: false,
        scheduled: None,
    }
}

/// An order to the n-th payee.
pub fn order(payee: u32, amount: i64) -> Order {
    hct(transfer(payee, amount))
}

/// A payment as a domestic transfer.
pub fn hct(transfer: Transfer) -> Order {
    OrderType::Hct.of_transfer(transfer).unwrap()
}

/// A payment to the n-th payee.
pub fn transfer(payee: u32, amount: i64) -> Transfer {
    Transfer {
        id: OrderId(Uuid::now_v7()),
        debit_account: own_account(),
        payer_name: None,
        beneficiary: to(payee, &format!("Szállító {payee} Kft.")),
        beneficiary_country: None,
        amount: Money::huf(amount),
        timing: Timing::Soon,
        urgency: Urgency::Normal,
        narrative: format!("Számla 2026/{payee}").parse::<Narrative>().unwrap(),
        document_number: None,
        legal_code: None,
        own_reference: None,
    }
}

pub fn to(payee: u32, name: &str) -> Beneficiary {
    Beneficiary::Account { name: name.parse().unwrap(), number: account(1000 + payee) }
}

/// Gives the demo customer its one HUF account.
pub fn with_customer(store: &Store) {
    store
        .write_of(OWN, |tx| {
            let account =
                Account { number: own_account(), name: "Fő számla".to_owned(), currency: Currency::HUF };
            accounts::set_all(tx, &[account])
        })
        .unwrap();
}

/// A recorded package with these orders.
pub fn recorded(store: &Store, list: Vec<Order>) -> PackageId {
    let header = header();
    let id = header.id;
    store
        .write_of(OWN, move |tx| {
            packages::create(tx, &header, at(0))?;
            orders::insert_many(tx, id, &list, at(0)).map(drop)
        })
        .unwrap();
    id
}

/// Moves a package along states, whatever the rules say of them.
pub fn walk(store: &Store, id: PackageId, states: &[PackageState]) {
    for pair in states.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        store.write_of(OWN, move |tx| packages::set_state(tx, id, from, to, at(10))).unwrap();
    }
}

/// A package that the bank has, sent at `at(10)`.
pub fn sent(store: &Store, list: Vec<Order>) -> PackageId {
    use PackageState::{Recorded, Sending, Sent, Signed};
    let id = recorded(store, list);
    document(store, id);
    walk(store, id, &[Recorded, Signed, Sending, Sent]);
    id
}

/// Makes a document of the package's present revision.
pub fn document(store: &Store, id: PackageId) -> documents::DocumentInfo {
    store
        .write_of(OWN, move |tx| {
            let revision = packages::get(tx, id)?.revision;
            documents::save(tx, id, revision, format!("document {id} {revision}").as_bytes(), at(5))
        })
        .unwrap()
}

/// The stable code of an error.
pub fn code<T: std::fmt::Debug>(result: Result<T, StoreError>) -> &'static str {
    domain::Explain::code(&result.unwrap_err())
}
