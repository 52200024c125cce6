//! Older stores are brought up to today's schema with everything that is in them, and a copy is made first.

use std::collections::BTreeMap;
use std::path::Path;

use domain::submission::{ItemState, OrderState, OrderStatus, SubmissionState};
use domain::{CustomerKey, OrderDraft, PackageId, PackageState, Scope, TemplateId, Transfer, User, key};
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;
use store::audit;
use store::connections::{self, ConnectionState};
use store::package_lists::{self, PackageList};
use store::receipts::{self, StoredReceipt};
use store::renewals::{self, NewRenewal};
use store::signatures::{self, StoredSignature};
use store::{
    Page, SCHEMA_VERSION, Store, customers, documents, drafts, handovers, orders, packages, settings,
    submissions, templates,
};
use uuid::Uuid;

use crate::old::{self, AtBank, FIRST, HAND_OFF, ORDERS, RENEWALS, assert_faces, draft_of};
use crate::old_view;
use crate::support::{
    BANK, OWN, at, customer, document, file, hct, order, recorded, store, transfer, walk, with_customer,
};

/// Rows of the tables that no call of this test fills.
const OTHERS: &str = "
    INSERT INTO bank_snapshots VALUES (1, 'server', '{}', 3);
    INSERT INTO cursors VALUES (1, 'packages', 'x');
    INSERT INTO users VALUES (1, '12345678', 'Kovács Anna', 4);
    INSERT INTO authority_tables VALUES (1, 1, '{}', 5);
    INSERT INTO balances SELECT 1, number, 'HUF', 1, 2, 3, 4, 5, 6, 7, 8 FROM accounts;
    INSERT INTO transactions SELECT 1, 1, number, 'b1', '2026-11-22', '2026-11-22', -1, 'HUF', 'Őrségi Kft.', NULL, 'n',
        NULL, 'transfer' FROM accounts;
    INSERT INTO partners VALUES (1, zeroblob(16), 'Őrségi', 'Őrségi Kft.', NULL, NULL, '', NULL, NULL, '', 6, NULL);
    INSERT INTO partner_accounts SELECT 1, 0, number FROM accounts;";

/// Tables whose rows are written anew: they are compared by what they mean.
const REWRITTEN: [&str; 4] = ["audit_log", "drafts", "orders", "templates"];

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

/// Every row of the tables, in these columns, as the query that `view` gives.
fn rows(
    conn: &Connection,
    shape: &BTreeMap<String, Vec<String>>,
    view: impl Fn(&str, &[String]) -> String,
) -> BTreeMap<String, Vec<Vec<Value>>> {
    shape
        .iter()
        .map(|(table, columns)| {
            let order: Vec<String> = (1..=columns.len()).map(|n| n.to_string()).collect();
            let sql = format!("{} ORDER BY {}", view(table, columns), order.join(", "));
            let mut statement = conn.prepare(&sql).unwrap();
            let rows = statement
                .query_map([], |row| (0..columns.len()).map(|column| row.get(column)).collect())
                .unwrap()
                .map(Result::unwrap)
                .collect();
            (table.clone(), rows)
        })
        .collect()
}

/// Today's rows of the tables that an older program had, in a file of its schema.
fn written_as(path: &Path, migrations: &[&str], today: &Path, except: &[&str]) -> Connection {
    let old = old::file(path, migrations);
    old.execute("ATTACH ?1 AS today", [today.to_str().unwrap()]).unwrap();
    for table in tables(&old).into_iter().filter(|table| !except.contains(&table.as_str())) {
        let columns = columns(&old, &table);
        let view = old_view::select(&table, &columns, "today");
        let sql = format!("INSERT INTO main.{table} ({}) {view}", columns.join(", "));
        assert!(old.execute(&sql, []).unwrap() > 0, "{table} has no rows to lose");
    }
    old.execute_batch("DETACH today").unwrap();
    old
}

