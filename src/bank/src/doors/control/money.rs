//! Money that comes in from outside, and a look into the ledger.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{AccountNumber, Money};
use protocol::TransactionKind;
use serde::{Deserialize, Serialize};

use super::{Answer, Control};
use crate::accounts::ledger::{self, Booking, Leg};
use crate::bank::blocking;
use crate::ground::error::{BankError, Refusal};
use crate::ground::time::local;

/// An entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LedgerEntry {
    pub id: i64,
    /// Signed minor units.
    pub amount: i64,
    /// Balance after it, minor units.
    pub balance_after: i64,
    pub narrative: String,
}

/// The ledger of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ledger {
    /// Booked balance, minor units.
    pub booked: i64,
    /// Blocked, minor units.
    pub blocked: i64,
    /// Newest first, at most 500.
    pub entries: Vec<LedgerEntry>,
}

/// Money that comes in from outside; negative takes it away.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Funding {
    pub amount: Money,
}

pub(super) async fn fund(
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

pub(super) async fn show_ledger(
    State(control): State<Control>,
    Path(account): Path<AccountNumber>,
) -> Answer<Ledger> {
    let found = blocking(&control.bank, move |bank| {
        bank.read(|db| -> Result<_, BankError> {
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

pub(super) async fn sums(State(control): State<Control>) -> Answer<BTreeMap<String, i64>> {
    let sums = blocking(&control.bank, |bank| bank.read(|db| -> Result<_, BankError> { ledger::sums(db) }));
    Ok(Json(sums.await?))
}
