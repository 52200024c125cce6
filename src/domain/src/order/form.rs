//! Reading the fields that payments have in common, with every problem of every field.

use super::CheckContext;
use super::field::{FieldError, FieldProblem, FieldSpec, Values, key};
use super::transfer::{Beneficiary, Timing, Transfer, Urgency};
use crate::account::AccountNumber;
use crate::entry::{self, EntryError};
use crate::ids::OrderId;
use crate::money::{Currency, Money};
use crate::secondary_id::SecondaryId;
use crate::target::{Target, TargetError};
use crate::text::TextError;

/// What a type has made of the fields that types read differently; what is missing has a problem.
pub(super) struct Made {
    pub(super) debit_account: Option<AccountNumber>,
    pub(super) beneficiary: Option<Beneficiary>,
    pub(super) amount: Option<Money>,
    pub(super) timing: Option<Timing>,
    pub(super) urgency: Urgency,
}

/// Whom a domestic payment may go to.
pub(super) enum Payee {
    Account(AccountNumber),
    SecondaryId(SecondaryId),
}

/// Collects problems while values are read.
pub(super) struct Form<'a> {
    fields: &'static [FieldSpec],
    values: &'a Values,
    context: &'a CheckContext<'a>,
    problems: Vec<FieldError>,
}

impl<'a> Form<'a> {
    /// The form of a type with these fields.
    pub(super) fn new(
        fields: &'static [FieldSpec],
        values: &'a Values,
        context: &'a CheckContext<'a>,
    ) -> Self {
        Self { fields, values, context, problems: Vec::new() }
    }

    /// The text of a field; nothing of what the form does not have.
    pub(super) fn get(&self, key: &str) -> &'a str {
        if self.fields.iter().any(|field| field.key == key) { self.values.get(key) } else { "" }
    }

    pub(super) fn problem(&mut self, field: &'static str, problem: FieldProblem) {
        self.problems.push(FieldError { field, problem });
    }

    /// The payment of what is typed and what the type has made of it.
    ///
    /// # Errors
    /// Every problem of every field, in the form's order.
    pub(super) fn transfer(mut self, id: OrderId, made: Made) -> Result<Transfer, Vec<FieldError>> {
        let payer_name = self.optional(key::PAYER_NAME);
        let beneficiary_country = self.optional(key::COUNTRY);
        let narrative = self.text(key::NARRATIVE);
        let document_number = self.optional(key::DOCUMENT_NUMBER);
        let legal_code = self.optional(key::LEGAL_CODE);
        let own_reference = self.optional(key::OWN_REFERENCE);
        let Made { debit_account, beneficiary, amount, timing, urgency } = made;
        let needed = debit_account.zip(beneficiary).zip(amount).zip(timing).zip(narrative);
        match needed {
            Some(((((debit_account, beneficiary), amount), timing), narrative))
                if self.problems.is_empty() =>
            {
                Ok(Transfer {
                    id,
                    debit_account,
                    payer_name,
                    beneficiary,
                    beneficiary_country,
                    amount,
                    timing,
                    urgency,
                    narrative,
                    document_number,
                    legal_code,
                    own_reference,
                })
            }
            _ => {
                let place = |error: &FieldError| self.fields.iter().position(|f| f.key == error.field);
                self.problems.sort_by_key(place);
                Err(self.problems)
            }
        }
    }

    pub(super) fn take<T, E: Into<FieldProblem>>(
        &mut self,
        field: &'static str,
        result: Result<T, E>,
    ) -> Option<T> {
        result.map_err(|e| self.problem(field, e.into())).ok()
    }

    pub(super) fn required<T: std::str::FromStr<Err = TextError>>(
        &mut self,
        field: &'static str,
    ) -> Option<T> {
        match self.get(field).parse() {
            Err(TextError::Empty) => {
                self.problem(field, FieldProblem::Missing);
                None
            }
            other => self.take(field, other),
        }
    }

    pub(super) fn optional<T: std::str::FromStr<Err = TextError>>(
        &mut self,
        field: &'static str,
    ) -> Option<T> {
        match self.get(field).parse() {
            Err(TextError::Empty) => None,
            other => self.take(field, other),
        }
    }

    /// A text that may be empty.
    pub(super) fn text<T: std::str::FromStr<Err = TextError>>(&mut self, field: &'static str) -> Option<T> {
        let read = self.get(field).parse();
        self.take(field, read)
    }

    pub(super) fn debit_account(&mut self) -> Option<AccountNumber> {
        let read = own_forint_account(self.get(key::DEBIT_ACCOUNT), self.context).and_then(|number| {
            if self.context.may_debit(number) { Ok(number) } else { Err(FieldProblem::MayNotRecord) }
        });
        self.take(key::DEBIT_ACCOUNT, read)
    }

    /// Whom it goes to, neither the debited account nor one that is kept abroad.
    pub(super) fn payee(&mut self, debit: Option<AccountNumber>) -> Option<Payee> {
        let problem = match self.get(key::TARGET).parse::<Target>() {
            Ok(Target::Account(number)) => {
                if debit == Some(number) {
                    self.problem(key::TARGET, FieldProblem::SameAccount);
                }
                return Some(Payee::Account(number));
            }
            Ok(Target::SecondaryId(id)) => return Some(Payee::SecondaryId(id)),
            Ok(Target::Foreign(_)) => FieldProblem::ForeignAccount,
            Err(TargetError::Empty) => FieldProblem::Missing,
            Err(e) => e.into(),
        };
        self.problem(key::TARGET, problem);
        None
    }

    /// Whole forints; `instant` holds them to the limit of instant payments.
    pub(super) fn amount(&mut self, instant: bool) -> Option<Money> {
        let read = amount(self.get(key::AMOUNT)).and_then(|money| {
            let limit = self.context.profile.instant.limit;
            if instant && money.amount() > limit {
                return Err(FieldProblem::AboveInstantLimit { limit: limit.normalize().to_string() });
            }
            Ok(money)
        });
        self.take(key::AMOUNT, read)
    }

    pub(super) fn timing(&mut self, instant: bool) -> Option<Timing> {
        let read = timing(self.get(key::VALUE_DATE), instant, self.context);
        self.take(key::VALUE_DATE, read)
    }
}

