//! Transactions, and what the overview shows.

use domain::submission::{ItemState, OrderState, OrderStatus};
use domain::{Balance, Money, PackageState, Timing, Transfer};
use store::overview::{self, Counts};
use store::transactions::{self, AccountTransaction, TransactionFilter};
use store::{Page, Store, accounts, orders, packages};

use crate::support::{
    OWN, account, at, day, document, hct, header, order, own_account, recorded, sent, store, transfer, walk,
    with_customer,
};

fn transaction(bank_id: &str, amount: i64, booked: &str, name: &str) -> AccountTransaction {
    AccountTransaction {
        bank_id: bank_id.to_owned(),
        account: own_account(),
        booking_date: day(booked),
        value_date: day(booked),
        amount: Money::huf(amount),
        counterparty_name: Some(name.to_owned()),
        counterparty_account: Some(account(500).iban().to_string()),
        narrative: "Számla kiegyenlítése".to_owned(),
        reference: Some("SZ-2026/17".to_owned()),
        kind: "transfer".to_owned(),
    }
}

fn save(store: &Store, list: Vec<AccountTransaction>) -> u64 {
    store.write_of(OWN, move |tx| transactions::save_many(tx, &list)).unwrap()
}

fn filter(text: &str) -> TransactionFilter {
    TransactionFilter { text: text.to_owned(), ..TransactionFilter::default() }
}

fn found(store: &Store, filter: &TransactionFilter) -> Vec<String> {
    let list = store.read_of(OWN, |conn| transactions::list(conn, filter, Page::ALL)).unwrap();
    list.into_iter().map(|t| t.bank_id).collect()
}

#[test]
fn applying_the_same_changes_twice_changes_nothing() {
    let (_folder, store) = store();
    with_customer(&store);
    let list = vec![transaction("a", 10, "2026-11-02", "Régi"), transaction("b", -5, "2026-11-03", "Más")];
    assert_eq!(save(&store, list.clone()), 2);
    assert_eq!(save(&store, list), 0);
    assert_eq!(found(&store, &filter("")), ["b", "a"]);
    assert_eq!(save(&store, vec![transaction("a", 10, "2026-11-02", "Őrségi Zrt.")]), 0);
    assert_eq!(found(&store, &filter("regi")), Vec::<String>::new());
    assert_eq!(found(&store, &filter("orsegi kiegy")), ["a"]);
    let stored =
        store.read_of(OWN, |conn| transactions::list(conn, &filter("orsegi"), Page::ALL)).unwrap().remove(0);
    assert_eq!(stored.counterparty_account, Some(account(500).digits24()), "one form of an account");
}

#[test]
fn transactions_are_narrowed_by_words_account_and_days() {
    let (_folder, store) = store();
    with_customer(&store);
    let list = (1..=9).map(|n| transaction(&n.to_string(), n, &format!("2026-11-0{n}"), "Partner")).collect();
    save(&store, list);
    let mut narrowed = filter("sz-2026/17");
    narrowed.from = Some(day("2026-11-03"));
    narrowed.to = Some(day("2026-11-05"));
    assert_eq!(found(&store, &narrowed), ["5", "4", "3"]);
    assert_eq!(found(&store, &filter(&account(500).to_string())).len(), 9);
    assert_eq!(found(&store, &filter("!!")), Vec::<String>::new());
    narrowed.account = Some(account(3));
    assert_eq!(found(&store, &narrowed), Vec::<String>::new());
    let page = Page { limit: 2, offset: 1 };
    let page = store.read_of(OWN, |conn| transactions::list(conn, &filter(""), page)).unwrap();
    assert_eq!(page.iter().map(|t| t.bank_id.as_str()).collect::<Vec<_>>(), ["8", "7"]);
}

#[test]
fn foreign_and_domestic_accounts_have_one_form() {
    let domestic = account(5);
    for text in [domestic.to_string(), domestic.digits(), domestic.iban().to_string()] {
        assert_eq!(transactions::party_account(&text), domestic.digits24());
    }
    assert_eq!(transactions::party_account("DE89 3704 0044 0532 0130 00"), "DE89370400440532013000");
}

