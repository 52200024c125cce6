//! VIB: VIBER transfer ("VIBER átutalás"), settled gross and in real time in the central bank's own system.
//!
//! What qualifies as an instant payment is no VIBER order [KDB q15]: the check says why, and the form leads to the
//! domestic transfer. Only where companies' packages of several orders may ask for VIBER (K&H) it may be recorded; the
//! route then says what becomes of it.

use serde::{Deserialize, Serialize};

use super::field::{FieldError, FieldProblem, FieldSpec, Input, Need, Place, Values, key};
use super::form::{Form, Made, Payee};
use super::kind::as_payment;
use super::transfer::{Beneficiary, Timing, Transfer, Urgency};
use super::{CheckContext, Face, Kind, OrderType};
use crate::account::AccountNumber;
use crate::ids::OrderId;
use crate::money::Money;
use crate::narrative::Narrative;
use crate::text::{CountryCode, DocumentNumber, LegalCode, OwnReference, PartyName};

/// A VIBER transfer: to an account under a name, never ticked as instant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Transfer")]
pub struct Vib(Transfer);

impl Kind for Vib {
    const FIELDS: &'static [FieldSpec] = &[
        FieldSpec::new(key::DEBIT_ACCOUNT, Input::OwnAccount, Place::Main, Need::Always),
        FieldSpec::new(key::BENEFICIARY_NAME, Input::Name, Place::Main, Need::Always),
        FieldSpec::new(key::TARGET, Input::Account, Place::Main, Need::Always),
        FieldSpec::new(key::AMOUNT, Input::Amount, Place::Main, Need::Always),
        FieldSpec::new(key::VALUE_DATE, Input::Date, Place::Beside, Need::Optional),
        FieldSpec::text(key::DOCUMENT_NUMBER, DocumentNumber::MAX, Place::Beside),
        FieldSpec::text(key::NARRATIVE, Narrative::MAX, Place::Main),
        FieldSpec::text(key::PAYER_NAME, PartyName::MAX, Place::Rare),
        FieldSpec::text(key::COUNTRY, CountryCode::MAX, Place::Rare),
        FieldSpec::text(key::LEGAL_CODE, LegalCode::MAX, Place::Rare),
        FieldSpec::text(key::OWN_REFERENCE, OwnReference::MAX, Place::Rare),
    ];

    fn check(values: &Values, id: OrderId, context: &CheckContext<'_>) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new(Self::FIELDS, values, context);
        let debit_account = form.debit_account();
        let beneficiary = beneficiary(&mut form, debit_account);
        let (amount, timing) = (form.amount(false), form.timing(false));
        if let (Some(amount), Some(timing)) = (amount, timing)
            && let Some(limit) = instead_of_instant(amount, timing, context)
        {
            form.problem(key::AMOUNT, FieldProblem::QualifiesAsInstant { limit });
        }
        let urgency = Urgency::Viber;
        form.transfer(id, Made { debit_account, beneficiary, amount, timing, urgency }).map(Self)
    }

    as_payment!();

    fn instead(problem: &FieldProblem) -> Option<OrderType> {
        matches!(problem, FieldProblem::QualifiesAsInstant { .. }).then_some(OrderType::Hct)
    }
}

/// A payment that is no VIBER transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a VIBER transfer asks for VIBER, names its payee's account and is not ticked as instant")]
pub struct NotVib;

impl TryFrom<Transfer> for Vib {
    type Error = NotVib;

    fn try_from(transfer: Transfer) -> Result<Self, NotVib> {
        let named = matches!(transfer.beneficiary, Beneficiary::Account { .. });
        let viber = transfer.urgency == Urgency::Viber && transfer.timing != Timing::Instant;
        if named && viber { Ok(Self(transfer)) } else { Err(NotVib) }
    }
}

/// The limit of instant payments, if the order stays within it and the bank then takes no VIBER order.
fn instead_of_instant(amount: Money, timing: Timing, context: &CheckContext<'_>) -> Option<String> {
    let limit = context.profile.instant.limit;
    let qualifies = amount.amount() <= limit && !matches!(timing, Timing::On { .. });
    (qualifies && !context.profile.viber.company_batches).then(|| limit.normalize().to_string())
}

fn beneficiary(form: &mut Form<'_>, debit: Option<AccountNumber>) -> Option<Beneficiary> {
    let name = form.required(key::BENEFICIARY_NAME);
    match form.payee(debit)? {
        Payee::Account(number) => name.map(|name| Beneficiary::Account { name, number }),
        Payee::SecondaryId(_) => {
            form.problem(key::TARGET, FieldProblem::NoSecondaryId);
            None
        }
    }
}
