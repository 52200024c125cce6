//! Who holds a package: only the holder may send it or park it again.

use chrono::{DateTime, Utc};
use domain::{CustomerId, PackageId};
use protocol::{Hand, Problem, ProblemCode, SharedState};
use rusqlite::Connection;
use uuid::Uuid;

use super::record::{self, Handover};
use crate::ground::error::{Refusal, Result};

/// Whether whoever names `claim` (or none, having made the package) holds it now.
///
/// # Errors
/// `package-in-shared-area` while it waits, `package-held-elsewhere` for every claim but the newest; both with who
/// and when.
pub(crate) fn holds(
    db: &Connection,
    customer: &CustomerId,
    package: PackageId,
    claim: Option<Uuid>,
    now: DateTime<Utc>,
) -> std::result::Result<(), Refusal> {
    let newest = record::newest(db, customer, package, now)?;
    let elsewhere = ProblemCode::PackageHeldElsewhere;
    let Some(newest) = newest else {
        // Never parked, so there is no claim that could be right.
        return if claim.is_none() { Ok(()) } else { Err(elsewhere.into()) };
    };
    match newest.shared.state {
        SharedState::Waiting => Err(blame(ProblemCode::PackageInSharedArea, Some(&newest.shared.put)).into()),
        _ if holder(&newest) == claim => Ok(()),
        _ => Err(blame(elsewhere, last_taker(db, customer, &newest, now)?.as_ref()).into()),
    }
}

/// The claim that holds a package which does not wait.
fn holder(newest: &Handover) -> Option<Uuid> {
    match newest.shared.state {
        SharedState::TakenOver => newest.taken_claim,
        SharedState::Waiting | SharedState::Withdrawn | SharedState::Expired => newest.put_claim,
    }
}

/// Who took the package over last: from the newest handing over, or from the one before it, when the newest ended
/// by giving the package back.
fn last_taker(
    db: &Connection,
    customer: &CustomerId,
    newest: &Handover,
    now: DateTime<Utc>,
) -> Result<Option<Hand>> {
    if newest.shared.state == SharedState::TakenOver {
        return Ok(newest.shared.ended.clone());
    }
    let Some(claim) = newest.put_claim else { return Ok(None) };
    let taken = record::by_claim(db, claim, now)?;
    Ok(taken.filter(|taken| taken.shared.customer == *customer).and_then(|taken| taken.shared.ended))
}

/// A problem that says who did it and when.
pub(crate) fn blame(code: ProblemCode, hand: Option<&Hand>) -> Problem {
    let problem = Problem::new(code);
    match hand {
        Some(hand) => problem.with_user(&hand.user.name).with_time(hand.at),
        None => problem,
    }
}

/// Notes every package whose day is over as expired, and tells its customer; gives when the next one is due.
///
/// # Errors
/// [`crate::ground::error::BankError`]; the caller rolls back and tries again later.
pub(crate) fn expire_due(db: &Connection, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    for handover in record::overdue(db, now)? {
        record::expire(db, &handover)?;
    }
    record::next_expiry(db)
}
