//! Files as older programs wrote them: their tables, and rows of those that have changed since, by plain SQL; and what
//! such rows must be in today's.

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::text::{CountryCode, DocumentNumber, LegalCode, OwnReference, PartyName};
use domain::{AdminOrder, Beneficiary, OrderDraft, OrderId, OrderType, PackageId, Timing, Transfer, Urgency};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Store;
use uuid::Uuid;

use crate::support::{at, own_account};

pub const FIRST: &str = include_str!("../../migrations/0001_first.sql");
pub const RENEWALS: &str = include_str!("../../migrations/0002_renewals.sql");
pub const HAND_OFF: &str = include_str!("../../migrations/0003_hand_off.sql");
pub const ORDERS: &str = include_str!("../../migrations/0004_orders.sql");

/// A file made by the program of that time: its migrations, nothing of today's.
pub fn file(path: &Path, migrations: &[&str]) -> Connection {
    let old = Connection::open(path).unwrap();
    old.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    migrations.iter().for_each(|sql| old.execute_batch(sql).unwrap());
    old.pragma_update(None, "user_version", migrations.len() as i64).unwrap();
    old
}

/// What a row of an order said of the bank; nothing while it was only ours.
#[derive(Clone, Copy, Debug, Default)]
pub struct AtBank {
    pub state: Option<&'static str>,
    pub route: Option<&'static str>,
    pub reason: Option<&'static str>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl AtBank {
    pub fn in_state(state: &'static str) -> Self {
        Self { state: Some(state), ..Self::default() }
    }
}

/// A package of schema 3, every column of it. Administration had no account; what was sent has a document.
pub fn package(
    old: &Connection,
    key: i64,
    id: PackageId,
    order_type: &str,
    state: &str,
    claim: Option<Uuid>,
) {
    const SQL: &str = "INSERT INTO packages (key, id, customer, name, order_type, debit_account, instant, scheduled,
            state, revision, document, order_count, total, currency, last_error, created_at, updated_at, sent_at, claim)
        VALUES (?1, ?2, '10203040', 'Régi csomag', ?3, ?4, 1, '2026-12-01', ?5, 3, ?6, 5, 700, 'HUF', 'bank-busy', ?7,
            ?8, ?9, ?10)";
    let debit = (order_type == "HCT").then(|| own_account().digits24());
    let values = params![
        key,
        id.0.as_bytes(),
        order_type,
        debit,
        state,
        (state == "sent").then_some(key),
        at(1).timestamp_micros(),
        at(2).timestamp_micros(),
        at(3).timestamp_micros(),
        claim.as_ref().map(Uuid::as_bytes),
    ];
    assert_eq!(old.execute(SQL, values).unwrap(), 1);
    if state == "sent" {
        let document = "INSERT INTO documents VALUES (?1, ?1, 3, zeroblob(32), x'01', 4)";
        assert_eq!(old.execute(document, [key]).unwrap(), 1);
    }
}

/// An order of schemas 1 to 3, every column of it.
pub fn order(old: &Connection, package: i64, position: i64, order: &Transfer, bank: &AtBank) {
    const SQL: &str = "INSERT INTO orders (id, package, position, debit_account, payer_name, payee_kind, payee,
            payee_name, payee_country, amount, currency, timing, value_date, urgency, narrative, document_number,
            legal_code, own_reference, bank_state, route, reason, decided_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)";
    let (kind, payee, name) = match &order.beneficiary {
        Beneficiary::Account { name, number } => ("account", number.digits24(), Some(name.as_str())),
        Beneficiary::SecondaryId { id } => (id.kind().name(), id.value().to_owned(), None),
        Beneficiary::OwnAccount { .. } => panic!("older programs knew no own accounts as payees"),
    };
    let currency = order.amount.currency();
    let (timing, date) = match order.timing {
        Timing::Soon => ("soon", None),
        Timing::Instant => ("instant", None),
        Timing::On { date } => ("on", Some(date.to_string())),
    };
    let values = params![
        order.id.0.as_bytes(),
        package,
        position,
        order.debit_account.digits24(),
        order.payer_name.as_ref().map(PartyName::as_str),
        kind,
        payee,
        name,
        order.beneficiary_country.as_ref().map(CountryCode::as_str),
        order.amount.minor_units(),
        currency.code(),
        timing,
        date,
        if order.urgency == Urgency::Viber { "viber" } else { "normal" },
        order.narrative.as_str(),
        order.document_number.as_ref().map(DocumentNumber::as_str),
        order.legal_code.as_ref().map(LegalCode::as_str),
        order.own_reference.as_ref().map(OwnReference::as_str),
        bank.state,
        bank.route,
        bank.reason,
        bank.decided_at.map(|moment| moment.timestamp_micros()),
    ];
    assert_eq!(old.execute(SQL, values).unwrap(), 1);
}

