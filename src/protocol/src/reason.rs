//! Why the bank refused an order.

use domain::Explain;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Reason of a refused order; the kebab-case name is also the key of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RejectReason {
    /// Not enough money when it was needed; send again after funding.
    NoCover,
    /// The payee's account is closed.
    AccountClosed,
    /// The payee's bank does not know the account.
    AccountUnknown,
    /// The payee's bank did not answer in time; the money was set free.
    Timeout,
    /// Nobody registered the secondary identifier, or not any more.
    SecondaryIdUnknown,
    /// No route of this bank fits the order.
    NoRoute,
    /// The customer's account may not be debited.
    DebitBlocked,
    /// Instant payments are down: send it again later, or with a later value date, which goes another way
    /// [KDB q16].
    InstantOutage,
}

domain::names! {
    pub RejectReason {
        NoCover = "no-cover",
        AccountClosed = "account-closed",
        AccountUnknown = "account-unknown",
        Timeout = "timeout",
        SecondaryIdUnknown = "secondary-id-unknown",
        NoRoute = "no-route",
        DebitBlocked = "debit-blocked",
        InstantOutage = "instant-outage",
    }
}

impl Explain for RejectReason {
    /// The wire name behind `reject-`, since some names are problem codes too.
    fn code(&self) -> &'static str {
        match self {
            Self::NoCover => "reject-no-cover",
            Self::AccountClosed => "reject-account-closed",
            Self::AccountUnknown => "reject-account-unknown",
            Self::Timeout => "reject-timeout",
            Self::SecondaryIdUnknown => "reject-secondary-id-unknown",
            Self::NoRoute => "reject-no-route",
            Self::DebitBlocked => "reject-debit-blocked",
            Self::InstantOutage => "reject-instant-outage",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_wire_names() {
        for reason in RejectReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
            assert_eq!(RejectReason::from_name(reason.name()), Some(reason));
            assert_eq!(reason.code(), format!("reject-{}", reason.name()));
        }
    }
}
