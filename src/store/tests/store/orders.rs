//! Orders: every field survives, totals follow, only recorded packages change.

use domain::authority::{AccountRight, UserContact, WebAccess, WebDevice};
use domain::routing::Route;
use domain::submission::{ItemState, OrderState, OrderStatus};
use domain::{
    AccountNumber, AdminAction, AdminOrder, Beneficiary, Money, Narrative, Order, OrderId, OrderType,
    PackageState, SecondaryId, SecondaryIdStep, Timing, Transfer, Urgency, UserId,
};
use proptest::option;
use proptest::prelude::*;
use store::{Page, Store, order_lists, orders, packages};
use uuid::Uuid;

use crate::support::{
    OWN, account, at, code, hct, order, other, own_account, recorded, sent, store, transfer, walk,
};

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

fn secondary_id() -> impl Strategy<Value = SecondaryId> {
    prop_oneof![
        (0u32..10_000_000).prop_map(|n| SecondaryId::Mobile(format!("+3630{n:07}").parse().unwrap())),
        "[a-z]{1,10}@[a-z]{1,10}\\.hu".prop_map(|mail| SecondaryId::Email(mail.parse().unwrap())),
        Just(SecondaryId::TaxNumber("12892312241".parse().unwrap())),
        Just(SecondaryId::TaxId("8400001230".parse().unwrap())),
    ]
}

fn beneficiary() -> impl Strategy<Value = Beneficiary> {
    prop_oneof![
        (text("[A-ZÁÉÍÓÖŐÚÜŰa-z0-9&'.,/ -]{1,70}"), account_number())
            .prop_map(|(name, number)| Beneficiary::Account { name, number }),
        account_number().prop_map(|number| Beneficiary::OwnAccount { number }),
        secondary_id().prop_map(|id| Beneficiary::SecondaryId { id }),
    ]
}

