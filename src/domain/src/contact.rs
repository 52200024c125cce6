//! Mobile numbers and e-mail addresses as they serve for secondary account identifiers.
//!
//! The central database's own normal forms are not public, so these are ours: E.164 for numbers,
//! the address as typed with a lower-case domain for e-mail.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Explain;

/// Why a text is no mobile number or e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// Not a phone number in international or Hungarian form.
    #[error("not the form of a phone number")]
    PhoneForm,
    /// The number does not belong to a country of the European Economic Area.
    #[error("not a number of the European Economic Area")]
    PhoneCountry,
    /// A Hungarian number that is no mobile number (20, 30, 31, 50 or 70).
    #[error("not a Hungarian mobile number")]
    PhoneNotMobile,
    /// Not the form of an e-mail address.
    #[error("not the form of an e-mail address")]
    Email,
}

impl Explain for ContactError {
    fn code(&self) -> &'static str {
        match self {
            Self::PhoneForm => "phone-form",
            Self::PhoneCountry => "phone-country",
            Self::PhoneNotMobile => "phone-not-mobile",
            Self::Email => "email-form",
        }
    }
}

/// Calling codes of the EEA; secondary identifiers allow only these [KDB q19].
const EEA_CALLING_CODES: [&str; 30] = [
    "30", "31", "32", "33", "34", "351", "352", "353", "354", "356", "357", "358", "359", "36", "370", "371",
    "372", "385", "386", "39", "40", "420", "421", "423", "43", "45", "46", "47", "48", "49",
];

const HUNGARIAN_MOBILE: [&str; 5] = ["20", "30", "31", "50", "70"];

/// Mobile number of the EEA in E.164 form, for instance `+36301234567`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MobileNumber(String);

impl MobileNumber {
    /// `+` and 8 to 15 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MobileNumber {
    type Err = ContactError;

    /// Accepts `+36 30 123 4567`, `0036…` and the Hungarian `06 30 …`, with spaces, dashes, slashes, brackets.
    fn from_str(text: &str) -> Result<Self, ContactError> {
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '/' | '(' | ')' | '.'))
            .collect();
        let digits = if let Some(rest) = compact.strip_prefix('+') {
            rest.to_owned()
        } else if let Some(rest) = compact.strip_prefix("00") {
            rest.to_owned()
        } else if let Some(rest) = compact.strip_prefix("06") {
            format!("36{rest}")
        } else {
            return Err(ContactError::PhoneForm);
        };
        if !(8..=15).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ContactError::PhoneForm);
        }
        if !EEA_CALLING_CODES.iter().any(|code| digits.starts_with(code)) {
            return Err(ContactError::PhoneCountry);
        }
        if let Some(national) = digits.strip_prefix("36") {
            let mobile = HUNGARIAN_MOBILE.iter().any(|p| national.starts_with(p));
            if !mobile {
                return Err(ContactError::PhoneNotMobile);
            }
            if national.len() != 9 {
                return Err(ContactError::PhoneForm);
            }
        }
        Ok(Self(format!("+{digits}")))
    }
}

impl fmt::Display for MobileNumber {
    /// Hungarian numbers as `+36 30 123 4567`, others as they are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.strip_prefix("+36") {
            Some(n) => write!(f, "+36 {} {} {}", &n[..2], &n[2..5], &n[5..]),
            None => f.write_str(&self.0),
        }
    }
}

/// E-mail address: RFC 5322's common form, at most 254 characters, ASCII, domain in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = ContactError;
    fn from_str(text: &str) -> Result<Self, ContactError> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(ContactError::Email)?;
        let local_ok = (1..=64).contains(&local.len())
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let domain_ok = domain.contains('.') && domain.split('.').all(label_ok);
        if !local_ok || !domain_ok || text.len() > 254 {
            return Err(ContactError::Email);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! through_string {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = ContactError;
            fn try_from(text: String) -> Result<Self, ContactError> {
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
through_string!(MobileNumber);
through_string!(EmailAddress);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hungarian_numbers_have_one_normal_form() {
        for text in ["+36 30 123 4567", "06-30/123-4567", "0036301234567"] {
            assert_eq!(text.parse::<MobileNumber>().unwrap().as_str(), "+36301234567", "{text}");
        }
        assert_eq!("+36301234567".parse::<MobileNumber>().unwrap().to_string(), "+36 30 123 4567");
    }

    #[test]
    fn other_numbers_are_refused_by_name() {
        assert_eq!("+1 212 555 0100".parse::<MobileNumber>(), Err(ContactError::PhoneCountry));
        assert_eq!("+36 1 234 5678".parse::<MobileNumber>(), Err(ContactError::PhoneNotMobile));
        assert_eq!("301234567".parse::<MobileNumber>(), Err(ContactError::PhoneForm));
        assert!("+421 905 123 456".parse::<MobileNumber>().is_ok());
    }

    #[test]
    fn e_mail_addresses() {
        assert_eq!("Anna@Pelda.HU".parse::<EmailAddress>().unwrap().as_str(), "Anna@pelda.hu");
        for bad in ["anna", "@pelda.hu", "anna@", "anna@pelda", "a..b@pelda.hu", "anna@-a.hu", "a b@c.hu"] {
            assert!(bad.parse::<EmailAddress>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn parsing_a_normal_form_gives_itself(text in "\\+36(20|30|70)[0-9]{7}") {
            let number: MobileNumber = text.parse().unwrap();
            prop_assert_eq!(number.as_str(), &text);
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }

        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,80}") {
            let _ = text.parse::<MobileNumber>();
            let _ = text.parse::<EmailAddress>();
        }
    }
}
