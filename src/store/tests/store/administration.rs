//! Orders of self-administration packages, and messages with what the bank does not know of them yet.

use domain::authority::UserContact;
use domain::submission::{ItemState, OrderState, OrderStatus};
use domain::{
    AdminAction, AdminOrder, Order, OrderId, OrderType, PackageHeader, PackageId, PackageState, User,
};
use store::messages::{self, StoredMessage, Untold};
use store::package_lists::{self, PackageList};
use store::{Page, Store, order_lists, orders, overview, packages};
use uuid::Uuid;

use crate::support::{OWN, at, code, header, order, other, recorded, store, walk};

fn clear(user: &str) -> Order {
    let action = AdminAction::ClearErrorPoints { user: user.parse().unwrap() };
    AdminOrder { id: OrderId(Uuid::now_v7()), action }.into()
}

fn administration(store: &Store, list: Vec<Order>) -> PackageId {
    let header = PackageHeader {
        name: "Hibapontok törlése".parse().unwrap(),
        order_type: OrderType::Adm,
        debit_account: None,
        ..header()
    };
    let id = header.id;
    store
        .write_of(OWN, move |tx| {
            packages::create(tx, &header, at(0))?;
            list.iter().try_for_each(|order| orders::insert(tx, id, order, at(0)))
        })
        .unwrap();
    id
}

#[test]
fn orders_stand_in_their_package_until_it_is_closed() {
    let (_folder, store) = store();
    let (first, second) = (clear("10000001"), clear("10000002"));
    let id = administration(&store, vec![first.clone(), second.clone()]);
    let package = store.read_of(OWN, |conn| packages::get(conn, id)).unwrap();
    assert_eq!((package.count, package.total.minor_units(), package.revision), (2, 0, 3));
    let changed = Order::from(AdminOrder {
        id: first.id(),
        action: AdminAction::UserData {
            user: "10000001".parse().unwrap(),
            contact: UserContact { notify: true, ..UserContact::default() },
        },
    });
    let mended = changed.clone();
    store.write_of(OWN, move |tx| orders::replace(tx, &mended, at(1))).unwrap();
    store.write_of(OWN, move |tx| orders::remove(tx, second.id(), at(2))).unwrap();
    let found = store.read_of(OWN, |conn| orders::page(conn, id, Page::ALL)).unwrap();
    assert_eq!(found.iter().map(|o| &o.order).collect::<Vec<_>>(), [&changed]);
    assert_eq!((found[0].position, found[0].status.clone()), (1, None));
    walk(&store, id, &[PackageState::Recorded, PackageState::Signed]);
    let late = changed.clone();
    assert_eq!(code(store.write_of(OWN, move |tx| orders::replace(tx, &late, at(3)))), "store-state-changed");
}

#[test]
fn orders_follow_their_package_and_the_banks_word_stays() {
    let (_folder, store) = store();
    let order = clear("10000001");
    let id = administration(&store, vec![order.clone()]);
    let state = || store.read_of(OWN, |conn| orders::get(conn, order.id())).unwrap().status.map(|s| s.state);
    let executed = OrderStatus {
        state: OrderState::At(ItemState::Executed),
        route: None,
        reason: None,
        due: None,
        decided_at: Some(at(20)),
    };
    let (of, too_early) = (order.id(), executed.clone());
    assert_eq!(
        code(store.write_of(OWN, move |tx| orders::set_status(tx, of, &too_early))),
        "store-state-changed"
    );
    walk(&store, id, &[PackageState::Recorded, PackageState::Signed, PackageState::Sending]);
    assert_eq!(state(), Some(OrderState::Sending));
    walk(&store, id, &[PackageState::Sending, PackageState::Signed]);
    assert_eq!(state(), None);
    walk(&store, id, &[PackageState::Signed, PackageState::Sending, PackageState::Sent]);
    assert_eq!(state(), Some(OrderState::At(ItemState::Received)));
    let (final_word, again) = (executed.clone(), executed.clone());
    assert!(store.write_of(OWN, move |tx| orders::set_status(tx, of, &final_word)).unwrap());
    assert!(!store.write_of(OWN, move |tx| orders::set_status(tx, of, &again)).unwrap());
    let older = OrderStatus { state: OrderState::At(ItemState::InExecution), ..executed };
    assert!(!store.write_of(OWN, move |tx| orders::set_status(tx, of, &older)).unwrap());
    assert_eq!(state(), Some(OrderState::At(ItemState::Executed)));
}

