//! The shared area: parking packages, taking them over, withdrawing one's own.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{CustomerId, PackageId};
use protocol::{
    Channel, ProblemCode, SharePackage, SharedContent, SharedList, SharedPackage, TakePackage,
    WithdrawPackage,
};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::caller::{Body, OfCustomer, OfPackage, Token};
use super::reply::Answer;
use crate::acceptance::Context;
use crate::bank::{Bank, blocking};
use crate::error::Refusal;
use crate::shared::{self, Asker};
use crate::{customers, sessions};

pub async fn list(State(bank): State<Arc<Bank>>, Token(token): Token, of: OfCustomer) -> Answer<SharedList> {
    let list = blocking(&bank, move |bank| {
        asked(bank, &token, &of.customer, |db, asker| Ok(shared::list(db, asker)?))
    });
    Ok(Json(list.await?))
}

pub async fn content(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
) -> Answer<SharedContent> {
    let content = blocking(&bank, move |bank| {
        asked(bank, &token, &of.customer, |db, asker| shared::content(db, asker, of.package))
    });
    Ok(Json(content.await?))
}

pub async fn put(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Body(wish): Body<SharePackage>,
) -> Answer<SharedPackage> {
    let parked = blocking(&bank, move |bank| {
        handed(bank, &token, &of, wish.handover, |db, asker| {
            let context = Context { profile: &bank.rules.profile, trust: &bank.trust(db)?, now: asker.now };
            shared::put(db, &context, asker, of.package, &wish)
        })
    });
    Ok(Json(parked.await?))
}

pub async fn take(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Body(wish): Body<TakePackage>,
) -> Answer<SharedContent> {
    let taken = blocking(&bank, move |bank| {
        handed(bank, &token, &of, wish.handover, |db, asker| shared::take(db, asker, of.package, &wish))
    });
    Ok(Json(taken.await?))
}

pub async fn withdraw(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Body(wish): Body<WithdrawPackage>,
) -> Answer<SharedPackage> {
    let withdrawn = blocking(&bank, move |bank| {
        handed(bank, &token, &of, wish.handover, |db, asker| shared::withdraw(db, asker, of.package, &wish))
    });
    Ok(Json(withdrawn.await?))
}

type Work<T> = Result<T, Refusal>;

/// Runs `work` for the session's user and the customer of the address, in one transaction.
fn asked<T>(
    bank: &Bank,
    token: &str,
    customer: &CustomerId,
    work: impl FnOnce(&Connection, &Asker<'_>) -> Work<T>,
) -> Work<T> {
    let now = bank.clock.now();
    bank.write(|db| {
        let session = sessions::use_token(db, token, now)?;
        let access = customers::permitted(db, &session.user, customer)?;
        let device = hex::encode(Sha256::digest(&session.login_certificate));
        let asker = Asker {
            access: &access,
            user: &session.user,
            channel: Channel::Client,
            device: Some(&device),
            now,
        };
        work(db, &asker)
    })
}

/// The same for a call that hands a package on. A refusal rolled everything back; that somebody tried is worth a
/// line of its own, but nobody may fill the log without being let in.
fn handed<T>(
    bank: &Bank,
    token: &str,
    of: &OfPackage,
    handover: Uuid,
    work: impl FnOnce(&Connection, &Asker<'_>) -> Work<T>,
) -> Work<T> {
    let result = asked(bank, token, &of.customer, work);
    if let Err(Refusal::Problem(problem)) = &result
        && is_worth_a_line(problem.code)
    {
        note(bank, token, &of.customer, of.package, handover, problem.code.name())?;
    }
    result
}

fn is_worth_a_line(code: ProblemCode) -> bool {
    !matches!(
        code,
        ProblemCode::NotPermitted
            | ProblemCode::SharedUnknown
            | ProblemCode::SessionExpired
            | ProblemCode::LoginUserLocked
    )
}

fn note(
    bank: &Bank,
    token: &str,
    customer: &CustomerId,
    package: PackageId,
    handover: Uuid,
    outcome: &str,
) -> Work<()> {
    asked(bank, token, customer, |db, asker| Ok(shared::log::write(db, asker, package, handover, outcome)?))
}
