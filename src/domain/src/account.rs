//! Hungarian domestic account numbers (pénzforgalmi jelzőszám), 2×8 or 3×8 digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

use crate::Explain;
use crate::check_digit::{check_digit_9731, weighted_9731};

/// A domestic account number whose two check digits are right.
///
/// A 2×8 number and the same number padded with eight zeros are one account, so both are kept as
/// 24 digits and compare equal; the short form is shown when the last block is zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct AccountNumber([u8; 24]);

/// Which check failed: the first 8 digits, or the 8 or 16 digits after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Digits 1–8: bank, branch and their check digit.
    Bank,
    /// Digits 9–16 or 9–24: the account and its check digit.
    Account,
}

/// Why a text is no account number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountNumberError {
    /// A character other than a digit, dash or space.
    #[error("character '{0}' cannot stand in an account number")]
    Character(char),
    /// Not 16 or 24 digits.
    #[error("an account number has 16 or 24 digits, this one has {0}")]
    Length(usize),
    /// A block's check digit does not fit.
    #[error("check digit of the {0:?} block is wrong")]
    CheckDigit(Block),
    /// All digits zero: passes the arithmetic but names no account.
    #[error("all digits are zero")]
    AllZero,
    /// The digits after the bank's are zero: both checks pass, but no account is named.
    #[error("the digits of the account are zero")]
    NoAccount,
}

impl Explain for AccountNumberError {
    fn code(&self) -> &'static str {
        match self {
            Self::Character(_) => "account-character",
            Self::Length(_) => "account-length",
            Self::CheckDigit(Block::Bank) => "account-check-first-block",
            Self::CheckDigit(Block::Account) => "account-check-second-block",
            Self::AllZero => "account-all-zero",
            Self::NoAccount => "account-part-zero",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Character(c) => vec![("character", c.to_string())],
            Self::Length(n) => vec![("digits", n.to_string())],
            _ => Vec::new(),
        }
    }
}

impl AccountNumber {
    /// All 24 digits, zero-padded: the form inside an IBAN.
    pub fn digits24(&self) -> String {
        self.with_digits(str::to_owned)
    }

    /// Gives the 24 digits to `f` as a text that is never put on the heap: an import does this for every row.
    fn with_digits<T>(&self, f: impl FnOnce(&str) -> T) -> T {
        let ascii = self.0.map(|d| b'0' + d);
        // Digits are ASCII, so the text is never empty.
        f(str::from_utf8(&ascii).unwrap_or_default())
    }

    /// The same with the number as people write it: 8-8 or 8-8-8.
    fn with_groups<T>(&self, f: impl FnOnce(&str) -> T) -> T {
        let mut text = [b'-'; 26];
        for (digits, place) in self.0.chunks(8).zip([0, 9, 18]) {
            for (at, digit) in digits.iter().enumerate() {
                text[place + at] = b'0' + digit;
            }
        }
        let length = if self.is_short() { 17 } else { 26 };
        f(str::from_utf8(&text[..length]).unwrap_or_default())
    }

    /// 16 digits if the last block is zero, else 24, without separators.
    pub fn digits(&self) -> String {
        let all = self.digits24();
        if self.is_short() { all[..16].to_owned() } else { all }
    }

    /// The bank's three digits.
    pub fn bank_code(&self) -> String {
        self.digits24()[..3].to_owned()
    }

    /// Bank, branch and check digit: the eight digits that a routing table lists.
    pub fn routing_code(&self) -> String {
        self.digits24()[..8].to_owned()
    }

    /// Itself where money can go to it. A number that names a bank and no account of it is what a spreadsheet
    /// leaves of one whose digits it rounded; whoever takes a payee from outside asks here. Reading a number that
    /// is kept already does not: what is stored stays legible.
    ///
    /// # Errors
    /// [`AccountNumberError::NoAccount`].
    pub fn as_payee(self) -> Result<Self, AccountNumberError> {
        if self.0[8..].iter().all(|d| *d == 0) { Err(AccountNumberError::NoAccount) } else { Ok(self) }
    }

    fn is_short(&self) -> bool {
        self.0[16..].iter().all(|d| *d == 0)
    }

    /// Makes the account of `bank` (first 7 digits) with the 15 account digits, adding both check digits.
    ///
    /// For generators of accounts (a bank's own numbering, tests).
    pub fn with_check_digits(bank: [u8; 7], account: [u8; 15]) -> Option<Self> {
        let mut all = [0; 24];
        all[..7].copy_from_slice(&bank);
        all[7] = check_digit_9731(&bank);
        all[8..23].copy_from_slice(&account);
        all[23] = check_digit_9731(&account);
        if bank.iter().chain(&account).any(|d| *d > 9) || all.iter().all(|d| *d == 0) {
            return None;
        }
        Some(Self(all))
    }
}

impl FromStr for AccountNumber {
    type Err = AccountNumberError;

