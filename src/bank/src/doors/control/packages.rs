//! How packages fared, at the bank and in the shared area, and what people were told of them.

use axum::Json;
use axum::extract::{Path, State};
use domain::PackageId;
use protocol::{ItemState, SharedState};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Answer, Control};
use crate::bank::blocking;
use crate::ground::error::BankError;
use crate::orders::shared_area;
use crate::people::notices::{self, Notice};

/// Lines of the shared area's log that one look gives.
const LOG_LINES: u32 = 1000;

/// How a package fared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageInspection {
    /// Outcome of every arrival: `received`, or a problem code.
    pub arrivals: Vec<String>,
    /// Receipts that exist: 0 or 1.
    pub receipts: u32,
    /// Orders of the package.
    pub orders: u32,
    pub executed: u32,
    /// Bookings that name the package: the same number, always; for self-administration none.
    pub bookings: u32,
}

/// What happened to a package in the shared area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SharedInspection {
    /// Every attempt to hand it on, oldest first: what came of it, and who made it.
    pub log: Vec<(String, Option<String>)>,
    /// Handings over that wait: 0 or 1.
    pub waiting: u32,
    /// Claims that took it over.
    pub taken: u32,
}

pub(super) async fn inspect(
    State(control): State<Control>,
    Path(package): Path<PackageId>,
) -> Answer<PackageInspection> {
    let found = blocking(&control.bank, move |bank| {
        bank.read(|db| -> Result<_, BankError> {
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

pub(super) async fn inspect_shared(
    State(control): State<Control>,
    Path(package): Path<PackageId>,
) -> Answer<SharedInspection> {
    let found = blocking(&control.bank, move |bank| {
        bank.read(|db| -> Result<_, BankError> {
            let count = |state: SharedState| {
                let sql = "SELECT COUNT(*) FROM shared_package WHERE package = ?1 AND state = ?2";
                db.query_row(sql, params![package.to_string(), state.name()], |row| row.get(0))
            };
            let lines = shared_area::log::of_package(db, package, LOG_LINES)?;
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
pub(super) async fn list_notices(State(control): State<Control>) -> Answer<Vec<Notice>> {
    let found =
        blocking(&control.bank, |bank| bank.read(|db| -> Result<_, BankError> { notices::newest(db, 100) }));
    Ok(Json(found.await?))
}
