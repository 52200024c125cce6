//! Older stores are brought up to today's schema with everything that is in them, and a copy is made first.

use std::collections::BTreeMap;
use std::path::Path;

use domain::submission::{ItemState, OrderState, OrderStatus, SubmissionState};
use domain::{OrderDraft, PackageId, PackageState, TemplateId, Transfer, User, key};
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;
use store::audit::{self, AuditEvent};
use store::deed::Deed;
use store::receipts::{self, StoredReceipt};
use store::renewals::{self, NewRenewal};
use store::signatures::{self, StoredSignature};
use store::{
    Page, SCHEMA_VERSION, Store, documents, drafts, orders, packages, settings, submissions, templates,
};
use uuid::Uuid;

use crate::old::{self, AtBank, FIRST, RENEWALS, assert_faces, draft_of};
use crate::support::{
    at, customer, document, file, hct, order, recorded, store, transfer, walk, with_customer,
};

/// Rows of the tables that no call of this test fills.
const OTHERS: &str = "
    INSERT INTO bank_connection VALUES (1, 'bank', 1, 2);
    INSERT INTO bank_snapshots VALUES ('server', '{}', 3);
    INSERT INTO cursors VALUES ('packages/10203040', 'x');
    INSERT INTO users VALUES ('12345678', 'Kovács Anna', 4);
    INSERT INTO authority_tables VALUES ('10203040', 1, '{}', 5);
    INSERT INTO balances SELECT number, 'HUF', 1, 2, 3, 4, 5, 6, 7, 8 FROM accounts;
    INSERT INTO transactions SELECT 1, number, 'b1', '2026-11-22', '2026-11-22', -1, 'HUF', 'Őrségi Kft.', NULL, 'n',
        NULL, 'transfer' FROM accounts;
    INSERT INTO partners VALUES (1, zeroblob(16), 'Őrségi', 'Őrségi Kft.', NULL, NULL, '', NULL, NULL, '', 6);
    INSERT INTO partner_accounts SELECT 1, 0, number FROM accounts;";

/// Tables whose rows are written anew: they are compared by what they mean.
const REWRITTEN: [&str; 3] = ["drafts", "orders", "templates"];

