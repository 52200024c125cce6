//! A store that version 0.1 has written is brought up to today's schema with everything that is in it.
//!
//! `data/store-0.1.db` was made by the programs of commit 724a934, the last before orders of every type came into one
//! table: a demo's client after a day of work, and rows for what a day does not bring (a package that is being sent, an
//! answer that was lost). `data/store-0.1.jsonl` says what was in it, row by row, as another program has read it.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests stop at the first surprise

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::{AdminAction, CustomerId, CustomerKey, OrderId, Scope};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use store::{
    Page, SCHEMA_VERSION, Store, accounts, audit, connections, customers, orders, packages, templates,
};

#[path = "store/old_view.rs"]
mod old_view;

/// Tables whose rows look otherwise today, even as seen through [`old_view`].
const CHANGED: [&str; 4] = ["admin_orders", "drafts", "orders", "templates"];
/// Longer values stand in the list by their hash.
const LONGEST: usize = 64;

/// A table as it was.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Table {
    /// The rows by column.
    fn maps(&self) -> impl Iterator<Item = Map<String, Value>> {
        self.rows.iter().map(|row| self.columns.iter().cloned().zip(row.iter().cloned()).collect())
    }
}

/// What was in the store.
fn before() -> BTreeMap<String, Table> {
    let mut tables = BTreeMap::new();
    let mut last = String::new();
    for line in include_str!("data/store-0.1.jsonl").lines() {
        match serde_json::from_str(line).unwrap() {
            Value::Object(head) => {
                last = head["table"].as_str().unwrap().to_owned();
                let columns = serde_json::from_value(head["columns"].clone()).unwrap();
                tables.insert(last.clone(), Table { columns, rows: Vec::new() });
            }
            Value::Array(row) => tables.get_mut(&last).unwrap().rows.push(row),
            other => panic!("{other}"),
        }
    }
    tables
}

/// A customer as the list names it.
fn id_of(value: &Value) -> CustomerId {
    value.as_str().unwrap().parse().unwrap()
}

/// Today's keys of the customers.
fn customers_now(store: &Store) -> BTreeMap<CustomerId, CustomerKey> {
    let list = store.read(customers::list).unwrap();
    list.into_iter().map(|stored| (stored.customer.id, stored.key)).collect()
}

/// A copy of the store, opened by today's program.
fn opened(folder: &Path) -> Store {
    let path = folder.join("kapocs.sqlite");
    let old = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/store-0.1.db");
    std::fs::copy(old, &path).unwrap();
    Store::open(&path).unwrap()
}

/// A value as the list writes it.
fn written(value: ValueRef<'_>) -> Value {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap().into(),
        ValueRef::Blob(bytes) if bytes.len() <= LONGEST => json!({ "hex": hex(bytes) }),
        ValueRef::Blob(bytes) => json!({ "sha256": hex(&Sha256::digest(bytes)), "length": bytes.len() }),
    }
}

/// Rows of a query as the list writes them.
fn rows(conn: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.column_count();
    let row = |row: &rusqlite::Row<'_>| (0..columns).map(|n| Ok(written(row.get_ref(n)?))).collect();
    statement.query_map([], row).unwrap().map(Result::unwrap).collect()
}

fn sorted(mut rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    rows.sort_by_cached_key(|row| json!(row).to_string());
    rows
}

#[test]
fn every_row_that_looks_as_before_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path());
    store
        .read(|conn| {
            let version: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            assert_eq!(version, SCHEMA_VERSION);
            assert!(!conn.prepare("PRAGMA foreign_key_check")?.exists([])?, "no reference dangles");
            for (name, table) in before().into_iter().filter(|(name, _)| !CHANGED.contains(&name.as_str())) {
                assert!(!table.rows.is_empty(), "{name} has no rows to lose");
                let now = rows(conn, &old_view::select(&name, &table.columns, "main"));
                assert_eq!(sorted(now), sorted(table.rows), "{name}");
            }
            Ok(())
        })
        .unwrap();
    assert!(folder.path().join("kapocs.sqlite.schema-3.backup").exists(), "a copy was made first");
}

