//! Fields of orders: how any field is named, typed and carried, and what can be wrong with it. No order type is named
//! here.

use serde::{Serialize, Serializer};

use super::adm::AdminError;
use crate::Explain;
use crate::entry::EntryError;
use crate::money::MoneyError;
use crate::target::TargetError;
use crate::text::TextError;

/// Keys of fields: the same one names a field in texts (`field-<key>`), the command line (`--<key>`), web forms,
/// templates and drafts.
pub mod key {
    /// Account to debit.
    pub const DEBIT_ACCOUNT: &str = "debit-account";
    /// Payer's name, if it should differ.
    pub const PAYER_NAME: &str = "payer-name";
    /// Payee's account, IBAN or secondary identifier.
    pub const TARGET: &str = "target";
    /// Payee's name.
    pub const BENEFICIARY_NAME: &str = "beneficiary-name";
    /// Payee's country.
    pub const COUNTRY: &str = "country";
    /// Amount.
    pub const AMOUNT: &str = "amount";
    /// Value date.
    pub const VALUE_DATE: &str = "value-date";
    /// Tick box "azonnali átutalás".
    pub const INSTANT: &str = "instant";
    /// Tick box "VIBER".
    pub const URGENCY: &str = "urgency";
    /// Narrative.
    pub const NARRATIVE: &str = "narrative";
    /// Document number.
    pub const DOCUMENT_NUMBER: &str = "document-number";
    /// Legal code.
    pub const LEGAL_CODE: &str = "legal-code";
    /// Own reference.
    pub const OWN_REFERENCE: &str = "own-reference";
    /// What a self-administration order changes.
    pub const CHANGE: &str = "change";
}

/// What a form, a command line and a help text must know of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its key, one of [`key`].
    pub key: &'static str,
    /// How it is typed.
    pub input: Input,
    /// Where it stands.
    pub place: Place,
    /// Whether it must be filled.
    pub need: Need,
}

/// How a field is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Whole forints.
    Amount,
    /// One of the customer's accounts in forints that it may debit.
    OwnAccount,
    /// One of the customer's accounts in forints that it may credit.
    OwnTarget,
    /// Account, IBAN or secondary identifier.
    Target,
    /// Account or IBAN, never a secondary identifier.
    Account,
    /// A payee's name, proposed from partners.
    Name,
    /// Text of at most so many characters, over so many lines.
    Text {
        /// Characters.
        max: usize,
        /// Lines of the form.
        lines: u8,
    },
    /// A day.
    Date,
    /// A tick box.
    Tick,
    /// An editor of the type's own.
    Custom,
}

/// Where a field stands in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a line of its own.
    Main,
    /// Beside the field before it.
    Beside,
    /// Among those that few orders need.
    Rare,
}

/// Whether a field must be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Always,
    /// Only with some values of others: the check says when.
    Depends,
    /// Never.
    Optional,
}

impl FieldSpec {
    /// A field of that key.
    pub const fn new(key: &'static str, input: Input, place: Place, need: Need) -> Self {
        Self { key, input, place, need }
    }

    /// A text that may be left out.
    pub const fn text(key: &'static str, max: usize, place: Place) -> Self {
        Self::new(key, Input::Text { max, lines: 1 }, place, Need::Optional)
    }

    /// Key of its label's text; a list of own accounts is called otherwise than a payee that is typed, and one that takes
    /// accounts only says so.
    pub fn label_key(&self) -> String {
        match self.input {
            Input::OwnTarget => label_key("own-target"),
            Input::Account => label_key("account"),
            _ => label_key(self.key),
        }
    }

    /// Key of the text that says what belongs into it.
    pub fn help_key(&self) -> String {
        format!("{}-help", self.label_key())
    }
}

/// Key of the text of a field's label.
pub fn label_key(key: &str) -> String {
    format!("field-{key}")
}

/// What is typed into a form's fields, by their keys. A field that holds nothing does not stand in it.
///
/// Sorted by key, so that equal forms are equal and written alike. A list, not a tree: a form has a dozen fields at
/// most, and an import makes a form of every row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Values(Vec<(&'static str, String)>);

/// What a ticked box holds.
const TICKED: &str = "yes";

impl Values {
    fn place(&self, key: &str) -> Option<usize> {
        self.0.iter().position(|(known, _)| *known == key)
    }