/// An order of self-administration of schema 3, every column of it.
pub fn admin_order(old: &Connection, package: i64, position: i64, order: &AdminOrder, bank: &AtBank) {
    const SQL: &str = "INSERT INTO admin_orders (id, package, position, json, bank_state, reason, decided_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let values = params![
        order.id.0.as_bytes(),
        package,
        position,
        serde_json::to_string(&order.action).unwrap(),
        bank.state,
        bank.reason,
        bank.decided_at.map(|moment| moment.timestamp_micros()),
    ];
    assert_eq!(old.execute(SQL, values).unwrap(), 1);
}

/// An entry of the log as the program of that time chained it, about a package; the first one.
pub fn audit(old: &Connection, package: PackageId) {
    let (subject, detail) = (package.to_string(), r#"{"received_at":"2026-11-22T12:00:00Z","sequence":1}"#);
    let mut hasher = Sha256::new();
    hasher.update(b"kapocs-audit-v1");
    hasher.update([0; 32]);
    hasher.update(1_i64.to_be_bytes());
    hasher.update(9_i64.to_be_bytes());
    hasher.update([0]);
    for field in ["received", &subject, detail] {
        hasher.update([1]);
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    let hash: [u8; 32] = hasher.finalize().into();
    let sql = "INSERT INTO audit_log (seq, at, action, subject, detail, previous, hash)
        VALUES (1, 9, 'received', ?1, ?2, zeroblob(32), ?3)";
    assert_eq!(old.execute(sql, params![subject, detail, hash]).unwrap(), 1);
}

/// A form as it was typed: every field a text, two ticks, two references.
pub fn form(typed: &Value) -> Value {
    let mut form = json!({
        "debit_account": "", "payer_name": "", "target": "", "beneficiary_name": "", "country": "", "amount": "",
        "value_date": "", "narrative": "", "document_number": "", "legal_code": "", "own_reference": "",
        "instant": false, "viber": false, "template": null, "partner": null,
    });
    for (key, value) in typed.as_object().unwrap() {
        assert!(form.as_object_mut().unwrap().insert(key.clone(), value.clone()).is_some(), "{key}");
    }
    form
}

/// A template, every column of it.
pub fn template(old: &Connection, id: Uuid, name: &str, fields: &Value) {
    const SQL: &str =
        "INSERT INTO templates (id, name, order_type, fields, updated_at) VALUES (?1, ?2, 'HCT', ?3, 7)";
    assert_eq!(old.execute(SQL, params![id.as_bytes(), name, fields.to_string()]).unwrap(), 1);
}

/// What was being typed, every column of it.
pub fn draft(old: &Connection, key: &str, value: &Value) {
    const SQL: &str = "INSERT INTO drafts (key, json, updated_at) VALUES (?1, ?2, 8)";
    assert_eq!(old.execute(SQL, params![key, value.to_string()]).unwrap(), 1);
}

/// Whether, today, the columns of every order's face say what its content says.
pub fn assert_faces(store: &Store) {
    const SQL: &str =
        "SELECT order_type, content, id, debit_account, payee, payee_name, amount, currency, value_date,
        words FROM orders";
    type Row = (String, String, Uuid, [Option<String>; 3], Option<i64>, [Option<String>; 2], String);
    let rows: Vec<Row> = store
        .read(|conn| {
            let mut statement = conn.prepare(SQL)?;
            let rows = statement.query_map([], |row| {
                let texts = [row.get(3)?, row.get(4)?, row.get(5)?];
                let id = Uuid::from_bytes(row.get(2)?);
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    id,
                    texts,
                    row.get(6)?,
                    [row.get(7)?, row.get(8)?],
                    row.get(9)?,
                ))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .unwrap();
    assert!(!rows.is_empty());
    for (order_type, content, id, texts, units, [currency, day], words) in rows {
        let order = OrderType::from_code(&order_type).unwrap().of_content(&content).unwrap();
        let face = order.face();
        assert_eq!(order.id(), OrderId(id));
        let debit = face.debit.map(|account| account.digits24());
        assert_eq!(texts, [debit, face.payee.clone(), face.label.name().map(str::to_owned)], "{content}");
        assert_eq!(units, face.amount.map(|money| money.minor_units()), "{content}");
        assert_eq!(currency, face.amount.map(|money| money.currency().code().to_owned()), "{content}");
        assert_eq!(day, face.day.map(|day| day.to_string()), "{content}");
        assert_eq!(words, face.words(), "{content}");
    }
}

/// A form in today's shape.
pub fn draft_of(json: &Value) -> OrderDraft {
    serde_json::from_value(json.clone()).unwrap()
}