#[test]
fn payments_and_administration_are_listed_and_counted_together() {
    let (_folder, store) = store();
    let payment = recorded(&store, vec![order(1, 100)]);
    let administration = administration(&store, vec![clear("10000001")]);
    let ids = |text: &str| -> Vec<PackageId> {
        let list = store
            .read_of(OWN, |conn| package_lists::list(conn, PackageList::Prepared, text, Page::ALL))
            .unwrap();
        list.into_iter().map(|line| line.package.header.id).collect()
    };
    assert_eq!(ids(""), [administration, payment]);
    assert_eq!(ids("hibapontok"), [administration]);
    assert_eq!(ids("10000001"), [administration]);
    assert_eq!(ids("szallito"), [payment]);
    let count = |which| store.read_of(OWN, |conn| package_lists::count(conn, which)).unwrap();
    assert_eq!(count(PackageList::Prepared), 2);
    let found = store.read_of(OWN, |conn| order_lists::search(conn, "", Page::ALL)).unwrap();
    assert_eq!(found.iter().map(|o| o.package).collect::<Vec<_>>(), [administration, payment]);
    assert!(store.read_of(OWN, |conn| orders::debits(conn, administration)).unwrap().is_empty());
    let counts = || store.read_of(OWN, overview::counts).unwrap();
    assert_eq!((counts().prepared, counts().to_sign, counts().unknown), (2, 2, 0));
    walk(&store, administration, &[PackageState::Recorded, PackageState::Signed, PackageState::Sending]);
    assert_eq!((counts().prepared, counts().to_sign, counts().unknown), (1, 1, 1));
}

fn from_bank(id: Uuid, seconds: i64) -> StoredMessage {
    StoredMessage {
        id,
        at: at(seconds),
        author: None,
        subject: "Karbantartás".to_owned(),
        body: "Szombaton 20 órától.".to_owned(),
        read: false,
        untold: None,
    }
}

#[test]
fn a_message_that_was_read_stays_read_and_the_bank_hears_of_it_once() {
    let (_folder, store) = store();
    let message = from_bank(Uuid::now_v7(), 0);
    let save = |message: &StoredMessage| {
        let message = message.clone();
        store.write_of(OWN, move |tx| messages::save(tx, &message)).unwrap()
    };
    let unread = || store.read_of(OWN, overview::counts).unwrap().unread;
    assert!(save(&message) && !save(&message));
    assert_eq!(unread(), 1);
    let id = message.id;
    assert!(store.write_of(OWN, move |tx| messages::set_read(tx, id)).unwrap());
    assert!(!store.write_of(OWN, move |tx| messages::set_read(tx, id)).unwrap());
    assert_eq!(unread(), 0);
    // The bank tells the message again before it has heard that it was read.
    assert!(!save(&message));
    let untold = || store.read_of(OWN, messages::untold).unwrap();
    assert_eq!(
        untold().iter().map(|m| (m.id, m.read, m.untold)).collect::<Vec<_>>(),
        [(id, true, Some(Untold::Read))]
    );
    store.write_of(OWN, move |tx| messages::set_told(tx, id, Untold::Read)).unwrap();
    assert!(untold().is_empty());
    assert_eq!(
        code(store.write_of(OWN, move |tx| messages::set_read(tx, Uuid::now_v7()))),
        "store-not-found"
    );
}

#[test]
fn a_written_message_waits_until_the_bank_tells_it_back() {
    let (_folder, store) = store();
    let mine = StoredMessage {
        author: Some(User { id: "10000001".parse().unwrap(), name: "Kovács Anna".to_owned() }),
        read: true,
        untold: Some(Untold::Written),
        ..from_bank(Uuid::now_v7(), 0)
    };
    let written = mine.clone();
    store.write_of(OWN, move |tx| messages::write(tx, &written)).unwrap();
    assert!(store.read_of(other(&store), messages::untold).unwrap().is_empty());
    assert_eq!(store.read_of(OWN, messages::untold).unwrap(), std::slice::from_ref(&mine));
    let told = StoredMessage { at: at(5), read: false, untold: None, ..mine };
    let back = told.clone();
    assert!(store.write_of(OWN, move |tx| messages::save(tx, &back)).unwrap());
    let list = store.read_of(OWN, |conn| messages::list(conn, Page::ALL)).unwrap();
    assert_eq!(list, [StoredMessage { read: true, ..told }]);
}
