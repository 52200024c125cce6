//! Renewals of certificates are taken up where they were cut off, and never begun twice.

use store::renewals::{self, NewRenewal, RenewalState};
use store::{Connection, Store, StoreError, connections, settings};
use uuid::Uuid;

use crate::support::*;

fn asked(number: u128, csn: &str) -> NewRenewal {
    NewRenewal {
        id: Uuid::from_u128(number),
        csn: csn.to_owned(),
        user: "10000001".parse().unwrap(),
        document: b"kapocs-renewal-v1".to_vec(),
        signature: vec![1, 2],
        login_key: vec![3],
        signing_key: vec![4],
    }
}

#[test]
fn a_renewal_goes_its_way_over_restarts_and_only_one_is_under_way() {
    let first = asked(1, "AB");
    let (folder, store) = store();
    let path = file(&folder);
    {
        let kept = first.clone();
        store.write(move |tx| renewals::create(tx, BANK, &kept, at(0))).unwrap();
        let twice = store.write(move |tx| renewals::create(tx, BANK, &asked(2, "AB"), at(1)));
        assert!(matches!(twice, Err(StoreError::Exists(_))), "{twice:?}");
        store.write(move |tx| renewals::create(tx, BANK, &asked(3, "CD"), at(1))).unwrap();
        drop(store);
    }
    let store = Store::open(&path).unwrap();
    let open = |store: &Store| store.read(|conn| renewals::open::<String>(conn, BANK)).unwrap();
    let of_ab = |store: &Store| open(store).into_iter().find(|r| r.asked.csn == "AB");
    let found = of_ab(&store).unwrap();
    assert_eq!((found.asked, found.answer, found.state), (first.clone(), None, RenewalState::Asked));
    let id = first.id;
    store.write(move |tx| renewals::answered(tx, BANK, id, &"certificates", at(2))).unwrap();
    assert!(store.write(move |tx| renewals::answered(tx, BANK, id, &"others", at(3))).is_err());
    assert_eq!(of_ab(&store).unwrap().answer.as_deref(), Some("certificates"));
    store.write(move |tx| renewals::set_state(tx, BANK, id, RenewalState::Installed, None, at(4))).unwrap();
    assert_eq!(of_ab(&store).unwrap().state, RenewalState::Installed);
    store.write(move |tx| renewals::set_state(tx, BANK, id, RenewalState::Done, None, at(5))).unwrap();
    assert_eq!(of_ab(&store), None);
    assert_eq!(open(&store).len(), 1, "the other token's is not touched");
    let over = store.write(move |tx| renewals::set_state(tx, BANK, id, RenewalState::Asked, None, at(6)));
    assert!(matches!(over, Err(StoreError::NotFound(_))));
    store.write(move |tx| renewals::create(tx, BANK, &asked(4, "AB"), at(7))).unwrap();
}

#[test]
fn a_store_of_the_schema_before_renewals_is_brought_up_and_copied_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kapocs.sqlite");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../../migrations/0001_first.sql")).unwrap();
    old.execute_batch("INSERT INTO settings VALUES ('kept', '7'); PRAGMA user_version = 1").unwrap();
    drop(old);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.read(|conn| settings::get(conn, "kept")).unwrap(), Some(7));
    assert_eq!(store.read(connections::list).unwrap(), [], "nothing of a bank was in it");
    assert!(folder.path().join("kapocs.sqlite.schema-1.backup").exists());
}
