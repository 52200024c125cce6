//! A package that comes by a file is kept as it is or not at all.

use crate::handover::file_error::PackageFileError;
use std::path::{Path, PathBuf};

use domain::{Money, OrderId, PackageId, PackageState};
use formats::package_file::{self, PackageFile};
use store::OfCustomer;
use store::packages::StoredPackage;
use uuid::Uuid;

use super::file::{PackageFilePreview, export, preview, take};
use super::parked::keep;
use super::tests::{CUSTOMER, Desk, ids, parked};
use crate::bank::ParkedPackage;
use crate::error::{ClientError, Result};
use crate::handover::parked::Taken;

/// A file with that content.
fn file(folder: &Path, content: &ParkedPackage) -> PathBuf {
    let file = PackageFile { document: content.document.clone(), signatures: content.signatures.clone() };
    let path = folder.join("Szállítók – Őrség.kapocs");
    std::fs::write(&path, package_file::to_bytes(&file).unwrap()).unwrap();
    path
}

impl Desk {
    fn look(&self, path: &Path) -> Result<PackageFilePreview> {
        self.store.read_with(|conn| {
            let of = &OfCustomer::new(conn, CUSTOMER);
            preview(of, &Self::scope().rules(of)?, path.to_owned())
        })
    }

    fn take(&self, preview: &PackageFilePreview) -> Result<Taken> {
        let (path, sha256) = (preview.path.clone(), preview.sha256());
        self.store.write_with(move |tx| {
            let of = &OfCustomer::new(tx, CUSTOMER);
            take(of, &Self::scope().rules(of)?, &path, sha256)
        })
    }

    fn write(&self, id: PackageId, path: &Path) -> Result<PathBuf> {
        let path = path.to_owned();
        self.store.write_with(move |tx| {
            let of = &OfCustomer::new(tx, CUSTOMER);
            export(of, &Self::scope().rules(of)?, id, path)
        })
    }

    fn find(&self, id: PackageId) -> Option<StoredPackage> {
        self.store.read_of(CUSTOMER, |conn| store::packages::find(conn, id)).unwrap()
    }

    fn log(&self) -> Vec<String> {
        let entries = self.store.read(|conn| store::audit::list(conn, store::Page::ALL)).unwrap();
        entries.into_iter().map(|entry| entry.event.deed.name().to_owned()).collect()
    }
}

#[test]
fn a_signed_package_goes_from_seat_to_seat_byte_by_byte() {
    let (desk, folder) = (Desk::new(), tempfile::tempdir().unwrap());
    let ((id, order), anna) = (ids(1), &desk.people[0]);
    let content = parked(id, order, 1000, &[anna]);
    let first = desk.look(&file(folder.path(), &content)).unwrap();
    assert_eq!(
        (first.count, first.total.as_slice(), first.signers.len()),
        (1, [Money::huf(1000)].as_slice(), 1)
    );
    assert_eq!((first.obstacle, first.invalid.len()), (None, 0));
    assert!(desk.find(id).is_none(), "looking stores nothing");
    let taken = desk.take(&first).unwrap();
    assert_eq!((taken.state, taken.signers.len(), taken.dropped), (PackageState::PartlySigned, 1, 0));
    let stored = desk.package(id);
    assert_eq!(stored.claim, None);
    let document =
        desk.store.read_of(CUSTOMER, |conn| store::documents::bytes(conn, stored.document.unwrap())).unwrap();
    assert_eq!(document, content.document.as_slice());

    // And on from here: what is written again is what came.
    let again = desk.write(id, &folder.path().join("again.kapocs")).unwrap();
    let carried = package_file::read(&std::fs::read(again).unwrap()).unwrap();
    assert_eq!(carried.document, content.document.as_slice());
    assert_eq!(carried.signatures, [content.signatures[0].as_slice().to_vec()]);
    let log = desk.log();
    assert!(log.iter().any(|action| action == "package-file-taken"), "{log:?}");
    assert!(log.iter().any(|action| action == "package-file-written"), "{log:?}");
}

