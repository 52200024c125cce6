//! Submitting and following packages.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use protocol::{PackageChanges, PackageStatus, ProblemCode, SignedReceipt, SubmitPackage};
use uuid::Uuid;

use super::as_user::{asks, asks_at_customer, seated};
use super::caller::{Body, OfCustomer, OfPackage, PageOf, Token};
use super::reply::Answer;
use crate::bank::{Bank, blocking, blocking_in};
use crate::ground::error::{BankError, Refusal};
use crate::ground::lanes::Lane;
use crate::orders::administration;
use crate::orders::packages::{self, Brought};

pub(super) async fn submit(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Body(package): Body<SubmitPackage>,
) -> Answer<SignedReceipt> {
    let receipt = blocking_in(&bank, Lane::Examine, move |bank| {
        // Who may not sit here buys no work.
        let trust = asks(bank, &token, &of.customer, |seat| Ok(bank.trust_by(seat.db)?))?;
        let brought = Brought::of(&package, &trust, bank.clock.now());
        let result = seated(bank, &token, &of.customer, |seat| {
            let (identity, sender) = (&bank.identity, &seat.session.user);
            let (db, context) = (seat.db, seat.context());
            let receipt =
                packages::submit(db, &context, identity, seat.access, sender, of.package, &brought)?;
            packages::note_arrival(seat.db, of.package, "received", seat.now)?;
            Ok(receipt)
        });
        // The refusal rolled everything back; that a user's package came is worth a line of its own, but
        // nobody may fill the log without being let in.
        if let Err(Refusal::Problem(problem)) = &result
            && problem.code.refuses_package()
            && problem.code != ProblemCode::NotPermitted
        {
            let (outcome, now) = (problem.code.name(), bank.clock.now());
            bank.write(|db| -> Result<_, BankError> {
                administration::note_refusal(db, &of.customer, problem, &brought.package)?;
                packages::note_arrival(db, of.package, outcome, now)
            })?;
        }
        result
    });
    receipt.await.map(Json)
}

/// What a question about a package may carry.
#[derive(serde::Deserialize)]
pub(super) struct Question {
    /// An attempt that must not be taken any more, see [`protocol::endpoints::VOID`].
    void: Option<Uuid>,
}

pub(super) async fn status(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Query(question): Query<Question>,
) -> Answer<PackageStatus> {
    let status = blocking(&bank, move |bank| {
        // Two transactions: the void attempt must stay although "unknown" is a refusal, which rolls back.
        if let Some(attempt) = question.void {
            seated(bank, &token, &of.customer, |seat| {
                let user = &seat.session.user;
                packages::void_unless_taken(seat.db, seat.access, user, of.package, attempt, seat.now)
            })?;
        }
        asks(bank, &token, &of.customer, |seat| {
            packages::status_for(seat.db, seat.access, &seat.session.user, of.package)
        })
    });
    status.await.map(Json)
}

pub(super) async fn changed(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfCustomer,
    page: PageOf,
) -> Answer<PackageChanges> {
    let changes = asks_at_customer(&bank, token, of.customer, move |seat| {
        packages::changed(seat.db, seat.access, &seat.session.user, page.after.as_ref(), page.rows())
    });
    changes.await.map(Json)
}
