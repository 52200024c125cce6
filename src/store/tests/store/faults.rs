//! Full disk, failing and panicking use cases, readers beside a writer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Explain;
use store::{Page, Store, StoreError, orders, packages, settings};

use crate::support::{OWN, at, code, file, header, order, recorded, store};

#[test]
fn a_full_disk_loses_only_what_did_not_fit() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 100)]);
    let many: Vec<_> = (0..20_000).map(|n| order(n, 1)).collect();
    let full = store.write_of(OWN, move |tx| {
        let pages: u32 = tx.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        tx.query_row(&format!("PRAGMA max_page_count = {}", pages + 20), [], |_| Ok(()))?;
        orders::insert_many(tx, id, &many, at(1))
    });
    assert_eq!(code(full), "store-disk-full");
    let package = store.read_of(OWN, |conn| packages::get(conn, id)).unwrap();
    assert_eq!((package.count, package.revision), (1, 2));
    store
        .write_of(OWN, move |tx| {
            tx.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(()))?;
            orders::insert(tx, id, &order(2, 50), at(2))
        })
        .unwrap();
    assert_eq!(store.read_of(OWN, |conn| packages::get(conn, id)).unwrap().count, 2);
}

#[derive(Debug, thiserror::Error)]
enum UseCase {
    #[error("refused")]
    Refused,
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[test]
fn a_use_case_that_refuses_half_way_changes_nothing() {
    let (_folder, store) = store();
    let refused: Result<(), UseCase> = store.write_with(|tx| {
        settings::set(tx, "half", &1)?;
        Err(UseCase::Refused)
    });
    assert!(matches!(refused, Err(UseCase::Refused)));
    let half: Option<u32> = store.read_with(|conn| Ok::<_, UseCase>(settings::get(conn, "half")?)).unwrap();
    assert_eq!(half, None);
}

#[test]
fn a_panic_in_a_use_case_is_an_error_and_the_store_goes_on() {
    let (_folder, store) = store();
    let ended: Result<(), StoreError> = store.write_of(OWN, |tx| {
        settings::set(tx, "half", &1)?;
        panic!("a bug of a use case");
    });
    assert_eq!(code(ended), "store-internal");
    assert_eq!(store.read_of(OWN, |conn| settings::get::<u32>(conn, "half")).unwrap(), None);
    store.write_of(OWN, |tx| settings::set(tx, "whole", &2)).unwrap();
    assert_eq!(store.read_of(OWN, |conn| settings::get(conn, "whole")).unwrap(), Some(2));
}

#[test]
fn a_write_inside_a_write_is_refused_instead_of_hanging() {
    let (_folder, store) = store();
    let inner = store.clone();
    assert_eq!(code(store.write_of(OWN, move |_| inner.write(|_| Ok(())))), "store-internal");
}

#[test]
fn reading_connections_cannot_write() {
    let (_folder, store) = store();
    assert_eq!(code(store.read_of(OWN, |conn| settings::set(conn, "a", &1))), "store-read-only");
}

#[test]
fn the_last_clone_may_go_on_the_writers_own_thread() {
    let (folder, store) = store();
    let path = file(&folder);
    let clone = store.clone();
    let (begin, begun) = std::sync::mpsc::channel::<()>();
    let (done, finished) = std::sync::mpsc::channel();
    let asker = std::thread::spawn(move || {
        let last = clone.clone();
        clone.write(move |_| {
            begun.recv().ok();
            drop(last);
            Ok(())
        })
    });
    drop(store);
    begin.send(()).unwrap();
    done.send(asker.join().unwrap()).unwrap();
    finished.recv().unwrap().unwrap();
    Store::open(&path).unwrap();
}

#[test]
fn readers_see_whole_transactions_while_the_writer_writes() {
    let (_folder, store) = store();
    let header = header();
    let id = header.id;
    store.write_of(OWN, move |tx| packages::create(tx, &header, at(0))).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..8)
        .map(|_| {
            let (store, stop) = (store.clone(), Arc::clone(&stop));
            std::thread::spawn(move || {
                let mut seen = 0;
                while !stop.load(Ordering::Relaxed) {
                    let (package, rows) = store
                        .read_of(OWN, |conn| {
                            Ok((packages::get(conn, id)?, orders::page(conn, id, Page::ALL)?))
                        })
                        .unwrap();
                    assert_eq!(package.count as usize, rows.len());
                    assert_eq!(package.count % 5, 0, "each transaction adds five");
                    assert!(package.count >= seen);
                    seen = package.count;
                }
            })
        })
        .collect();
    for round in 0..40 {
        let five: Vec<_> = (0..5).map(|n| order(n, 10)).collect();
        store.write_of(OWN, move |tx| orders::insert_many(tx, id, &five, at(round))).unwrap();
    }
    stop.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.join().unwrap();
    }
    assert_eq!(store.read_of(OWN, |conn| packages::get(conn, id)).unwrap().count, 200);
}

#[test]
fn every_error_explains_itself_by_a_code_of_its_own() {
    let codes = [
        StoreError::DiskFull.code(),
        StoreError::Busy.code(),
        StoreError::InUse { pid: Some(7) }.code(),
        StoreError::Damaged { path: "a".into(), detail: "b".into() }.code(),
    ];
    assert!(codes.iter().all(|code| code.starts_with("store-")));
    assert_eq!(StoreError::InUse { pid: Some(7) }.args(), [("pid", "7".to_owned())]);
}
