//! The control interface, on loopback and with a token of its own: clock, faults, money, locks and a look
//! inside. For tests and for the operator; no part of the bank protocol, and never open to the network.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{AccountNumber, Money, PackageId, UserId};
use protocol::{ItemState, SharedState, TransactionKind};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::bank::{Bank, blocking};
use crate::cards::CardKind;
use crate::error::Refusal;
use crate::faults::{Fault, Faults};
use crate::ledger::{self, Booking, Leg};
use crate::notices::{self, Notice};
use crate::time::{ClockSetting, local};
use crate::{BankError, cards, clients, customers, people, phone, shared, webclient};

/// Lines of the shared area's log that one look gives.
const LOG_LINES: u32 = 1000;

/// What the interface works on.
#[derive(Clone)]
pub struct Control {
    bank: Arc<Bank>,
    faults: Arc<Faults>,
    token: Arc<str>,
}

/// The clock, as shown and as set; what is missing stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClockControl {
    /// Bank time.
    pub now: Option<DateTime<Utc>>,
    /// Push it forward by so many milliseconds (after `now`).
    pub advance_millis: Option<i64>,
    /// Whether it runs by itself.
    pub running: Option<bool>,
}

/// How a package fared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageInspection {
    /// Outcome of every arrival: `received`, or a problem code.
    pub arrivals: Vec<String>,
    /// Receipts that exist: 0 or 1.
    pub receipts: u32,
    /// Orders of the package.
    pub orders: u32,
    /// Orders executed.
    pub executed: u32,
    /// Bookings that name the package: the same number, always; for self-administration none.
    pub bookings: u32,
}

/// An entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// Number.
    pub id: i64,
    /// Signed minor units.
    pub amount: i64,
    /// Balance after it, minor units.
    pub balance_after: i64,
    /// Narrative.
    pub narrative: String,
}

/// The ledger of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Booked balance, minor units.
    pub booked: i64,
    /// Blocked, minor units.
    pub blocked: i64,
    /// Newest first, at most 500.
    pub entries: Vec<LedgerEntry>,
}

/// Money that comes in from outside; negative takes it away.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Funding {
    /// How much.
    pub amount: Money,
}

/// Lock or unlock.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Lock {
    /// Whether the user is locked for the web.
    pub locked: bool,
}

/// A certificate to take out of use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Revocation {
    /// SHA-256 of its DER bytes, lower-case hex.
    pub sha256: String,
}

/// A card that the bank handed out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CardControl {
    /// Whose.
    pub user: UserId,
    /// What is spoken with it.
    pub kind: CardKind,
    /// Lost or replaced.
    #[serde(default)]
    pub withdrawn: bool,
    /// SHA-256 of the certificates in it, lower-case hex.
    #[serde(default)]
    pub certificates: Vec<String>,
}

/// Whether keys in key files may log in.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SoftwareTokens {
    /// Whether they may.
    pub allowed: bool,
}

type Answer<T> = std::result::Result<Json<T>, Refusal>;

/// What happened to a package in the shared area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedInspection {
    /// Every attempt to hand it on, oldest first: what came of it, and who made it.
    pub log: Vec<(String, Option<String>)>,
    /// Handings over that wait: 0 or 1.
    pub waiting: u32,
    /// Claims that took it over.
    pub taken: u32,
}

/// The routes; every call needs `Authorization: Bearer <token>`.
pub fn router(bank: Arc<Bank>, faults: Arc<Faults>, token: &str) -> Router {
    let web = webclient::control::router(Arc::clone(&bank));
    let clients = clients::control(Arc::clone(&bank));
    let control = Control { bank, faults, token: token.into() };
    Router::new()
        .route("/clock", get(clock).put(set_clock))
        .route("/faults", get(list_faults).post(add_fault).delete(clear_faults))
        .route("/accounts/{account}/funding", post(fund))
        .route("/accounts/{account}/ledger", get(show_ledger))
        .route("/users/{user}/lock", put(lock))
        .route("/users/{user}/phone", delete(unlock_phone))
        .route("/cards/{csn}", put(put_card))
        .route("/revocations", post(revoke))
        .route("/software-tokens", put(allow_software))
        .route("/packages/{package}", get(inspect))
        .route("/shared/{package}", get(inspect_shared))
        .route("/sums", get(sums))
        .route("/notices", get(list_notices))
        .nest("/web", web)
        .nest("/clients", clients)
        .layer(from_fn_with_state(control.clone(), only_with_token))
        .with_state(control)
}