#[test]
fn signatures_of_strangers_and_of_other_bytes_are_named_and_dropped() {
    let (desk, folder) = (Desk::new(), tempfile::tempdir().unwrap());
    let ((id, order), anna) = (ids(1), &desk.people[0]);
    let mut content = parked(id, order, 1000, &[&desk.stranger, anna, anna]);
    content.signatures.extend(parked(ids(2).0, order, 1000, &[&desk.people[1]]).signatures);
    let seen = desk.look(&file(folder.path(), &content)).unwrap();
    assert_eq!((seen.signers.len(), seen.invalid.len()), (1, 3));
    assert!(seen.invalid.contains(&"signature-twice"), "{:?}", seen.invalid);
    assert_eq!(desk.take(&seen).unwrap().dropped, 3);
    let kept = desk.store.read_of(CUSTOMER, |conn| store::signatures::of_package(conn, id)).unwrap();
    assert_eq!(kept.len(), 1);
}

#[test]
fn what_is_here_already_or_somebody_elses_is_shown_with_the_reason_and_not_taken() {
    let (desk, folder) = (Desk::new(), tempfile::tempdir().unwrap());
    let (id, order) = ids(1);
    let content = parked(id, order, 1000, &[]);
    let path = file(folder.path(), &content);
    let before = desk.look(&path).unwrap();
    let _ = desk.take(&before).unwrap();
    let again = desk.look(&path).unwrap();
    assert_eq!(again.obstacle, Some("package-file-here"));
    // Also by the preview that was made before.
    assert!(matches!(desk.take(&before), Err(ClientError::PackageFile(PackageFileError::Here))));
    let same_order = desk.look(&file(folder.path(), &parked(ids(2).0, order, 1000, &[]))).unwrap();
    assert_eq!(same_order.obstacle, Some("shared-order-here"));
    assert!(matches!(desk.take(&same_order), Err(ClientError::SharedOrderHere)));
    assert!(desk.find(ids(2).0).is_none());
}

#[test]
fn a_file_that_changed_after_it_was_shown_is_not_taken() {
    let (desk, folder) = (Desk::new(), tempfile::tempdir().unwrap());
    let (id, order) = ids(1);
    let seen = desk.look(&file(folder.path(), &parked(id, order, 1000, &[]))).unwrap();
    let _ = file(folder.path(), &parked(id, order, 9_000_000, &[]));
    assert!(matches!(desk.take(&seen), Err(ClientError::PackageFile(PackageFileError::Changed))));
    assert!(desk.find(id).is_none());
}

#[test]
fn damaged_files_and_foreign_accounts_are_refused_whole() {
    let (desk, folder) = (Desk::new(), tempfile::tempdir().unwrap());
    let (id, order) = ids(1);
    let path = file(folder.path(), &parked(id, order, 1000, &[]));
    let good = std::fs::read(&path).unwrap();
    for end in (0..good.len()).step_by(37) {
        std::fs::write(&path, &good[..end]).unwrap();
        assert!(matches!(desk.look(&path), Err(ClientError::Format(_))), "cut at {end}");
    }
    std::fs::write(&path, &good).unwrap();
    desk.store.write_of(CUSTOMER, |of| store::accounts::set_all(of, &[])).unwrap();
    assert_eq!(desk.look(&path).unwrap().obstacle, Some("package-file-account"));
    assert!(matches!(desk.look(&folder.path().join("none.kapocs")), Err(ClientError::File { .. })));
    assert!(desk.find(id).is_none());
}

#[test]
fn what_came_from_the_shared_area_leaves_by_no_file() {
    let (desk, folder) = (Desk::new(), tempfile::tempdir().unwrap());
    let content = parked(ids(1).0, OrderId(Uuid::from_u128(9)), 1000, &[]);
    let claim = Uuid::from_u128(5);
    desk.store
        .write_with(move |tx| {
            let of = &OfCustomer::new(tx, CUSTOMER);
            keep(of, &Desk::scope().rules(of)?, &content, claim)
        })
        .unwrap();
    let path = folder.path().join("a.kapocs");
    assert!(matches!(desk.write(ids(1).0, &path), Err(ClientError::PackageFile(PackageFileError::Claimed))));
    assert!(!path.exists());
}
