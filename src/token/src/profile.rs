//! The border between what we do with a card and how a kind of card wants it said. PIV is the one
//! kind today; GIDS and vendors' cards come behind the same trait.

use signature::Certificate;

use crate::apdu::Transport;
use crate::{KeyPurpose, Pin, Result};

/// The tries counter of the PIN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tries {
    pub left: Option<u8>,
    pub max: Option<u8>,
}

/// A kind of card. All calls happen inside one transaction, [`select`](Self::select) first.
pub(crate) trait CardProfile: Send {
    /// Selects the application.
    ///
    /// # Errors
    /// [`crate::TokenError::ForeignCard`] when the card does not have it.
    fn select(&self, card: &mut dyn Transport) -> Result<()>;

    /// Card serial number, upper-case hex.
    fn csn(&self, card: &mut dyn Transport) -> Result<String>;

    /// The certificate for a purpose, if there is one that we can read.
    fn certificate(&self, card: &mut dyn Transport, key: KeyPurpose) -> Result<Option<Certificate>>;

    /// Reads the tries counter without spending a try.
    fn tries(&self, card: &mut dyn Transport) -> Result<Tries>;

    /// Sends the PIN, once.
    ///
    /// # Errors
    /// [`crate::TokenError::PinOutcomeUnknown`] when no clear answer came.
    fn verify(&self, card: &mut dyn Transport, pin: &Pin) -> Result<()>;

    /// Whether the card wants the PIN anew for each use of this key.
    fn wants_pin_each_time(&self, key: KeyPurpose) -> bool;

    /// Signs one digest with the key of `certificate`.
    fn sign(
        &self,
        card: &mut dyn Transport,
        key: KeyPurpose,
        certificate: &Certificate,
        digest: &[u8; 32],
    ) -> Result<Vec<u8>>;
}