    /// Accepts 16 or 24 digits with dashes or spaces anywhere between them.
    fn from_str(text: &str) -> Result<Self, AccountNumberError> {
        let mut all = [0; 24];
        let mut count = 0;
        for c in text.chars() {
            match c.to_digit(10) {
                Some(d) => {
                    if let Some(slot) = all.get_mut(count) {
                        *slot = d as u8;
                    }
                    count += 1;
                }
                None if is_separator(c) => {}
                None => return Err(AccountNumberError::Character(c)),
            }
        }
        if count != 16 && count != 24 {
            return Err(AccountNumberError::Length(count));
        }
        if all.iter().all(|d| *d == 0) {
            return Err(AccountNumberError::AllZero);
        }
        if !weighted_9731(&all[..8]).is_multiple_of(10) {
            return Err(AccountNumberError::CheckDigit(Block::Bank));
        }
        if !weighted_9731(&all[8..]).is_multiple_of(10) {
            return Err(AccountNumberError::CheckDigit(Block::Account));
        }
        Ok(Self(all))
    }
}

/// Characters that people put between the digits of account numbers.
pub(crate) fn is_separator(c: char) -> bool {
    c == '-' || c == '\u{2013}' || c.is_whitespace()
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_groups(|text| f.write_str(text))
    }
}

impl Serialize for AccountNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_groups(|text| serializer.serialize_str(text))
    }
}

impl fmt::Debug for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountNumber({self})")
    }
}

impl TryFrom<String> for AccountNumber {
    type Error = AccountNumberError;
    fn try_from(text: String) -> Result<Self, AccountNumberError> {
        text.parse()
    }
}

/// Groups what was typed so far as 8-8-8, keeping anything that is no digit at the end untouched.
pub fn group_while_typing(text: &str) -> String {
    let compact: String = text.chars().filter(|c| !is_separator(*c)).collect();
    if !compact.chars().all(|c| c.is_ascii_digit()) || compact.len() > 24 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(26);
    for (i, c) in compact.chars().enumerate() {
        if i == 8 || i == 16 {
            out.push('-');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn worked_examples_of_the_domain_reference() {
        for good in [
            "10032000-06055950",
            "10032000-06055912",
            "11773016-11111018",
            "11773016-11111018-00000000",
            "10400023-53656565-85691020",
            "10410400-00000190-04894827",
            "11720001-22482543",
        ] {
            assert!(good.parse::<AccountNumber>().is_ok(), "{good}");
        }
        assert_eq!(
            "10032000-06055951".parse::<AccountNumber>(),
            Err(AccountNumberError::CheckDigit(Block::Account))
        );
        assert_eq!(
            "10032001-06055950".parse::<AccountNumber>(),
            Err(AccountNumberError::CheckDigit(Block::Bank))
        );
        assert_eq!("0000000000000000".parse::<AccountNumber>(), Err(AccountNumberError::AllZero));
        assert_eq!("1003200".parse::<AccountNumber>(), Err(AccountNumberError::Length(7)));
        assert_eq!("10032000/06055950".parse::<AccountNumber>(), Err(AccountNumberError::Character('/')));
    }

    #[test]
    fn a_bank_without_an_account_is_no_payee() {
        for zeros in ["11600006-00000000", "11600006-00000000-00000000", "116000060000000000000000"] {
            let number: AccountNumber = zeros.parse().unwrap();
            assert_eq!(number.as_payee(), Err(AccountNumberError::NoAccount), "{zeros}");
        }
        let number: AccountNumber = "10410400-00000024-00000017".parse().unwrap();
        assert_eq!(number.as_payee(), Ok(number));
    }

    #[test]
    fn the_padded_form_is_the_same_account() {
        let short: AccountNumber = "11773016-11111018".parse().unwrap();
        let long: AccountNumber = "117730161111101800000000".parse().unwrap();
        assert_eq!(short, long);
        assert_eq!(long.to_string(), "11773016-11111018");
    }

    #[test]
    fn typing_groups_digits_and_leaves_other_text_alone() {
        assert_eq!(group_while_typing("1177301611111"), "11773016-11111");
        assert_eq!(group_while_typing("anna@pelda.hu"), "anna@pelda.hu");
    }

    proptest! {
        #[test]
        fn made_numbers_survive_printing_and_parsing(
            bank in prop::array::uniform7(0u8..10), account in prop::array::uniform15(0u8..10)
        ) {
            prop_assume!(bank.iter().chain(&account).any(|d| *d != 0));
            let number = AccountNumber::with_check_digits(bank, account).unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
            prop_assert_eq!(number.digits().parse(), Ok(number));
        }

        #[test]
        fn every_single_wrong_digit_is_caught(
            bank in prop::array::uniform7(0u8..10), account in prop::array::uniform15(0u8..10),
            at in 0usize..24, by in 1u8..10
        ) {
            prop_assume!(bank.iter().chain(&account).any(|d| *d != 0));
            let number = AccountNumber::with_check_digits(bank, account).unwrap();
            let mut digits: Vec<u8> = number.digits24().bytes().collect();
            digits[at] = (digits[at] - b'0' + by) % 10 + b'0';
            let wrong = String::from_utf8(digits).unwrap();
            prop_assert!(wrong.parse::<AccountNumber>().is_err());
        }

        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,40}") {
            let _ = text.parse::<AccountNumber>();
            let _ = group_while_typing(&text);
        }
    }
}
