//! A payment in forints within the country: what several order types have in common and travel as.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::face::{Face, Label, lines};
use super::field::{Values, key};
use crate::account::AccountNumber;
use crate::ids::OrderId;
use crate::money::Money;
use crate::narrative::Narrative;
use crate::secondary_id::SecondaryId;
use crate::text::{CountryCode, DocumentNumber, LegalCode, OwnReference, PartyName};

/// Who gets the money: exactly one of account with name, own account, or secondary identifier
/// [K&H AFR].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Beneficiary {
    /// Domestic account and its holder's name.
    Account {
        /// Name as the payer knows it.
        name: PartyName,
        /// Account kept in Hungary.
        number: AccountNumber,
    },
    /// Another account of the same customer: it needs no name.
    OwnAccount {
        /// Account kept in Hungary.
        number: AccountNumber,
    },
    /// Secondary identifier alone; the bank looks up account and name.
    SecondaryId {
        /// The identifier.
        id: SecondaryId,
    },
}

impl Beneficiary {
    /// The account, if known.
    pub fn account(&self) -> Option<AccountNumber> {
        match self {
            Self::Account { number, .. } | Self::OwnAccount { number } => Some(*number),
            Self::SecondaryId { .. } => None,
        }
    }

    /// The payee's name, if it has one.
    pub fn name(&self) -> Option<&PartyName> {
        match self {
            Self::Account { name, .. } => Some(name),
            Self::OwnAccount { .. } | Self::SecondaryId { .. } => None,
        }
    }

    /// Name to show: the payee's, or the account or identifier itself.
    pub fn label(&self) -> String {
        match self {
            Self::Account { name, .. } => name.to_string(),
            Self::OwnAccount { number } => number.to_string(),
            Self::SecondaryId { id } => id.to_string(),
        }
    }

    /// Account or identifier to show.
    pub fn target(&self) -> String {
        match self {
            Self::Account { number, .. } | Self::OwnAccount { number } => number.to_string(),
            Self::SecondaryId { id } => id.to_string(),
        }
    }

    /// Account or identifier without separators: the same payee always has the same key.
    pub fn key(&self) -> String {
        match self {
            Self::Account { number, .. } | Self::OwnAccount { number } => number.digits24(),
            Self::SecondaryId { id } => id.value().to_owned(),
        }
    }
}

/// When the payer wants it: the "azonnali" tick box and a value date exclude each other
/// [KDB q29], so they are one choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum Timing {
    /// Without tick and date: the bank decides from how it is sent.
    #[default]
    Soon,
    /// The tick box "azonnali átutalás".
    Instant,
    /// On a later banking day.
    On {
        /// Debit date ("terhelési nap").
        date: NaiveDate,
    },
}

impl Timing {
    fn is_soon(&self) -> bool {
        *self == Self::Soon
    }
}

/// Settlement that was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// As usual.
    #[default]
    Normal,
    /// VIBER (RTGS).
    Viber,
}

impl Urgency {
    fn is_normal(&self) -> bool {
        *self == Self::Normal
    }
}

/// A domestic transfer in forints with every field that one can have [Electra XML] [PAYORD]. Which of them a type
/// knows, the type says; a value that passed as the order of a type is right for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Transfer {
    /// Our identifier; also the pain.001 instruction id.
    pub id: OrderId,
    /// Account to debit.
    pub debit_account: AccountNumber,
    /// Payer's name if it should differ from the customer's (banks may overwrite it).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_name: Option<PartyName>,
    /// Who gets it.
    pub beneficiary: Beneficiary,
    /// Country of the payee, for statistics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiary_country: Option<CountryCode>,
    /// Whole forints, greater than zero.
    pub amount: Money,
    /// When.
    #[serde(default, skip_serializing_if = "Timing::is_soon")]
    pub timing: Timing,
    /// How.
    #[serde(default, skip_serializing_if = "Urgency::is_normal")]
    pub urgency: Urgency,
    /// Text for the payee.
    pub narrative: Narrative,
    /// Document number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<DocumentNumber>,
    /// Legal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_code: Option<LegalCode>,
    /// Own reference, passed on end to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_reference: Option<OwnReference>,
}

impl Transfer {
    /// The fields that it would be typed as, whatever its type has of them.
    pub(super) fn values(&self) -> Values {
        let date = match self.timing {
            Timing::On { date } => date.to_string(),
            Timing::Soon | Timing::Instant => String::new(),
        };
        let mut values = Values::default()
            .with(key::DEBIT_ACCOUNT, self.debit_account.to_string())
            .with(key::PAYER_NAME, self.payer_name.as_ref().map_or("", |name| name.as_str()))
            .with(key::TARGET, self.beneficiary.target())
            .with(key::BENEFICIARY_NAME, self.beneficiary.name().map_or("", |name| name.as_str()))
            .with(key::COUNTRY, self.beneficiary_country.as_ref().map_or("", |country| country.as_str()))
            .with(key::AMOUNT, self.amount.amount().to_string())
            .with(key::VALUE_DATE, date)
            .with(key::NARRATIVE, self.narrative.as_str())
            .with(key::DOCUMENT_NUMBER, self.document_number.as_ref().map_or("", |number| number.as_str()))
            .with(key::LEGAL_CODE, self.legal_code.as_ref().map_or("", |code| code.as_str()))
            .with(key::OWN_REFERENCE, self.own_reference.as_ref().map_or("", |own| own.as_str()));
        values.tick(key::INSTANT, self.timing == Timing::Instant);
        values.tick(key::URGENCY, self.urgency == Urgency::Viber);
        values
    }

    /// What lists show of it.
    pub(super) fn face(&self) -> Face {
        let label = match &self.beneficiary {
            Beneficiary::Account { name, .. } => Label::Name(name.to_string()),
            Beneficiary::OwnAccount { .. } => Label::Words("label-own-account"),
            Beneficiary::SecondaryId { .. } => Label::Target,
        };
        let number = self.document_number.as_ref().map_or("", |number| number.as_str());
        let own = self.own_reference.as_ref().map_or("", |own| own.as_str());
        Face {
            label,
            target: self.beneficiary.target(),
            debit: Some(self.debit_account),
            amount: Some(self.amount),
            day: match self.timing {
                Timing::On { date } => Some(date),
                Timing::Soon | Timing::Instant => None,
            },
            text: self.narrative.to_string(),
            payee: Some(self.beneficiary.key()),
            references: lines([number, own]),
        }
    }
}
