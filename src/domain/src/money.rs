//! Amounts: a decimal number and its currency. Never a float.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::Explain;

/// ISO 4217 code, three upper-case letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Hungarian forint.
    pub const HUF: Self = Self(*b"HUF");
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Decimals of the minor unit by ISO 4217 (HUF has 2: statements can carry fillér).
    pub fn minor_digits(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"ISK" | b"CLP" | b"VND" => 0,
            b"KWD" | b"BHD" | b"TND" | b"JOD" | b"OMR" => 3,
            _ => 2,
        }
    }

    /// Decimals that a payment in this currency may have: none for HUF.
    pub fn payment_digits(self) -> u32 {
        if self == Self::HUF { 0 } else { self.minor_digits() }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|x| x.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(MoneyError::Currency),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why an amount cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a three-letter currency code.
    #[error("not a currency code")]
    Currency,
    /// More decimals than the currency has.
    #[error("more decimals than the currency allows")]
    Decimals,
    /// A payment must be greater than zero.
    #[error("a payment must be greater than zero")]
    NotPositive,
    /// Greater than 15 digits (pain.001 `CtrlSum` and Electra XML allow no more).
    #[error("too large")]
    TooLarge,
    /// Two currencies were mixed.
    #[error("amounts of two currencies cannot be added")]
    Mixed,
}

impl Explain for MoneyError {
    fn code(&self) -> &'static str {
        match self {
            Self::Currency => "money-currency",
            Self::Decimals => "money-decimals",
            Self::NotPositive => "money-not-positive",
            Self::TooLarge => "money-too-large",
            Self::Mixed => "money-mixed",
        }
    }
}

/// An amount of a currency, with no more decimals than the currency has; may be negative (a balance).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawMoney")]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

#[derive(Deserialize)]
struct RawMoney {
    amount: Decimal,
    currency: Currency,
}

impl TryFrom<RawMoney> for Money {
    type Error = MoneyError;
    fn try_from(raw: RawMoney) -> Result<Self, MoneyError> {
        Self::new(raw.amount, raw.currency)
    }
}

/// Largest absolute amount: 15 digits before the decimals.
const LIMIT: Decimal = Decimal::from_parts(0xA4C6_7FFF, 0x0003_8D7E, 0, false, 0);

impl Money {
    /// An amount with at most the currency's minor digits and at most 15 digits before them.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let amount = amount.normalize();
        if amount.scale() > currency.minor_digits() {
            return Err(MoneyError::Decimals);
        }
        if amount.abs() > LIMIT {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self { amount, currency })
    }

    /// An amount that can be paid: greater than zero, HUF whole.
    pub fn payment(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let money = Self::new(amount, currency)?;
        if money.amount <= Decimal::ZERO {
            return Err(MoneyError::NotPositive);
        }
        if money.amount.scale() > currency.payment_digits() {
            return Err(MoneyError::Decimals);
        }
        Ok(money)
    }

    /// Nothing of that currency.
    pub fn zero(currency: Currency) -> Self {
        Self { amount: Decimal::ZERO, currency }
    }

    /// Whole forints.
    pub fn huf(amount: i64) -> Self {
        Self { amount: Decimal::from(amount).normalize(), currency: Currency::HUF }
    }

    /// The number.
    pub fn amount(&self) -> Decimal {
        self.amount
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The amount in minor units (1 Ft = 100), as the store keeps it.
    pub fn minor_units(&self) -> i64 {
        let factor = Decimal::from(10_i64.pow(self.currency.minor_digits()));
        (self.amount * factor).to_i64().unwrap_or_default()
    }

    /// The amount of that many minor units.
    pub fn from_minor_units(units: i64, currency: Currency) -> Self {
        Self { amount: Decimal::new(units, currency.minor_digits()).normalize(), currency }
    }

    /// The sum, if both are of one currency and it is not too large.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed);
        }
        Self::new(self.amount + other.amount, self.currency)
    }

    /// The difference, if both are of one currency.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.checked_add(Self { amount: -other.amount, currency: other.currency })
    }
}

impl fmt::Display for Money {
    /// Without grouping, with a decimal point and the code: `1250000 HUF`, `84120.55 EUR`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.amount;
        if amount.scale() > 0 {
            amount.rescale(self.currency.minor_digits());
        }
        write!(f, "{amount} {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forints_are_paid_whole_but_kept_with_filler() {
        let odd: Decimal = "3892.77".parse().unwrap();
        assert_eq!(Money::payment(odd, Currency::HUF), Err(MoneyError::Decimals));
        assert_eq!(Money::new(odd, Currency::HUF).unwrap().minor_units(), 389_277);
        assert_eq!(Money::payment(Decimal::ZERO, Currency::EUR), Err(MoneyError::NotPositive));
        assert_eq!(Money::new("0.001".parse().unwrap(), Currency::EUR), Err(MoneyError::Decimals));
    }

    #[test]
    fn fifteen_digits_are_the_limit() {
        assert!(Money::payment("999999999999999".parse().unwrap(), Currency::HUF).is_ok());
        assert_eq!(
            Money::payment("1000000000000000".parse().unwrap(), Currency::HUF),
            Err(MoneyError::TooLarge)
        );
    }

    #[test]
    fn currencies_do_not_mix() {
        assert_eq!(Money::huf(1).checked_add(Money::zero(Currency::EUR)), Err(MoneyError::Mixed));
        assert!("Ft".parse::<Currency>().is_err());
    }

    proptest! {
        #[test]
        fn minor_units_survive_both_ways(units in -10_000_000_000_000_i64..10_000_000_000_000, euro: bool) {
            let currency = if euro { Currency::EUR } else { Currency::HUF };
            let money = Money::from_minor_units(units, currency);
            prop_assert_eq!(money.minor_units(), units);
            prop_assert_eq!(Money::new(money.amount(), currency), Ok(money));
        }

        #[test]
        fn adding_and_taking_away_gives_what_was(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000) {
            let sum = Money::huf(a).checked_add(Money::huf(b)).unwrap();
            prop_assert_eq!(sum.checked_sub(Money::huf(b)).unwrap(), Money::huf(a));
        }
    }
}
