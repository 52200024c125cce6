//! VIB: VIBER transfers. What qualifies as an instant payment is none [KDB q15], unless the bank lets packages of
//! companies ask for VIBER whatever they hold (K&H).

use std::collections::HashSet;

use domain::Transfer;
use domain::routing::is_instant_capable;
use protocol::ProblemCode;

use super::part::{CarryOut, Judging, Part};
use super::refusal::Blame;
use super::{payee, transfer};

pub(super) const PART: Part = Part {
    accept: |judging, content| transfer::accept(judging, content, check),
    is_secret: false,
    carry_out: CarryOut::Engines(|db, rules, _, transfer| payee::answer(db, rules, transfer)),
};

fn check(judging: &Judging<'_>, transfer: &Transfer, _: &HashSet<String>) -> Result<(), Blame> {
    let routing = judging.context.routing(judging.access.customer.kind);
    if is_instant_capable(transfer, &routing) && !routing.profile.viber.company_batches {
        return Err(ProblemCode::QualifiesAsInstant.into());
    }
    Ok(())
}