async fn only_with_token(State(control): State<Control>, request: Request, next: Next) -> Response {
    let given = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    if given == Some(&format!("Bearer {}", control.token)) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

fn show_clock(bank: &Bank) -> Json<ClockControl> {
    Json(ClockControl {
        now: Some(bank.clock.now()),
        advance_millis: None,
        running: Some(bank.clock.is_running()),
    })
}

async fn clock(State(control): State<Control>) -> Json<ClockControl> {
    show_clock(&control.bank)
}

/// Answers when the engines have done everything that the new time makes due.
async fn set_clock(State(control): State<Control>, Json(wish): Json<ClockControl>) -> Answer<ClockControl> {
    blocking(&control.bank, move |bank| -> Result<(), BankError> {
        let advance = TimeDelta::try_milliseconds(wish.advance_millis.unwrap_or(0)).unwrap_or_default();
        let now = wish.now.unwrap_or_else(|| bank.clock.now()) + advance;
        bank.set_clock(ClockSetting::starting(now, wish.running.unwrap_or_else(|| bank.clock.is_running())))?;
        while bank.step()?.is_some_and(|next| next <= bank.clock.now()) {}
        Ok(())
    })
    .await?;
    Ok(show_clock(&control.bank))
}

async fn list_faults(State(control): State<Control>) -> Json<Vec<Fault>> {
    Json(control.faults.waiting())
}

async fn add_fault(State(control): State<Control>, Json(fault): Json<Fault>) -> StatusCode {
    control.faults.add(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(control): State<Control>) -> StatusCode {
    control.faults.clear();
    StatusCode::NO_CONTENT
}

async fn fund(
    State(control): State<Control>,
    Path(account): Path<AccountNumber>,
    Json(funding): Json<Funding>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| -> Result<_, BankError> {
            let key = account.digits24();
            let settlement = ledger::settlement(db, "clearing", funding.amount.currency())?;
            let amount = funding.amount.minor_units();
            let leg = |account: String, amount, counterparty: &str| Leg {
                account,
                amount,
                counterparty: counterparty.to_owned(),
                counterparty_account: None,
            };
            let legs = vec![leg(key, amount, "Befizetés"), leg(settlement, -amount, "")];
            let booking = Booking {
                at: now,
                value_date: local(now).date(),
                kind: TransactionKind::Other,
                narrative: "Befizetés".to_owned(),
                order: None,
                legs,
            };
            ledger::book(db, &booking)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_ledger(State(control): State<Control>, Path(account): Path<AccountNumber>) -> Answer<Ledger> {
    let found = blocking(&control.bank, move |bank| {
        bank.write(|db| -> Result<_, BankError> {
            let key = account.digits24();
            let mut query = db.prepare(
                "SELECT e.id, e.amount, e.balance_after, b.narrative FROM entry e JOIN booking b ON b.id = e.booking
                 WHERE e.account = ?1 ORDER BY e.id DESC LIMIT 500",
            )?;
            let entries = query
                .query_map([&key], |row| {
                    Ok(LedgerEntry {
                        id: row.get(0)?,
                        amount: row.get(1)?,
                        balance_after: row.get(2)?,
                        narrative: row.get(3)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Ledger { booked: ledger::booked(db, &key)?, blocked: ledger::blocked(db, &key)?, entries })
        })
    });
    Ok(Json(found.await?))
}

async fn lock(
    State(control): State<Control>,
    Path(user): Path<String>,
    Json(lock): Json<Lock>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| bank.write(|db| customers::set_locked(db, &user, lock.locked)))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Telephone identification works again after wrong e-PINs.
async fn unlock_phone(
    State(control): State<Control>,
    Path(user): Path<String>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| bank.write(|db| phone::forgive(db, &user))).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn put_card(
    State(control): State<Control>,
    Path(csn): Path<String>,
    Json(card): Json<CardControl>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| -> Result<(), BankError> {
            cards::put(db, &csn, &card.user, card.kind, card.withdrawn, now)?;
            cards::add_certificates(db, &csn, &card.certificates)?;
            people::changed(db, &card.user, None)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn revoke(
    State(control): State<Control>,
    Json(revocation): Json<Revocation>,
) -> std::result::Result<StatusCode, Refusal> {
    let mut fingerprint = [0; 32];
    hex::decode_to_slice(&revocation.sha256, &mut fingerprint).map_err(|e| BankError::data("sha256", e))?;
    blocking(&control.bank, move |bank| {
        bank.write(|db| -> Result<_, BankError> {
            let text = hex::encode(fingerprint);
            Ok(db.execute("INSERT OR IGNORE INTO revoked_certificate (sha256) VALUES (?1)", [text])?)
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn allow_software(
    State(control): State<Control>,
    Json(wish): Json<SoftwareTokens>,
) -> std::result::Result<StatusCode, Refusal> {
    blocking(&control.bank, move |bank| bank.allow_software(wish.allowed)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn inspect(
    State(control): State<Control>,
    Path(package): Path<PackageId>,
) -> Answer<PackageInspection> {
    let found = blocking(&control.bank, move |bank| {
        bank.write(|db| -> Result<_, BankError> {
            let id = package.to_string();
            let count = |sql: &str| db.query_row(sql, [&id], |row| row.get::<_, u32>(0));
            let mut query = db.prepare("SELECT outcome FROM arrival WHERE package = ?1 ORDER BY id")?;
            let executed = db.query_row(
                "SELECT COUNT(*) FROM item WHERE package = ?1 AND state = ?2",
                params![id, ItemState::Executed.name()],
                |row| row.get(0),
            )?;
            Ok(PackageInspection {
                arrivals: query.query_map([&id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
                receipts: count("SELECT COUNT(*) FROM package WHERE id = ?1")?,
                orders: count("SELECT COUNT(*) FROM item WHERE package = ?1")?,
                executed,
                bookings: count("SELECT COUNT(*) FROM booking WHERE package = ?1")?,
            })
        })
    });
    Ok(Json(found.await?))
}

async fn inspect_shared(
    State(control): State<Control>,
    Path(package): Path<PackageId>,
) -> Answer<SharedInspection> {
    let found = blocking(&control.bank, move |bank| {
        bank.write(|db| -> Result<_, BankError> {
            let count = |state: SharedState| {
                let sql = "SELECT COUNT(*) FROM shared_package WHERE package = ?1 AND state = ?2";
                db.query_row(sql, params![package.to_string(), state.name()], |row| row.get(0))
            };
            let lines = shared::log::read(db, Some(package), None, LOG_LINES)?;
            Ok(SharedInspection {
                log: lines.into_iter().rev().map(|line| (line.outcome, line.user)).collect(),
                waiting: count(SharedState::Waiting)?,
                taken: count(SharedState::TakenOver)?,
            })
        })
    });
    Ok(Json(found.await?))
}

/// What went to telephones and mailboxes, newest first: the demo's only way to a one-time code.
async fn list_notices(State(control): State<Control>) -> Answer<Vec<Notice>> {
    let found =
        blocking(&control.bank, |bank| bank.write(|db| -> Result<_, BankError> { notices::newest(db, 100) }));
    Ok(Json(found.await?))
}

async fn sums(State(control): State<Control>) -> Answer<std::collections::BTreeMap<String, i64>> {
    let sums = blocking(&control.bank, |bank| bank.write(|db| -> Result<_, BankError> { ledger::sums(db) }));
    Ok(Json(sums.await?))
}
