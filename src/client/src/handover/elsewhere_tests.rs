//! What becomes of a package here that another seat has sent, whose copy came from a file: wherever it stands here.

use chrono::{TimeDelta, Utc};
use domain::submission::{ItemState, OrderState, OrderStatus, SubmissionState};
use domain::{OrderId, PackageId, PackageState};
use protocol::ReceiptBody;
use sha2::{Digest, Sha256};
use store::OfCustomer;
use store::deed::Deed;

use super::parked::keep_checked;
use super::tests::{CUSTOMER, Desk, ids, parked};
use crate::bank::{PackageStatus, ParkedPackage, SignedReceipt};
use crate::handover::parked::verify;
use crate::packages::moves::{is_alive, log, story};
use crate::packages::status::apply_status;

/// The bank's word that it has a package in these bytes and has executed it.
fn executed(desk: &Desk, id: PackageId, order: OrderId, document: &[u8]) -> PackageStatus {
    let now = Utc::now();
    let body = ReceiptBody {
        kind: ReceiptBody::KIND.to_owned(),
        bank: "kh".to_owned(),
        package: id,
        customer: "20000001".parse().unwrap(),
        document_sha256: hex::encode(Sha256::digest(document)),
        received_at: now,
        sequence: 4711,
    };
    let body = serde_json::to_vec(&body).unwrap();
    let pending = signature::prepare(&desk.bank.1, Sha256::digest(&body).into(), now).unwrap();
    let raw = desk.bank.0.sign_digest(&pending.digest()).unwrap();
    let state = OrderState::At(ItemState::Executed);
    let told = OrderStatus { state, route: None, reason: None, due: None, decided_at: Some(now) };
    PackageStatus {
        package: id,
        is_decided: true,
        receipt: SignedReceipt { signature: pending.finish(&raw, &[]).unwrap(), body },
        orders: vec![(order, told)],
    }
}

/// A desk at which a fully signed package stands.
fn signed() -> (Desk, PackageId, OrderId, ParkedPackage) {
    let desk = Desk::new();
    let (id, order) = ids(1);
    let content = parked(id, order, 1000, &[&desk.people[0], &desk.people[1]]);
    let taken = content.clone();
    desk.store
        .write_with(move |tx| {
            let of = &OfCustomer::new(tx, CUSTOMER);
            let rules = Desk::scope().rules(of)?;
            let checked = verify(of, &rules, &taken)?;
            let kept = keep_checked(of, &rules, checked, &taken.document)?;
            let deed = Deed::PackageFileTaken { file: "a.kapocs".to_owned(), signatures: 2, dropped: 0 };
            log(of, &rules, id, deed)?;
            Ok::<_, crate::error::ClientError>(kept)
        })
        .unwrap();
    assert_eq!(desk.package(id).state, PackageState::Signed);
    (desk, id, order, content)
}

impl Desk {
    fn hears(&self, status: &PackageStatus) -> bool {
        let status = status.clone();
        self.store
            .write_with(move |tx| {
                let of = &OfCustomer::new(tx, CUSTOMER);
                apply_status(of, &Self::scope().rules(of)?, &status)
            })
            .map(|applied| applied.changed)
            .unwrap()
    }

    fn deeds(&self, id: PackageId) -> Vec<Deed> {
        let story = self.store.read_with(|conn| story(&OfCustomer::new(conn, CUSTOMER), id)).unwrap();
        story.into_iter().map(|event| event.deed).collect()
    }
}

#[test]
fn the_very_bytes_make_a_signed_package_a_sent_one() {
    let (desk, id, order, content) = signed();
    let status = executed(&desk, id, order, &content.document);
    assert!(desk.hears(&status));
    assert_eq!(desk.package(id).state, PackageState::Completed);
    assert!(!desk.hears(&status), "heard a second time it changes nothing");
}

#[test]
fn a_submission_on_its_way_ends_when_the_bank_has_the_package_in_other_bytes() {
    let (desk, id, order, _) = signed();
    desk.store
        .write_of(CUSTOMER, move |of| {
            let now = Utc::now();
            store::packages::set_state(of, id, PackageState::Signed, PackageState::Sending, now)?;
            let begun = store::submissions::create(of, id, now)?;
            let (created, sending) = (SubmissionState::Created, SubmissionState::Sending);
            store::submissions::set_state(of, begun.id, created, sending, None, now)
        })
        .unwrap();
    let changed = parked(id, order, 2000, &[]);
    assert!(desk.hears(&executed(&desk, id, order, &changed.document)));
    assert_eq!(desk.package(id).state, PackageState::TakenOver);
    let open = desk.store.read_of(CUSTOMER, store::submissions::open).unwrap();
    assert!(open.is_empty(), "nothing is asked about any more");
    let deeds = desk.deeds(id);
    assert!(deeds.iter().any(|deed| matches!(deed, Deed::SentChanged { .. })), "{deeds:?}");
    assert!(deeds.iter().any(|deed| matches!(deed, Deed::ChangedDecided { executed: 1, rejected: 0 })));
}

#[test]
fn a_package_that_was_thrown_away_here_and_sent_elsewhere_counts_as_paid() {
    let (desk, id, order, content) = signed();
    desk.store
        .write_of(CUSTOMER, move |of| {
            store::packages::set_state(of, id, PackageState::Signed, PackageState::Deleted, Utc::now())
        })
        .unwrap();
    let alive =
        |desk: &Desk| desk.store.read_with(|conn| is_alive(&OfCustomer::new(conn, CUSTOMER), id)).unwrap();
    assert!(!alive(&desk));
    let status = executed(&desk, id, order, &content.document);
    assert!(desk.hears(&status) && alive(&desk));
    assert_eq!(desk.package(id).state, PackageState::Deleted);
    assert!(!desk.hears(&status));
}

#[test]
fn a_receipt_that_proves_nothing_changes_nothing() {
    let (desk, id, order, content) = signed();
    let mut status = executed(&desk, id, order, &content.document);
    status.receipt.body.extend(b" ");
    assert!(!desk.hears(&status));
    assert_eq!(desk.package(id).state, PackageState::Signed);
}

#[test]
fn the_bank_is_asked_about_what_a_file_has_carried_until_it_has_told() {
    let (desk, id, order, content) = signed();
    let filed = |desk: &Desk, since| {
        desk.store.read_of(CUSTOMER, move |of| store::package_lists::filed(of, since)).unwrap()
    };
    let before = Utc::now() - TimeDelta::days(1);
    assert_eq!(filed(&desk, before), [id]);
    desk.store
        .write_of(CUSTOMER, move |of| {
            store::packages::set_state(of, id, PackageState::Signed, PackageState::Deleted, Utc::now())
        })
        .unwrap();
    assert_eq!(filed(&desk, before), [id], "whoever has the file may still send it");
    assert_eq!(filed(&desk, Utc::now() + TimeDelta::days(1)), [], "not for ever");
    assert!(desk.hears(&executed(&desk, id, order, &content.document)));
    assert_eq!(filed(&desk, before), []);
}
