//! What the bank told: snapshots, cursors, customers, users, accounts, balances, authority; and the
//! program's own settings and drafts.

use domain::{
    Account, AuthorityTable, Balance, Calendar, Currency, Customer, CustomerKey, CustomerKind, EasterHoliday,
    Money, OrderDraft, Scope, User, YearlyHoliday, key,
};
use store::bank::{self, SnapshotKind};
use store::{accounts, authority, customers, drafts, settings};

use crate::support::{BANK, OWN, account, at, code, day, own_account, store, with_customer};

#[test]
fn cursors_are_kept_for_each_customer() {
    let (_folder, store) = store();
    store
        .write_of(OWN, |of| {
            bank::set_cursor(of, "packages", "x")?;
            bank::set_cursor(of, "packages", "y")
        })
        .unwrap();
    let cursor = |customer, name: &str| store.read_of(customer, |of| bank::cursor(of, name)).unwrap();
    assert_eq!(cursor(OWN, "packages").as_deref(), Some("y"));
    assert_eq!(cursor(OWN, "messages"), None);
    assert_eq!(cursor(CustomerKey(2), "packages"), None);
    store.write_of(OWN, |of| bank::forget_cursor(of, "packages")).unwrap();
    assert_eq!(cursor(OWN, "packages"), None);
}

#[test]
fn snapshots_come_back_as_the_types_they_were() {
    let (_folder, store) = store();
    let calendar = Calendar {
        version: 3,
        years: [2026].into(),
        holidays: [(day("2026-12-25"), "karácsony".to_owned())].into(),
        working_saturdays: [day("2026-12-12")].into(),
        yearly: vec![YearlyHoliday { month: 12, day: 25, name: "karácsony".to_owned() }],
        easter: vec![EasterHoliday { days: 1, name: "húsvéthétfő".to_owned() }],
    };
    let kept = calendar.clone();
    store.write(move |tx| bank::save_snapshot(tx, BANK, SnapshotKind::Calendar, &kept, at(0))).unwrap();
    let found =
        store.read(|conn| bank::snapshot::<Calendar>(conn, BANK, SnapshotKind::Calendar)).unwrap().unwrap();
    assert_eq!((found.value, found.fetched_at), (calendar, at(0)));
    assert!(
        store.read(|conn| bank::snapshot::<Calendar>(conn, BANK, SnapshotKind::Profile)).unwrap().is_none()
    );
    let wrong = store.read(|conn| bank::snapshot::<Vec<u32>>(conn, BANK, SnapshotKind::Calendar));
    assert_eq!(code(wrong), "store-value");
}

#[test]
fn customers_and_users_are_listed_in_hungarian_order() {
    let (_folder, store) = store();
    store
        .write(|tx| {
            for (id, name) in
                [("1", "Zala Kft."), ("2", "Őrségi Zrt."), ("3", "Ágas Bt."), ("4", "Oázis Kft.")]
            {
                let kind = CustomerKind::PrivatePerson;
                customers::save(
                    tx,
                    BANK,
                    &Customer { id: id.parse().unwrap(), name: name.to_owned(), kind },
                )?;
            }
            let user = User { id: "12345678".parse().unwrap(), name: "Kovács Anna".to_owned() };
            customers::save_user(tx, BANK, &user, at(0))?;
            customers::save_user(tx, BANK, &user, at(9))
        })
        .unwrap();
    let names: Vec<String> =
        store.read(customers::list).unwrap().into_iter().map(|c| c.customer.name).collect();
    assert_eq!(names, ["Ágas Bt.", "Oázis Kft.", "Őrségi Faipari Zrt.", "Őrségi Zrt.", "Zala Kft."]);
    let users = store.read(|conn| customers::users(conn, BANK)).unwrap();
    assert_eq!((users.len(), users[0].last_login), (1, Some(at(9))));
    let one = store.read(|conn| customers::find(conn, BANK, &"2".parse().unwrap())).unwrap().unwrap();
    assert_eq!((one.customer.name.as_str(), one.customer.kind), ("Őrségi Zrt.", CustomerKind::PrivatePerson));
}

