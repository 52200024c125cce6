//! What was asked of the shared area, and the list that the bank told last.

use domain::{PackageId, PackageState};
use serde_json::{Value, json};
use store::handovers::{self, HandoverKind, HandoverState, NewHandover};
use store::{Store, overview, shared};
use uuid::Uuid;

use crate::support::{OWN, at, code, order, recorded, store};

fn put(package: PackageId, handover: u128) -> NewHandover {
    NewHandover {
        kind: HandoverKind::Put,
        package,
        handover: Uuid::from_u128(handover),
        claim: None,
        before: Some(PackageState::Signed),
        expires: Some("2026-12-01".parse().unwrap()),
    }
}

#[test]
fn one_answer_is_awaited_at_a_time_and_a_restart_forgets_none() {
    let (folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    let asked = put(id, 1);
    let kept = asked.clone();
    let row = store.write_of(OWN, move |tx| handovers::create(tx, &kept, at(1))).unwrap();
    assert_eq!((row.asked, row.state, row.problem), (asked, HandoverState::Asked, None));
    assert_eq!(
        code(store.write_of(OWN, move |tx| handovers::create(tx, &put(id, 2), at(1)))),
        "store-exists"
    );
    store.write_of(OWN, move |tx| handovers::note(tx, row.key, "bank-answer-lost", at(2))).unwrap();
    drop(store);
    let store = Store::open(&crate::support::file(&folder)).unwrap();
    let open = store.read_of(OWN, handovers::open).unwrap();
    assert_eq!((open.len(), open[0].problem.as_deref()), (1, Some("bank-answer-lost")));
    let end = |state| store.write_of(OWN, move |tx| handovers::end(tx, row.key, state, None, at(3))).unwrap();
    assert!(end(HandoverState::Done));
    assert!(!end(HandoverState::Refused), "the first word counts");
    assert_eq!(store.read_of(OWN, |conn| handovers::get(conn, row.key)).unwrap().state, HandoverState::Done);
    store.write_of(OWN, move |tx| handovers::create(tx, &put(id, 2), at(4))).unwrap();
    let last = store.read_of(OWN, |conn| handovers::last_put(conn, id)).unwrap().unwrap();
    assert_eq!(last.asked.handover, Uuid::from_u128(2));
    assert!(store.read_of(OWN, |conn| handovers::is_ours(conn, Uuid::from_u128(1))).unwrap());
    assert!(!store.read_of(OWN, |conn| handovers::is_ours(conn, Uuid::from_u128(3))).unwrap());
}

#[test]
fn the_banks_list_replaces_the_last_one_and_keeps_the_story_of_packages_that_are_here() {
    let (_folder, store) = store();
    let here = recorded(&store, vec![order(1, 1)]);
    let elsewhere = PackageId(Uuid::from_u128(99));
    let told = |n: u128, package, state: &str| {
        (Uuid::from_u128(n), package, json!({ "n": n as u64, "state": state }))
    };
    let replace = |list: Vec<(Uuid, PackageId, Value)>| {
        store.write_of(OWN, move |tx| shared::replace(tx, list)).unwrap();
    };
    let numbers = || -> Vec<u64> {
        let list: Vec<Value> = store.read_of(OWN, shared::list).unwrap();
        list.iter().map(|value| value["n"].as_u64().unwrap()).collect()
    };
    replace(vec![
        told(3, here, "waiting"),
        told(2, here, "taken_over"),
        told(1, elsewhere, "expired"),
        told(4, elsewhere, "waiting"),
    ]);
    assert_eq!(numbers(), [3, 2, 1, 4]);
    assert_eq!(store.read_of(OWN, overview::counts).unwrap().shared, 2);
    // The bank tells no more of what is old, and of nothing that the user may not see.
    replace(vec![told(5, elsewhere, "waiting")]);
    assert_eq!(numbers(), [5, 2]);
    let newest: Option<Value> = store.read_of(OWN, |conn| shared::newest(conn, here)).unwrap();
    assert_eq!(newest.unwrap()["state"], "taken_over");
    let word = json!({ "n": 6, "state": "waiting" });
    store.write_of(OWN, move |tx| shared::save(tx, Uuid::from_u128(6), here, &word)).unwrap();
    assert_eq!(numbers(), [6, 5, 2]);
    let word = json!({ "n": 7, "state": "withdrawn" });
    store.write_of(OWN, move |tx| shared::save(tx, Uuid::from_u128(6), here, &word)).unwrap();
    assert_eq!(numbers(), [7, 5, 2], "the newest word in the same place");
    let found: Option<Value> = store.read_of(OWN, |conn| shared::find(conn, Uuid::from_u128(6))).unwrap();
    assert_eq!(found.unwrap()["n"], 7);
}
