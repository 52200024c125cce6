//! The border between what we do with a card and how a kind of card wants it said.

use signature::Certificate;

use crate::apdu::Transport;
use crate::{
    KeyPurpose, Pin, PinForm, PinState, Result, TokenError, TokenProfile, UnblockAnswer, UnblockKind,
};

/// What a card says of its PIN without being given it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PinStatus {
    /// Tries that remain, where the card tells.
    pub left: Option<u8>,
    /// Tries of a fresh card, where the card tells.
    pub max: Option<u8>,
    /// Whose PIN it is.
    pub state: PinState,
}

/// How a card is unblocked, and how many tries remain for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unblocking {
    pub kind: UnblockKind,
    pub left: Option<u8>,
}

/// A key of the card that we know by its certificate.
#[derive(Clone, Debug)]
pub(crate) struct CardKey {
    pub purpose: KeyPurpose,
    pub certificate: Certificate,
    /// How the card names it.
    pub reference: u8,
}

/// A kind of card. All calls happen inside a transaction, [`select`](Self::select) first. Whatever
/// carries a secret is sent once.
pub(crate) trait CardProfile: Send + Sync {
    /// Its name.
    fn kind(&self) -> TokenProfile;

    /// What its PINs look like.
    fn pin_form(&self) -> PinForm;

    /// Selects the application.
    ///
    /// # Errors
    /// [`TokenError::ForeignCard`] when the card does not have it.
    fn select(&self, card: &mut dyn Transport) -> Result<()>;

    /// Card serial number, upper-case hex.
    fn csn(&self, card: &mut dyn Transport) -> Result<String>;

    /// The key for a purpose, if there is one with a certificate that we can read.
    fn key(&self, card: &mut dyn Transport, purpose: KeyPurpose) -> Result<Option<CardKey>>;

    /// What the card says of its PIN, without spending a try.
    fn pin_status(&self, card: &mut dyn Transport) -> Result<PinStatus>;

    /// Sends the PIN.
    ///
    /// # Errors
    /// [`TokenError::PinOutcomeUnknown`] when no clear answer came.
    fn verify(&self, card: &mut dyn Transport, pin: &Pin) -> Result<()>;

    /// Whether the card wants the PIN anew for each use of this key.
    fn wants_pin_each_time(&self, key: KeyPurpose) -> bool;

    /// Signs one digest: an RSA PKCS#1 v1.5 block or a DER ECDSA value.
    fn sign(&self, card: &mut dyn Transport, key: &CardKey, digest: &[u8; 32]) -> Result<Vec<u8>>;

    /// Replaces the PIN; sets the first one when `old` is `None`.
    ///
    /// # Errors
    /// As [`verify`](Self::verify); [`TokenError::NewPinRefused`].
    fn change_pin(&self, _card: &mut dyn Transport, _old: Option<&Pin>, _new: &Pin) -> Result<()> {
        Err(TokenError::Unsupported)
    }

    /// How the card is unblocked.
    fn unblocking(&self, _card: &mut dyn Transport) -> Result<Unblocking> {
        Ok(Unblocking { kind: UnblockKind::Unsupported, left: None })
    }

    /// The random number of a new question.
    ///
    /// # Errors
    /// [`TokenError::Unsupported`], [`TokenError::UnblockDead`].
    fn unblock_random(&self, _card: &mut dyn Transport) -> Result<Vec<u8>> {
        Err(TokenError::Unsupported)
    }

    /// Answers the question and sets the new PIN. Not preceded by [`select`](Self::select): nothing
    /// was sent since the question, and what is sent first may be the answer.
    ///
    /// # Errors
    /// As [`crate::Token::unblock`].
    fn unblock(
        &self,
        _card: &mut dyn Transport,
        _csn: &str,
        _answer: &UnblockAnswer,
        _new: &Pin,
    ) -> Result<()> {
        Err(TokenError::Unsupported)
    }

    /// How new keys come into the card, where they can.
    ///
    /// # Errors
    /// [`TokenError::Unsupported`] where they cannot.
    fn renewal(&self, _card: &mut dyn Transport) -> Result<&dyn Renewal> {
        Err(TokenError::Unsupported)
    }
}

/// New keys beside those in use. All calls happen inside a transaction, the application selected.
pub(crate) trait Renewal {
    /// Makes a key beside the old one, of the same kind; returns its SubjectPublicKeyInfo (DER). Comes
    /// after [`open`](Self::open).
    fn stage(&self, card: &mut dyn Transport, old: &CardKey) -> Result<Vec<u8>>;

    /// Sends the PIN and with it gains the right to change keys and certificates.
    fn open(&self, card: &mut dyn Transport, pin: &Pin) -> Result<()>;

    /// Algorithm identifier of a staged key.
    ///
    /// # Errors
    /// [`TokenError::KeyMissing`] when none is staged.
    fn staged(&self, card: &mut dyn Transport, key: KeyPurpose) -> Result<u8>;

    /// Signs with a staged key. The command right before sent the PIN.
    fn sign_staged(
        &self,
        card: &mut dyn Transport,
        key: KeyPurpose,
        algorithm: u8,
        digest: &[u8; 32],
    ) -> Result<Vec<u8>>;

    /// Whether the certificate is for the staged key, or for the one in place.
    ///
    /// # Errors
    /// [`TokenError::KeyMissing`] when it is for neither.
    fn holds(&self, card: &mut dyn Transport, key: KeyPurpose, new: &Certificate) -> Result<()>;

    /// Puts the staged key and its certificate in the place of the old ones; may be repeated. Comes
    /// after [`holds`](Self::holds) and [`open`](Self::open).
    fn install(&self, card: &mut dyn Transport, key: KeyPurpose, new: &Certificate) -> Result<()>;
}
