//! What the signing sheet asks: new payees, changed accounts, second copies; and payments to a partner.

use chrono::Days;
use domain::submission::{ItemState, OrderState, OrderStatus};
use domain::{Beneficiary, Money, OrderType, PackageHeader, PackageState, Transfer};
use store::history::{self, EarlierPayment, PaymentSource};
use store::transactions::{self, AccountTransaction};
use store::{Store, StoreError, orders, packages};

use crate::support::{
    OWN, account, at, day, hct, header, order, other, own_account, recorded, sent, store, to, transfer, walk,
    with_customer,
};

fn debit(bank_id: &str, payee: u32, amount: i64, booked: &str) -> AccountTransaction {
    AccountTransaction {
        bank_id: bank_id.to_owned(),
        account: own_account(),
        booking_date: day(booked),
        value_date: day(booked),
        amount: Money::huf(-amount),
        counterparty_name: Some(format!("Szállító {payee} Kft.")),
        counterparty_account: Some(account(1000 + payee).to_string()),
        narrative: "Korábbi számla".to_owned(),
        reference: None,
        kind: "transfer".to_owned(),
    }
}

fn synced(store: &Store, list: Vec<AccountTransaction>) {
    store.write_of(OWN, move |tx| transactions::save_many(tx, &list).map(drop)).unwrap();
}

fn decided(store: &Store, order: domain::OrderId, state: ItemState) {
    let state = OrderState::At(state);
    let status = OrderStatus { state, route: None, reason: None, due: None, decided_at: Some(at(60)) };
    store.write_of(OWN, move |tx| orders::set_status(tx, order, &status)).unwrap();
}

#[test]
fn a_payee_is_new_until_an_order_to_it_has_left() {
    let (_folder, store) = store();
    with_customer(&store);
    let id = recorded(&store, vec![order(1, 100), order(2, 5), order(1, 7)]);
    let known = |store: &Store| store.read_of(OWN, |conn| history::of_package(conn, id)).unwrap();
    assert_eq!(known(&store).len(), 2, "one line for each payee");
    assert!(known(&store).iter().all(|p| p.last.is_none() && p.other_accounts.is_empty()));
    recorded(&store, vec![order(1, 100)]);
    assert!(known(&store)[0].last.is_none(), "a recorded order is no payment");
    let earlier = order(1, 300);
    let (earlier_id, package) = (earlier.id(), sent(&store, vec![earlier]));
    let expected = EarlierPayment {
        source: PaymentSource::Order { order: earlier_id, package },
        day: at(10).date_naive(),
        amount: Money::huf(300),
    };
    assert_eq!(known(&store)[0].last.as_ref(), Some(&expected));
    decided(&store, earlier_id, ItemState::Rejected);
    assert!(known(&store)[0].last.is_none(), "a refused order is no payment");
}

#[test]
fn a_package_does_not_answer_for_itself() {
    let (_folder, store) = store();
    with_customer(&store);
    let id = sent(&store, vec![order(1, 100)]);
    assert!(store.read_of(OWN, |conn| history::of_package(conn, id)).unwrap()[0].last.is_none());
    let next = recorded(&store, vec![order(1, 100)]);
    assert!(store.read_of(OWN, |conn| history::of_package(conn, next)).unwrap()[0].last.is_some());
}

#[test]
fn a_changed_account_shows_those_that_were_paid_under_the_name() {
    let (_folder, store) = store();
    with_customer(&store);
    let to_new_account = Transfer { beneficiary: to(9, "szállító 2 kft."), ..transfer(9, 100) };
    let id = recorded(&store, vec![hct(to_new_account)]);
    synced(&store, vec![debit("a", 2, 10, "2026-03-01"), debit("b", 2, 10, "2026-04-01")]);
    let other = Transfer { beneficiary: to(3, "Szállító 2 Kft."), ..transfer(3, 1) };
    sent(&store, vec![hct(other)]);
    let known = store.read_of(OWN, |conn| history::of_package(conn, id)).unwrap().remove(0);
    assert!(known.last.is_none());
    let found: Vec<_> = known.other_accounts.iter().map(|o| (o.account.clone(), o.last_paid)).collect();
    assert_eq!(
        found,
        [(account(1003).digits24(), at(10).date_naive()), (account(1002).digits24(), day("2026-04-01"))]
    );
}