    /// The text of a field; empty if it holds nothing.
    pub fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == key).map_or("", |(_, text)| text)
    }

    /// Types a text into a field.
    pub fn set(&mut self, key: &'static str, text: impl Into<String>) {
        let text = text.into();
        match self.place(key) {
            Some(place) if text.is_empty() => drop(self.0.remove(place)),
            Some(place) => self.0[place].1 = text,
            None if text.is_empty() => {}
            None => self.0.insert(self.0.partition_point(|(known, _)| *known < key), (key, text)),
        }
    }

    /// The same with a text in a field.
    #[must_use]
    pub fn with(mut self, key: &'static str, text: impl Into<String>) -> Self {
        self.set(key, text);
        self
    }

    /// Takes the text of a field out.
    pub fn take(&mut self, key: &str) -> String {
        self.place(key).map(|place| self.0.remove(place).1).unwrap_or_default()
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, key: &str) -> bool {
        self.get(key) == TICKED
    }

    /// Ticks a box, or not.
    pub fn tick(&mut self, key: &'static str, ticked: bool) {
        self.set(key, if ticked { TICKED } else { "" });
    }

    /// The same with a box ticked or not.
    #[must_use]
    pub fn with_tick(mut self, key: &'static str, ticked: bool) -> Self {
        self.tick(key, ticked);
        self
    }

    /// Whether nothing at all is typed.
    pub fn is_blank(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a field holds nothing but space.
    pub fn is_empty(&self, key: &str) -> bool {
        self.get(key).trim().is_empty()
    }

    /// Fields that hold something, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(key, text)| (*key, text.as_str()))
    }

    /// Only the fields of a type's form: what another type does not know is left out.
    #[must_use]
    pub fn only(mut self, fields: &[FieldSpec]) -> Self {
        self.0.retain(|(key, _)| fields.iter().any(|field| field.key == *key));
        self
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
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
    /// Who records has no right to.
    #[error("the user may not record this")]
    MayNotRecord,
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
    /// The payee's account is the customer's own, but not one that it may be paid to by this order.
    #[error("not another forint account of the customer")]
    NotOwnTarget,
    /// The order meets the conditions of instant payment, so it is no VIBER order [KDB q15].
    #[error("the order qualifies as an instant transfer: up to {limit} HUF, without a later date")]
    QualifiesAsInstant {
        /// Limit of instant payments in whole forints.
        limit: String,
    },
    /// This order goes to accounts only.
    #[error("a secondary identifier cannot be paid by this order")]
    NoSecondaryId,
    /// The change of the service cannot take effect.
    #[error(transparent)]
    Administration(#[from] AdminError),
    /// Who may do what is not known, so a change of it cannot be judged.
    #[error("the authority table is not known")]
    AuthorityUnknown,
    /// Not the change of a self-administration order.
    #[error("not a change of the service")]
    Change,
    /// The date has passed.
    #[error("the date has passed")]
    DatePast,
    /// The bank's calendar does not reach so far: nobody knows whether banks settle then.
    #[error("the calendar ends with {year}")]
    BeyondCalendar {
        /// The last year that it covers.
        year: i32,
    },
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
            Self::MayNotRecord => "field-may-not-record",
            Self::NotHufAccount => "field-not-huf-account",
            Self::ForeignAccount => "field-foreign-account",
            Self::SameAccount => "field-same-account",
            Self::SecondaryIdNeedsInstant => "field-secondary-needs-instant",
            Self::NameWithSecondaryId => "field-name-with-secondary",
            Self::DateWithInstant => "field-date-with-instant",
            Self::AboveInstantLimit { .. } => "field-above-instant-limit",
            Self::ViberWithInstant => "field-viber-with-instant",
            Self::NotOwnTarget => "field-not-own-target",
            Self::QualifiesAsInstant { .. } => "field-qualifies-as-instant",
            Self::NoSecondaryId => "field-no-secondary-id",
            Self::Administration(e) => e.code(),
            Self::AuthorityUnknown => "field-authority-unknown",
            Self::Change => "field-not-a-change",
            Self::DatePast => "field-date-past",
            Self::BeyondCalendar { .. } => "field-beyond-calendar",
            Self::NotBankingDay => "field-not-banking-day",
            Self::TooFarAhead { .. } => "field-too-far-ahead",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Text(e) => e.args(),
            Self::Target(e) => e.args(),
            Self::Administration(e) => e.args(),
            Self::AboveInstantLimit { limit } | Self::QualifiesAsInstant { limit } => {
                vec![("limit", limit.clone())]
            }
            Self::BeyondCalendar { year } => vec![("year", year.to_string())],
            Self::TooFarAhead { days } => vec![("days", days.to_string())],
            _ => Vec::new(),
        }
    }
}

/// A field and its problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct FieldError {
    /// Where: the field's key.
    pub field: &'static str,
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
