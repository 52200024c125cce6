//! Packages, their documents and signatures.

use domain::{PackageState, User};
use store::package_lists::{self, PackageList};
use store::signatures::{self, StoredSignature};
use store::{Page, Store, documents, orders, packages};

use crate::support::{
    OWN, account, at, code, day, document, header, order, other, recorded, sent, store, walk,
};

fn signature(document: documents::DocumentId, user: &str) -> StoredSignature {
    StoredSignature {
        document,
        signer: User { id: user.parse().unwrap(), name: format!("Aláíró {user}") },
        certificate: [7; 32],
        signed_at: at(6),
        p7s: vec![0x30, 0x80, 1, 2, 3],
    }
}

#[test]
fn a_package_comes_back_as_recorded() {
    let (_folder, store) = store();
    let mut header = header();
    header.instant = true;
    header.scheduled = Some(day("2026-12-01"));
    let kept = header.clone();
    store.write_of(OWN, move |tx| packages::create(tx, &kept, at(0))).unwrap();
    let id = header.id;
    let found = store.read_of(OWN, |conn| packages::get(conn, id)).unwrap();
    assert_eq!(found.header, header);
    assert_eq!((found.state, found.count, found.created_at), (PackageState::Recorded, 0, at(0)));
    header.name = "Más név".parse().unwrap();
    header.scheduled = None;
    let changed = header.clone();
    store.write_of(OWN, move |tx| packages::update_header(tx, &changed, at(1))).unwrap();
    let found = store.read_of(OWN, |conn| packages::find(conn, id)).unwrap().unwrap();
    assert_eq!((found.header, found.revision, found.updated_at), (header, 2, at(1)));
    let again = found_header(&store, id);
    assert_eq!(code(store.write_of(OWN, move |tx| packages::create(tx, &again, at(2)))), "store-exists");
}

fn found_header(store: &Store, id: domain::PackageId) -> domain::PackageHeader {
    store.read_of(OWN, |conn| packages::get(conn, id)).unwrap().header
}

#[test]
fn an_order_finds_the_open_package_that_it_fits_into() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![]);
    let like = header();
    assert_eq!(store.read_of(OWN, |conn| packages::find_open(conn, &like)).unwrap().unwrap().header.id, id);
    let mut instant = header();
    instant.instant = true;
    assert!(store.read_of(OWN, |conn| packages::find_open(conn, &instant)).unwrap().is_none());
    let mut dated = header();
    dated.scheduled = Some(day("2026-12-01"));
    assert!(store.read_of(OWN, |conn| packages::find_open(conn, &dated)).unwrap().is_none());
    walk(&store, id, &[PackageState::Recorded, PackageState::Signed]);
    assert!(store.read_of(OWN, |conn| packages::find_open(conn, &like)).unwrap().is_none());
}

#[test]
fn a_state_moves_only_from_where_the_caller_saw_it() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    walk(&store, id, &[PackageState::Recorded, PackageState::PartlySigned]);
    let late = store.write_of(OWN, move |tx| {
        packages::set_state(tx, id, PackageState::Recorded, PackageState::Deleted, at(1))
    });
    let error = late.unwrap_err();
    let expected = "expected state recorded, found partly_signed";
    assert_eq!(error.to_string(), expected);
    let unknown = header().id;
    let missing = store.write_of(OWN, move |tx| {
        packages::set_state(tx, unknown, PackageState::Recorded, PackageState::Deleted, at(1))
    });
    assert_eq!(code(missing), "store-not-found");
}

#[test]
fn orders_follow_their_package_to_the_bank_and_back() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1), order(2, 2)]);
    document(&store, id);
    let states = |store: &Store| -> Vec<Option<&str>> {
        let page = store.read_of(OWN, |conn| orders::page(conn, id, Page::ALL)).unwrap();
        page.iter().map(|o| o.status.as_ref().map(|s| s.state.name())).collect()
    };
    use PackageState::{Recorded, Sending, Sent, Signed};
    walk(&store, id, &[Recorded, Signed, Sending]);
    assert_eq!(states(&store), [Some("sending"); 2]);
    walk(&store, id, &[Sending, Signed]);
    assert_eq!(states(&store), [None; 2]);
    walk(&store, id, &[Signed, Sending, Sent]);
    assert_eq!(states(&store), [Some("received"); 2]);
    assert_eq!(store.read_of(OWN, |conn| packages::get(conn, id)).unwrap().sent_at, Some(at(10)));
}

