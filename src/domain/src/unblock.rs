//! Unblocking by telephone: what is read aloud, how it is written, and how a slip is noticed.
//!
//! The caller reads the card's serial number ("CSN") and a random number ("Random") aloud and hears a "Code"
//! [K&H token]. How many characters they have and whether they carry check characters is not
//! public; this is ours, version 1: upper-case hex (CSN, Random) in groups of four, each followed by the two
//! check characters of ISO/IEC 7064 MOD 1271-36, which find every single slip and every swap of neighbours.
//! The Code's check characters also cover CSN and Random, so a Code for another card or an older Random is
//! refused before the card sees it.

use std::fmt;

/// Check characters in the order of their values (ISO/IEC 7064, MOD 1271-36).
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MODULUS: u32 = 1271;

/// How a card is unblocked, which also says what its Code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnblockKind {
    /// The Code is the card's answer to its own Random: hex, as long as the Random.
    ChallengeResponse,
    /// The Code is the present PUK and the next one, 8 digits each; Random binds the check characters only.
    PukPair,
    /// The card cannot be unblocked by telephone; its maker's own program or the bank's branch can.
    Unsupported,
}

/// What the caller reads aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnblockQuestion {
    /// How the card is unblocked.
    pub kind: UnblockKind,
    /// Card serial number, upper-case hex.
    pub csn: String,
    /// The random number, upper-case hex.
    pub random: String,
}

/// A Code whose check characters were right.
#[derive(Clone, PartialEq, Eq)]
pub enum UnblockCode {
    /// The card's answer, raw bytes.
    Response(Vec<u8>),
    /// Present and next PUK, 8 digits each.
    PukPair {
        /// What opens the card now.
        current: String,
        /// What will open it the next time.
        next: String,
    },
}

impl fmt::Debug for UnblockCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnblockCode(hidden)")
    }
}

/// Why a typed Code (or, at the bank, a typed CSN or Random) is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnblockProblem {
    /// Characters are missing yet.
    #[error("{missing} characters are missing")]
    TooShort {
        /// How many.
        missing: usize,
    },
    /// Too many characters.
    #[error("there are too many characters")]
    TooLong,
    /// A character that cannot stand there.
    #[error("a character that cannot stand there")]
    Character,
    /// The check characters do not fit: a slip, or it belongs to another card or Random.
    #[error("the check characters do not fit")]
    Check,
    /// The card cannot be unblocked this way.
    #[error("the card cannot be unblocked by telephone")]
    Unsupported,
}

impl crate::Explain for UnblockProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "unblock-too-short",
            Self::TooLong => "unblock-too-long",
            Self::Character => "unblock-character",
            Self::Check => "unblock-check",
            Self::Unsupported => "unblock-unsupported",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooShort { missing } => vec![("missing", missing.to_string())],
            _ => vec![],
        }
    }
}

/// The two check characters of upper-case letters and digits (ISO/IEC 7064, MOD 1271-36, pure system).
/// Other characters count as if they were not there.
pub fn check_characters(text: &str) -> String {
    let sum = text.bytes().filter_map(value).fold(0, |sum, value| (sum + value) * 36 % MODULUS);
    // The weights of the check characters are 36 and 1, and the whole must leave 1.
    let rest = (MODULUS + 1 - sum * 36 % MODULUS) % MODULUS;
    [rest / 36, rest % 36]
        .into_iter()
        .filter_map(|v| ALPHABET.get(v as usize))
        .map(|&b| char::from(b))
        .collect()
}

/// Groups of four with the check characters behind: `93F0 5D1E 77A2 04BC · 3M`.
pub fn spoken(text: &str) -> String {
    format!("{} · {}", grouped(text), check_characters(text))
}

/// Groups of four characters.
pub fn grouped(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// Takes what was typed after hearing a spoken number: any case, spaces, dots and hyphens between; the last
/// two characters are the check characters. Returns the number without them.
///
/// # Errors
/// [`UnblockProblem`].
pub fn parse_spoken(typed: &str, digits: usize) -> Result<String, UnblockProblem> {
    let characters = cleaned(typed)?;
    let (number, check) = split(&characters, digits)?;
    if !number.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(UnblockProblem::Character);
    }
    if check != check_characters(number) { Err(UnblockProblem::Check) } else { Ok(number.to_owned()) }
}

impl UnblockQuestion {
    /// Characters of the Code without its check characters.
    pub fn code_length(&self) -> usize {
        match self.kind {
            UnblockKind::ChallengeResponse => self.random.len(),
            UnblockKind::PukPair => 16,
            UnblockKind::Unsupported => 0,
        }
    }

    /// The Code as the bank's clerk reads it aloud; `number` is upper-case hex or the two PUKs.
    pub fn spoken_code(&self, number: &str) -> String {
        format!("{} · {}", grouped(number), self.code_check(number))
    }