#[test]
fn it_became_one_connection_with_its_customers() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path());
    let before = before();
    let [one] = store.read(connections::list).unwrap().try_into().unwrap();
    assert_eq!(one.name, "K&H Bank");
    let old = before["bank_connection"].maps().next().unwrap();
    assert_eq!(
        (json!(one.content), json!(one.connected_at.timestamp_micros())),
        (old["content"].clone(), old["connected_at"].clone())
    );
    let customers = customers_now(&store);
    assert_eq!(customers.len(), before["customers"].rows.len());
    for (customer, key) in customers {
        let mut accounts: Vec<Value> = before["accounts"]
            .maps()
            .filter(|old| old["customer"] == customer.as_str())
            .map(|old| old["number"].clone())
            .collect();
        let mut now: Vec<Value> = store
            .read_of(key, accounts::list)
            .unwrap()
            .iter()
            .map(|account| account.number.digits24().into())
            .collect();
        accounts.sort_by_key(Value::to_string);
        now.sort_by_key(Value::to_string);
        assert_eq!(now, accounts);
    }
    let story = |package: &Map<String, Value>| {
        let owner = customers_now(&store)[&id_of(&package["customer"])];
        store.read_of(owner, |of| audit::about(of, &uuid(&package["id"]), Page::ALL)).unwrap().len()
    };
    let told: usize = before["packages"].maps().map(|package| story(&package)).sum();
    let subjects: Vec<String> = before["packages"].maps().map(|package| uuid(&package["id"])).collect();
    let about = |entry: &Map<String, Value>| {
        entry["subject"].as_str().is_some_and(|s| subjects.iter().any(|u| u == s))
    };
    assert_eq!(told, before["audit_log"].maps().filter(about).count(), "every package keeps its story");
}

#[test]
fn the_chain_of_the_log_holds() {
    let folder = tempfile::tempdir().unwrap();
    let entries = opened(folder.path()).read(audit::verify).unwrap();
    assert_eq!(entries, before()["audit_log"].rows.len() as u64);
}

/// The identifier that stands in a list as sixteen bytes, as text.
fn uuid(value: &Value) -> String {
    let hex = value["hex"].as_str().unwrap();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// What stands in today's table of an order, by its identifier: face and bank's word in columns, and the whole of it.
fn orders_now(conn: &Connection) -> BTreeMap<String, Map<String, Value>> {
    let columns = [
        "id",
        "package",
        "position",
        "order_type",
        "content",
        "debit_account",
        "payee",
        "payee_name",
        "amount",
        "currency",
        "value_date",
        "bank_state",
        "route",
        "reason",
        "due",
        "decided_at",
    ];
    let rows = rows(conn, &format!("SELECT {} FROM orders", columns.join(", ")));
    rows.into_iter()
        .map(|row| {
            let id = uuid(&row[0]);
            (id, columns.iter().map(|name| (*name).to_owned()).zip(row).collect())
        })
        .collect()
}

/// The content of a transfer, made of the columns that it had.
fn content(old: &Map<String, Value>) -> Value {
    let minor = old["amount"].as_i64().unwrap();
    let amount = if minor % 100 == 0 {
        (minor / 100).to_string()
    } else {
        format!("{}.{:02}", minor / 100, minor % 100)
    };
    let beneficiary = match old["payee_kind"].as_str().unwrap() {
        "account" => json!({ "by": "account", "name": old["payee_name"], "number": old["payee"] }),
        kind => json!({ "by": "secondary_id", "id": { "kind": kind, "value": old["payee"] } }),
    };
    let timing = match old["timing"].as_str().unwrap() {
        "on" => json!({ "when": "on", "date": old["value_date"] }),
        when => json!({ "when": when }),
    };
    json!({
        "id": uuid(&old["id"]), "debit_account": old["debit_account"], "payer_name": old["payer_name"],
        "beneficiary": beneficiary, "beneficiary_country": old["payee_country"],
        "amount": { "amount": amount, "currency": old["currency"] }, "timing": timing, "urgency": old["urgency"],
        "narrative": old["narrative"], "document_number": old["document_number"], "legal_code": old["legal_code"],
        "own_reference": old["own_reference"],
    })
}

/// Version 0.1 did not tell apart what the bank was doing.
fn state(old: &Value) -> Value {
    if old == "processing" { json!("in_execution") } else { old.clone() }
}

/// The same in both tables.
fn assert_alike(now: &Map<String, Value>, old: &Map<String, Value>, columns: &[&str]) {
    for column in columns {
        assert_eq!(now[*column], old[*column], "{column} of {}", uuid(&old["id"]));
    }
    assert_eq!(now["bank_state"], state(&old["bank_state"]));
    assert_eq!(now["due"], Value::Null);
}

#[test]
fn transfers_are_what_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path());
    let now = store.read(|conn| Ok(orders_now(conn))).unwrap();
    let before = before();
    assert_eq!(now.len(), before["orders"].rows.len() + before["admin_orders"].rows.len());
    for old in before["orders"].maps() {
        let now = &now[&uuid(&old["id"])];
        assert_eq!(now["order_type"], "HCT");
        let kept: Value = serde_json::from_str(now["content"].as_str().unwrap()).unwrap();
        assert_eq!(kept, content(&old));
        assert_alike(
            now,
            &old,
            &[
                "package",
                "position",
                "debit_account",
                "payee",
                "payee_name",
                "amount",
                "currency",
                "value_date",
                "route",
                "reason",
                "decided_at",
            ],
        );
    }
}