#[test]
fn a_document_belongs_to_one_revision_and_never_changes() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    let first = document(&store, id);
    assert_eq!(document(&store, id), first, "the same bytes give the same document");
    let other = store.write_of(OWN, move |tx| documents::save(tx, id, first.revision, b"other bytes", at(6)));
    assert_eq!(code(other), "store-exists");
    let bytes = store.read_of(OWN, |conn| documents::bytes(conn, first.id)).unwrap();
    assert_eq!(bytes.len() as u64, first.size);
    for sql in ["UPDATE documents SET bytes = x'00'", "DELETE FROM documents"] {
        assert_eq!(code(store.write_of(OWN, move |tx| Ok(tx.execute(sql, [])?))), "store-rule");
    }
    store.write_of(OWN, move |tx| orders::insert(tx, id, &order(2, 2), at(7))).unwrap();
    assert!(store.read_of(OWN, |conn| documents::of_package(conn, id)).unwrap().is_none());
    let late = store.write_of(OWN, move |tx| documents::save(tx, id, first.revision, b"late", at(8)));
    assert_eq!(code(late), "store-content-changed");
    let second = document(&store, id);
    assert_ne!(second.id, first.id);
    assert_eq!(store.read_of(OWN, |conn| documents::of_package(conn, id)).unwrap(), Some(second));
}

#[test]
fn one_signature_for_each_signer_and_all_are_dropped_together() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    let document = document(&store, id).id;
    let (a, b) = (signature(document, "11111111"), signature(document, "22222222"));
    let kept = [a.clone(), b.clone()];
    store.write_of(OWN, move |tx| kept.iter().try_for_each(|s| signatures::add(tx, s))).unwrap();
    assert_eq!(
        code(store.write_of(OWN, move |tx| signatures::add(tx, &signature(document, "11111111")))),
        "store-exists"
    );
    assert_eq!(store.read_of(OWN, |conn| signatures::of_package(conn, id)).unwrap(), [a.clone(), b.clone()]);
    assert_eq!(store.read_of(OWN, |conn| signatures::of_document(conn, document)).unwrap(), [a, b]);
    let changed = store.write_of(OWN, |tx| Ok(tx.execute("UPDATE signatures SET p7s = x'00'", [])?));
    assert_eq!(code(changed), "store-rule");
    let line = store.read_of(OWN, |conn| package_lists::find(conn, id)).unwrap().unwrap();
    assert_eq!(line.signatures, 2);
    assert_eq!(store.write_of(OWN, move |tx| signatures::drop_all(tx, id)).unwrap(), 2);
    assert!(store.read_of(OWN, |conn| signatures::of_package(conn, id)).unwrap().is_empty());
}

#[test]
fn lists_show_prepared_and_sent_apart_and_find_by_words() {
    let (_folder, store) = store();
    let prepared = recorded(&store, vec![order(1, 100)]);
    let gone = sent(&store, vec![order(2, 200)]);
    let deleted = recorded(&store, vec![]);
    walk(&store, deleted, &[PackageState::Recorded, PackageState::Deleted]);
    let ids = |which, text: &str| -> Vec<domain::PackageId> {
        let list = store.read_of(OWN, |conn| package_lists::list(conn, which, text, Page::ALL)).unwrap();
        list.into_iter().map(|line| line.package.header.id).collect()
    };
    assert_eq!(ids(PackageList::Prepared, ""), [prepared]);
    assert_eq!(ids(PackageList::Sent, ""), [gone]);
    assert_eq!(ids(PackageList::Closed, ""), [deleted]);
    assert_eq!(ids(PackageList::In(PackageState::Sent), ""), [gone]);
    assert_eq!(ids(PackageList::Sent, "novemberi szallitok"), [gone]);
    assert_eq!(ids(PackageList::Sent, &account(1002).to_string()), [gone]);
    assert_eq!(ids(PackageList::Prepared, &account(1002).to_string()), []);
    assert_eq!(store.read_of(OWN, |conn| package_lists::count(conn, PackageList::Prepared)).unwrap(), 1);
    let other = other(&store);
    assert_eq!(store.read_of(other, |of| package_lists::count(of, PackageList::Prepared)).unwrap(), 0);
    store.write_of(OWN, move |tx| packages::set_error(tx, gone, Some("bank-no-cover"), at(9))).unwrap();
    let line = store.read_of(OWN, |conn| package_lists::find(conn, gone)).unwrap().unwrap();
    assert_eq!(line.package.last_error.as_deref(), Some("bank-no-cover"));
}
