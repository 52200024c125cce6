//! What every token can do.

use signature::Certificate;

use crate::{Pin, Result};

/// What kind of token it is. A software token is always marked as such in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A smart card or USB token.
    Card,
    /// An encrypted key file.
    Software,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPurpose {
    /// Logging in (PIV slot 9A).
    Login,
    /// Signing packages (PIV slot 9C).
    Signing,
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

/// A device that signs digests.
pub trait Token: Send {
    /// Reads what can be known without a PIN.
    ///
    /// # Errors
    /// What keeps the token from answering.
    fn info(&mut self) -> Result<TokenInfo>;

    /// Signs every digest, in order: RSA PKCS#1 v1.5 blocks or DER ECDSA values.
    ///
    /// # Errors
    /// What kept the token from signing; no signature is returned unless all were made.
    fn sign(&mut self, request: &SignRequest) -> Result<Vec<Vec<u8>>>;
}
