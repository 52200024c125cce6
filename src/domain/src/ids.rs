//! Identifiers. Random ones are UUIDs made by the caller; the bank's own are short texts; keys are a store's own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::parse_str(text).map(Self).map_err(|_| InvalidId)
            }
        }
    };
}

uuid_id!(
    /// One instruction.
    OrderId
);
uuid_id!(
    /// One package ("csomag"); the bank uses it to receive a package exactly once.
    PackageId
);
uuid_id!(
    /// One partner of the master data.
    PartnerId
);
uuid_id!(
    /// One order template ("sablon").
    TemplateId
);

/// The text is not an identifier of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct InvalidId;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let good = |c: char| c.is_ascii_alphanumeric() || c == '-';
                if text.is_empty() || text.len() > $max || !text.chars().all(good) {
                    return Err(InvalidId);
                }
                Ok(Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id!(
    /// A customer as the bank numbers it: 1–20 ASCII letters, digits or dashes.
    CustomerId,
    20
);
text_id!(
    /// A user as the bank numbers it; 8 digits at K&H [K&H token].
    UserId,
    20
);

macro_rules! store_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

store_key!(
    /// A connection of a store; means nothing anywhere else.
    ConnectionKey
);
store_key!(
    /// A customer of a store. Two banks may give one [`CustomerId`] to different customers; a key is one customer's.
    CustomerKey
);

/// Whose a partner, a template or something typed is; also from whose place such a list is looked at: everybody sees
/// what is common, a customer its own beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everybody's in this store.
    Common,
    /// One customer's.
    Own(CustomerKey),
}

impl Scope {
    /// The one customer whose it is.
    pub fn owner(self) -> Option<CustomerKey> {
        match self {
            Self::Common => None,
            Self::Own(customer) => Some(customer),
        }
    }
}

impl From<Option<CustomerKey>> for Scope {
    fn from(owner: Option<CustomerKey>) -> Self {
        owner.map_or(Self::Common, Self::Own)
    }
}
