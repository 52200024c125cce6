//! The shared area: parking packages, taking them over, withdrawing one's own.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::PackageId;
use protocol::{
    ProblemCode, SharePackage, SharedContent, SharedList, SharedPackage, TakePackage, WithdrawPackage,
};
use uuid::Uuid;

use super::as_user::{Seat, asks, asks_at_customer, seated};
use super::caller::{Body, OfCustomer, OfPackage, Token};
use super::reply::Answer;
use crate::bank::{Bank, blocking, blocking_in};
use crate::ground::error::Refusal;
use crate::ground::lanes::Lane;
use crate::orders::shared_area::{self, Parking};

pub(super) async fn list(State(bank): State<Arc<Bank>>, token: Token, of: OfCustomer) -> Answer<SharedList> {
    let list = asks_at_customer(&bank, token, of.customer, |seat| {
        seat.ask(|asker| Ok(shared_area::list(seat.db, asker)?))
    });
    list.await.map(Json)
}

pub(super) async fn content(
    State(bank): State<Arc<Bank>>,
    token: Token,
    of: OfPackage,
) -> Answer<SharedContent> {
    let content = asks_at_customer(&bank, token, of.customer, move |seat| {
        seat.ask(|asker| shared_area::content(seat.db, asker, of.package))
    });
    content.await.map(Json)
}

pub(super) async fn put(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Body(wish): Body<SharePackage>,
) -> Answer<SharedPackage> {
    let handover = wish.handover;
    let parked = blocking_in(&bank, Lane::Examine, move |bank| {
        // Who may not sit here buys no work.
        let trust = asks(bank, &token, &of.customer, |seat| Ok(bank.trust_by(seat.db)?))?;
        let parking = Parking::of(&wish, &trust, bank.clock.now());
        handed(bank, &token, &of, handover, |seat, package| {
            seat.ask(|asker| shared_area::put(seat.db, &seat.context(), asker, package, &parking))
        })
    });
    parked.await.map(Json)
}

pub(super) async fn take(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Body(wish): Body<TakePackage>,
) -> Answer<SharedContent> {
    let taken = blocking(&bank, move |bank| {
        handed(bank, &token, &of, wish.handover, |seat, package| {
            seat.ask(|asker| shared_area::take(seat.db, asker, package, &wish))
        })
    });
    taken.await.map(Json)
}

pub(super) async fn withdraw(
    State(bank): State<Arc<Bank>>,
    Token(token): Token,
    of: OfPackage,
    Body(wish): Body<WithdrawPackage>,
) -> Answer<SharedPackage> {
    let withdrawn = blocking(&bank, move |bank| {
        handed(bank, &token, &of, wish.handover, |seat, package| {
            seat.ask(|asker| shared_area::withdraw(seat.db, asker, package, &wish))
        })
    });
    withdrawn.await.map(Json)
}

/// Runs `work` for a call that hands a package on. A refusal rolled everything back; that somebody tried is worth a
/// line of its own, but nobody may fill the log without being let in.
fn handed<T>(
    bank: &Bank,
    token: &str,
    of: &OfPackage,
    handover: Uuid,
    work: impl FnOnce(&Seat<'_>, PackageId) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let result = seated(bank, token, &of.customer, |seat| work(seat, of.package));
    if let Err(Refusal::Problem(problem)) = &result
        && is_worth_a_line(problem.code)
    {
        let outcome = problem.code.name();
        seated(bank, token, &of.customer, |seat| {
            Ok(seat.ask(|asker| shared_area::log::write(seat.db, asker, of.package, handover, outcome))?)
        })?;
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
