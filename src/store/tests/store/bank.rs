//! What the bank told: connection, snapshots, cursors, customers, users, accounts, balances, authority; and the
//! program's own settings and drafts.

use domain::{
    Account, AuthorityTable, Balance, Calendar, Currency, Customer, CustomerKind, Money, OrderDraft, User,
    key,
};
use store::bank::{self, SnapshotKind};
use store::{accounts, authority, customers, drafts, settings};

use crate::support::{account, at, code, customer, day, own_account, store, with_customer};

#[test]
fn the_connection_and_its_cursors_are_kept() {
    let (_folder, store) = store();
    assert_eq!(store.read(bank::connection).unwrap(), None);
    assert_eq!(code(store.write(|tx| bank::set_last_sync(tx, at(1)))), "store-not-found");
    store
        .write(|tx| {
            bank::set_connection(tx, "{\"bank\":\"a\"}", at(0))?;
            bank::set_last_sync(tx, at(1))?;
            bank::set_connection(tx, "{\"bank\":\"b\"}", at(2))?;
            bank::set_cursor(tx, "packages/1", "x")?;
            bank::set_cursor(tx, "packages/1", "y")?;
            Ok(())
        })
        .unwrap();
    let connection = store.read(bank::connection).unwrap().unwrap();
    assert_eq!(connection.content, "{\"bank\":\"b\"}");
    assert_eq!((connection.connected_at, connection.last_sync), (at(2), Some(at(1))));
    assert_eq!(store.read(|conn| bank::cursor(conn, "packages/1")).unwrap().as_deref(), Some("y"));
    assert_eq!(store.read(|conn| bank::cursor(conn, "packages/2")).unwrap(), None);
}

#[test]
fn snapshots_come_back_as_the_types_they_were() {
    let (_folder, store) = store();
    let calendar = Calendar {
        version: 3,
        years: [2026].into(),
        holidays: [(day("2026-12-25"), "karácsony".to_owned())].into(),
        working_saturdays: [day("2026-12-12")].into(),
    };
    let kept = calendar.clone();
    store.write(move |tx| bank::save_snapshot(tx, SnapshotKind::Calendar, &kept, at(0))).unwrap();
    let found = store.read(|conn| bank::snapshot::<Calendar>(conn, SnapshotKind::Calendar)).unwrap().unwrap();
    assert_eq!((found.value, found.fetched_at), (calendar, at(0)));
    assert!(store.read(|conn| bank::snapshot::<Calendar>(conn, SnapshotKind::Profile)).unwrap().is_none());
    let wrong = store.read(|conn| bank::snapshot::<Vec<u32>>(conn, SnapshotKind::Calendar));
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
                customers::save(tx, &Customer { id: id.parse().unwrap(), name: name.to_owned(), kind })?;
            }
            let user = User { id: "12345678".parse().unwrap(), name: "Kovács Anna".to_owned() };
            customers::save_user(tx, &user, at(0))?;
            customers::save_user(tx, &user, at(9))
        })
        .unwrap();
    let names: Vec<String> = store.read(customers::list).unwrap().into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["Ágas Bt.", "Oázis Kft.", "Őrségi Zrt.", "Zala Kft."]);
    let users = store.read(customers::users).unwrap();
    assert_eq!((users.len(), users[0].last_login), (1, Some(at(9))));
    let one = store.read(|conn| customers::find(conn, &"2".parse().unwrap())).unwrap().unwrap();
    assert_eq!((one.name.as_str(), one.kind), ("Őrségi Zrt.", CustomerKind::PrivatePerson));
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
        .write(move |tx| {
            accounts::set_all(tx, &customer(), &list)?;
            accounts::save_balance(tx, &balance(1_000, 10))?;
            accounts::save_balance(tx, &balance(900, 5))
        })
        .unwrap();
    let found = store.read(|conn| accounts::with_balances(conn, &customer())).unwrap();
    assert_eq!(found[0].account, euro);
    assert_eq!(found[0].balance, None);
    assert_eq!(found[1].balance, Some(balance(1_000, 10)), "an older word changes nothing");

    let mut mixed = balance(1, 20);
    mixed.minimum = Money::zero(Currency::EUR);
    assert_eq!(code(store.write(move |tx| accounts::save_balance(tx, &mixed))), "store-mixed-currency");

    store.write(move |tx| accounts::set_all(tx, &customer(), &[euro])).unwrap();
    let left = store.read(|conn| accounts::list(conn, &customer())).unwrap();
    assert_eq!(left.len(), 1);
    assert!(store.read(|conn| accounts::find(conn, own_account())).unwrap().is_none());
}

#[test]
fn an_older_authority_table_is_not_taken() {
    let (_folder, store) = store();
    with_customer(&store);
    let table = |version| AuthorityTable { version, ..AuthorityTable::default() };
    let taken = store
        .write(move |tx| {
            Ok([
                authority::save(tx, &customer(), &table(2), at(0))?,
                authority::save(tx, &customer(), &table(1), at(1))?,
                authority::save(tx, &customer(), &table(3), at(2))?,
            ])
        })
        .unwrap();
    assert_eq!(taken, [true, false, true]);
    assert_eq!(store.read(|conn| authority::find(conn, &customer())).unwrap(), Some(table(3)));
}

#[test]
fn drafts_are_where_they_were() {
    let (_folder, store) = store();
    let typed = OrderDraft::default().with(key::AMOUNT, "1,25M").with(key::TARGET, "1177");
    let kept = typed.clone();
    store
        .write(move |tx| {
            drafts::save(tx, "order/new", &OrderDraft::default(), at(0))?;
            drafts::save(tx, "order/new", &kept, at(1))?;
            drafts::save(tx, "order_x", &1, at(1))?;
            drafts::save(tx, "order/7", &kept, at(2))
        })
        .unwrap();
    let found = store.read(|conn| drafts::load::<OrderDraft>(conn, "order/new")).unwrap().unwrap();
    assert_eq!((found.value, found.updated_at), (typed, at(1)));
    let keys = store.read(|conn| drafts::keys(conn, "order/")).unwrap();
    assert_eq!(keys, ["order/7", "order/new"]);
    store.write(|tx| drafts::remove(tx, "order/new")).unwrap();
    assert!(store.read(|conn| drafts::load::<OrderDraft>(conn, "order/new")).unwrap().is_none());
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
