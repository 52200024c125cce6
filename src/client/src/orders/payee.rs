//! What is known of a payee from the past, for the form in which it is typed.

use domain::{Beneficiary, Money, OrderDraft, Target, key};
use store::history::EarlierPayment;

use crate::error::Result;
use crate::orders::rules::Rules;

/// What is known of a payee from the past.
#[derive(Clone, Debug, PartialEq)]
pub struct PayeeHint {
    /// Name of the bank that keeps the account.
    pub bank: Option<String>,
    /// Last payments to the same account or identifier, newest first.
    pub last: Vec<EarlierPayment>,
    /// The amount is at least so many times the usual one (whole number, 3 or more).
    pub times_usual: Option<u32>,
}

/// Payments of the past that are shown beside the form.
const SHOWN_PAYMENTS: u32 = 3;

/// What is known of the payee that is typed, if one is.
pub(super) fn payee_hint(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    draft: &OrderDraft,
    amount: Option<Money>,
) -> Result<Option<PayeeHint>> {
    let (bank, beneficiary) = match draft.get(key::TARGET).parse::<Target>() {
        // The past is looked up by account, not by name.
        Ok(Target::Account(number)) => {
            (rules.banks.name_of(number).map(str::to_owned), Beneficiary::OwnAccount { number })
        }
        Ok(Target::SecondaryId(id)) => (None, Beneficiary::SecondaryId { id }),
        Ok(Target::Foreign(_)) | Err(_) => return Ok(None),
    };
    let last = store::history::last_payments(conn, &beneficiary, SHOWN_PAYMENTS)?;
    let times_usual = amount.and_then(|amount| times_usual(&last, amount));
    Ok(Some(PayeeHint { bank, last, times_usual }))
}

/// How many times the average of the past payments the amount is, if at least three times.
fn times_usual(last: &[EarlierPayment], amount: Money) -> Option<u32> {
    use rust_decimal::Decimal;
    use rust_decimal::prelude::ToPrimitive;
    let sum: Decimal = last.iter().map(|p| p.amount.amount()).sum();
    if last.len() < 2 || sum <= Decimal::ZERO {
        return None;
    }
    let average = sum / Decimal::from(last.len());
    (amount.amount() / average).floor().to_u32().filter(|times| *times >= 3)
}
