//! Submitting and following packages.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use protocol::{PackageChanges, PackageStatus, ProblemCode, SignedReceipt, SubmitPackage};
use uuid::Uuid;

use super::caller::{Body, OfCustomer, OfPackage, PageOf, Token};
use super::reply::Answer;
use crate::acceptance::Context;
use crate::bank::{Bank, blocking};
use crate::error::Refusal;
use crate::{BankError, administration, customers, packages, sessions};

pub async fn submit(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Body(package): Body<SubmitPackage>,
) -> Answer<SignedReceipt> {
    let receipt = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        let result = bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            let access = customers::permitted(db, &session.user, &of.customer)?;
            let context = Context { profile: &bank.rules.profile, trust: &bank.trust(db)?, now };
            let receipt = packages::submit(db, &context, &bank.identity, &access, of.package, &package)?;
            packages::note_arrival(db, of.package, "received", now)?;
            Ok::<_, Refusal>(receipt)
        });
        // The refusal rolled everything back; that a user's package came is worth a line of its own, but
        // nobody may fill the log without being let in.
        if let Err(Refusal::Problem(problem)) = &result
            && problem.code.refuses_package()
            && problem.code != ProblemCode::NotPermitted
        {
            let outcome = problem.code.name();
            bank.write(|db| -> Result<_, BankError> {
                administration::note_refusal(db, &of.customer, problem, &package)?;
                packages::note_arrival(db, of.package, outcome, now)
            })?;
        }
        result
    });
    Ok(Json(receipt.await?))
}

/// What a question about a package may carry.
#[derive(serde::Deserialize)]
pub struct Question {
    /// An attempt that must not be taken any more, see [`protocol::endpoints::VOID`].
    void: Option<Uuid>,
}

pub async fn status(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Query(question): Query<Question>,
) -> Answer<PackageStatus> {
    let status = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        // Two transactions: the void attempt must stay although "unknown" is a refusal, which rolls back.
        if let Some(attempt) = question.void {
            bank.write(|db| {
                let session = sessions::use_token(db, &token, now)?;
                customers::permitted(db, &session.user, &of.customer)?;
                packages::void_unless_taken(db, of.package, attempt)?;
                Ok::<_, Refusal>(())
            })?;
        }
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            customers::permitted(db, &session.user, &of.customer)?;
            packages::status(db, &of.customer, of.package)
        })
    });
    Ok(Json(status.await?))
}

pub async fn changed(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfCustomer,
    page: PageOf,
) -> Answer<PackageChanges> {
    let changes = blocking(&bank, move |bank| {
        let now = bank.clock.now();
        bank.write(|db| {
            let session = sessions::use_token(db, &token, now)?;
            customers::permitted(db, &session.user, &of.customer)?;
            packages::changed(db, &of.customer, page.after.as_ref(), page.rows())
        })
    });
    Ok(Json(changes.await?))
}
