//! HCT: domestic transfer in forints ("belföldi forint átutalás"), to an account or a secondary identifier.

use serde::{Deserialize, Serialize};

use super::field::{FieldError, FieldProblem, FieldSpec, Input, Need, Place, Values, key};
use super::form::{Form, Made, Payee};
use super::kind::as_payment;
use super::transfer::{Beneficiary, Transfer, Urgency};
use super::{CheckContext, Face, Kind};
use crate::account::AccountNumber;
use crate::ids::OrderId;
use crate::narrative::Narrative;
use crate::text::{CountryCode, DocumentNumber, LegalCode, OwnReference, PartyName};

/// A domestic transfer in forints. Never to an account that stands without a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Transfer")]
pub struct Hct(Transfer);

impl Kind for Hct {
    const FIELDS: &'static [FieldSpec] = &[
        FieldSpec::new(key::DEBIT_ACCOUNT, Input::OwnAccount, Place::Main, Need::Always),
        FieldSpec::new(key::BENEFICIARY_NAME, Input::Name, Place::Main, Need::Depends),
        FieldSpec::new(key::TARGET, Input::Target, Place::Main, Need::Always),
        FieldSpec::new(key::AMOUNT, Input::Amount, Place::Main, Need::Always),
        FieldSpec::new(key::VALUE_DATE, Input::Date, Place::Beside, Need::Optional),
        FieldSpec::text(key::DOCUMENT_NUMBER, DocumentNumber::MAX, Place::Beside),
        FieldSpec::text(key::NARRATIVE, Narrative::MAX, Place::Main),
        FieldSpec::new(key::INSTANT, Input::Tick, Place::Main, Need::Depends),
        FieldSpec::new(key::URGENCY, Input::Tick, Place::Beside, Need::Optional),
        FieldSpec::text(key::PAYER_NAME, PartyName::MAX, Place::Rare),
        FieldSpec::text(key::COUNTRY, CountryCode::MAX, Place::Rare),
        FieldSpec::text(key::LEGAL_CODE, LegalCode::MAX, Place::Rare),
        FieldSpec::text(key::OWN_REFERENCE, OwnReference::MAX, Place::Rare),
    ];

    fn check(values: &Values, id: OrderId, context: &CheckContext<'_>) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new(Self::FIELDS, values, context);
        let instant = values.ticked(key::INSTANT);
        let urgency = if values.ticked(key::URGENCY) { Urgency::Viber } else { Urgency::Normal };
        let debit_account = form.debit_account();
        let beneficiary = beneficiary(&mut form, instant, debit_account);
        let (amount, timing) = (form.amount(instant), form.timing(instant));
        if urgency == Urgency::Viber && instant {
            form.problem(key::URGENCY, FieldProblem::ViberWithInstant);
        }
        form.transfer(id, Made { debit_account, beneficiary, amount, timing, urgency }).map(Self)
    }

    as_payment!();
}

/// A payment that is no domestic transfer: it goes to an own account without a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a domestic transfer names its payee")]
pub struct NotHct;

impl TryFrom<Transfer> for Hct {
    type Error = NotHct;

    fn try_from(transfer: Transfer) -> Result<Self, NotHct> {
        match transfer.beneficiary {
            Beneficiary::OwnAccount { .. } => Err(NotHct),
            Beneficiary::Account { .. } | Beneficiary::SecondaryId { .. } => Ok(Self(transfer)),
        }
    }
}

fn beneficiary(form: &mut Form<'_>, instant: bool, debit: Option<AccountNumber>) -> Option<Beneficiary> {
    let has_name = !form.get(key::BENEFICIARY_NAME).trim().is_empty();
    match form.payee(debit) {
        Some(Payee::SecondaryId(id)) => {
            if has_name {
                form.problem(key::BENEFICIARY_NAME, FieldProblem::NameWithSecondaryId);
            }
            if !instant {
                form.problem(key::INSTANT, FieldProblem::SecondaryIdNeedsInstant);
            }
            Some(Beneficiary::SecondaryId { id })
        }
        Some(Payee::Account(number)) => {
            let name = form.required(key::BENEFICIARY_NAME)?;
            Some(Beneficiary::Account { name, number })
        }
        None => {
            // Whether the name must be there is not known; whether it is possible is.
            if has_name {
                let _: Option<PartyName> = form.optional(key::BENEFICIARY_NAME);
            }
            None
        }
    }
}
