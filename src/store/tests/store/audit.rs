//! The audit log cannot be changed by the program, and shows changes made around it.

use domain::{CustomerKey, UserId};
use rusqlite::Connection;
use store::audit::{self, AuditEvent};
use store::deed::Deed;
use store::{Page, Store};

use crate::support::{OWN, at, code, file, store};

fn event(n: i64) -> AuditEvent {
    AuditEvent {
        at: at(n),
        actor: (n % 2 == 0).then(|| "12345678".parse::<UserId>().unwrap()),
        deed: Deed::PackageSigned { user: "12345678".parse().unwrap(), have: n as u8, need: 10 },
        subject: (n % 3 != 0).then(|| format!("package {n}")),
        customer: (n % 4 == 0).then_some(OWN),
    }
}

fn filled() -> (tempfile::TempDir, Store) {
    let (folder, store) = store();
    store.write(|tx| (1..=10).try_for_each(|n| audit::append(tx, &event(n)).map(drop))).unwrap();
    (folder, store)
}

#[test]
fn entries_come_back_as_told_and_the_chain_holds() {
    let (_folder, store) = filled();
    let entries = store.read(|conn| audit::list(conn, Page::ALL)).unwrap();
    assert_eq!(entries.len(), 10);
    for (entry, n) in entries.iter().rev().zip(1..) {
        assert_eq!((entry.number, &entry.event), (n, &event(n)));
    }
    assert_eq!(store.read(audit::head).unwrap(), (10, entries[0].hash));
    assert_eq!(store.read(audit::verify).unwrap(), 10);
    let about = |customer, subject: &str| {
        store.read_of(customer, |of| audit::about(of, subject, Page::ALL)).unwrap().len()
    };
    assert_eq!((about(OWN, "package 4"), about(OWN, "package 5")), (1, 0));
    assert_eq!(about(CustomerKey(2), "package 4"), 0, "another customer's story");
}

#[test]
fn the_program_cannot_change_the_log() {
    let (_folder, store) = filled();
    for sql in ["UPDATE audit_log SET action = 'x' WHERE seq = 3", "DELETE FROM audit_log WHERE seq = 10"] {
        assert_eq!(code(store.write(move |tx| Ok(tx.execute(sql, [])?))), "store-rule");
    }
}

#[test]
fn every_change_made_around_the_program_is_found() {
    let changes = [
        ("UPDATE audit_log SET detail = '{\"have\":99}' WHERE seq = 4", 4),
        ("UPDATE audit_log SET at = at + 1 WHERE seq = 1", 1),
        ("UPDATE audit_log SET actor = NULL WHERE seq = 2", 2),
        ("UPDATE audit_log SET subject = '' WHERE seq = 3", 3),
        ("UPDATE audit_log SET customer = 2 WHERE seq = 4", 4),
        ("UPDATE audit_log SET customer = NULL WHERE seq = 8", 8),
        ("UPDATE audit_log SET version = 1 WHERE seq = 6", 6),
        ("DELETE FROM audit_log WHERE seq = 5", 6),
        ("DELETE FROM audit_log WHERE seq = 1", 2),
        ("UPDATE audit_log SET hash = previous WHERE seq = 7", 7),
        ("UPDATE audit_log SET seq = 30 WHERE seq = 10", 30),
    ];
    for (sql, broken) in changes {
        let (folder, store) = filled();
        drop(store);
        let conn = Connection::open(file(&folder)).unwrap();
        conn.execute_batch("DROP TRIGGER audit_log_never_changes; DROP TRIGGER audit_log_stays").unwrap();
        assert_eq!(conn.execute(sql, []).unwrap(), 1);
        conn.close().unwrap();
        let store = Store::open(&file(&folder)).unwrap();
        let error = store.read(audit::verify).unwrap_err();
        assert!(
            matches!(error, store::StoreError::AuditBroken { entry } if entry == broken),
            "{sql}: {error}"
        );
    }
}

#[test]
fn deeds_keep_the_names_and_fields_that_are_in_the_chains_of_today() {
    // As version 0.1.0 wrote them.
    let written = [
        ("package-state", r#"{"from":"signed","to":"sending"}"#),
        ("package-signed", r#"{"have":1,"need":2,"user":"12345678"}"#),
        ("received", r#"{"received_at":"2026-11-05T09:30:00.123456Z","sequence":4711}"#),
        ("package-split-off", r#"{"from":"0192d6a0-0000-7000-8000-000000000001","name":"Bér"}"#),
        ("shared-answer-lost", r#"{"asked":"put","code":"bank-answer-lost"}"#),
        (
            "taken-over-elsewhere",
            r#"{"at":"2026-11-05T09:30:00Z","by":"Nagy Péter","channel":"web","user":"12345678"}"#,
        ),
        ("changed-decided", r#"{"executed":3,"rejected":0}"#),
        ("token-pin-set", "{}"),
    ];
    for (name, detail) in written {
        let deed = Deed::read(name.to_owned(), serde_json::from_str(detail).unwrap());
        assert!(!matches!(deed, Deed::Other { .. }), "{name} is not understood");
        assert_eq!((deed.name(), deed.detail().to_string().as_str()), (name, detail));
    }
}

#[test]
fn a_deed_of_another_version_is_kept_and_shown_as_it_is() {
    for (name, detail) in [("tea-made", r#"{"cups":2}"#), ("package-split", r#"{"packages":2,"why":"x"}"#)] {
        let deed = Deed::read(name.to_owned(), serde_json::from_str(detail).unwrap());
        assert!(matches!(deed, Deed::Other { .. }));
        assert_eq!((deed.name(), deed.detail().to_string().as_str()), (name, detail));
    }
}
