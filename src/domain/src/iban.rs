//! International bank account numbers (ISO 13616).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Explain;
use crate::account::{AccountNumber, AccountNumberError, is_separator};
use crate::check_digit::mod97;

/// An IBAN with right check digits, kept without spaces; a Hungarian one also holds a right account number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

/// Why a text is no IBAN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IbanError {
    /// Not two letters, two digits and up to 30 letters or digits.
    #[error("not the form of an IBAN")]
    Form,
    /// The country's IBANs have another length.
    #[error("IBANs of this country have {expected} characters, this one has {found}")]
    Length {
        /// Characters that the country's IBANs have.
        expected: usize,
        /// Characters found.
        found: usize,
    },
    /// The two check digits do not fit.
    #[error("check digits are wrong")]
    CheckDigits,
    /// The account inside a Hungarian IBAN is wrong.
    #[error("the account inside the IBAN: {0}")]
    Account(#[from] AccountNumberError),
}

impl Explain for IbanError {
    fn code(&self) -> &'static str {
        match self {
            Self::Form => "iban-form",
            Self::Length { .. } => "iban-length",
            Self::CheckDigits => "iban-check",
            Self::Account(e) => e.code(),
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Length { expected, found } => {
                vec![("expected", expected.to_string()), ("found", found.to_string())]
            }
            Self::Account(e) => e.args(),
            _ => Vec::new(),
        }
    }
}

/// Lengths by country from the SWIFT IBAN registry, for the countries that Hungarian companies pay most.
/// Countries not listed are checked by form and check digits only.
const LENGTHS: [(&str, usize); 36] = [
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("TR", 26),
    ("UA", 29),
];

impl AccountNumber {
    /// The IBAN of this account.
    pub fn iban(&self) -> Iban {
        let bban = self.digits24();
        let rest = mod97(bban.chars().chain("HU00".chars())).unwrap_or_default();
        Iban(format!("HU{:02}{bban}", 98 - rest))
    }
}

impl Iban {
    /// Two upper-case letters.
    pub fn country(&self) -> &str {
        &self.0[..2]
    }

    /// Without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domestic account inside, if the IBAN is Hungarian.
    pub fn hungarian_account(&self) -> Option<AccountNumber> {
        (self.country() == "HU").then(|| self.0[4..].parse().ok()).flatten()
    }
}

impl FromStr for Iban {
    type Err = IbanError;

    fn from_str(text: &str) -> Result<Self, IbanError> {
        let compact: String =
            text.chars().filter(|c| !is_separator(*c)).map(|c| c.to_ascii_uppercase()).collect();
        let bytes = compact.as_bytes();
        let form = (15..=34).contains(&bytes.len())
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..4].iter().all(u8::is_ascii_digit)
            && bytes.iter().all(u8::is_ascii_alphanumeric);
        if !form {
            return Err(IbanError::Form);
        }
        if let Some((_, expected)) = LENGTHS.iter().find(|(country, _)| *country == &compact[..2])
            && *expected != compact.len()
        {
            return Err(IbanError::Length { expected: *expected, found: compact.len() });
        }
        if mod97(compact[4..].chars().chain(compact[..4].chars())) != Some(1) {
            return Err(IbanError::CheckDigits);
        }
        if &compact[..2] == "HU" {
            let _: AccountNumber = compact[4..].parse()?;
        }
        Ok(Self(compact))
    }
}

impl fmt::Display for Iban {
    /// In groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, c) in self.0.chars().enumerate() {
            if i > 0 && i % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Iban {
    type Error = IbanError;
    fn try_from(text: String) -> Result<Self, IbanError> {
        text.parse()
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> String {
        iban.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn worked_examples_of_the_domain_reference() {
        assert!("HU42 1177 3016 1111 1018 0000 0000".parse::<Iban>().is_ok());
        let account: AccountNumber = "10032000-06055950".parse().unwrap();
        assert_eq!(account.iban().as_str(), "HU35100320000605595000000000");
        let demo: AccountNumber = "10400023-53656565-85691020".parse().unwrap();
        assert_eq!(demo.iban().as_str(), "HU03104000235365656585691020");
        assert_eq!(demo.iban().hungarian_account(), Some(demo));
        assert_eq!(demo.iban().to_string(), "HU03 1040 0023 5365 6565 8569 1020");
    }

    #[test]
    fn foreign_ibans_are_checked_by_length_and_digits() {
        assert!("DE89 3704 0044 0532 0130 00".parse::<Iban>().is_ok());
        assert_eq!("DE88370400440532013000".parse::<Iban>(), Err(IbanError::CheckDigits));
        assert_eq!(
            "DE8937040044053201300".parse::<Iban>(),
            Err(IbanError::Length { expected: 22, found: 21 })
        );
        assert_eq!("hello".parse::<Iban>(), Err(IbanError::Form));
    }

    proptest! {
        #[test]
        fn hungarian_accounts_and_ibans_are_two_views_of_one_thing(
            bank in prop::array::uniform7(1u8..10), account in prop::array::uniform15(0u8..10)
        ) {
            let number = AccountNumber::with_check_digits(bank, account).unwrap();
            let iban: Iban = number.iban().to_string().parse().unwrap();
            prop_assert_eq!(iban.hungarian_account(), Some(number));
        }

        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,40}") {
            let _ = text.parse::<Iban>();
        }
    }
}
