//! HCT: domestic transfer in forints ("belföldi forint átutalás"), to an account or a secondary identifier.

use serde::{Deserialize, Serialize};

use super::field::{FieldError, FieldProblem, FieldSpec, Input, Need, Place, Values, key};
use super::form::Form;
use super::transfer::{Beneficiary, Transfer, Urgency};
use super::{CheckContext, Face, Kind};
use crate::account::AccountNumber;
use crate::ids::OrderId;
use crate::narrative::Narrative;
use crate::target::{Target, TargetError};
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
        let mut form = Form::new(values, context);
        let instant = values.ticked(key::INSTANT);
        let viber = values.ticked(key::URGENCY);
        let debit_account = form.debit_account();
        let beneficiary = beneficiary(&mut form, values, debit_account);
        let amount = form.amount(instant);
        let timing = form.timing(instant);
        if viber && instant {
            form.problem(key::URGENCY, FieldProblem::ViberWithInstant);
        }
        let payer_name = form.optional(key::PAYER_NAME);
        let beneficiary_country = form.optional(key::COUNTRY);
        let narrative = form.text(key::NARRATIVE);
        let document_number = form.optional(key::DOCUMENT_NUMBER);
        let legal_code = form.optional(key::LEGAL_CODE);
        let own_reference = form.optional(key::OWN_REFERENCE);
        let order = debit_account.zip(beneficiary).zip(amount).zip(timing).zip(narrative);
        form.finish(order.map(|((((debit_account, beneficiary), amount), timing), narrative)| {
            Self(Transfer {
                id,
                debit_account,
                payer_name,
                beneficiary,
                beneficiary_country,
                amount,
                timing,
                urgency: if viber { Urgency::Viber } else { Urgency::Normal },
                narrative,
                document_number,
                legal_code,
                own_reference,
            })
        }))
    }

    fn values(&self) -> Values {
        let mut values = self.0.values();
        values.tick(key::URGENCY, self.0.urgency == Urgency::Viber);
        values
    }

    fn id(&self) -> OrderId {
        self.0.id
    }

    fn face(&self) -> Face {
        self.0.face()
    }

    fn transfer(&self) -> Option<&Transfer> {
        Some(&self.0)
    }

    fn of_transfer(transfer: Transfer) -> Option<Self> {
        Self::try_from(transfer).ok()
    }
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

fn beneficiary(form: &mut Form<'_>, values: &Values, debit: Option<AccountNumber>) -> Option<Beneficiary> {
    let has_name = !values.is_empty(key::BENEFICIARY_NAME);
    match values.get(key::TARGET).parse::<Target>() {
        Ok(Target::Account(number)) => {
            if debit == Some(number) {
                form.problem(key::TARGET, FieldProblem::SameAccount);
            }
            let name = form.required(key::BENEFICIARY_NAME)?;
            Some(Beneficiary::Account { name, number })
        }
        Ok(Target::Foreign(_)) => {
            form.problem(key::TARGET, FieldProblem::ForeignAccount);
            None
        }
        Ok(Target::SecondaryId(id)) => {
            if has_name {
                form.problem(key::BENEFICIARY_NAME, FieldProblem::NameWithSecondaryId);
            }
            if !values.ticked(key::INSTANT) {
                form.problem(key::INSTANT, FieldProblem::SecondaryIdNeedsInstant);
            }
            Some(Beneficiary::SecondaryId { id })
        }
        Err(e) => {
            let problem = if e == TargetError::Empty { FieldProblem::Missing } else { e.into() };
            form.problem(key::TARGET, problem);
            if has_name {
                let _: Option<PartyName> = form.optional(key::BENEFICIARY_NAME);
            }
            None
        }
    }
}
