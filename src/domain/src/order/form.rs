//! Reading the fields that payments have in common, with every problem of every field.

use super::field::{FieldError, FieldProblem, Values, key};
use super::{CheckContext, Timing};
use crate::account::AccountNumber;
use crate::entry::{self, EntryError};
use crate::money::{Currency, Money};
use crate::target::Target;
use crate::text::TextError;

/// Collects problems while values are read.
pub(super) struct Form<'a> {
    values: &'a Values,
    context: &'a CheckContext<'a>,
    problems: Vec<FieldError>,
}

impl<'a> Form<'a> {
    pub(super) fn new(values: &'a Values, context: &'a CheckContext<'a>) -> Self {
        Self { values, context, problems: Vec::new() }
    }

    pub(super) fn problem(&mut self, field: &'static str, problem: FieldProblem) {
        self.problems.push(FieldError { field, problem });
    }

    /// The problems so far; whoever made an order while there were any would lose them.
    pub(super) fn finish<T>(self, order: Option<T>) -> Result<T, Vec<FieldError>> {
        match order {
            Some(order) if self.problems.is_empty() => Ok(order),
            _ => Err(self.problems),
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
        match self.values.get(field).parse() {
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
        match self.values.get(field).parse() {
            Err(TextError::Empty) => None,
            other => self.take(field, other),
        }
    }

    /// A text that may be empty.
    pub(super) fn text<T: std::str::FromStr<Err = TextError>>(&mut self, field: &'static str) -> Option<T> {
        let read = self.values.get(field).parse();
        self.take(field, read)
    }

    pub(super) fn debit_account(&mut self) -> Option<AccountNumber> {
        let read = own_forint_account(self.values.get(key::DEBIT_ACCOUNT), self.context);
        self.take(key::DEBIT_ACCOUNT, read)
    }

    /// Whole forints; `instant` holds them to the limit of instant payments.
    pub(super) fn amount(&mut self, instant: bool) -> Option<Money> {
        let read = amount(self.values.get(key::AMOUNT)).and_then(|money| {
            let limit = self.context.profile.instant.limit;
            if instant && money.amount() > limit {
                return Err(FieldProblem::AboveInstantLimit { limit: limit.normalize().to_string() });
            }
            Ok(money)
        });
        self.take(key::AMOUNT, read)
    }

    pub(super) fn timing(&mut self, instant: bool) -> Option<Timing> {
        let read = timing(self.values.get(key::VALUE_DATE), instant, self.context);
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
