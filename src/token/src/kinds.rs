//! Words that the token's errors and PINs speak of too.

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPurpose {
    /// Logging in (PIV slot 9A).
    Login,
    /// Signing packages (PIV slot 9C).
    Signing,
}

/// The form of PINs that the token can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinForm {
    /// Fewest bytes.
    pub min: u8,
    /// Most bytes.
    pub max: u8,
    /// Only the digits 0–9.
    pub digits_only: bool,
}

impl PinForm {
    /// 6 to 8 digits (PIV: FIPS 201-3, 4.3.1 and SP 800-73-4, 2.4.3).
    pub const DIGITS_6_TO_8: Self = Self { min: 6, max: 8, digits_only: true };
}
