//! The PIN: wiped from memory when dropped, never shown.

use std::fmt;

use zeroize::Zeroizing;

/// Fewest and most digits of a PIN (PIV: FIPS 201-3, 4.3.1 and SP 800-73-4, 2.4.3).
const DIGITS: std::ops::RangeInclusive<usize> = 6..=8;

/// A PIN as typed. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// Takes a typed PIN.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(Zeroizing::new(typed.into()))
    }

    /// Whether it can be a PIN at all: 6 to 8 digits. Anything else would only cost a try.
    pub fn is_well_formed(&self) -> bool {
        DIGITS.contains(&self.0.len()) && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The characters, to judge a new PIN or to send it; never to keep or to show.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(hidden)")
    }
}
