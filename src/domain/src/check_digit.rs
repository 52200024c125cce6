//! Check-digit arithmetic shared by accounts, tax numbers and IBANs.

/// Sum of the digits weighted 9-7-3-1 from the left, repeated.
///
/// Used for account numbers (annex 1 of MNB decree 18/2009) and tax numbers. `digits` are values 0–9.
pub fn weighted_9731(digits: &[u8]) -> u32 {
    const WEIGHTS: [u32; 4] = [9, 7, 3, 1];
    digits.iter().zip(WEIGHTS.iter().cycle()).map(|(d, w)| u32::from(*d) * w).sum()
}

/// The digit that completes `leading` so that the whole sums to 0 modulo 10.
///
/// Only meaningful where the check digit's own weight is 1, that is after 3, 7, 15 … digits.
pub fn check_digit_9731(leading: &[u8]) -> u8 {
    ((10 - weighted_9731(leading) % 10) % 10) as u8
}

/// ISO 7064 MOD 97-10 of ASCII letters and digits (letters count 10–35), or `None` for other characters.
pub fn mod97(text: impl IntoIterator<Item = char>) -> Option<u32> {
    let mut rest = 0;
    for c in text {
        let value = c.to_digit(36)?;
        rest = if value < 10 { rest * 10 + value } else { rest * 100 + value } % 97;
    }
    Some(rest)
}

/// The digits of `text` as values, if it consists of ASCII digits only.
pub fn digits(text: &str) -> Option<Vec<u8>> {
    text.bytes().map(|b| b.is_ascii_digit().then(|| b - b'0')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_sums_of_the_domain_reference() {
        let sum = |s: &str| weighted_9731(&digits(s).unwrap());
        assert_eq!(sum("10032000"), 30);
        assert_eq!(sum("06055950"), 170);
        assert_eq!(sum("5365656585691020"), 350);
        assert_eq!(check_digit_9731(&digits("1289231").unwrap()), 2);
    }

    #[test]
    fn mod97_counts_letters_as_two_digits() {
        assert_eq!(mod97("117730161111101800000000HU42".chars()), Some(1));
        assert_eq!(mod97("1-2".chars()), None);
    }
}
