//! Secondary account identifiers ("másodlagos számlaazonosító") of the instant payment system.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::contact::{EmailAddress, MobileNumber};
use crate::tax::{TaxId, TaxNumber};

/// What may stand for an account as the payee of an instant transfer [KDB q19].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum SecondaryId {
    /// Mobile number of the EEA.
    Mobile(MobileNumber),
    /// E-mail address.
    Email(EmailAddress),
    /// Tax number of a company.
    TaxNumber(TaxNumber),
    /// Tax id of a natural person.
    TaxId(TaxId),
}

/// The four kinds, as files and the protocol name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondaryIdKind {
    /// Mobile number.
    Mobile,
    /// E-mail address.
    Email,
    /// Tax number.
    TaxNumber,
    /// Tax id.
    TaxId,
}

crate::names! {
    pub SecondaryIdKind {
        Mobile = "mobile",
        Email = "email",
        TaxNumber = "tax_number",
        TaxId = "tax_id",
    }
}

impl SecondaryId {
    /// Which kind.
    pub fn kind(&self) -> SecondaryIdKind {
        match self {
            Self::Mobile(_) => SecondaryIdKind::Mobile,
            Self::Email(_) => SecondaryIdKind::Email,
            Self::TaxNumber(_) => SecondaryIdKind::TaxNumber,
            Self::TaxId(_) => SecondaryIdKind::TaxId,
        }
    }

    /// The value in its normal form, without spaces or dashes.
    pub fn value(&self) -> &str {
        match self {
            Self::Mobile(v) => v.as_str(),
            Self::Email(v) => v.as_str(),
            Self::TaxNumber(v) => v.as_str(),
            Self::TaxId(v) => v.as_str(),
        }
    }

    /// Reads a value of a known kind.
    pub fn parse(kind: SecondaryIdKind, value: &str) -> Option<Self> {
        match kind {
            SecondaryIdKind::Mobile => value.parse().ok().map(Self::Mobile),
            SecondaryIdKind::Email => value.parse().ok().map(Self::Email),
            SecondaryIdKind::TaxNumber => value.parse().ok().map(Self::TaxNumber),
            SecondaryIdKind::TaxId => value.parse().ok().map(Self::TaxId),
        }
    }
}

impl fmt::Display for SecondaryId {
    /// As people read it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mobile(v) => v.fmt(f),
            Self::Email(v) => v.fmt(f),
            Self::TaxNumber(v) => v.fmt(f),
            Self::TaxId(v) => v.fmt(f),
        }
    }
}