prop_compose! {
    fn any_transfer()(
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
    ) -> Transfer {
        Transfer {
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

/// Transfers of one type: what the type does not know is left out.
fn transfer_of(order_type: OrderType) -> impl Strategy<Value = Order> {
    any_transfer().prop_filter_map("not a payment of the type", move |mut transfer| {
        if order_type == OrderType::Hve {
            (transfer.payer_name, transfer.beneficiary_country, transfer.legal_code) = (None, None, None);
        }
        transfer.urgency = match order_type {
            OrderType::Hve => Urgency::Normal,
            OrderType::Vib => Urgency::Viber,
            _ => transfer.urgency,
        };
        order_type.of_transfer(transfer).ok()
    })
}

fn user() -> impl Strategy<Value = UserId> {
    (10_000_000u32..99_999_999).prop_map(|n| n.to_string().parse().unwrap())
}

fn rights() -> impl Strategy<Value = Vec<AccountRight>> {
    let sign = option::of(prop_oneof![Just("A".to_owned()), Just("B".to_owned())]);
    let right = (user(), account_number(), any::<bool>(), any::<bool>(), sign)
        .prop_map(|(user, account, view, dispose, sign)| AccountRight { user, account, view, dispose, sign });
    prop::collection::vec(right, 0..3)
}

fn change() -> impl Strategy<Value = AdminAction> {
    let device = || prop_oneof![Just(WebDevice::None), Just(WebDevice::VirtualCard)];
    let access =
        (user(), device(), device()).prop_map(|(user, login, signing)| WebAccess { user, login, signing });
    let contact = (option::of(Just("+36301234567".parse().unwrap())), any::<bool>())
        .prop_map(|(phone, notify)| UserContact { phone, email: None, notify });
    let step = prop_oneof![
        option::of("[0-9]{6}").prop_map(|code| SecondaryIdStep::Register { code }),
        Just(SecondaryIdStep::Confirm),
        Just(SecondaryIdStep::Delete),
    ];
    prop_oneof![
        (any::<bool>(), prop::collection::vec(access, 0..3))
            .prop_map(|(enabled, users)| AdminAction::InternetBanking { enabled, users }),
        (user(), contact).prop_map(|(user, contact)| AdminAction::UserData { user, contact }),
        (user(), rights()).prop_map(|(user, rights)| AdminAction::UserRights { user, rights }),
        (account_number(), rights())
            .prop_map(|(account, rights)| AdminAction::NewAccount { account, rights }),
        (user(), "[A-Z0-9]{4,12}", any::<bool>()).prop_map(|(user, device, suspend)| AdminAction::Device {
            user,
            device,
            suspend
        }),
        user().prop_map(|user| AdminAction::ClearErrorPoints { user }),
        (account_number(), secondary_id(), step).prop_map(|(account, id, step)| AdminAction::SecondaryId {
            account,
            id,
            step
        }),
    ]
}

/// Orders of every type. A new type needs its strategy here.
fn any_order() -> impl Strategy<Value = Order> {
    prop::sample::select(OrderType::ALL).prop_flat_map(|order_type| match order_type {
        OrderType::Hct | OrderType::Hve | OrderType::Vib => transfer_of(order_type).boxed(),
        OrderType::Adm => (any::<u128>(), change())
            .prop_map(|(id, action)| Order::from(AdminOrder { id: OrderId(Uuid::from_u128(id)), action }))
            .boxed(),
    })
}

/// The same order under another identifier.
fn under(id: OrderId, order: Order) -> Order {
    match order.transfer() {
        Some(transfer) => order.order_type().of_transfer(Transfer { id, ..transfer.clone() }).unwrap(),
        None => AdminOrder { id, ..order.administration().unwrap().clone() }.into(),
    }
}

fn units(order: &Order) -> i64 {
    order.face().amount.map_or(0, |money| money.minor_units())
}

fn all(store: &Store, id: domain::PackageId) -> Vec<Order> {
    let mut list = Vec::new();
    store
        .read_of(OWN, |conn| {
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
        let page = store.read_of(OWN, |conn| orders::page(conn, id, Page::ALL)).unwrap();
        prop_assert_eq!(page.iter().map(|o| o.order.clone()).collect::<Vec<_>>(), list.clone());
        prop_assert!(page.iter().zip(1..).all(|(o, n)| o.position == n && o.status.is_none() && o.package == id));
        let package = store.read_of(OWN, |conn| packages::get(conn, id)).unwrap();
        prop_assert_eq!(package.count as usize, list.len());
        let sum: i64 = list.iter().map(units).sum();
        prop_assert_eq!(package.total.minor_units(), sum);
        let debits = store.read_of(OWN, |conn| orders::debits(conn, id)).unwrap();
        prop_assert_eq!(debits.values().map(Money::minor_units).sum::<i64>(), sum);
    }

    #[test]
    fn an_order_can_become_any_other(first in any_order(), second in any_order()) {
        let (_folder, store) = store();
        let second = under(first.id(), second);
        let id = recorded(&store, vec![first]);
        let changed = second.clone();
        store.write_of(OWN, move |tx| orders::replace(tx, &changed, at(1))).unwrap();
        let package = store.read_of(OWN, |conn| packages::get(conn, id)).unwrap();
        prop_assert_eq!((package.count, package.total), (1, second.face().amount.unwrap_or(Money::huf(0))));
        prop_assert_eq!(all(&store, id), vec![second]);
    }
}

#[test]
fn totals_and_revision_follow_every_change() {
    let (_folder, store) = store();
    let (a, b) = (order(1, 100), order(2, 250));
    let id = recorded(&store, vec![a.clone(), b.clone()]);
    let seen = |store: &Store| {
        let p = store.read_of(OWN, |conn| packages::get(conn, id)).unwrap();
        (p.count, p.total, p.revision)
    };
    assert_eq!(seen(&store), (2, Money::huf(350), 2));
    let dearer = under(a.id(), order(1, 500));
    store.write_of(OWN, move |tx| orders::replace(tx, &dearer, at(1))).unwrap();
    assert_eq!(seen(&store), (2, Money::huf(750), 3));
    store.write_of(OWN, move |tx| orders::remove(tx, a.id(), at(2))).unwrap();
    assert_eq!(seen(&store), (1, Money::huf(250), 4));
    store.write_of(OWN, move |tx| orders::insert(tx, id, &order(3, 1), at(3))).unwrap();
    let positions: Vec<u32> = store
        .read_of(OWN, |conn| orders::page(conn, id, Page::ALL))
        .unwrap()
        .iter()
        .map(|o| o.position)
        .collect();
    assert_eq!(positions, [2, 3], "the place of a removed order stays empty");
    let page = store.read_of(OWN, |conn| orders::page(conn, id, Page { limit: 1, offset: 1 })).unwrap();
    assert_eq!(page[0].position, 3);
}

#[test]
fn the_same_order_is_never_recorded_twice() {
    let (_folder, store) = store();
    let one = order(1, 100);
    let id = recorded(&store, vec![one.clone()]);
    assert_eq!(code(store.write_of(OWN, move |tx| orders::insert(tx, id, &one, at(1)))), "store-exists");
    assert_eq!(store.read_of(OWN, |conn| packages::get(conn, id)).unwrap().count, 1);
}

#[test]
fn a_total_beyond_fifteen_digits_is_refused_whole() {
    let (_folder, store) = store();
    let huge = || order(1, 999_999_999_999_999);
    let id = recorded(&store, vec![huge()]);
    assert_eq!(
        code(store.write_of(OWN, move |tx| orders::insert(tx, id, &order(1, 1), at(1)))),
        "store-total-too-large"
    );
    let many: Vec<_> = (0..200).map(|_| huge()).collect();
    assert_eq!(
        code(store.write_of(OWN, move |tx| orders::insert_many(tx, id, many, at(1)))),
        "store-total-too-large"
    );
    assert_eq!(
        store.read_of(OWN, |conn| packages::get(conn, id)).unwrap().total,
        Money::huf(999_999_999_999_999)
    );
}

#[test]
fn only_a_recorded_package_changes() {
    let (_folder, store) = store();
    let one = order(1, 100);
    let id = recorded(&store, vec![one.clone()]);
    walk(&store, id, &[PackageState::Recorded, PackageState::PartlySigned]);
    let state_changed = "store-state-changed";
    let add = store.write_of(OWN, move |tx| orders::insert(tx, id, &order(2, 1), at(1)));
    assert_eq!(code(add), state_changed);
    let order_id = one.id();
    assert_eq!(code(store.write_of(OWN, move |tx| orders::replace(tx, &one, at(1)))), state_changed);
    assert_eq!(code(store.write_of(OWN, move |tx| orders::remove(tx, order_id, at(1)))), state_changed);
}

#[test]
fn the_banks_final_word_stays() {
    let (_folder, store) = store();
    let one = order(1, 100);
    let order_id = one.id();
    let status = |state: ItemState, seconds| OrderStatus {
        state: OrderState::At(state),
        route: Some(Route::Instant),
        reason: (state == ItemState::Rejected).then(|| "AM04".to_owned()),
        due: (!state.is_final()).then(|| at(100)),
        decided_at: state.is_final().then(|| at(seconds)),
    };
    let set = |store: &Store, status: OrderStatus| {
        store.write_of(OWN, move |tx| orders::set_status(tx, order_id, &status))
    };
    let id = recorded(&store, vec![one]);
    assert_eq!(code(set(&store, status(ItemState::Received, 1))), "store-state-changed");
    crate::support::document(&store, id);
    walk(
        &store,
        id,
        &[PackageState::Recorded, PackageState::Signed, PackageState::Sending, PackageState::Sent],
    );
    assert!(set(&store, status(ItemState::InExecution, 2)).unwrap());
    assert!(!set(&store, status(ItemState::InExecution, 2)).unwrap(), "the same word again changes nothing");
    assert!(set(&store, status(ItemState::Rejected, 3)).unwrap());
    assert!(!set(&store, status(ItemState::InExecution, 4)).unwrap());
    assert!(!set(&store, status(ItemState::Executed, 5)).unwrap());
    let found = store.read_of(OWN, |conn| orders::get(conn, order_id)).unwrap();
    assert_eq!(found.status, Some(status(ItemState::Rejected, 3)));
    let progress = store.read_of(OWN, |conn| order_lists::progress(conn, id)).unwrap();
    assert_eq!(progress, order_lists::Progress { rejected: 1, ..Default::default() });
    let executed = status(ItemState::Executed, 6);
    let unknown = store.write_of(OWN, move |tx| orders::set_status(tx, order(9, 1).id(), &executed));
    assert_eq!(code(unknown), "store-not-found");
}

/// Whole forints of the orders.
fn amounts(list: &[orders::StoredOrder]) -> Vec<i64> {
    list.iter().map(|stored| units(&stored.order) / 100).collect()
}

#[test]
fn orders_are_found_by_words_without_accents() {
    let (_folder, store) = store();
    let rent = hct(Transfer {
        beneficiary: Beneficiary::Account {
            name: "Őrségi Faipari Zrt.".parse().unwrap(),
            number: account(77),
        },
        narrative: "Bérleti díj, november".parse().unwrap(),
        document_number: Some("B-1109".parse().unwrap()),
        own_reference: Some("SAJAT/42".parse().unwrap()),
        ..transfer(1, 300)
    });
    let id = recorded(&store, vec![order(1, 100), rent.clone(), order(3, 900)]);
    sent(&store, vec![order(4, 5)]);
    let search = |text: &str| store.read_of(OWN, |conn| order_lists::search(conn, text, Page::ALL)).unwrap();
    for text in
        ["orsegi", "BERLETI nov", &account(77).to_string(), &account(77).digits(), "b-1109", "sajat/42"]
    {
        let found = search(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((&found[0].order, found[0].package, found[0].position), (&rent, id, 2));
    }
    assert_eq!(search("szamla 2026").len(), 3);
    assert_eq!(search("").len(), 4);
    assert_eq!(search("nincs ilyen"), []);
    assert_eq!(amounts(&search("szallito")), [5, 100, 900]);
    let page = Page { limit: 1, offset: 1 };
    let page = store.read_of(OWN, |conn| order_lists::search(conn, "szallito", page)).unwrap();
    assert_eq!(amounts(&page), [100]);
    let other = other(&store);
    assert_eq!(store.read_of(other, |of| order_lists::search(of, "", Page::ALL)).unwrap(), []);
    let largest = store.read_of(OWN, |conn| order_lists::largest(conn, id, 2)).unwrap();
    assert_eq!(amounts(&largest), [900, 300]);
}

#[test]
fn debits_are_summed_by_account() {
    let (_folder, store) = store();
    let other = hct(Transfer { debit_account: account(2), ..transfer(3, 7) });
    let id = recorded(&store, vec![order(1, 100), order(2, 20), other]);
    let debits = store.read_of(OWN, |conn| orders::debits(conn, id)).unwrap();
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
        .write_of(OWN, move |tx| {
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
    let found = store.read_of(OWN, |conn| order_lists::search(conn, "szamla 4999", Page::ALL)).unwrap().len();
    println!("found {found} in {:?}", begin.elapsed());
    let begin = std::time::Instant::now();
    walk(&store, id, &[PackageState::Recorded, PackageState::Signed, PackageState::Sending]);
    println!("sending in {:?}", begin.elapsed());
    assert_eq!(count, 100_000);
}