    /// Takes the Code as typed.
    ///
    /// # Errors
    /// [`UnblockProblem`]; the card has not seen anything.
    pub fn parse_code(&self, typed: &str) -> Result<UnblockCode, UnblockProblem> {
        if self.kind == UnblockKind::Unsupported {
            return Err(UnblockProblem::Unsupported);
        }
        let characters = cleaned(typed)?;
        let (number, check) = split(&characters, self.code_length())?;
        let fits = |b: u8| match self.kind {
            UnblockKind::PukPair => b.is_ascii_digit(),
            _ => b.is_ascii_hexdigit(),
        };
        if !number.bytes().all(fits) {
            return Err(UnblockProblem::Character);
        }
        if check != self.code_check(number) {
            return Err(UnblockProblem::Check);
        }
        match (self.kind, number.split_at_checked(8)) {
            (UnblockKind::PukPair, Some((current, next))) => {
                Ok(UnblockCode::PukPair { current: current.to_owned(), next: next.to_owned() })
            }
            _ => bytes(number).map(UnblockCode::Response).ok_or(UnblockProblem::Character),
        }
    }

    fn code_check(&self, number: &str) -> String {
        check_characters(&format!("{}{}{number}", self.csn, self.random))
    }
}

fn cleaned(typed: &str) -> Result<String, UnblockProblem> {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '·' | '.' | '-'))
        .map(|c| c.is_ascii_alphanumeric().then(|| c.to_ascii_uppercase()).ok_or(UnblockProblem::Character))
        .collect()
}

fn split(characters: &str, digits: usize) -> Result<(&str, &str), UnblockProblem> {
    match characters.len().checked_sub(digits + 2) {
        None => Err(UnblockProblem::TooShort { missing: digits + 2 - characters.len() }),
        Some(0) => Ok(characters.split_at(digits)),
        Some(_) => Err(UnblockProblem::TooLong),
    }
}

fn value(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(36)
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The whole number with its check characters leaves 1 modulo 1271 (ISO/IEC 7064, clause 7).
    fn rest(text: &str) -> u32 {
        text.bytes().filter_map(value).fold(0, |sum, v| (sum * 36 + v) % MODULUS)
    }

    fn question(kind: UnblockKind) -> UnblockQuestion {
        UnblockQuestion { kind, csn: "0A1B22C4".into(), random: "93F05D1E77A204BC".into() }
    }

    #[test]
    fn the_standards_own_example() {
        // ISO/IEC 7064:2003 gives "ISO79" with the check characters "3W".
        assert_eq!(check_characters("ISO79"), "3W");
        assert_eq!(rest("ISO793W"), 1);
    }

    #[test]
    fn codes_come_back_and_belong_to_their_question() {
        let asked = question(UnblockKind::ChallengeResponse);
        let spoken = asked.spoken_code("5E2190C7B4A3D201");
        assert_eq!(
            asked.parse_code(&spoken.to_lowercase()),
            Ok(UnblockCode::Response(vec![0x5e, 0x21, 0x90, 0xc7, 0xb4, 0xa3, 0xd2, 0x01]))
        );
        let other = UnblockQuestion { random: "93F05D1E77A204BD".into(), ..asked.clone() };
        assert_eq!(other.parse_code(&spoken), Err(UnblockProblem::Check));
        assert_eq!(asked.parse_code("5E21 90C7 B"), Err(UnblockProblem::TooShort { missing: 9 }));
        assert_eq!(asked.parse_code(&format!("{spoken}0")), Err(UnblockProblem::TooLong));
        assert_eq!(asked.parse_code("5E2190C7B4A3Dő0100"), Err(UnblockProblem::Character));
        let puks = question(UnblockKind::PukPair);
        let spoken = puks.spoken_code("1234567887654321");
        let pair = UnblockCode::PukPair { current: "12345678".into(), next: "87654321".into() };
        assert_eq!(puks.parse_code(&spoken), Ok(pair));
        assert_eq!(question(UnblockKind::Unsupported).parse_code("1"), Err(UnblockProblem::Unsupported));
    }

    proptest! {
        #[test]
        fn every_slip_of_one_character_and_every_swap_is_found(
            number in "[0-9A-F]{16}", at in 0usize..18, to in 0u32..36, swap in 0usize..17
        ) {
            let whole: Vec<u8> = format!("{number}{}", check_characters(&number)).into_bytes();
            prop_assert_eq!(rest(std::str::from_utf8(&whole).unwrap()), 1);
            prop_assert_eq!(parse_spoken(&spoken(&number), 16), Ok(number.clone()));
            let mut slipped = whole.clone();
            slipped[at] = ALPHABET[to as usize];
            if slipped != whole {
                prop_assert!(parse_spoken(std::str::from_utf8(&slipped).unwrap(), 16).is_err());
            }
            let mut swapped = whole.clone();
            swapped.swap(swap, swap + 1);
            if swapped != whole {
                prop_assert!(parse_spoken(std::str::from_utf8(&swapped).unwrap(), 16).is_err());
            }
        }

        #[test]
        fn anything_may_be_typed(typed in ".{0,40}") {
            let _ = question(UnblockKind::ChallengeResponse).parse_code(&typed);
            let _ = question(UnblockKind::PukPair).parse_code(&typed);
        }
    }
}
