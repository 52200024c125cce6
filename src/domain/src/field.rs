//! Fields of an order and what can be wrong with each.

use serde::{Deserialize, Serialize};

use crate::Explain;
use crate::entry::EntryError;
use crate::money::MoneyError;
use crate::target::TargetError;
use crate::text::TextError;

/// A field of the HCT form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Account to debit.
    DebitAccount,
    /// Payer's name.
    PayerName,
    /// Payee's account, IBAN or secondary identifier.
    Target,
    /// Payee's name.
    BeneficiaryName,
    /// Payee's country.
    Country,
    /// Amount.
    Amount,
    /// Value date.
    ValueDate,
    /// Tick box "azonnali átutalás".
    Instant,
    /// VIBER.
    Urgency,
    /// Narrative.
    Narrative,
    /// Document number.
    DocumentNumber,
    /// Legal code.
    LegalCode,
    /// Own reference.
    OwnReference,
}

impl Field {
    /// Stable key of the field's label in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Self::DebitAccount => "field-debit-account",
            Self::PayerName => "field-payer-name",
            Self::Target => "field-target",
            Self::BeneficiaryName => "field-beneficiary-name",
            Self::Country => "field-country",
            Self::Amount => "field-amount",
            Self::ValueDate => "field-value-date",
            Self::Instant => "field-instant",
            Self::Urgency => "field-urgency",
            Self::Narrative => "field-narrative",
            Self::DocumentNumber => "field-document-number",
            Self::LegalCode => "field-legal-code",
            Self::OwnReference => "field-own-reference",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// Must be filled.
    #[error("must be filled")]
    Missing,
    /// Text of a wrong form.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Account, IBAN or secondary identifier of a wrong form.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Not an amount or date.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Amount that cannot be.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The debited account is not one of the customer's.
    #[error("not an account of the customer")]
    NotOwnAccount,
    /// The debited account is not kept in forints.
    #[error("the account is not kept in forints")]
    NotHufAccount,
    /// An account kept abroad cannot be paid by a domestic transfer.
    #[error("the account is kept abroad")]
    ForeignAccount,
    /// Payee and payer are the same account.
    #[error("payer and payee are the same account")]
    SameAccount,
    /// A secondary identifier can be paid only by an instant transfer.
    #[error("only an instant transfer can go to a secondary identifier")]
    SecondaryIdNeedsInstant,
    /// A secondary identifier stands alone, without a name.
    #[error("a secondary identifier stands without a name")]
    NameWithSecondaryId,
    /// An instant transfer has no value date.
    #[error("an instant transfer has no value date")]
    DateWithInstant,
    /// Above the limit of instant payments, in forints.
    #[error("instant transfers go up to {limit} HUF")]
    AboveInstantLimit {
        /// Limit in whole forints.
        limit: String,
    },
    /// Instant and VIBER exclude each other.
    #[error("an instant transfer cannot ask for VIBER")]
    ViberWithInstant,
    /// The date has passed.
    #[error("the date has passed")]
    DatePast,
    /// Not a banking day.
    #[error("not a banking day")]
    NotBankingDay,
    /// Further ahead than the bank takes.
    #[error("at most {days} days ahead")]
    TooFarAhead {
        /// Days that the bank takes.
        days: u32,
    },
}

impl Explain for FieldProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "field-missing",
            Self::Text(e) => e.code(),
            Self::Target(e) => e.code(),
            Self::Entry(e) => e.code(),
            Self::Money(e) => e.code(),
            Self::NotOwnAccount => "field-not-own-account",
            Self::NotHufAccount => "field-not-huf-account",
            Self::ForeignAccount => "field-foreign-account",
            Self::SameAccount => "field-same-account",
            Self::SecondaryIdNeedsInstant => "field-secondary-needs-instant",
            Self::NameWithSecondaryId => "field-name-with-secondary",
            Self::DateWithInstant => "field-date-with-instant",
            Self::AboveInstantLimit { .. } => "field-above-instant-limit",
            Self::ViberWithInstant => "field-viber-with-instant",
            Self::DatePast => "field-date-past",
            Self::NotBankingDay => "field-not-banking-day",
            Self::TooFarAhead { .. } => "field-too-far-ahead",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Text(e) => e.args(),
            Self::Target(e) => e.args(),
            Self::AboveInstantLimit { limit } => vec![("limit", limit.clone())],
            Self::TooFarAhead { days } => vec![("days", days.to_string())],
            _ => Vec::new(),
        }
    }
}

/// A field and its problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", field.key())]
pub struct FieldError {
    /// Where.
    pub field: Field,
    /// What.
    pub problem: FieldProblem,
}

impl Explain for FieldError {
    fn code(&self) -> &'static str {
        self.problem.code()
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        self.problem.args()
    }
}
