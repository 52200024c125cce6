//! Orders: every field survives, totals follow, only recorded packages change.

use domain::{
    AccountNumber, Beneficiary, HctOrder, Money, Narrative, OrderId, PackageState, SecondaryId, Timing,
    Urgency,
};
use proptest::option;
use proptest::prelude::*;
use store::orders::{self, BankState, BankStatus};
use store::{Page, Store, order_lists, packages};
use uuid::Uuid;

use crate::support::{account, at, code, customer, order, own_account, recorded, sent, store, walk};

fn text<T: std::str::FromStr + std::fmt::Debug>(pattern: &'static str) -> impl Strategy<Value = T> {
    pattern.prop_filter_map("a text of the type", |text| text.parse().ok())
}

fn account_number() -> impl Strategy<Value = AccountNumber> {
    (prop::array::uniform7(1u8..10), prop::array::uniform15(0u8..10), any::<bool>()).prop_filter_map(
        "an account",
        |(bank, mut digits, short)| {
            if short {
                digits[8..].fill(0);
            }
            AccountNumber::with_check_digits(bank, digits)
        },
    )
}

fn beneficiary() -> impl Strategy<Value = Beneficiary> {
    let secondary = prop_oneof![
        (0u32..10_000_000).prop_map(|n| SecondaryId::Mobile(format!("+3630{n:07}").parse().unwrap())),
        "[a-z]{1,10}@[a-z]{1,10}\\.hu".prop_map(|mail| SecondaryId::Email(mail.parse().unwrap())),
        Just(SecondaryId::TaxNumber("12892312241".parse().unwrap())),
        Just(SecondaryId::TaxId("8400001230".parse().unwrap())),
    ];
    prop_oneof![
        (text("[A-ZÁÉÍÓÖŐÚÜŰa-z0-9&'.,/ -]{1,70}"), account_number())
            .prop_map(|(name, number)| Beneficiary::Account { name, number }),
        secondary.prop_map(|id| Beneficiary::SecondaryId { id }),
    ]
}

prop_compose! {
    fn any_order()(
        id: u128,
        debit_account in account_number(),
        payer_name in option::of(text("[A-ZÁÉŐŰa-z .]{1,70}")),
        beneficiary in beneficiary(),
        beneficiary_country in option::of(text("[A-Z]{2}")),
        amount in 1i64..=999_999_999_999,
        timing in prop_oneof![
            Just(Timing::Soon),
            Just(Timing::Instant),
            (0i32..20_000).prop_map(|n| Timing::On {
                date: chrono::NaiveDate::from_num_days_from_ce_opt(735_000 + n).unwrap()
            }),
        ],
        viber: bool,
        narrative in text::<Narrative>("[A-ZÁÉÍÓÖŐÚÜŰa-záéíóöőúüű0-9 ,.!?_:()+@;=<>~%*$#&/§'\"-]{0,140}"),
        document_number in option::of(text("[A-Z0-9]{1,6}")),
        legal_code in option::of(text("[0-9]{1,3}")),
        own_reference in option::of(text("[A-Z0-9/-]{1,35}")),
    ) -> HctOrder {
        HctOrder {
            id: OrderId(Uuid::from_u128(id)),
            debit_account,
            payer_name,
            beneficiary,
            beneficiary_country,
            amount: Money::huf(amount),
            timing,
            urgency: if viber { Urgency::Viber } else { Urgency::Normal },
            narrative,
            document_number,
            legal_code,
            own_reference,
        }
    }
}

fn all(store: &Store, id: domain::PackageId) -> Vec<HctOrder> {
    let mut list = Vec::new();
    store
        .read(|conn| {
            orders::for_each(conn, id, |order| {
                list.push(order);
                Ok::<_, store::StoreError>(())
            })
        })
        .unwrap();
    list
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn orders_come_back_exactly_as_they_were(list in prop::collection::vec(any_order(), 1..12)) {
        let (_folder, store) = store();
        let id = recorded(&store, list.clone());
        prop_assert_eq!(&all(&store, id), &list);
        let page = store.read(|conn| orders::page(conn, id, Page::ALL)).unwrap();
        prop_assert_eq!(page.iter().map(|o| o.order.clone()).collect::<Vec<_>>(), list.clone());
        prop_assert!(page.iter().zip(1..).all(|(o, n)| o.position == n && o.status.is_none() && o.package == id));
        let package = store.read(|conn| packages::get(conn, id)).unwrap();
        prop_assert_eq!(package.count as usize, list.len());
        let sum: i64 = list.iter().map(|o| o.amount.minor_units()).sum();
        prop_assert_eq!(package.total.minor_units(), sum);
        let debits = store.read(|conn| orders::debits(conn, id)).unwrap();
        prop_assert_eq!(debits.values().map(Money::minor_units).sum::<i64>(), sum);
    }

    #[test]
    fn an_order_can_become_any_other(first in any_order(), mut second in any_order()) {
        let (_folder, store) = store();
        second.id = first.id;
        let id = recorded(&store, vec![first]);
        let changed = second.clone();
        store.write(move |tx| orders::replace(tx, &changed, at(1))).unwrap();
        let package = store.read(|conn| packages::get(conn, id)).unwrap();
        prop_assert_eq!((package.count, package.total), (1, second.amount));
        prop_assert_eq!(all(&store, id), vec![second]);
    }
}