#[test]
fn orders_of_self_administration_are_what_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path());
    let now = store.read(|conn| Ok(orders_now(conn))).unwrap();
    let packages = before().remove("packages").unwrap();
    let owner = |package: Map<String, Value>| (package["key"].as_i64().unwrap(), id_of(&package["customer"]));
    let owners: BTreeMap<i64, CustomerId> = packages.maps().map(owner).collect();
    for old in before()["admin_orders"].maps() {
        let (text, action) = (uuid(&old["id"]), old["json"].as_str().unwrap());
        let now = &now[&text];
        assert_eq!(now["order_type"], "ADM");
        assert_alike(now, &old, &["package", "position", "reason", "decided_at"]);
        // Read as today's program reads it: a secondary identifier is an `id` too and must not give way to the order's.
        let id: OrderId = text.parse().unwrap();
        let owner = customers_now(&store)[&owners[&old["package"].as_i64().unwrap()]];
        let stored =
            store.read_of(owner, |of| orders::get(of, id)).unwrap_or_else(|e| panic!("{action}: {e}"));
        let change = stored.order.administration().unwrap();
        assert_eq!((change.id, &change.action), (id, &serde_json::from_str::<AdminAction>(action).unwrap()));
    }
}

#[test]
fn every_package_and_order_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path());
    let mut count = 0;
    for package in before()["packages"].maps() {
        let id = uuid(&package["id"]).parse().unwrap();
        let owner = customers_now(&store)[&id_of(&package["customer"])];
        let (read, orders) = store
            .read_of(owner, |of| Ok((packages::get(of, id)?, orders::page(of, id, Page::ALL)?)))
            .unwrap();
        assert_eq!(json!(read.count), package["order_count"]);
        assert_eq!(json!(orders.len()), package["order_count"], "{}", read.header.name);
        count += orders.len();
    }
    let before = before();
    assert_eq!(count, before["orders"].rows.len() + before["admin_orders"].rows.len());
}

/// The fields that were typed, by today's keys; what was empty is not there.
fn values(fields: &Value) -> Value {
    let fields = fields
        .as_object()
        .unwrap()
        .iter()
        .filter(|(key, _)| !["template", "partner"].contains(&key.as_str()));
    let values = fields.filter_map(|(key, value)| {
        let key = if key == "viber" { "urgency".to_owned() } else { key.replace('_', "-") };
        match value {
            Value::Bool(true) => Some((key, json!("yes"))),
            Value::String(text) if !text.is_empty() => Some((key, json!(text))),
            _ => None,
        }
    });
    Value::Object(values.collect())
}

#[test]
fn templates_and_what_was_being_typed_are_what_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path());
    let before = before();
    store
        .read(|conn| {
            let parse = |text: &Value| serde_json::from_str::<Value>(text.as_str().unwrap()).unwrap();
            for old in before["templates"].maps() {
                let sql = format!(
                    "SELECT name, order_type, fields, updated_at FROM templates WHERE id = x'{}'",
                    old["id"]["hex"].as_str().unwrap()
                );
                let now = rows(conn, &sql).remove(0);
                assert_eq!(
                    [&now[0], &now[1], &now[3]],
                    [&old["name"], &old["order_type"], &old["updated_at"]]
                );
                assert_eq!(parse(&now[2]), values(&parse(&old["fields"])));
            }
            assert_eq!(templates::all(conn, Scope::Common)?.len(), before["templates"].rows.len());
            for old in before["drafts"].maps() {
                let sql = format!("SELECT json FROM drafts WHERE key = '{}'", old["key"].as_str().unwrap());
                let (mut was, mut now) = (parse(&old["json"]), parse(&rows(conn, &sql)[0][0]));
                let (typed, kept) = (was["draft"].take(), now["draft"].take());
                assert_eq!(now, was, "what stands beside the fields");
                assert_eq!(kept["order_type"], "HCT");
                assert_eq!(kept["values"], values(&typed));
                assert_eq!([&kept["template"], &kept["partner"]], [&typed["template"], &typed["partner"]]);
            }
            Ok(())
        })
        .unwrap();
}