/// Tables that hold rows; the search indexes are made of them and can be made again.
fn tables(conn: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
        AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = conn.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn columns(conn: &Connection, table: &str) -> Vec<String> {
    let mut statement = conn.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
    statement.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Every row of the tables, in these columns.
fn rows(conn: &Connection, shape: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<Vec<Value>>> {
    shape
        .iter()
        .map(|(table, columns)| {
            let list = columns.join(", ");
            let mut statement = conn.prepare(&format!("SELECT {list} FROM {table} ORDER BY {list}")).unwrap();
            let rows = statement
                .query_map([], |row| (0..columns.len()).map(|column| row.get(column)).collect())
                .unwrap()
                .map(Result::unwrap)
                .collect();
            (table.clone(), rows)
        })
        .collect()
}

/// A store with a package in every stage, then the same rows in a file of schema 2.
fn schema_2(path: &Path) -> ([PackageId; 3], Vec<Transfer>) {
    use PackageState::{Recorded, Sending, Sent, Signed};
    let (folder, store) = store();
    with_customer(&store);
    let payments: Vec<Transfer> = (1..=6).map(|n| transfer(n, i64::from(n) * 100)).collect();
    let of = |range: std::ops::Range<usize>| payments[range].iter().cloned().map(hct).collect();
    let open = recorded(&store, of(0..2));
    let signed = recorded(&store, of(2..3));
    let sent = recorded(&store, of(3..6));
    for id in [signed, sent] {
        let document = document(&store, id).id;
        let signer = User { id: "12345678".parse().unwrap(), name: "Kovács Anna".to_owned() };
        let signature =
            StoredSignature { document, signer, certificate: [7; 32], signed_at: at(6), p7s: vec![1, 2, 3] };
        store.write(move |tx| signatures::add(tx, &signature)).unwrap();
    }
    walk(&store, signed, &[Recorded, Signed]);
    walk(&store, sent, &[Recorded, Signed, Sending, Sent]);
    store
        .write(move |tx| {
            let begun = submissions::create(tx, sent, at(7))?;
            let (created, received) = (SubmissionState::Created, SubmissionState::Received);
            submissions::set_state(tx, begun.id, created, received, None, at(8))?;
            let receipt = StoredReceipt { bytes: vec![9], cms: vec![8], received_at: at(9) };
            receipts::save(tx, sent, &receipt)?;
            settings::set(tx, "kept", &7)?;
            let subject = Some(sent.to_string());
            let event = AuditEvent {
                at: at(9),
                actor: None,
                deed: Deed::Received { sequence: 1, received_at: at(9) },
                subject,
            };
            audit::append(tx, &event)?;
            let renewal = NewRenewal {
                id: Uuid::from_u128(1),
                csn: "AB".to_owned(),
                user: "12345678".parse().unwrap(),
                document: vec![1],
                signature: vec![2],
                login_key: vec![3],
                signing_key: vec![4],
            };
            renewals::create(tx, &renewal, at(9))?;
            tx.execute_batch(OTHERS)?;
            Ok(())
        })
        .unwrap();
    drop(store);
    let old = old::file(path, &[FIRST, RENEWALS]);
    old.execute("ATTACH ?1 AS today", [file(&folder).to_str().unwrap()]).unwrap();
    for table in tables(&old).into_iter().filter(|table| !REWRITTEN.contains(&table.as_str())) {
        let list = columns(&old, &table).join(", ");
        let sql = format!("INSERT INTO main.{table} ({list}) SELECT {list} FROM today.{table}");
        assert!(old.execute(&sql, []).unwrap() > 0, "{table} has no rows to lose");
    }
    old.execute_batch("DETACH today").unwrap();
    let key = |id: PackageId| -> i64 {
        old.query_row("SELECT key FROM packages WHERE id = ?1", [id.0.as_bytes()], |row| row.get(0)).unwrap()
    };
    let received = AtBank::in_state("received");
    for (id, list, bank) in
        [(open, 0..2, AtBank::default()), (signed, 2..3, AtBank::default()), (sent, 3..6, received)]
    {
        (1..).zip(&payments[list]).for_each(|(n, payment)| old::order(&old, key(id), n, payment, &bank));
    }
    old::template(&old, Uuid::nil(), "sablon", &old::form(&json!({ "amount": "12" })));
    old::draft(&old, "order-form", &json!({ "draft": old::form(&json!({})), "editing": null }));
    ([open, signed, sent], payments)
}

#[test]
fn a_store_of_schema_2_keeps_every_row_and_its_packages_their_children() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kapocs.sqlite");
    let ([open, signed, sent], payments) = schema_2(&path);
    let old = Connection::open(&path).unwrap();
    let kept = tables(&old).into_iter().filter(|table| !REWRITTEN.contains(&table.as_str()));
    let shape: BTreeMap<_, _> = kept.map(|t| (t.clone(), columns(&old, &t))).collect();
    let before = rows(&old, &shape);
    old.close().unwrap();

    let store = Store::open(&path).unwrap();
    store
        .read(|conn| {
            assert_eq!(rows(conn, &shape), before);
            let version: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            assert_eq!(version, SCHEMA_VERSION);
            assert!(!conn.prepare("PRAGMA foreign_key_check")?.exists([])?, "no reference dangles");
            assert_eq!(audit::verify(conn)?, 1);
            Ok(())
        })
        .unwrap();
    let received = OrderStatus {
        state: OrderState::At(ItemState::Received),
        route: None,
        reason: None,
        due: None,
        decided_at: None,
    };
    for (id, list, status) in [(open, 0..2, None), (signed, 2..3, None), (sent, 3..6, Some(received))] {
        let found = store.read(|conn| orders::page(conn, id, Page::ALL)).unwrap();
        let expected = (1..).zip(&payments[list]).map(|(position, payment)| orders::StoredOrder {
            order: hct(payment.clone()),
            package: id,
            position,
            status: status.clone(),
        });
        assert_eq!(found, expected.collect::<Vec<_>>());
    }
    assert_faces(&store);
    let template = store.read(|conn| templates::find(conn, TemplateId(Uuid::nil()))).unwrap().unwrap();
    assert_eq!(template.fields, OrderDraft::default().with(key::AMOUNT, "12").values);
    let draft = store.read(|conn| drafts::load::<serde_json::Value>(conn, "order-form")).unwrap().unwrap();
    assert!(draft_of(&draft.value["draft"]).is_blank());
    assert!(folder.path().join("kapocs.sqlite.schema-2.backup").exists());
}

#[test]
fn packages_of_a_migrated_store_live_on_and_their_rules_still_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kapocs.sqlite");
    let ([open, signed, sent], _) = schema_2(&path);
    let store = Store::open(&path).unwrap();
    let claim = Uuid::from_u128(5);
    store
        .write(move |tx| {
            orders::insert(tx, open, &order(9, 900), at(20))?;
            packages::set_claim(tx, signed, claim)
        })
        .unwrap();
    let package = |id| store.read(|conn| packages::get(conn, id)).unwrap();
    assert_eq!((package(open).count, package(open).claim), (3, None));
    assert_eq!((package(signed).claim, package(signed).header.customer), (Some(claim), customer()));
    let document = store.read(|conn| documents::of_package(conn, sent)).unwrap().unwrap();
    assert_eq!(store.read(|conn| signatures::of_document(conn, document.id)).unwrap().len(), 1);
    assert!(store.read(|conn| receipts::latest(conn, sent)).unwrap().is_some());
    // References point at the new table: a package with documents cannot go, one without takes its orders along.
    let remove = |id: PackageId| {
        store.write(move |tx| Ok(tx.execute("DELETE FROM packages WHERE id = ?1", [id.0.as_bytes()])?))
    };
    assert!(remove(sent).is_err());
    assert_eq!(remove(open).unwrap(), 1);
    let orphans = "SELECT count(*) FROM orders WHERE package NOT IN (SELECT key FROM packages)";
    let orphans: u32 = store.read(|conn| Ok(conn.query_row(orphans, [], |row| row.get(0))?)).unwrap();
    assert_eq!(orphans, 0);
}
