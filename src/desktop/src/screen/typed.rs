//! A PIN while it is typed: never shown by `Debug`, wiped from memory when it is dropped.

use std::fmt;

use client::Pin;
use zeroize::Zeroizing;

/// What stands in a PIN field.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedPin(Zeroizing<String>);

impl TypedPin {
    /// What was typed.
    pub fn new(typed: String) -> Self {
        Self(Zeroizing::new(typed))
    }

    /// For the field, which shows dots.
    pub fn shown(&self) -> &str {
        &self.0
    }

    pub fn pin(&self) -> Pin {
        Pin::new(self.0.as_str())
    }

    /// Whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for TypedPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedPin(hidden)")
    }
}
