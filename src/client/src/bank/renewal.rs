//! Renewing a token's certificates.

use chrono::{DateTime, Utc};
use domain::UserId;
use uuid::Uuid;

use super::{Answer, SessionKey};

/// Renewing a token's certificates.
pub trait Renewal: Send + Sync {
    /// The document by which this bank is asked for new certificates: the bytes to sign with the old signing key.
    fn document(&self, wish: &RenewalWish) -> Vec<u8>;
    /// Asks for new certificates by a signed document; idempotent by its bytes.
    fn renew<'a>(
        &'a self,
        session: &'a SessionKey,
        document: Vec<u8>,
        signature: Vec<u8>,
    ) -> Answer<'a, Issued>;
    /// Says that a renewal's certificates are in the token: the old ones end. May be said again.
    fn done<'a>(&'a self, session: &'a SessionKey, id: Uuid) -> Answer<'a, ()>;
}

/// "I ask for new certificates for these two keys, which are in my token."
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalWish {
    /// One for each renewal.
    pub id: Uuid,
    /// Who asks.
    pub user: UserId,
    /// The token's serial number, upper-case hex.
    pub csn: String,
    /// By the bank's clock as far as it is known.
    pub time: DateTime<Utc>,
    /// SHA-256 of the signing certificate that is to be replaced, and that signs the document.
    pub old_signing: [u8; 32],
    /// PKCS#10 request (DER) of the new login key, signed by it.
    pub login_request: Vec<u8>,
    /// PKCS#10 request (DER) of the new signing key, signed by it.
    pub signing_request: Vec<u8>,
}

/// New certificates. The old ones stay good until the bank hears that the new ones are in the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The renewal's id.
    pub id: Uuid,
    /// New login certificate, DER.
    pub login: Vec<u8>,
    /// New signing certificate, DER.
    pub signing: Vec<u8>,
    /// Certificates between the new ones and the bank's authority, DER.
    pub chain: Vec<Vec<u8>>,
    /// The old certificates end at this moment at the latest.
    pub old_valid_until: DateTime<Utc>,
}
