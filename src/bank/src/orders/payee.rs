//! The other side: what the payee's bank answers.
//!
//! Accounts of this bank are looked up in the ledger. Other banks are played: they know every account,
//! except those whose four digits after the bank's eight are one of the marks below.

use chrono::TimeDelta;
use domain::{AccountNumber, Beneficiary, OrderId, Transfer};
use protocol::{AccountStatus, RejectReason};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::accounts::{ledger, proxies};
use crate::ground::error::Result;
use crate::ground::rules::Rules;

/// Digits 9–12 of an account at another bank that is closed.
pub(crate) const IS_CLOSED: &str = "9991";
/// Digits 9–12 of an account whose bank never answers.
pub(crate) const ANSWERS_NEVER: &str = "9992";
/// Digits 9–12 of an account that its bank does not know.
pub(super) const IS_UNKNOWN: &str = "9993";

/// Answer of the payee's bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Credited on this ledger account: the payee's own, or none if the money leaves the bank.
    Credit(Option<String>),
    Refused(RejectReason),
    Nothing,
}

/// The account that gets the money, if it is known.
pub(super) fn account_of(db: &Connection, order: &Transfer) -> Result<Option<AccountNumber>> {
    match &order.beneficiary {
        Beneficiary::Account { number, .. } | Beneficiary::OwnAccount { number } => Ok(Some(*number)),
        Beneficiary::SecondaryId { id } => proxies::resolve(db, id),
    }
}

/// What the payee's bank says.
pub(super) fn answer(db: &Connection, rules: &Rules, order: &Transfer) -> Result<Answer> {
    let Some(number) = account_of(db, order)? else {
        return Ok(Answer::Refused(RejectReason::SecondaryIdUnknown));
    };
    if rules.profile.is_own_bank(&number.bank_code()) {
        return own_account(db, number, order);
    }
    Ok(match &number.digits24()[8..12] {
        IS_CLOSED => Answer::Refused(RejectReason::AccountClosed),
        IS_UNKNOWN => Answer::Refused(RejectReason::AccountUnknown),
        ANSWERS_NEVER => Answer::Nothing,
        _ => Answer::Credit(None),
    })
}

fn own_account(db: &Connection, number: AccountNumber, order: &Transfer) -> Result<Answer> {
    let key = number.digits24();
    Ok(match ledger::account(db, &key)? {
        None => Answer::Refused(RejectReason::AccountUnknown),
        Some(account) if account.status == AccountStatus::Closed => {
            Answer::Refused(RejectReason::AccountClosed)
        }
        // Crediting an account of another currency needs the day's rates, which come with their own issue.
        Some(account) if account.currency != order.amount.currency() => {
            Answer::Refused(RejectReason::NoRoute)
        }
        Some(_) => Answer::Credit(Some(key)),
    })
}

/// How long the payee's bank takes: one to four and a half seconds, always the same for one order.
pub(super) fn delay(order: OrderId) -> TimeDelta {
    let digest = Sha256::digest(order.to_string().as_bytes());
    let spread = u32::from(digest[0]) << 8 | u32::from(digest[1]);
    TimeDelta::milliseconds(1000 + i64::from(spread % 3500))
}
