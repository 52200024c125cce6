//! Orders ("megbízás"): one instruction to the bank.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::account::AccountNumber;
use crate::ids::OrderId;
use crate::money::Money;
use crate::narrative::Narrative;
use crate::secondary_id::SecondaryId;
use crate::text::{CountryCode, DocumentNumber, LegalCode, OwnReference, PartyName};

/// Kinds of orders. Further kinds join with their own payloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OrderType {
    /// Domestic HUF transfer ("belföldi forint átutalás").
    #[serde(rename = "HCT")]
    Hct,
    /// Self-administration ("önadminisztráció"); the code is ours.
    #[serde(rename = "ADM")]
    Adm,
}

impl OrderType {
    /// The code that users know.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hct => "HCT",
            Self::Adm => "ADM",
        }
    }

    /// The type of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Hct, Self::Adm].into_iter().find(|kind| kind.code() == code)
    }
}

/// Who gets the money: exactly one of account with name, or secondary identifier [K&H AFR].
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
            Self::Account { number, .. } => Some(*number),
            Self::SecondaryId { .. } => None,
        }
    }

    /// Name to show: the payee's, or the identifier itself.
    pub fn label(&self) -> String {
        match self {
            Self::Account { name, .. } => name.to_string(),
            Self::SecondaryId { id } => id.to_string(),
        }
    }

    /// Account or identifier to show.
    pub fn target(&self) -> String {
        match self {
            Self::Account { number, .. } => number.to_string(),
            Self::SecondaryId { id } => id.to_string(),
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

/// Domestic HUF transfer with every field that its carriers know [Electra XML] [PAYORD] [K&H import], made by
/// [`crate::OrderDraft::check`] or an import.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HctOrder {
    /// Our identifier; also the pain.001 instruction id.
    pub id: OrderId,
    /// Account to debit.
    pub debit_account: AccountNumber,
    /// Payer's name if it should differ from the customer's (banks may overwrite it).
    pub payer_name: Option<PartyName>,
    /// Who gets it.
    pub beneficiary: Beneficiary,
    /// Country of the payee, for statistics.
    pub beneficiary_country: Option<CountryCode>,
    /// Whole forints, greater than zero.
    pub amount: Money,
    /// When.
    pub timing: Timing,
    /// How.
    pub urgency: Urgency,
    /// Text for the payee.
    pub narrative: Narrative,
    /// Document number.
    pub document_number: Option<DocumentNumber>,
    /// Legal code.
    pub legal_code: Option<LegalCode>,
    /// Own reference, passed on end to end.
    pub own_reference: Option<OwnReference>,
}