/// An account of the customer in forints.
pub(super) fn own_forint_account(
    text: &str,
    context: &CheckContext<'_>,
) -> Result<AccountNumber, FieldProblem> {
    if text.trim().is_empty() {
        return Err(FieldProblem::Missing);
    }
    let number = match text.parse::<Target>()? {
        Target::Account(number) => number,
        Target::Foreign(_) | Target::SecondaryId(_) => return Err(FieldProblem::NotOwnAccount),
    };
    let own = context.accounts.iter().find(|a| a.number == number).ok_or(FieldProblem::NotOwnAccount)?;
    if own.currency != Currency::HUF {
        return Err(FieldProblem::NotHufAccount);
    }
    Ok(number)
}

fn amount(text: &str) -> Result<Money, FieldProblem> {
    match entry::amount(text) {
        Ok(number) => Ok(Money::payment(number, Currency::HUF)?),
        Err(EntryError::Empty) => Err(FieldProblem::Missing),
        Err(e) => Err(e.into()),
    }
}

fn timing(text: &str, instant: bool, context: &CheckContext<'_>) -> Result<Timing, FieldProblem> {
    let typed = match entry::date(text, context.today, context.calendar) {
        Ok(date) => Some(date),
        Err(EntryError::Empty) => None,
        Err(e) => return Err(e.into()),
    };
    let soon = if instant { Timing::Instant } else { Timing::Soon };
    let Some(date) = typed else { return Ok(soon) };
    // A debit date equal to the submission day counts as none [MNB AFR].
    if date == context.today {
        return Ok(soon);
    }
    if instant {
        return Err(FieldProblem::DateWithInstant);
    }
    if date < context.today {
        return Err(FieldProblem::DatePast);
    }
    if let Some(days) = context.profile.max_days_ahead
        && (date - context.today).num_days() > i64::from(days)
    {
        return Err(FieldProblem::TooFarAhead { days });
    }
    if let Some(year) = context.calendar.ends_before(date) {
        return Err(FieldProblem::BeyondCalendar { year });
    }
    if !context.calendar.is_banking_day(date) {
        return Err(FieldProblem::NotBankingDay);
    }
    Ok(Timing::On { date })
}