/// A store with a package in every stage.
fn day() -> (tempfile::TempDir, [PackageId; 3], Vec<Transfer>) {
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
        store.write_of(OWN, move |tx| signatures::add(tx, &signature)).unwrap();
    }
    walk(&store, signed, &[Recorded, Signed]);
    walk(&store, sent, &[Recorded, Signed, Sending, Sent]);
    store
        .write_of(OWN, move |tx| {
            let begun = submissions::create(tx, sent, at(7))?;
            let (created, received) = (SubmissionState::Created, SubmissionState::Received);
            submissions::set_state(tx, begun.id, created, received, None, at(8))?;
            let receipt = StoredReceipt { bytes: vec![9], cms: vec![8], received_at: at(9) };
            receipts::save(tx, sent, &receipt)?;
            settings::set(tx, "kept", &7)?;
            let renewal = NewRenewal {
                id: Uuid::from_u128(1),
                csn: "AB".to_owned(),
                user: "12345678".parse().unwrap(),
                document: vec![1],
                signature: vec![2],
                login_key: vec![3],
                signing_key: vec![4],
            };
            renewals::create(tx, BANK, &renewal, at(9))?;
            tx.execute_batch(OTHERS)?;
            Ok(())
        })
        .unwrap();
    (folder, [open, signed, sent], payments)
}

