//! The closed set of order types: what everybody may know of a type without knowing its orders.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How orders stand in a package's document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// As a `pain.001.001.09`, with debited accounts and sums in the header.
    Transfers,
    /// As `urn:kapocs:administration:1`; no money moves.
    Administration,
}

/// By which rule of the authority table packages are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// By what they debit: account and amount decide whose and how many signatures.
    ByDebit,
    /// By the table's own rule of self-administration.
    Administration,
}

/// Makes the set from one table: name, code, payload, signing.
macro_rules! order_types {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $payload:ident, $signing:ident;)*) => {
        /// Types of orders.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum OrderType {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl OrderType {
            /// All types, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code that users know.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// How its orders stand in a package's document.
            pub fn payload(self) -> Payload {
                match self { $(Self::$name => Payload::$payload,)* }
            }

            /// By which rule its packages are signed.
            pub fn signing(self) -> Signing {
                match self { $(Self::$name => Signing::$signing,)* }
            }
        }
    };
}

order_types! {
    /// Domestic HUF transfer ("belföldi forint átutalás").
    Hct = "HCT", Transfers, ByDebit;
    /// HUF transfer between the customer's own accounts ("forint átvezetés saját számlák között").
    Hve = "HVE", Transfers, ByDebit;
    /// VIBER transfer: domestic, gross, in real time ("VIBER átutalás").
    Vib = "VIB", Transfers, ByDebit;
    /// Self-administration ("önadminisztráció"); the code is ours.
    Adm = "ADM", Administration, Administration;
}

/// What a new order is unless another type is chosen.
impl Default for OrderType {
    fn default() -> Self {
        Self::Hct
    }
}

impl OrderType {
    /// Changes of the service, which screens of their own record.
    pub const ADMINISTRATION: Self = Self::Adm;

    /// The type of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Whether its orders move money between accounts.
    pub fn is_payment(self) -> bool {
        self.payload() == Payload::Transfers
    }

    /// The key of one of its texts: `order-hct-name` for `name`.
    pub fn text_key(self, what: &str) -> String {
        format!("order-{}-{what}", self.code().to_ascii_lowercase())
    }
}

impl fmt::Display for OrderType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// No order type has that code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no order type has that code")]
pub struct UnknownOrderType;

/// Codes in either case, as people type them.
impl FromStr for OrderType {
    type Err = UnknownOrderType;

    fn from_str(text: &str) -> Result<Self, UnknownOrderType> {
        Self::from_code(&text.trim().to_ascii_uppercase()).ok_or(UnknownOrderType)
    }
}
