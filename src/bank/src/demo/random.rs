//! A small seeded generator (SplitMix64): the same on every machine and in every version, which library
//! generators do not promise.

use domain::AccountNumber;
use domain::check_digit::check_digit_9731;
use uuid::Uuid;

use crate::ground::error::{BankError, Result};

/// The generator. Not for keys.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// Starts from a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.bits() % span).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, chance: i64) -> bool {
        self.between(1, 100) <= chance
    }

    /// One of a list; the lists are constants and never empty.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(list.len()).unwrap_or(0) - 1;
        if last < 0 { None } else { list.get(usize::try_from(self.between(0, last)).unwrap_or(0)) }
    }

    /// A version 4 UUID.
    pub(crate) fn uuid(&mut self) -> Uuid {
        let (high, low) = (self.bits(), self.bits());
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&high.to_be_bytes());
        bytes[8..].copy_from_slice(&low.to_be_bytes());
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    fn digits<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| u8::try_from(self.bits() % 10).unwrap_or(0))
    }

    /// An account at a bank (three digits) or branch (seven), some of them short (2×8); `start` fixes its
    /// first digits.
    pub(crate) fn account(&mut self, bank: &str, start: &str) -> Result<AccountNumber> {
        let wrong = || BankError::data("bank code", bank);
        let mut head: [u8; 7] = self.digits();
        for (slot, c) in head.iter_mut().zip(bank.bytes()) {
            *slot = c.checked_sub(b'0').ok_or_else(wrong)?;
        }
        let mut tail: [u8; 15] = self.digits();
        // Never by accident one of the marks that the played banks react to.
        tail[0] = tail[0].min(8);
        for (slot, c) in tail.iter_mut().zip(start.bytes()) {
            *slot = c.checked_sub(b'0').ok_or_else(wrong)?;
        }
        if self.percent(60) {
            tail[7] = check_digit_9731(&tail[..7]);
            tail[8..].fill(0);
        }
        AccountNumber::with_check_digits(head, tail).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_valid_and_short_ones_exist() {
        let mut random = Random::new(7);
        let mut short = 0;
        for _ in 0..200 {
            let account = random.account("117", "").unwrap();
            assert_eq!(account.to_string().parse::<AccountNumber>().unwrap(), account);
            assert_eq!(account.bank_code(), "117");
            short += usize::from(account.digits().len() == 16);
        }
        assert!((60..180).contains(&short));
        assert_eq!(&random.account("120", "9991").unwrap().digits24()[8..12], "9991");
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let (mut one, mut two) = (Random::new(42), Random::new(42));
        for _ in 0..50 {
            assert_eq!(one.bits(), two.bits());
        }
        assert_eq!(Random::new(0).bits(), 0xE220_A839_7B1D_CDAF, "the reference value of SplitMix64");
    }
}