fn balance(booked: i64, seconds: i64) -> Balance {
    let huf = Money::huf;
    Balance {
        account: own_account(),
        booked: huf(booked),
        available: huf(booked - 1),
        blocked: huf(2),
        pending_debits: huf(3),
        pending_credits: huf(4),
        credit_line: huf(5),
        minimum: huf(6),
        as_of: at(seconds),
    }
}

#[test]
fn accounts_keep_the_banks_order_and_the_latest_balance() {
    let (_folder, store) = store();
    with_customer(&store);
    let euro = Account { number: account(2), name: "Devizaszámla".to_owned(), currency: Currency::EUR };
    let huf = Account { number: own_account(), name: "Fő".to_owned(), currency: Currency::HUF };
    let list = vec![euro.clone(), huf.clone()];
    store
        .write_of(OWN, move |tx| {
            accounts::set_all(tx, &list)?;
            accounts::save_balance(tx, &balance(1_000, 10))?;
            accounts::save_balance(tx, &balance(900, 5))
        })
        .unwrap();
    let found = store.read_of(OWN, accounts::with_balances).unwrap();
    assert_eq!(found[0].account, euro);
    assert_eq!(found[0].balance, None);
    assert_eq!(found[1].balance, Some(balance(1_000, 10)), "an older word changes nothing");

    let mut mixed = balance(1, 20);
    mixed.minimum = Money::zero(Currency::EUR);
    assert_eq!(
        code(store.write_of(OWN, move |tx| accounts::save_balance(tx, &mixed))),
        "store-mixed-currency"
    );

    store.write_of(OWN, move |tx| accounts::set_all(tx, &[euro])).unwrap();
    let left = store.read_of(OWN, accounts::list).unwrap();
    assert_eq!(left.len(), 1);
    assert!(store.read_of(OWN, |conn| accounts::find(conn, own_account())).unwrap().is_none());
}

#[test]
fn an_older_authority_table_is_not_taken() {
    let (_folder, store) = store();
    with_customer(&store);
    let table = |version| AuthorityTable { version, ..AuthorityTable::default() };
    let taken = store
        .write_of(OWN, move |tx| {
            Ok([
                authority::save(tx, &table(2), at(0))?,
                authority::save(tx, &table(1), at(1))?,
                authority::save(tx, &table(3), at(2))?,
            ])
        })
        .unwrap();
    assert_eq!(taken, [true, false, true]);
    assert_eq!(store.read_of(OWN, authority::find).unwrap(), Some(table(3)));
}

#[test]
fn drafts_are_where_they_were() {
    let (_folder, store) = store();
    let typed = OrderDraft::default().with(key::AMOUNT, "1,25M").with(key::TARGET, "1177");
    let kept = typed.clone();
    store
        .write_of(OWN, move |tx| {
            drafts::save(tx, Scope::Own(OWN), "order/new", &OrderDraft::default(), at(0))?;
            drafts::save(tx, Scope::Own(OWN), "order/new", &kept, at(1))?;
            drafts::save(tx, Scope::Own(OWN), "order_x", &1, at(1))?;
            drafts::save(tx, Scope::Own(OWN), "order/7", &kept, at(2))
        })
        .unwrap();
    let found =
        store.read(|conn| drafts::load::<OrderDraft>(conn, Scope::Own(OWN), "order/new")).unwrap().unwrap();
    assert_eq!((found.value, found.updated_at), (typed, at(1)));
    let keys = store.read(|conn| drafts::keys(conn, Scope::Own(OWN), "order/")).unwrap();
    assert_eq!(keys, ["order/7", "order/new"]);
    store.write(|tx| drafts::remove(tx, Scope::Own(OWN), "order/new")).unwrap();
    assert!(
        store.read(|conn| drafts::load::<OrderDraft>(conn, Scope::Own(OWN), "order/new")).unwrap().is_none()
    );
}

#[test]
fn settings_are_kept_and_forgotten() {
    let (_folder, store) = store();
    store
        .write(|tx| {
            settings::set(tx, "scale", &150)?;
            settings::set(tx, "scale", &125)?;
            settings::set(tx, "theme", &"dark")?;
            settings::remove(tx, "theme")
        })
        .unwrap();
    assert_eq!(store.read(|conn| settings::get::<u32>(conn, "scale")).unwrap(), Some(125));
    assert_eq!(store.read(|conn| settings::get::<String>(conn, "theme")).unwrap(), None);
}