#[test]
fn weeks_and_days_add_up() {
    let (_folder, store) = store();
    with_customer(&store);
    let huf = Money::huf;
    let balance = Balance {
        account: own_account(),
        booked: huf(1_000),
        available: huf(1_000),
        blocked: huf(0),
        pending_debits: huf(0),
        pending_credits: huf(0),
        credit_line: huf(0),
        minimum: huf(0),
        as_of: at(0),
    };
    store.write_of(OWN, move |tx| accounts::save_balance(tx, &balance)).unwrap();
    // 2 November 2026 is a Monday.
    let list = [
        (300, "2026-11-02"),
        (-120, "2026-11-08"),
        (-30, "2026-11-08"),
        (50, "2026-11-16"),
        (7, "2026-11-20"),
    ];
    let list =
        (0..).zip(list).map(|(n, (amount, day))| transaction(&format!("{n}"), amount, day, "P")).collect();
    save(&store, list);
    let weeks = store
        .read_of(OWN, |conn| {
            transactions::flow_by_week(conn, own_account(), day("2026-11-04"), day("2026-11-18"))
        })
        .unwrap();
    let seen: Vec<_> = weeks.iter().map(|w| (w.monday.to_string(), w.credits, w.debits)).collect();
    assert_eq!(
        seen,
        [
            ("2026-11-02".to_owned(), huf(300), huf(150)),
            ("2026-11-09".to_owned(), huf(0), huf(0)),
            ("2026-11-16".to_owned(), huf(50), huf(0)),
        ]
    );
    let days = store
        .read_of(OWN, |conn| {
            transactions::balance_by_day(conn, own_account(), day("2026-11-07"), day("2026-11-17"))
        })
        .unwrap();
    assert_eq!(days.len(), 11);
    assert_eq!((days[0].day, days[0].booked), (day("2026-11-07"), huf(1_093)));
    assert_eq!(days[1].booked, huf(943));
    assert_eq!(days[8].booked, huf(943));
    assert_eq!(days[10].booked, huf(993));
    let none = store
        .read_of(OWN, |conn| {
            transactions::balance_by_day(conn, account(2), day("2026-11-07"), day("2026-11-17"))
        })
        .unwrap();
    assert!(none.is_empty());
}

#[test]
fn the_overview_counts_and_lists_what_waits() {
    let (_folder, store) = store();
    with_customer(&store);
    use PackageState::{PartlySigned, Recorded, Sending, Signed};
    recorded(&store, vec![]);
    let half = recorded(&store, vec![order(1, 1)]);
    walk(&store, half, &[Recorded, PartlySigned]);
    let signed = recorded(&store, vec![order(2, 2)]);
    walk(&store, signed, &[Recorded, Signed]);
    let going = recorded(&store, vec![order(3, 3)]);
    document(&store, going);
    walk(&store, going, &[Recorded, Signed, Sending]);
    sent(&store, vec![order(4, 4)]);
    let counts = store.read_of(OWN, overview::counts).unwrap();
    let expected =
        Counts { prepared: 3, to_sign: 1, to_send: 1, unknown: 1, at_bank: 1, ..Counts::default() };
    assert_eq!(counts, expected);
}

#[test]
fn upcoming_days_come_from_packages_and_value_dates() {
    let (_folder, store) = store();
    let mut planned = header();
    planned.scheduled = Some(day("2026-12-03"));
    let planned_id = planned.id;
    store
        .write_of(OWN, move |tx| {
            packages::create(tx, &planned, at(0))?;
            orders::insert(tx, planned_id, &order(1, 10), at(0))
        })
        .unwrap();
    let dated = |payee, date| hct(Transfer { timing: Timing::On { date: day(date) }, ..transfer(payee, 20) });
    let done = dated(4, "2026-12-02");
    let done_id = done.id();
    let at_bank =
        sent(&store, vec![dated(2, "2026-12-02"), dated(3, "2026-12-02"), done, dated(5, "2026-11-01")]);
    let status = OrderStatus {
        state: OrderState::At(ItemState::Rejected),
        route: None,
        reason: Some("AC04".to_owned()),
        due: None,
        decided_at: Some(at(50)),
    };
    store.write_of(OWN, move |tx| orders::set_status(tx, done_id, &status)).unwrap();
    let upcoming = store.read_of(OWN, |conn| overview::upcoming(conn, day("2026-11-21"), 10)).unwrap();
    let seen: Vec<_> = upcoming.iter().map(|u| (u.package, u.day, u.count, u.total)).collect();
    assert_eq!(
        seen,
        [(at_bank, day("2026-12-02"), 2, Money::huf(40)), (planned_id, day("2026-12-03"), 1, Money::huf(10)),]
    );
    let rejected = |since| store.read_of(OWN, |conn| overview::rejected_lately(conn, since, 10)).unwrap();
    assert_eq!(rejected(at(0)).iter().map(|o| o.order.id()).collect::<Vec<_>>(), [done_id]);
    assert!(rejected(at(51)).is_empty());
}
