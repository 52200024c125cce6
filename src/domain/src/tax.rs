//! Hungarian tax number (adószám) and personal tax id (adóazonosító jel).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Explain;
use crate::account::is_separator;
use crate::check_digit::{check_digit_9731, digits};

/// Why a text is no tax number or tax id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxError {
    /// Wrong number of digits, or other characters.
    #[error("not the form of a tax number or tax id")]
    Form,
    /// The check digit does not fit.
    #[error("check digit is wrong")]
    CheckDigit,
}

impl Explain for TaxError {
    fn code(&self) -> &'static str {
        match self {
            Self::Form => "tax-form",
            Self::CheckDigit => "tax-check",
        }
    }
}

/// Tax number of a company: 8 digits, or 8-1-2 with VAT code and county code.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxNumber(String);

impl TaxNumber {
    /// The eight digits that identify the taxpayer.
    pub fn core(&self) -> &str {
        &self.0[..8]
    }

    /// Digits only: 8 or 11.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TaxNumber {
    type Err = TaxError;
    fn from_str(text: &str) -> Result<Self, TaxError> {
        let compact = compact(text);
        let values = digits(&compact).ok_or(TaxError::Form)?;
        if values.len() != 8 && values.len() != 11 {
            return Err(TaxError::Form);
        }
        if check_digit_9731(&values[..7]) != values[7] || values[..8].iter().all(|d| *d == 0) {
            return Err(TaxError::CheckDigit);
        }
        Ok(Self(compact))
    }
}

impl fmt::Display for TaxNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            11 => write!(f, "{}-{}-{}", &self.0[..8], &self.0[8..9], &self.0[9..]),
            _ => f.write_str(&self.0),
        }
    }
}

/// Tax id of a natural person: 10 digits starting with 8.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxId(String);

impl TaxId {
    /// The ten digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TaxId {
    type Err = TaxError;
    fn from_str(text: &str) -> Result<Self, TaxError> {
        let compact = compact(text);
        let values = digits(&compact).ok_or(TaxError::Form)?;
        if values.len() != 10 || values[0] != 8 {
            return Err(TaxError::Form);
        }
        let sum: u32 = (1u32..).zip(&values[..9]).map(|(i, d)| i * u32::from(*d)).sum();
        if sum % 11 != u32::from(values[9]) {
            return Err(TaxError::CheckDigit);
        }
        Ok(Self(compact))
    }
}

impl fmt::Display for TaxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !is_separator(*c)).collect()
}

macro_rules! through_string {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = TaxError;
            fn try_from(text: String) -> Result<Self, TaxError> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }
    };
}
through_string!(TaxNumber);
through_string!(TaxId);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn worked_examples_of_the_domain_reference() {
        assert!("12892312".parse::<TaxNumber>().is_ok());
        assert!("26136907".parse::<TaxNumber>().is_ok());
        assert_eq!("12892313".parse::<TaxNumber>(), Err(TaxError::CheckDigit));
        assert_eq!("12892312-2-41".parse::<TaxNumber>().unwrap().to_string(), "12892312-2-41");
        for id in ["8400001230", "8414071236", "8452584563"] {
            assert!(id.parse::<TaxId>().is_ok(), "{id}");
        }
        assert_eq!("8400001231".parse::<TaxId>(), Err(TaxError::CheckDigit));
        assert_eq!("7400001230".parse::<TaxId>(), Err(TaxError::Form));
    }

    proptest! {
        #[test]
        fn a_made_tax_number_is_accepted_and_a_neighbour_is_not(
            core in prop::array::uniform7(0u8..10), by in 1u8..10
        ) {
            prop_assume!(core.iter().any(|d| *d != 0));
            let check = check_digit_9731(&core);
            let text = |c: u8| core.iter().map(std::string::ToString::to_string).collect::<String>() + &c.to_string();
            prop_assert!(text(check).parse::<TaxNumber>().is_ok());
            prop_assert!(text((check + by) % 10).parse::<TaxNumber>().is_err());
        }

        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,20}") {
            let _ = text.parse::<TaxNumber>();
            let _ = text.parse::<TaxId>();
        }
    }
}
