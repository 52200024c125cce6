//! Signing devices: cards over PC/SC and the software token, behind one trait.
//!
//! [`TokenService`] is what a program uses: one thread owns the device, requests wait in a queue,
//! answers come back asynchronously, and [`TokenStatus`] tells at any time what is plugged in. Below
//! it lie [`Token`] (a device that signs digests), the card profiles (PIV, NIST SP 800-73-4, and
//! GIDS), the APDU layer (ISO 7816-4) and the transport (PC/SC).
//!
//! Rules that hold everywhere: a PIN is collected before the card is touched, travels in one job and
//! is wiped after it; the tries counter is read before each PIN; a PIN is sent once and never again
//! by itself, and neither is any other secret; a PC/SC transaction is short and ends with the card
//! forgetting the PIN; a token that waits for the bank's code is kept for us alone and not spoken to; the
//! authentication key logs in, the signing key signs packages, never the other way.

#![warn(missing_docs)]

mod apdu;
mod card;
mod certificates;
mod error;
mod gids;
mod gids_files;
#[cfg(test)]
mod gids_tests;
mod gids_unblock;
mod kinds;
mod management;
mod meaning;
mod pcsc_token;
mod pin;
mod piv;
mod piv_objects;
mod piv_pin;
mod piv_renewal;
#[cfg(test)]
mod piv_tests;
mod pkcs1;
#[cfg(feature = "pkcs11")]
mod pkcs11;
#[cfg(any(feature = "probe", test))]
#[doc(hidden)]
pub mod probe;
mod profile;
mod remote;
mod renewal;
mod replace;
#[cfg(test)]
mod scripted;
mod service;
mod service_state;
mod software;
#[cfg(test)]
mod software_tests;
mod spki;
mod status;
#[cfg(test)]
mod tests;
mod tlv;
mod token;
mod transaction;
mod tries;
mod turn;
mod unblocking;
mod watcher;
mod worker;

pub use error::TokenError;
pub use kinds::{KeyPurpose, PinForm};
pub use pcsc_token::PcscToken;
pub use pin::Pin;
#[cfg(feature = "pkcs11")]
pub use pkcs11::Pkcs11Token;
pub use service::TokenService;
pub use software::SoftwareToken;
pub use status::{ReaderSeen, TokenConfig, TokenStatus};
pub use token::{
    Authorisation, NewCertificates, PinChange, PinState, SignRequest, StagedKeys, Token, TokenInfo,
    TokenKind, TokenProfile, UnblockAnswer, UnblockKind, UnblockQuestion,
};
pub use worker::QUESTION_LIFE;

/// Result of this crate's functions.
pub type Result<T> = std::result::Result<T, TokenError>;
