//! What every token can do.

use std::fmt;

use signature::Certificate;

use crate::{KeyPurpose, Pin, PinForm, Result, TokenError};

/// What kind of token it is. A software token is always marked as such in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A smart card or USB token.
    Card,
    /// An encrypted key file.
    Software,
}

/// How the token is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenProfile {
    /// PIV card (NIST SP 800-73-4).
    Piv,
    /// GIDS card (Microsoft's generic identity device specification).
    Gids,
    /// A vendor's PKCS#11 module.
    Pkcs11,
    /// A key file.
    KeyFile,
}

/// Whether the PIN is the holder's own yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PinState {
    /// No PIN was ever set; the first one is set without an old one.
    Unset,
    /// Still the PIN of the letter: it must be replaced before the first use.
    Transport,
    /// The holder's own, or the token does not tell.
    InUse,
}

/// How a blocked PIN is set anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnblockKind {
    /// The bank answers a challenge of the card.
    ChallengeResponse,
    /// The bank tells the PUK and the next one.
    PukPair,
    /// Not with this program.
    Unsupported,
}

/// What is known of a token without its PIN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    /// Card or file.
    pub kind: TokenKind,
    /// The reader's name, or the key file's path.
    pub reader: String,
    /// Card serial number, upper-case hex.
    pub csn: String,
    /// The login certificate, when there is one that can be read.
    pub login: Option<Certificate>,
    /// The signing certificate, when there is one that can be read.
    pub signing: Option<Certificate>,
    /// PIN tries that remain; `None` when the token does not tell.
    pub tries_left: Option<u8>,
    /// PIN tries of a fresh token; `None` when the token does not tell.
    pub tries_max: Option<u8>,
    /// How it is spoken to.
    pub profile: TokenProfile,
    /// Whether the PIN is the holder's own yet.
    pub pin_state: PinState,
    /// What a PIN can look like.
    pub pin_form: PinForm,
    /// How a blocked PIN is set anew.
    pub unblock: UnblockKind,
    /// Unblocking tries that remain; `None` when the token does not tell. At 0 the token is lost.
    pub unblock_left: Option<u8>,
    /// Whether new keys can be made in it, so that its certificates can be renewed here.
    pub renewable: bool,
}

impl TokenInfo {
    /// The certificate for a purpose.
    pub fn certificate(&self, key: KeyPurpose) -> Option<&Certificate> {
        match key {
            KeyPurpose::Login => self.login.as_ref(),
            KeyPurpose::Signing => self.signing.as_ref(),
        }
    }
}

/// One or more digests to be signed under one PIN entry.
#[derive(Clone, Debug)]
pub struct SignRequest {
    /// With which key.
    pub key: KeyPurpose,
    /// The PIN; wiped with the request.
    pub pin: Pin,
    /// SHA-256 digests, see [`signature::Pending::digest`].
    pub digests: Vec<[u8; 32]>,
    /// Fingerprint of the certificate of `key` that the session is bound to; another one in the
    /// token refuses the request before the PIN is sent.
    pub expected: Option<[u8; 32]>,
    /// The person has confirmed that the last PIN try may be used.
    pub last_try_confirmed: bool,
}

/// A new PIN in place of the old one.
#[derive(Clone, Debug)]
pub struct PinChange {
    /// The old PIN; `None` for a token of [`PinState::Unset`].
    pub old: Option<Pin>,
    /// The new one.
    pub new: Pin,
    /// Serial number of the token that the person saw; another one is refused before any PIN is sent.
    pub csn: String,
    /// The person has confirmed that the last PIN try may be used.
    pub last_try_confirmed: bool,
}

/// The question of a blocked token. While it stands, nothing is sent to the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnblockQuestion {
    /// How the token is unblocked.
    pub kind: UnblockKind,
    /// Card serial number, upper-case hex.
    pub csn: String,
    /// The random number, upper-case hex.
    pub random: String,
}

/// The bank's answer to the question.
#[derive(Clone)]
pub enum UnblockAnswer {
    /// The answer to the token's challenge.
    Response(Vec<u8>),
    /// The present PUK and the one that takes its place, 8 digits each.
    PukPair {
        /// Opens the token now.
        current: Pin,
        /// Opens it the next time.
        next: Pin,
    },
}

impl fmt::Debug for UnblockAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnblockAnswer(hidden)")
    }
}

/// Public keys (SubjectPublicKeyInfo, DER) of new key pairs that wait in the token beside the old ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedKeys {
    /// For logging in.
    pub login: Vec<u8>,
    /// For signing.
    pub signing: Vec<u8>,
}

