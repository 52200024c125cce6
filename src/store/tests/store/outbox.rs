//! The outbox and receipts.

use domain::submission::SubmissionState;
use store::receipts::{self, StoredReceipt};
use store::{orders, submissions};

use crate::support::{OWN, at, code, document, order, recorded, store};

#[test]
fn a_package_has_one_open_submission_until_the_bank_speaks() {
    use SubmissionState::{Created, NeverSeen, Received, Sending, Unknown};
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    let create = || store.write_of(OWN, move |tx| submissions::create(tx, id, at(1)));
    assert_eq!(code(create()), "store-not-found", "without a document nothing can be sent");
    let document = document(&store, id);
    let first = create().unwrap();
    assert_eq!((first.document, first.document_sha256), (document.id, document.sha256));
    assert_eq!((first.state, first.attempts, first.package), (Created, 0, id));
    let step = |submission: &submissions::StoredSubmission, from, to, problem: Option<&'static str>| {
        let submission = submission.id;
        store.write_of(OWN, move |tx| submissions::set_state(tx, submission, from, to, problem, at(2)))
    };
    for (from, to, problem) in
        [(Created, Sending, None), (Sending, Unknown, Some("bank-no-answer")), (Unknown, Sending, None)]
    {
        assert_eq!(code(create()), "store-exists");
        step(&first, from, to, problem).unwrap();
    }
    assert_eq!(code(step(&first, Created, Sending, None)), "store-state-changed");
    let open = store.read_of(OWN, submissions::open).unwrap();
    assert_eq!((open.len(), open[0].attempts, open[0].state), (1, 2, Sending));
    step(&first, Sending, NeverSeen, Some("package-unknown")).unwrap();
    assert!(store.read_of(OWN, submissions::open).unwrap().is_empty());

    let second = create().unwrap();
    step(&second, Created, Sending, None).unwrap();
    step(&second, Sending, Received, None).unwrap();
    let all = store.read_of(OWN, |conn| submissions::of_package(conn, id)).unwrap();
    assert_eq!(all.iter().map(|s| s.state).collect::<Vec<_>>(), [Received, NeverSeen]);
    assert_eq!(all[1].last_problem.as_deref(), Some("package-unknown"));
}

#[test]
fn a_submission_cannot_be_turned_to_another_document_or_vanish() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    document(&store, id);
    store.write_of(OWN, move |tx| submissions::create(tx, id, at(1))).unwrap();
    for sql in ["UPDATE submissions SET document_sha256 = zeroblob(32)", "DELETE FROM submissions"] {
        assert_eq!(code(store.write_of(OWN, move |tx| Ok(tx.execute(sql, [])?))), "store-rule");
    }
}

#[test]
fn a_document_of_older_content_is_not_sent() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    document(&store, id);
    store.write_of(OWN, move |tx| orders::insert(tx, id, &order(2, 2), at(1))).unwrap();
    assert_eq!(code(store.write_of(OWN, move |tx| submissions::create(tx, id, at(2)))), "store-not-found");
}

#[test]
fn the_same_receipt_twice_is_one_receipt() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    assert_eq!(store.read_of(OWN, |conn| receipts::latest(conn, id)).unwrap(), None);
    let receipt =
        StoredReceipt { bytes: b"{\"package\":1}".to_vec(), cms: vec![0x30, 1], received_at: at(3) };
    let kept = receipt.clone();
    let new = store
        .write_of(OWN, move |tx| Ok([receipts::save(tx, id, &kept)?, receipts::save(tx, id, &kept)?]))
        .unwrap();
    assert_eq!(new, [true, false]);
    assert_eq!(store.read_of(OWN, |conn| receipts::latest(conn, id)).unwrap(), Some(receipt));
    for sql in ["UPDATE receipts SET bytes = x'00'", "DELETE FROM receipts"] {
        assert_eq!(code(store.write_of(OWN, move |tx| Ok(tx.execute(sql, [])?))), "store-rule");
    }
}
