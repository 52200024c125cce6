//! An order as it is typed: every field is text, and checking it finds all problems at once.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::account::AccountNumber;
use crate::calendar::Calendar;
use crate::customer::Account;
use crate::entry::{self, EntryError};
use crate::field::{Field, FieldError, FieldProblem};
use crate::ids::{OrderId, PartnerId, TemplateId};
use crate::money::{Currency, Money};
use crate::narrative::Narrative;
use crate::order::{Beneficiary, HctOrder, Timing, Urgency};
use crate::profile::BankProfile;
use crate::target::{Target, TargetError};
use crate::text::TextError;

/// The HCT form's fields as typed. Stored at every pause in typing, so nothing is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderDraft {
    /// Account to debit.
    pub debit_account: String,
    /// Payer's name, if it should differ.
    pub payer_name: String,
    /// Payee's account, IBAN or secondary identifier.
    pub target: String,
    /// Payee's name.
    pub beneficiary_name: String,
    /// Payee's country.
    pub country: String,
    /// Amount.
    pub amount: String,
    /// Value date.
    pub value_date: String,
    /// Narrative.
    pub narrative: String,
    /// Document number.
    pub document_number: String,
    /// Legal code.
    pub legal_code: String,
    /// Own reference.
    pub own_reference: String,
    /// Tick box "azonnali átutalás".
    pub instant: bool,
    /// VIBER asked for.
    pub viber: bool,
    /// Template that it was started from.
    pub template: Option<TemplateId>,
    /// Partner that was chosen.
    pub partner: Option<PartnerId>,
}

/// What checking an order needs to know.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The bank's rules.
    pub profile: &'a BankProfile,
    /// Banking days.
    pub calendar: &'a Calendar,
    /// The customer's accounts.
    pub accounts: &'a [Account],
    /// Today, in the bank's local time.
    pub today: NaiveDate,
}

impl OrderDraft {
    /// Whether nothing at all was typed.
    pub fn is_blank(&self) -> bool {
        let keep = Self { template: self.template, partner: self.partner, ..Self::default() };
        *self == keep
    }

    /// The draft that an order would be typed as, to edit or repeat it.
    pub fn of_order(order: &HctOrder) -> Self {
        let text = |t: Option<&str>| t.unwrap_or_default().to_owned();
        Self {
            debit_account: order.debit_account.to_string(),
            payer_name: text(order.payer_name.as_ref().map(super::text::PartyName::as_str)),
            target: order.beneficiary.target(),
            beneficiary_name: match &order.beneficiary {
                Beneficiary::Account { name, .. } => name.to_string(),
                Beneficiary::SecondaryId { .. } => String::new(),
            },
            country: text(order.beneficiary_country.as_ref().map(super::text::CountryCode::as_str)),
            amount: order.amount.amount().to_string(),
            value_date: match order.timing {
                Timing::On { date } => date.to_string(),
                Timing::Soon | Timing::Instant => String::new(),
            },
            narrative: order.narrative.to_string(),
            document_number: text(order.document_number.as_ref().map(super::text::DocumentNumber::as_str)),
            legal_code: text(order.legal_code.as_ref().map(super::text::LegalCode::as_str)),
            own_reference: text(order.own_reference.as_ref().map(super::text::OwnReference::as_str)),
            instant: order.timing == Timing::Instant,
            viber: order.urgency == Urgency::Viber,
            template: None,
            partner: None,
        }
    }

    /// The order that was typed, or every problem of every field, in the form's order.
    pub fn check(&self, id: OrderId, context: &CheckContext<'_>) -> Result<HctOrder, Vec<FieldError>> {
        let mut check = Checker { problems: Vec::new() };
        let debit_account = check.take(Field::DebitAccount, self.debit(context));
        let beneficiary = self.beneficiary(&mut check, debit_account);
        let amount = check.take(Field::Amount, self.amount(context));
        let timing = check.take(Field::ValueDate, self.timing(context));
        if self.viber && self.instant {
            check.problem(Field::Urgency, FieldProblem::ViberWithInstant);
        }
        let payer_name = check.optional(Field::PayerName, &self.payer_name);
        let beneficiary_country = check.optional(Field::Country, &self.country);
        let narrative = check.take(Field::Narrative, self.narrative.parse::<Narrative>());
        let document_number = check.optional(Field::DocumentNumber, &self.document_number);
        let legal_code = check.optional(Field::LegalCode, &self.legal_code);
        let own_reference = check.optional(Field::OwnReference, &self.own_reference);
        match (debit_account, beneficiary, amount, timing, narrative) {
            (Some(debit_account), Some(beneficiary), Some(amount), Some(timing), Some(narrative))
                if check.problems.is_empty() =>
            {
                Ok(HctOrder {
                    id,
                    debit_account,
                    payer_name,
                    beneficiary,
                    beneficiary_country,
                    amount,
                    timing,
                    urgency: if self.viber { Urgency::Viber } else { Urgency::Normal },
                    narrative,
                    document_number,
                    legal_code,
                    own_reference,
                })
            }
            _ => Err(check.problems),
        }
    }

