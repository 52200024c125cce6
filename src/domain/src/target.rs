//! The one field in which a payee is typed: account, IBAN or secondary identifier.

use std::fmt;
use std::str::FromStr;

use crate::Explain;
use crate::account::{AccountNumber, AccountNumberError, is_separator};
use crate::contact::{ContactError, MobileNumber};
use crate::iban::{Iban, IbanError};
use crate::secondary_id::SecondaryId;
use crate::tax::TaxError;

/// What a payee field was understood as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Domestic account, typed as such or as a Hungarian IBAN.
    Account(AccountNumber),
    /// IBAN of another country.
    Foreign(Iban),
    /// Mobile number, e-mail, tax number or tax id.
    SecondaryId(SecondaryId),
}

/// Why a payee field was not understood, as the kind of thing that it looks most like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Nothing typed.
    #[error("empty")]
    Empty,
    /// Looks like an account number.
    #[error(transparent)]
    Account(#[from] AccountNumberError),
    /// Looks like an IBAN.
    #[error(transparent)]
    Iban(#[from] IbanError),
    /// Looks like a phone number or e-mail address.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// Looks like a tax number or tax id.
    #[error(transparent)]
    Tax(#[from] TaxError),
    /// Looks like nothing known.
    #[error("neither account, IBAN nor secondary identifier")]
    Unknown,
}

impl Explain for TargetError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "target-empty",
            Self::Account(e) => e.code(),
            Self::Iban(e) => e.code(),
            Self::Contact(e) => e.code(),
            Self::Tax(e) => e.code(),
            Self::Unknown => "target-unknown",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Account(e) => e.args(),
            Self::Iban(e) => e.args(),
            _ => Vec::new(),
        }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    /// Decides by the look of the text: `@` is an e-mail, `+`, `00` or `06` with few digits a phone number,
    /// 8 or 11 digits a tax number, 10 digits a tax id, two letters an IBAN, other digits an account.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if text.contains('@') {
            return Ok(Self::SecondaryId(SecondaryId::Email(text.parse()?)));
        }
        let compact: String = text.chars().filter(|c| !is_separator(*c)).collect();
        let all_digits = compact.bytes().all(|b| b.is_ascii_digit());
        if text.starts_with('+') || looks_like_dialled(&compact) {
            return Ok(Self::SecondaryId(SecondaryId::Mobile(text.parse::<MobileNumber>()?)));
        }
        if all_digits {
            return match compact.len() {
                8 | 11 => Ok(Self::SecondaryId(SecondaryId::TaxNumber(compact.parse()?))),
                10 => Ok(Self::SecondaryId(SecondaryId::TaxId(compact.parse()?))),
                _ => Ok(Self::Account(compact.parse::<AccountNumber>()?.as_payee()?)),
            };
        }
        let letters = compact.bytes().take(2).filter(u8::is_ascii_alphabetic).count();
        if letters == 2 && compact.as_bytes().get(2).is_some_and(u8::is_ascii_digit) {
            let iban: Iban = compact.parse()?;
            return Ok(match iban.hungarian_account() {
                Some(account) => Self::Account(account.as_payee()?),
                None => Self::Foreign(iban),
            });
        }
        let accountish = compact.bytes().filter(u8::is_ascii_digit).count() * 2 > compact.len();
        Err(if accountish {
            compact.parse::<AccountNumber>().map_or_else(Into::into, |_| TargetError::Unknown)
        } else {
            TargetError::Unknown
        })
    }
}

/// Whether a text is written as an account is, right or wrong: 16 or 24 digits, or two letters and digits as an IBAN
/// has them. Where a file has accounts nothing else may stand: eight digits there are half an account, and money
/// would go to a company's tax number. No text of this form is understood as a secondary identifier.
pub fn has_form_of_account(text: &str) -> bool {
    let mut digits = 0;
    let mut letters = 0;
    for (place, c) in text.chars().filter(|c| !is_separator(*c)).enumerate() {
        let fits = match place {
            0 => c.is_ascii_alphanumeric(),
            1 => c.is_ascii_alphabetic() == (letters == 1) && c.is_ascii_alphanumeric(),
            2 | 3 => c.is_ascii_digit(),
            _ => c.is_ascii_digit() || letters > 0 && c.is_ascii_alphanumeric(),
        };
        if !fits {
            return false;
        }
        if c.is_ascii_digit() {
            digits += 1;
        } else {
            letters += 1;
        }
    }
    if letters > 0 { digits >= 2 } else { digits == 16 || digits == 24 }
}