/// The certificates that were issued for [`StagedKeys`].
#[derive(Clone, Debug)]
pub struct NewCertificates {
    /// For logging in.
    pub login: Certificate,
    /// For signing.
    pub signing: Certificate,
}

/// What changes on a token need: the PIN, and which token was meant.
#[derive(Clone, Debug)]
pub struct Authorisation {
    /// The PIN.
    pub pin: Pin,
    /// Serial number of the token that the person saw.
    pub csn: String,
    /// The person has confirmed that the last PIN try may be used.
    pub last_try_confirmed: bool,
}

/// A device that signs digests.
pub trait Token: Send {
    /// Reads what can be known without a PIN.
    ///
    /// # Errors
    /// What keeps the token from answering.
    fn info(&mut self) -> Result<TokenInfo>;

    /// [`Self::info`] for something that a PIN was entered for: where others are at the reader, it waits as that will.
    ///
    /// # Errors
    /// As there.
    fn info_in_turn(&mut self) -> Result<TokenInfo> {
        self.info()
    }

    /// Signs the digests in order: RSA PKCS#1 v1.5 blocks or DER ECDSA values. `done` gets each signature as
    /// soon as it is made and checked; the first failure ends the job, and what `done` got stays good.
    ///
    /// # Errors
    /// What kept the token from going on.
    fn sign_each(&mut self, request: &SignRequest, done: &mut dyn FnMut(Vec<u8>)) -> Result<()>;

    /// Signs every digest, in order.
    ///
    /// # Errors
    /// What kept the token from signing; no signature is returned unless all were made.
    fn sign(&mut self, request: &SignRequest) -> Result<Vec<Vec<u8>>> {
        let mut signatures = Vec::with_capacity(request.digests.len());
        self.sign_each(request, &mut |signature| signatures.push(signature))?;
        Ok(signatures)
    }

    /// Sets the first PIN or changes it. The PINs are sent once.
    ///
    /// # Errors
    /// As for a PIN of [`sign`](Self::sign); [`TokenError::Unsupported`].
    fn change_pin(&mut self, _change: &PinChange) -> Result<()> {
        Err(TokenError::Unsupported)
    }

    /// Begins to unblock: keeps the token for this program alone and gives the question for the bank.
    ///
    /// # Errors
    /// [`TokenError::Unsupported`], [`TokenError::ReaderBusy`], [`TokenError::UnblockDead`] or what else keeps
    /// the token from answering.
    fn start_unblock(&mut self) -> Result<UnblockQuestion> {
        Err(TokenError::Unsupported)
    }

    /// Whether the question still stands: the same token is in its reader and nobody touched it. Sends
    /// nothing to the token.
    fn unblock_stands(&mut self) -> bool {
        false
    }

    /// Answers the question and sets the new PIN. The question is used up, whatever comes of it.
    ///
    /// # Errors
    /// [`TokenError::UnblockLapsed`] without having sent anything, [`TokenError::UnblockCodeWrong`],
    /// [`TokenError::UnblockDead`], [`TokenError::PinOutcomeUnknown`].
    fn unblock(&mut self, _answer: &UnblockAnswer, _new: &Pin) -> Result<()> {
        Err(TokenError::UnblockLapsed)
    }

    /// Gives the token free again.
    fn cancel_unblock(&mut self) {}

    /// Makes new key pairs beside those in use, which stay as they are.
    ///
    /// # Errors
    /// [`TokenError::Unsupported`] when the token cannot; as for a PIN of [`sign`](Self::sign).
    fn stage_keys(&mut self, _by: &Authorisation) -> Result<StagedKeys> {
        Err(TokenError::Unsupported)
    }

    /// Signs a digest with each staged key (login, signing): the proof that the requester holds them.
    ///
    /// # Errors
    /// As for [`stage_keys`](Self::stage_keys).
    fn prove_staged(
        &mut self,
        _by: &Authorisation,
        _login: &[u8; 32],
        _signing: &[u8; 32],
    ) -> Result<[Vec<u8>; 2]> {
        Err(TokenError::Unsupported)
    }

    /// Puts the staged keys and their certificates in the place of the old ones. May be repeated after an
    /// interruption.
    ///
    /// # Errors
    /// As for [`stage_keys`](Self::stage_keys); [`TokenError::KeyMissing`] when a certificate is for no staged
    /// (or already installed) key.
    fn install_staged(&mut self, _by: &Authorisation, _new: &NewCertificates) -> Result<()> {
        Err(TokenError::Unsupported)
    }
}