#[test]
fn totals_and_revision_follow_every_change() {
    let (_folder, store) = store();
    let (a, b) = (order(1, 100), order(2, 250));
    let id = recorded(&store, vec![a.clone(), b.clone()]);
    let seen = |store: &Store| {
        let p = store.read(|conn| packages::get(conn, id)).unwrap();
        (p.count, p.total, p.revision)
    };
    assert_eq!(seen(&store), (2, Money::huf(350), 2));
    let dearer = HctOrder { amount: Money::huf(500), ..a.clone() };
    store.write(move |tx| orders::replace(tx, &dearer, at(1))).unwrap();
    assert_eq!(seen(&store), (2, Money::huf(750), 3));
    store.write(move |tx| orders::remove(tx, a.id, at(2))).unwrap();
    assert_eq!(seen(&store), (1, Money::huf(250), 4));
    store.write(move |tx| orders::insert(tx, id, &order(3, 1), at(3))).unwrap();
    let positions: Vec<u32> =
        store.read(|conn| orders::page(conn, id, Page::ALL)).unwrap().iter().map(|o| o.position).collect();
    assert_eq!(positions, [2, 3], "the place of a removed order stays empty");
    let page = store.read(|conn| orders::page(conn, id, Page { limit: 1, offset: 1 })).unwrap();
    assert_eq!(page[0].position, 3);
}

#[test]
fn the_same_order_is_never_recorded_twice() {
    let (_folder, store) = store();
    let one = order(1, 100);
    let id = recorded(&store, vec![one.clone()]);
    assert_eq!(code(store.write(move |tx| orders::insert(tx, id, &one, at(1)))), "store-exists");
    assert_eq!(store.read(|conn| packages::get(conn, id)).unwrap().count, 1);
}

#[test]
fn a_total_beyond_fifteen_digits_is_refused_whole() {
    let (_folder, store) = store();
    let huge = || order(1, 999_999_999_999_999);
    let id = recorded(&store, vec![huge()]);
    assert_eq!(
        code(store.write(move |tx| orders::insert(tx, id, &order(1, 1), at(1)))),
        "store-total-too-large"
    );
    let many: Vec<_> = (0..200).map(|_| huge()).collect();
    assert_eq!(
        code(store.write(move |tx| orders::insert_many(tx, id, many, at(1)))),
        "store-total-too-large"
    );
    assert_eq!(store.read(|conn| packages::get(conn, id)).unwrap().total, Money::huf(999_999_999_999_999));
}

#[test]
fn only_a_recorded_package_changes() {
    let (_folder, store) = store();
    let one = order(1, 100);
    let id = recorded(&store, vec![one.clone()]);
    walk(&store, id, &[PackageState::Recorded, PackageState::PartlySigned]);
    let state_changed = "store-state-changed";
    let add = store.write(move |tx| orders::insert(tx, id, &order(2, 1), at(1)));
    assert_eq!(code(add), state_changed);
    let order_id = one.id;
    assert_eq!(code(store.write(move |tx| orders::replace(tx, &one, at(1)))), state_changed);
    assert_eq!(code(store.write(move |tx| orders::remove(tx, order_id, at(1)))), state_changed);
}