/// A number dialled in Hungary: `06…` or `00…` with brackets or slashes allowed, 11 to 15 digits.
fn looks_like_dialled(compact: &str) -> bool {
    let digits = compact.bytes().filter(u8::is_ascii_digit).count();
    let only = compact.bytes().all(|b| b.is_ascii_digit() || b"()/.".contains(&b));
    only && (compact.starts_with("06") && digits == 11
        || compact.starts_with("00") && (11..=15).contains(&digits))
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(v) => v.fmt(f),
            Self::Foreign(v) => v.fmt(f),
            Self::SecondaryId(v) => v.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::secondary_id::SecondaryIdKind;

    fn kind(text: &str) -> String {
        match text.parse::<Target>() {
            Ok(Target::Account(a)) => format!("account {a}"),
            Ok(Target::Foreign(i)) => format!("foreign {}", i.country()),
            Ok(Target::SecondaryId(s)) => format!("{} {}", s.kind().name(), s.value()),
            Err(e) => e.code().to_owned(),
        }
    }

    #[test]
    fn the_field_understands_what_people_type() {
        assert_eq!(kind("11773016-11111018"), "account 11773016-11111018");
        assert_eq!(kind("HU42 1177 3016 1111 1018 0000 0000"), "account 11773016-11111018");
        assert_eq!(kind("DE89 3704 0044 0532 0130 00"), "foreign DE");
        assert_eq!(kind("06 30 123 4567"), "mobile +36301234567");
        assert_eq!(kind("06 (30) 123-4567"), "mobile +36301234567");
        assert_eq!(kind("anna@pelda.hu"), "email anna@pelda.hu");
        assert_eq!(kind("12892312-2-41"), "tax_number 12892312241");
        assert_eq!(kind("8400001230"), "tax_id 8400001230");
        assert_eq!(kind("10032000-06055951"), "account-check-second-block");
        assert_eq!(kind("1003200x-06055950"), "account-character");
        assert_eq!(kind("Kovács"), "target-unknown");
        assert_eq!(kind("  "), "target-empty");
    }

    #[test]
    fn a_bank_without_an_account_is_refused_however_it_is_written() {
        assert_eq!(kind("11600006-00000000-00000000"), "account-part-zero");
        assert_eq!(kind("116000060000000000000000"), "account-part-zero");
        let number: AccountNumber = "11600006-00000000".parse().unwrap();
        assert_eq!(kind(number.iban().as_str()), "account-part-zero");
    }

    #[test]
    fn what_is_written_like_an_account_is_told_from_everything_else() {
        for account in [
            "11773016-11111018",
            "HU42 1177 3016 1111 1018 0000 0000",
            "de89370400440532013000",
            "1177301611111019",
        ] {
            assert!(has_form_of_account(account), "{account}");
        }
        for other in [
            "",
            "11773016",
            "12892312-2-41",
            "8400001230",
            "+36301234567",
            "ab@c.hu",
            "h1",
            "Kovács",
            "1177301611111018@pelda.hu",
            "+3630123456700000",
            "HU@pelda.hu",
            "szla 11773016-11111018",
        ] {
            assert!(!has_form_of_account(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_understood_again(n in 0u32..10_000_000) {
            let phone = format!("+3630{n:07}");
            let target: Target = phone.parse().unwrap();
            prop_assert_eq!(target.to_string().parse::<Target>(), Ok(target.clone()));
            if let Target::SecondaryId(id) = target {
                prop_assert_eq!(id.kind(), SecondaryIdKind::Mobile);
            }
        }

        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,60}") {
            let _ = text.parse::<Target>();
        }

        #[test]
        fn nothing_with_the_form_of_an_account_is_an_identifier(
            text in "([A-Za-z]{2}[0-9]{2}[0-9A-Za-z -]{0,26}|[0-9 -]{16,30}|[0-9a-z@+.]{1,24})"
        ) {
            if has_form_of_account(&text) {
                prop_assert!(!matches!(text.parse::<Target>(), Ok(Target::SecondaryId(_))), "{}", text);
            }
        }
    }
}
