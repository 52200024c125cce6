//! Partners: payees that a customer keeps ("partnertörzs").

use serde::{Deserialize, Serialize};

use crate::account::AccountNumber;
use crate::ids::PartnerId;
use crate::order::Beneficiary;
use crate::secondary_id::SecondaryId;
use crate::text::{CountryCode, LegalCode, PartyName};
use crate::{Explain, Narrative};

/// Where a partner's money goes: accounts, or one secondary identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum PartnerTarget {
    /// One or more accounts under the partner's name; the first is the usual one.
    Accounts {
        /// Payee's name as it stands in orders.
        name: PartyName,
        /// At least one, none twice.
        numbers: Vec<AccountNumber>,
    },
    /// One secondary identifier [KDB q30].
    SecondaryId {
        /// The identifier.
        id: SecondaryId,
    },
}

/// A partner cannot be as given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartnerError {
    /// No account at all.
    #[error("a partner needs an account or a secondary identifier")]
    NoTarget,
    /// The same account twice.
    #[error("the same account stands twice")]
    Twice,
}

impl Explain for PartnerError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoTarget => "partner-no-target",
            Self::Twice => "partner-account-twice",
        }
    }
}

/// A payee of the master data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Our identifier.
    pub id: PartnerId,
    /// Short name by which the clerk finds it.
    pub short_name: PartyName,
    /// Accounts or secondary identifier.
    pub target: PartnerTarget,
    /// Narrative to begin with.
    pub narrative: Narrative,
    /// Country for statistics.
    pub country: Option<CountryCode>,
    /// Legal code to begin with.
    pub legal_code: Option<LegalCode>,
    /// Free note, never sent.
    pub note: String,
}

impl PartnerTarget {
    /// Accounts under a name: at least one, none twice.
    pub fn accounts(name: PartyName, numbers: Vec<AccountNumber>) -> Result<Self, PartnerError> {
        if numbers.is_empty() {
            return Err(PartnerError::NoTarget);
        }
        for (i, number) in numbers.iter().enumerate() {
            if numbers[..i].contains(number) {
                return Err(PartnerError::Twice);
            }
        }
        Ok(Self::Accounts { name, numbers })
    }

    /// The payee of an order to this partner, by its usual account.
    pub fn usual_beneficiary(&self) -> Option<Beneficiary> {
        match self {
            Self::Accounts { name, numbers } => {
                numbers.first().map(|number| Beneficiary::Account { name: name.clone(), number: *number })
            }
            Self::SecondaryId { id } => Some(Beneficiary::SecondaryId { id: id.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_has_an_account_and_none_twice() {
        let name: PartyName = "Őrségi Faipari Zrt.".parse().unwrap();
        let number: AccountNumber = "11773016-11111018".parse().unwrap();
        assert_eq!(PartnerTarget::accounts(name.clone(), vec![]), Err(PartnerError::NoTarget));
        let twice = vec![number, "117730161111101800000000".parse().unwrap()];
        assert_eq!(PartnerTarget::accounts(name.clone(), twice), Err(PartnerError::Twice));
        let target = PartnerTarget::accounts(name, vec![number]).unwrap();
        assert_eq!(target.usual_beneficiary().unwrap().account(), Some(number));
    }
}