#[test]
fn the_same_payee_and_amount_within_days_is_a_likely_second_copy() {
    let (_folder, store) = store();
    with_customer(&store);
    let today = at(0).date_naive();
    let near = (today - Days::new(29)).to_string();
    let far = (today - Days::new(31)).to_string();
    synced(
        &store,
        vec![debit("near", 1, 100, &near), debit("far", 2, 100, &far), debit("sum", 3, 99, &near)],
    );
    let copied = order(4, 400);
    sent(&store, vec![copied]);
    let list = vec![order(1, 100), order(2, 100), order(3, 100), order(4, 400), order(4, 401)];
    let id = recorded(&store, list);
    let since = today - Days::new(30);
    let found = store.read_of(OWN, |conn| history::likely_duplicates(conn, id, since)).unwrap();
    assert_eq!(found.iter().map(|d| d.position).collect::<Vec<_>>(), [1, 4]);
    assert_eq!(found[0].earlier.source, PaymentSource::Transaction { bank_id: "near".to_owned() });
    assert!(matches!(found[1].earlier.source, PaymentSource::Order { .. }));
}

#[test]
fn an_order_still_on_its_way_counts_as_a_payment() {
    let (_folder, store) = store();
    with_customer(&store);
    let on_its_way = recorded(&store, vec![order(1, 100)]);
    walk(&store, on_its_way, &[PackageState::Recorded, PackageState::Signed, PackageState::Sending]);
    let id = recorded(&store, vec![order(1, 100)]);
    let since = at(0).date_naive() - Days::new(30);
    let duplicates =
        |store: &Store| store.read_of(OWN, |conn| history::likely_duplicates(conn, id, since)).unwrap().len();
    assert_eq!(duplicates(&store), 1);
    walk(&store, on_its_way, &[PackageState::Sending, PackageState::Signed]);
    assert_eq!(duplicates(&store), 0, "the bank never saw it");
}

#[test]
fn last_payments_show_each_payment_once() {
    let (_folder, store) = store();
    with_customer(&store);
    let paid = order(1, 100);
    let paid_id = paid.id();
    sent(&store, vec![paid]);
    decided(&store, paid_id, ItemState::Executed);
    let booked = at(0).date_naive().to_string();
    synced(&store, vec![debit("books it", 1, 100, &booked), debit("before", 1, 100, "2026-05-04")]);
    let found = store.read_of(OWN, |conn| history::last_payments(conn, &to(1, "X"), 10)).unwrap();
    assert_eq!(found.len(), 2);
    assert!(matches!(found[0].source, PaymentSource::Order { order, .. } if order == paid_id));
    assert_eq!(found[1].day, day("2026-05-04"));
    let one = store.read_of(OWN, |conn| history::last_payments(conn, &to(1, "X"), 1)).unwrap();
    assert_eq!(one.len(), 1);
}

#[test]
fn another_customers_payments_do_not_count() {
    let (_folder, store) = store();
    with_customer(&store);
    sent(&store, vec![order(1, 100)]);
    let other = other(&store);
    let paid = store.read_of(other, |of| history::last_payments(of, &to(1, "X"), 10)).unwrap();
    assert_eq!(paid, []);
    let theirs = PackageHeader { debit_account: None, ..header() };
    let id = theirs.id;
    store
        .write_of(other, move |tx| {
            packages::create(tx, &theirs, at(0))?;
            orders::insert(tx, id, &hct(Transfer { debit_account: account(2), ..transfer(1, 100) }), at(0))
        })
        .unwrap();
    assert!(store.read_of(other, |of| history::of_package(of, id)).unwrap()[0].last.is_none());
    let missing: Result<_, StoreError> = store.read_of(OWN, |conn| history::of_package(conn, header().id));
    assert_eq!(crate::support::code(missing), "store-not-found");
}

#[test]
fn an_own_account_is_no_payee_that_could_be_new() {
    let (_folder, store) = store();
    with_customer(&store);
    let own = Transfer { beneficiary: Beneficiary::OwnAccount { number: account(2) }, ..transfer(2, 70) };
    let own = OrderType::Hve.of_transfer(own).unwrap();
    let id = recorded(&store, vec![own, order(1, 100)]);
    let known = store.read_of(OWN, |conn| history::of_package(conn, id)).unwrap();
    assert_eq!(known.into_iter().map(|p| p.payee).collect::<Vec<_>>(), [to(1, "Szállító 1 Kft.")]);
}
