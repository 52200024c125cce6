//! HVE: transfers between two accounts of one customer at this bank.

use std::collections::HashSet;

use domain::{CustomerId, Transfer};
use protocol::{ProblemCode, RejectReason};
use rusqlite::Connection;

use super::part::{CarryOut, Judging, Part};
use super::payee::{self, Answer};
use super::refusal::Blame;
use super::transfer;
use crate::accounts::ledger;
use crate::ground::error::Result;
use crate::ground::rules::Rules;

pub(super) const PART: Part = Part {
    accept: |judging, content| transfer::accept(judging, content, check),
    is_secret: false,
    carry_out: CarryOut::Engines(answer),
};

/// The money goes to an account of the customer in forints, too.
fn check(_: &Judging<'_>, transfer: &Transfer, own: &HashSet<String>) -> std::result::Result<(), Blame> {
    match transfer.beneficiary.account() {
        Some(number) if own.contains(&number.digits24()) => Ok(()),
        _ => Err(ProblemCode::TargetNotOwn.into()),
    }
}

/// Credited only while the account is the customer's: between acceptance and execution it may have got another holder.
fn answer(db: &Connection, rules: &Rules, customer: &CustomerId, transfer: &Transfer) -> Result<Answer> {
    let answer = payee::answer(db, rules, transfer)?;
    let Answer::Credit(Some(key)) = &answer else { return Ok(refused(answer)) };
    let holder = ledger::account(db, key)?.and_then(|account| account.customer);
    Ok(if holder.as_ref() == Some(customer) { answer } else { refused(answer) })
}

/// What is no account of this bank has no business here, whatever another bank would say.
fn refused(answer: Answer) -> Answer {
    match answer {
        Answer::Refused(_) => answer,
        Answer::Credit(_) | Answer::Nothing => Answer::Refused(RejectReason::AccountUnknown),
    }
}
