//! The PIN: wiped from memory when dropped, never shown.

use std::fmt;

use zeroize::Zeroizing;

use crate::PinForm;

/// A PIN as typed. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// Takes a typed PIN.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(Zeroizing::new(typed.into()))
    }

    /// The characters, to judge a new PIN or to send it; never to keep or to show.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl PinForm {
    /// Whether this can be a PIN of the token at all. Anything else would only cost a try.
    pub fn fits(&self, pin: &Pin) -> bool {
        let typed = pin.expose();
        (usize::from(self.min)..=usize::from(self.max)).contains(&typed.len())
            && (!self.digits_only || typed.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(hidden)")
    }
}