#[test]
fn the_banks_final_word_stays() {
    let (_folder, store) = store();
    let one = order(1, 100);
    let order_id = one.id;
    let status = |state, seconds| BankStatus {
        state,
        route: Some("instant".to_owned()),
        reason: (state == BankState::Rejected).then(|| "AM04".to_owned()),
        decided_at: state.is_final().then(|| at(seconds)),
    };
    let set =
        |store: &Store, status: BankStatus| store.write(move |tx| orders::set_status(tx, order_id, &status));
    let id = recorded(&store, vec![one]);
    assert_eq!(code(set(&store, status(BankState::Received, 1))), "store-state-changed");
    crate::support::document(&store, id);
    walk(
        &store,
        id,
        &[PackageState::Recorded, PackageState::Signed, PackageState::Sending, PackageState::Sent],
    );
    assert!(set(&store, status(BankState::Processing, 2)).unwrap());
    assert!(!set(&store, status(BankState::Processing, 2)).unwrap(), "the same word again changes nothing");
    assert!(set(&store, status(BankState::Rejected, 3)).unwrap());
    assert!(!set(&store, status(BankState::Processing, 4)).unwrap());
    assert!(!set(&store, status(BankState::Executed, 5)).unwrap());
    let found = store.read(|conn| orders::get(conn, order_id)).unwrap();
    assert_eq!(found.status, Some(status(BankState::Rejected, 3)));
    let progress = store.read(|conn| order_lists::progress(conn, id)).unwrap();
    assert_eq!(progress, order_lists::Progress { rejected: 1, ..Default::default() });
    let unknown = store.write(|tx| {
        orders::set_status(
            tx,
            order(9, 1).id,
            &BankStatus { state: BankState::Executed, route: None, reason: None, decided_at: None },
        )
    });
    assert_eq!(code(unknown), "store-not-found");
}

#[test]
fn orders_are_found_by_words_without_accents() {
    let (_folder, store) = store();
    let mut rent = order(1, 300);
    rent.beneficiary =
        Beneficiary::Account { name: "Őrségi Faipari Zrt.".parse().unwrap(), number: account(77) };
    rent.narrative = "Bérleti díj, november".parse().unwrap();
    let id = recorded(&store, vec![order(1, 100), rent.clone(), order(3, 900)]);
    sent(&store, vec![order(4, 5)]);
    let search =
        |text: &str| store.read(|conn| order_lists::search_package(conn, id, text, Page::ALL)).unwrap();
    for text in ["orsegi", "BERLETI nov", &account(77).to_string(), &account(77).digits()] {
        let found = search(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].order, rent);
        assert_eq!(store.read(|conn| order_lists::count_in_package(conn, id, text)).unwrap(), 1);
    }
    assert_eq!(search("szamla 2026").len(), 2);
    assert_eq!(search("").len(), 3);
    let everywhere =
        store.read(|conn| order_lists::search(conn, &customer(), "szallito", Page::ALL)).unwrap();
    assert_eq!(everywhere.iter().map(|o| o.order.amount).collect::<Vec<_>>(), [5, 100, 900].map(Money::huf));
    let largest = store.read(|conn| order_lists::largest(conn, id, 2)).unwrap();
    assert_eq!(largest.iter().map(|o| o.order.amount).collect::<Vec<_>>(), [900, 300].map(Money::huf));
}

#[test]
fn debits_are_summed_by_account() {
    let (_folder, store) = store();
    let other = HctOrder { debit_account: account(2), ..order(3, 7) };
    let id = recorded(&store, vec![order(1, 100), order(2, 20), other]);
    let debits = store.read(|conn| orders::debits(conn, id)).unwrap();
    assert_eq!(debits, [(own_account(), Money::huf(120)), (account(2), Money::huf(7))].into());
}

/// The speed that imports rely on; run by hand: `cargo test --release -p kapocs-store -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn a_hundred_thousand_orders_are_inserted() {
    let (_folder, store) = store();
    let list: Vec<_> = (0..100_000).map(|n| order(n % 5_000, i64::from(n) + 1)).collect();
    let begin = std::time::Instant::now();
    let header = crate::support::header();
    let id = header.id;
    let rows = store
        .write(move |tx| {
            packages::create(tx, &header, at(0))?;
            let begin = std::time::Instant::now();
            orders::insert_many(tx, id, &list, at(0))?;
            Ok(begin.elapsed())
        })
        .unwrap();
    let inserted = begin.elapsed();
    println!("rows in {rows:?}, with commit {inserted:?}");
    let begin = std::time::Instant::now();
    let count = all(&store, id).len();
    println!("read {count} in {:?}", begin.elapsed());
    let begin = std::time::Instant::now();
    let found = store.read(|conn| order_lists::count_in_package(conn, id, "szamla 4999")).unwrap();
    println!("found {found} in {:?}", begin.elapsed());
    let begin = std::time::Instant::now();
    walk(&store, id, &[PackageState::Recorded, PackageState::Signed, PackageState::Sending]);
    println!("sending in {:?}", begin.elapsed());
    assert_eq!(count, 100_000);
}