/// The same rows in a file of schema 2.
fn schema_2(path: &Path) -> ([PackageId; 3], Vec<Transfer>) {
    let (folder, [open, signed, sent], payments) = day();
    let old = written_as(path, &[FIRST, RENEWALS], &file(&folder), &REWRITTEN);
    let key = |id: PackageId| -> i64 {
        old.query_row("SELECT key FROM packages WHERE id = ?1", [id.0.as_bytes()], |row| row.get(0)).unwrap()
    };
    let received = AtBank::in_state("received");
    for (id, list, bank) in
        [(open, 0..2, AtBank::default()), (signed, 2..3, AtBank::default()), (sent, 3..6, received)]
    {
        (1..).zip(&payments[list]).for_each(|(n, payment)| old::order(&old, key(id), n, payment, &bank));
    }
    old::audit(&old, sent);
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
    let stood = |table: &str, columns: &[String]| format!("SELECT {} FROM {table}", columns.join(", "));
    let before = rows(&old, &shape, stood);
    old.close().unwrap();

    let store = Store::open(&path).unwrap();
    store
        .read_of(OWN, |conn| {
            assert_eq!(rows(conn, &shape, |table, columns| old_view::select(table, columns, "main")), before);
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
        let found = store.read_of(OWN, |conn| orders::page(conn, id, Page::ALL)).unwrap();
        let expected = (1..).zip(&payments[list]).map(|(position, payment)| orders::StoredOrder {
            order: hct(payment.clone()),
            package: id,
            position,
            status: status.clone(),
        });
        assert_eq!(found, expected.collect::<Vec<_>>());
    }
    assert_faces(&store);
    let template = store
        .read_of(OWN, |conn| templates::find(conn, Scope::Common, TemplateId(Uuid::nil())))
        .unwrap()
        .unwrap();
    assert_eq!(template.fields, OrderDraft::default().with(key::AMOUNT, "12").values);
    let draft = store
        .read(|conn| drafts::load::<serde_json::Value>(conn, Scope::Common, "order-form"))
        .unwrap()
        .unwrap();
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
        .write_of(OWN, move |tx| {
            orders::insert(tx, open, &order(9, 900), at(20))?;
            packages::set_claim(tx, signed, claim)
        })
        .unwrap();
    let package = |id| store.read_of(OWN, |conn| packages::get(conn, id)).unwrap();
    assert_eq!((package(open).count, package(open).claim), (3, None));
    assert_eq!((package(signed).claim, package(signed).header.customer), (Some(claim), customer()));
    let document = store.read_of(OWN, |conn| documents::of_package(conn, sent)).unwrap().unwrap();
    assert_eq!(store.read_of(OWN, |conn| signatures::of_document(conn, document.id)).unwrap().len(), 1);
    assert!(store.read_of(OWN, |conn| receipts::latest(conn, sent)).unwrap().is_some());
    // References point at the new table: a package with documents cannot go, one without takes its orders along.
    let remove = |id: PackageId| {
        store
            .write_of(OWN, move |tx| Ok(tx.execute("DELETE FROM packages WHERE id = ?1", [id.0.as_bytes()])?))
    };
    assert!(remove(sent).is_err());
    assert_eq!(remove(open).unwrap(), 1);
    let orphans = "SELECT count(*) FROM orders WHERE package NOT IN (SELECT key FROM packages)";
    let orphans: u32 = store.read_of(OWN, |conn| Ok(conn.query_row(orphans, [], |row| row.get(0))?)).unwrap();
    assert_eq!(orphans, 0);
}

/// What a day does not bring, and a second customer of the same bank who calls a package as the first does not.
const MORE: &str = "
    INSERT INTO customers VALUES (2, 1, '50607080', 'Zala Mihály', 'private_person', NULL, NULL);
    UPDATE customers SET last_sync = 10 WHERE key = 1;
    INSERT INTO accounts VALUES (2, '117730161111101800000000', 'Lakossági', 'HUF', 0);
    INSERT INTO transactions SELECT 9, 2, '117730161111101800000000', bank_id, booking_date, value_date, -2, currency,
        counterparty_name, NULL, narrative, NULL, kind FROM transactions;
    INSERT INTO cursors VALUES (2, 'messages', 'y');
    INSERT INTO packages (key, customer, id, name, order_type, instant, state, currency, created_at, updated_at)
        VALUES (77, 2, randomblob(16), 'Mihályé', 'HCT', 0, 'recorded', 'HUF', 1, 1);
    INSERT INTO shared_packages VALUES (1, randomblob(16), randomblob(16), '{\"state\":\"waiting\"}', 0);
    INSERT INTO handovers VALUES (5, 2, 'put', randomblob(16), randomblob(16), NULL, 'signed', NULL, 'asked', NULL, 1, 1);
    INSERT INTO messages VALUES (2, randomblob(16), 1, NULL, NULL, 's', 'b', 0, NULL);
    INSERT INTO templates VALUES (randomblob(16), 'sablon', 'HCT', '{}', 7, NULL);
    INSERT INTO settings VALUES ('last-customer', '2');
    INSERT INTO drafts VALUES ('order-form', 2, '{\"draft\":{}}', 8);";

#[test]
fn a_store_of_schema_4_becomes_one_connection_with_every_row() {
    let (today, [_, signed, _], _) = day();
    Connection::open(file(&today)).unwrap().execute_batch(MORE).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kapocs.sqlite");
    let old = written_as(&path, &[FIRST, RENEWALS, HAND_OFF, ORDERS], &file(&today), &["audit_log"]);
    old::audit(&old, signed);
    let shape: BTreeMap<_, _> = tables(&old).into_iter().map(|t| (t.clone(), columns(&old, &t))).collect();
    let stood = |table: &str, columns: &[String]| format!("SELECT {} FROM {table}", columns.join(", "));
    let before = rows(&old, &shape, stood);
    old.close().unwrap();

    let store = Store::open(&path).unwrap();
    store
        .read(|conn| {
            let after = rows(conn, &shape, |table, columns| old_view::select(table, columns, "main"));
            for (table, rows) in &before {
                assert_eq!(&after[table], rows, "{table}");
            }
            assert!(!conn.prepare("PRAGMA foreign_key_check")?.exists([])?, "no reference dangles");
            Ok(())
        })
        .unwrap();
    let [one] = store.read(connections::list).unwrap().try_into().unwrap();
    assert_eq!((one.name.as_str(), one.content.as_deref()), ("Bank", Some("bank")));
    assert_eq!(one.state, ConnectionState::Active);
    let customers = store.read(customers::list).unwrap();
    let synced: Vec<_> = customers.iter().map(|c| c.last_sync.map(|at| at.timestamp_micros())).collect();
    assert_eq!(synced, [Some(10), Some(10)], "both have cursors");
    let ids: Vec<&str> = customers.iter().map(|c| c.customer.id.as_str()).collect();
    assert_eq!(ids, ["10203040", "50607080"]);
    let [first, second] = [customers[0].key, customers[1].key];
    let draft =
        |scope| store.read(|conn| drafts::load::<serde_json::Value>(conn, scope, "order-form")).unwrap();
    assert!(draft(Scope::Own(second)).is_some(), "what was typed is the last customer's");
    assert!(draft(Scope::Own(first)).is_none() && draft(Scope::Common).is_none());
    let chosen: Option<CustomerKey> = store.read(|conn| settings::get(conn, "last-customer")).unwrap();
    assert_eq!(chosen, Some(second));
    let named = |of| store.read_of(of, |of| package_lists::count(of, PackageList::Prepared)).unwrap();
    assert_eq!((named(first), named(second)), (2, 1));
    assert!(store.read_of(second, |of| packages::find(of, signed)).unwrap().is_none());
    assert_eq!(store.read(audit::verify).unwrap(), 1, "the chain holds");
    let story = |of| store.read_of(of, |of| audit::about(of, &signed.to_string(), Page::ALL)).unwrap().len();
    assert_eq!((story(first), story(second)), (1, 0));
    assert_eq!(store.read_of(second, handovers::open).unwrap().len(), 1);
    assert!(folder.path().join("kapocs.sqlite.schema-4.backup").exists());
}