    fn debit(&self, context: &CheckContext<'_>) -> Result<AccountNumber, FieldProblem> {
        if self.debit_account.trim().is_empty() {
            return Err(FieldProblem::Missing);
        }
        let number = match self.debit_account.parse::<Target>()? {
            Target::Account(number) => number,
            Target::Foreign(_) | Target::SecondaryId(_) => return Err(FieldProblem::NotOwnAccount),
        };
        let own = context.accounts.iter().find(|a| a.number == number).ok_or(FieldProblem::NotOwnAccount)?;
        if own.currency != Currency::HUF {
            return Err(FieldProblem::NotHufAccount);
        }
        Ok(number)
    }

    fn beneficiary(&self, check: &mut Checker, debit: Option<AccountNumber>) -> Option<Beneficiary> {
        let has_name = !self.beneficiary_name.trim().is_empty();
        let target = match self.target.parse::<Target>() {
            Ok(target) => Some(target),
            Err(TargetError::Empty) => {
                check.problem(Field::Target, FieldProblem::Missing);
                None
            }
            Err(e) => {
                check.problem(Field::Target, e.into());
                None
            }
        };
        match target {
            Some(Target::Account(number)) => {
                if debit == Some(number) {
                    check.problem(Field::Target, FieldProblem::SameAccount);
                }
                let name = check.required(Field::BeneficiaryName, &self.beneficiary_name)?;
                Some(Beneficiary::Account { name, number })
            }
            Some(Target::Foreign(_)) => {
                check.problem(Field::Target, FieldProblem::ForeignAccount);
                None
            }
            Some(Target::SecondaryId(id)) => {
                if has_name {
                    check.problem(Field::BeneficiaryName, FieldProblem::NameWithSecondaryId);
                }
                if !self.instant {
                    check.problem(Field::Instant, FieldProblem::SecondaryIdNeedsInstant);
                }
                Some(Beneficiary::SecondaryId { id })
            }
            None => {
                if has_name {
                    let _: Option<crate::text::PartyName> =
                        check.optional(Field::BeneficiaryName, &self.beneficiary_name);
                }
                None
            }
        }
    }

    fn amount(&self, context: &CheckContext<'_>) -> Result<Money, FieldProblem> {
        let number = match entry::amount(&self.amount) {
            Ok(number) => number,
            Err(EntryError::Empty) => return Err(FieldProblem::Missing),
            Err(e) => return Err(e.into()),
        };
        let money = Money::payment(number, Currency::HUF)?;
        let limit = context.profile.instant.limit;
        if self.instant && money.amount() > limit {
            return Err(FieldProblem::AboveInstantLimit { limit: limit.normalize().to_string() });
        }
        Ok(money)
    }

    fn timing(&self, context: &CheckContext<'_>) -> Result<Timing, FieldProblem> {
        let typed = match entry::date(&self.value_date, context.today, context.calendar) {
            Ok(date) => Some(date),
            Err(EntryError::Empty) => None,
            Err(e) => return Err(e.into()),
        };
        let soon = if self.instant { Timing::Instant } else { Timing::Soon };
        let Some(date) = typed else { return Ok(soon) };
        // A debit date equal to the submission day counts as none [MNB AFR].
        if date == context.today {
            return Ok(soon);
        }
        if self.instant {
            return Err(FieldProblem::DateWithInstant);
        }
        if date < context.today {
            return Err(FieldProblem::DatePast);
        }
        if !context.calendar.is_banking_day(date) {
            return Err(FieldProblem::NotBankingDay);
        }
        if let Some(days) = context.profile.max_days_ahead
            && (date - context.today).num_days() > i64::from(days)
        {
            return Err(FieldProblem::TooFarAhead { days });
        }
        Ok(Timing::On { date })
    }
}

/// Collects problems while values are read.
struct Checker {
    problems: Vec<FieldError>,
}

impl Checker {
    fn problem(&mut self, field: Field, problem: FieldProblem) {
        self.problems.push(FieldError { field, problem });
    }

    fn take<T, E: Into<FieldProblem>>(&mut self, field: Field, result: Result<T, E>) -> Option<T> {
        result.map_err(|e| self.problem(field, e.into())).ok()
    }

    fn required<T: std::str::FromStr<Err = TextError>>(&mut self, field: Field, text: &str) -> Option<T> {
        match text.parse() {
            Err(TextError::Empty) => {
                self.problem(field, FieldProblem::Missing);
                None
            }
            other => self.take(field, other),
        }
    }

    fn optional<T: std::str::FromStr<Err = TextError>>(&mut self, field: Field, text: &str) -> Option<T> {
        match text.parse() {
            Err(TextError::Empty) => None,
            other => self.take(field, other),
        }
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
