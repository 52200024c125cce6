//! What the place shows of customers of whom not everything is known, or may be looked at.

use chrono::{NaiveDate, Utc};
use client::{
    AccountRow, ClientError, Connection, ConnectionLine, ConnectionState, Counts, CustomerOf, Deadlines,
    Overview, Waiting, WaitingKind,
};
use domain::{Account, Balance, Currency, Customer, CustomerKind, Money, PackageId};
use iced_test::Simulator;
use store::bank::{Snapshot, SnapshotKind};
use uuid::Uuid;

use super::*;
use crate::design::font;
use crate::house::{Bank, Handle, House};
use crate::screen::driver::fixture::{BANK, OWN, Office};

const OTHER_BANK: ConnectionKey = ConnectionKey(2);

fn bank(key: ConnectionKey, name: &str, handle: Option<Handle>) -> Bank {
    let line = ConnectionLine {
        key,
        name: name.to_owned(),
        state: ConnectionState::Active,
        standing: Connection::LoggedOut,
        last_sync: None,
        customers: 1,
    };
    Bank { line, locked: None, handle }
}

fn customer(key: i64, bank: &Bank) -> CustomerOf {
    let id = format!("2000000{key}").parse().unwrap();
    CustomerOf {
        key: CustomerKey(key),
        connection: bank.line.key,
        bank: bank.line.name.clone(),
        customer: Customer { id, name: format!("Minta {key} Kft."), kind: CustomerKind::Company },
        company: Some(1),
    }
}

/// One company at two banks, the first of them perhaps within reach.
fn house(handle: Option<Handle>) -> House {
    let banks = vec![bank(BANK, "K&H", handle), bank(OTHER_BANK, "KDB", None)];
    let customers = banks.iter().zip(1..).map(|(bank, key)| customer(key, bank)).collect();
    House { banks, customers }
}

fn account(available: Option<i64>) -> AccountRow {
    let (number, none) = (OWN.parse().unwrap(), Money::huf(0));
    let balance = available.map(|available| Balance {
        account: number,
        booked: Money::huf(available),
        available: Money::huf(available),
        blocked: none,
        pending_debits: none,
        pending_credits: none,
        credit_line: none,
        minimum: none,
        as_of: Utc::now(),
    });
    AccountRow {
        account: Account { number, name: "Fő számla".to_owned(), currency: Currency::HUF }, balance
    }
}

fn overview(accounts: &[Option<i64>], waiting: usize, to_sign: u32) -> Overview {
    let now = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(9, 42, 0).unwrap();
    let waits = |n: usize| Waiting {
        kind: WaitingKind::Sign,
        package: PackageId(Uuid::now_v7()),
        name: format!("Csomag {n}"),
        count: 1,
        total: Money::huf(100),
        reason: None,
    };
    Overview {
        waiting: (0..waiting).map(waits).collect(),
        deadlines: Deadlines {
            cycle: now,
            viber: now,
            instant_limit: Money::huf(20_000_000),
            now,
            banking_day: true,
        },
        accounts: accounts.iter().map(|available| account(*available)).collect(),
        balance: Vec::new(),
        planned: Vec::new(),
        flow: Vec::new(),
        counts: Counts { to_sign, ..Counts::default() },
    }
}

fn place(house: &House, overviews: [Result<Overview, ClientError>; 2]) -> Everyone {
    let all = house.customers.iter().zip(overviews);
    let all = all.map(|(of, overview)| OfCustomer { of: of.clone(), overview: overview.map_err(Arc::new) });
    Everyone::showing(all.collect())
}

fn says(place: &Everyone, house: &House, words: &str) -> bool {
    let mut ui = Simulator::with_size(font::settings(), (1068.0, 648.0), place.draw(house));
    ui.find(words.to_owned()).is_ok()
}

fn huf(amount: i64) -> String {
    crate::format::amount_of(amount.into(), "HUF")
}

#[test]
fn a_companys_total_names_the_bank_that_is_not_in_it() {
    let house = house(None);
    let without = tr!("everyone-company-without", banks = "KDB");
    let whole = place(&house, [Ok(overview(&[Some(1_000)], 0, 0)), Ok(overview(&[Some(250)], 0, 0))]);
    assert!(says(&whole, &house, &huf(1_250)) && !says(&whole, &house, &without));
    for missing in [Err(ClientError::LoginNeededToView), Ok(overview(&[Some(1), None], 0, 0))] {
        let place = place(&house, [Ok(overview(&[Some(1_000)], 0, 0)), missing]);
        assert!(says(&place, &house, &without));
    }
}

#[test]
fn what_waits_beyond_the_listed_lines_is_counted() {
    let house = house(None);
    let place = place(&house, [Ok(overview(&[], 6, 40)), Ok(overview(&[], 1, 1))]);
    assert!(says(&place, &house, &tr!("everyone-more", count = 34)));
}

#[test]
fn what_could_not_be_read_is_said_for_what_it_is() {
    let house = house(None);
    let place = place(&house, [Ok(overview(&[], 0, 0)), Err(ClientError::Internal)]);
    let whose = crate::house::called(&house.customers[1]);
    assert!(says(&place, &house, &tr!("everyone-not-read", whose = whose)));
}

#[test]
fn a_bank_whose_session_has_ended_closes_what_was_read_of_it_at_once() {
    let office = Office::new();
    office.with_store(|of| {
        let mut rules: Snapshot<protocol::ServerInfo> =
            store::bank::snapshot(of, BANK, SnapshotKind::Server).unwrap().unwrap();
        rules.value.profile.token.session.view_offline = false;
        store::bank::save_snapshot(of, BANK, SnapshotKind::Server, &rules.value, Utc::now()).unwrap();
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let inside = runtime.enter();
    let house_of = |handle| house(handle);
    let closed = house_of(Some(Handle(office.open())));
    let open = house_of(None);
    let place = place(&open, [Ok(overview(&[Some(1_000)], 1, 1)), Ok(overview(&[], 0, 0))]);
    assert!(says(&place, &open, "Csomag 0") && says(&place, &open, &huf(1_000)));
    assert!(!says(&place, &closed, "Csomag 0") && !says(&place, &closed, &huf(1_000)));
    drop(inside);
}
