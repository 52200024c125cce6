//! What a payment is: types, rules and states.
//!
//! This crate is pure: no I/O, no clock, no async, no randomness. The current time and new
//! identifiers come in as arguments, and every rule that differs by bank is data in
//! [`profile::BankProfile`], so the code here names no bank. Text is parsed once, at the edge,
//! into types whose values are right by construction; nothing behind that edge checks again.

#![warn(missing_docs)]

pub mod account;
pub mod arrival;
pub mod authority;
pub mod banks;
pub mod calendar;
pub mod check_digit;
pub mod contact;
pub mod customer;
pub mod entry;
pub mod format;
pub mod iban;
pub mod ids;
pub mod money;
mod names;
pub mod narrative;
pub mod order;
pub mod package;
pub mod partner;
pub mod pin;
pub mod profile;
pub mod routing;
pub mod search;
pub mod secondary_id;
pub mod shared;
pub mod submission;
pub mod target;
pub mod tax;
pub mod template;
pub mod text;
pub mod unblock;
pub mod words;

#[cfg(test)]
mod samples;

pub use account::AccountNumber;
pub use authority::AuthorityTable;
pub use banks::{BankDirectory, BankEntry};
pub use calendar::{Calendar, EasterHoliday, YearlyHoliday};
pub use customer::{Account, Balance, Customer, CustomerKind, User};
pub use iban::Iban;
pub use ids::{
    ConnectionKey, CustomerId, CustomerKey, OrderId, PackageId, PartnerId, Scope, TemplateId, UserId,
};
pub use money::{Currency, Money};
pub use narrative::Narrative;
pub use order::adm as admin;
pub use order::adm::{AdminAction, AdminError, AdminOrder, SecondaryIdStep};
pub use order::{
    Beneficiary, Face, FieldError, FieldProblem, FieldSpec, Label, Order, OrderDraft, OrderType, Timing,
    Transfer, Urgency, Values, key,
};
pub use package::{PackageHeader, PackageState};
pub use partner::{Partner, PartnerTarget};
pub use profile::BankProfile;
pub use secondary_id::SecondaryId;
pub use target::Target;
pub use template::Template;

/// Something that must be explained to a person: an error, a warning, a reason.
///
/// The text itself lives in `locales/`, under the key that [`Explain::code`] gives, with the
/// named values of [`Explain::args`].
pub trait Explain {
    /// Stable kebab-case key; it never changes once released, scripts rely on it.
    fn code(&self) -> &'static str;
    /// Named values for the text, already formatted without a language (digits, ISO dates).
    fn args(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
