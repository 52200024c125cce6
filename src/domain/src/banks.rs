//! The country's banks by the first digits of the account numbers that they keep.

use serde::{Deserialize, Serialize};

use crate::AccountNumber;

/// A bank of the routing table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankEntry {
    /// First digits of the account numbers that it keeps; three here, up to eight in a full table.
    pub code: String,
    /// Name to show.
    pub name: String,
}

/// The routing table. Codes may begin with one another: a branch that another bank took over stands beside the three
/// digits of its old one, so the longest fitting code counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BankDirectory {
    entries: Vec<BankEntry>,
}

impl BankDirectory {
    /// All banks, in the table's order.
    pub fn entries(&self) -> &[BankEntry] {
        &self.entries
    }

    /// The name of the bank that keeps an account.
    pub fn name_of(&self, account: AccountNumber) -> Option<&str> {
        self.name_by(&account.digits24())
    }

    /// The name of the bank that keeps accounts with these first digits, as far as they are known.
    pub fn name_by(&self, digits: &str) -> Option<&str> {
        let fitting = self.entries.iter().filter(|entry| digits.starts_with(&entry.code));
        fitting.max_by_key(|entry| entry.code.len()).map(|entry| entry.name.as_str())
    }
}

impl FromIterator<BankEntry> for BankDirectory {
    fn from_iter<I: IntoIterator<Item = BankEntry>>(entries: I) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> BankDirectory {
        let banks = [("117", "OTP Bank"), ("11773016", "Its branch"), ("104", "K&H Bank")];
        banks.into_iter().map(|(code, name)| BankEntry { code: code.into(), name: name.into() }).collect()
    }

    #[test]
    fn the_longest_fitting_code_names_the_bank() {
        let banks = directory();
        assert_eq!(banks.name_of("11773016-11111018".parse().unwrap()), Some("Its branch"));
        assert_eq!(banks.name_by("1177301"), Some("OTP Bank"));
        assert_eq!(banks.name_by("104"), Some("K&H Bank"));
        for unknown in ["", "11", "999"] {
            assert_eq!(banks.name_by(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn it_is_written_as_the_list_of_its_banks() {
        let json = serde_json::to_value(directory()).unwrap();
        assert_eq!(json[2], serde_json::json!({ "code": "104", "name": "K&H Bank" }));
        assert_eq!(serde_json::from_value::<BankDirectory>(json).unwrap(), directory());
    }
}
