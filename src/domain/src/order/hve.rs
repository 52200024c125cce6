//! HVE: transfer in forints between the customer's own accounts ("forint átvezetés saját számlák között"). The payee is
//! chosen from a list, so it needs no name. It may be an instant one like a domestic transfer [KDB q29].

use serde::{Deserialize, Serialize};

use super::field::{FieldError, FieldProblem, FieldSpec, Input, Need, Place, Values, key};
use super::form::{Form, Made, own_forint_account};
use super::kind::as_payment;
use super::transfer::{Beneficiary, Transfer, Urgency};
use super::{CheckContext, Face, Kind};
use crate::ids::OrderId;
use crate::narrative::Narrative;
use crate::text::{DocumentNumber, OwnReference};

/// A transfer between two accounts of one customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Transfer")]
pub struct Hve(Transfer);

impl Kind for Hve {
    const FIELDS: &'static [FieldSpec] = &[
        FieldSpec::new(key::DEBIT_ACCOUNT, Input::OwnAccount, Place::Main, Need::Always),
        FieldSpec::new(key::TARGET, Input::OwnTarget, Place::Main, Need::Always),
        FieldSpec::new(key::AMOUNT, Input::Amount, Place::Main, Need::Always),
        FieldSpec::new(key::VALUE_DATE, Input::Date, Place::Beside, Need::Optional),
        FieldSpec::text(key::DOCUMENT_NUMBER, DocumentNumber::MAX, Place::Beside),
        FieldSpec::text(key::NARRATIVE, Narrative::MAX, Place::Main),
        FieldSpec::new(key::INSTANT, Input::Tick, Place::Main, Need::Optional),
        FieldSpec::text(key::OWN_REFERENCE, OwnReference::MAX, Place::Rare),
    ];

    fn check(values: &Values, id: OrderId, context: &CheckContext<'_>) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new(Self::FIELDS, values, context);
        let instant = values.ticked(key::INSTANT);
        let debit_account = form.debit_account();
        let target = own_forint_account(form.get(key::TARGET), context).map_err(|problem| match problem {
            FieldProblem::NotOwnAccount | FieldProblem::NotHufAccount => FieldProblem::NotOwnTarget,
            other => other,
        });
        let target = form.take(key::TARGET, target);
        if target.is_some() && target == debit_account {
            form.problem(key::TARGET, FieldProblem::SameAccount);
        }
        let beneficiary = target.map(|number| Beneficiary::OwnAccount { number });
        let (amount, timing) = (form.amount(instant), form.timing(instant));
        let urgency = Urgency::Normal;
        form.transfer(id, Made { debit_account, beneficiary, amount, timing, urgency }).map(Self)
    }

    as_payment!();
}

/// A payment that is no transfer between own accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a transfer between own accounts goes to another own account, without name, country, legal code and VIBER"
)]
pub struct NotHve;

impl TryFrom<Transfer> for Hve {
    type Error = NotHve;

    fn try_from(transfer: Transfer) -> Result<Self, NotHve> {
        let Beneficiary::OwnAccount { number } = transfer.beneficiary else { return Err(NotHve) };
        let plain = transfer.payer_name.is_none()
            && transfer.beneficiary_country.is_none()
            && transfer.legal_code.is_none()
            && transfer.urgency == Urgency::Normal;
        if plain && number != transfer.debit_account { Ok(Self(transfer)) } else { Err(NotHve) }
    }
}
