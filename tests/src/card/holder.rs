//! A made-up card holder with an authority of their own: keys, certificates, key file.

use std::sync::OnceLock;

use chrono::{DateTime, Duration, Utc};
use signature::issue::{CertificateAuthority, UserCertificate};
use signature::keyfile::KeyFile;
use signature::{Certificate, PrivateKey, SignatureError, TrustStore};

use super::VirtualCard;

/// PIN of every made-up holder.
pub const PIN: &str = "271828";
/// Serial number of every made-up holder's card.
pub const CSN: [u8; 16] = *b"Kapocs test card";

/// The holder.
pub struct Holder {
    /// Who issued the certificates.
    pub authority: CertificateAuthority,
    /// Login key and certificate.
    pub login: (PrivateKey, Certificate),
    /// Signing key and certificate.
    pub signing: (PrivateKey, Certificate),
}

impl Holder {
    /// A holder with P-256 keys, valid now.
    ///
    /// # Errors
    /// In theory only.
    pub fn p256() -> Result<Self, SignatureError> {
        Self::new(|| Ok(PrivateKey::generate_p256()))
    }

    /// A holder with RSA-2048 keys, made once for the whole test program.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn rsa() -> Result<Self, SignatureError> {
        static KEYS: OnceLock<Result<[PrivateKey; 2], SignatureError>> = OnceLock::new();
        let keys = KEYS.get_or_init(|| Ok([PrivateKey::generate_rsa()?, PrivateKey::generate_rsa()?]));
        let mut keys = keys.clone()?.into_iter();
        Self::new(|| keys.next().ok_or(SignatureError::KeyOperation))
    }

    fn new(mut key: impl FnMut() -> Result<PrivateKey, SignatureError>) -> Result<Self, SignatureError> {
        let now: DateTime<Utc> = Utc::now();
        let authority = CertificateAuthority::generate("Kapocs Próba CA", now)?;
        let mut issue = |kind| {
            let key = key()?;
            let spki = key.public_key_der()?;
            let end = now + Duration::days(4 * 365);
            let certificate = authority.issue_user("Teszt Elek", "10000001", kind, &spki, now, end)?;
            Ok::<_, SignatureError>((key, certificate))
        };
        let (login, signing) = (issue(UserCertificate::Login)?, issue(UserCertificate::Signing)?);
        Ok(Self { authority, login, signing })
    }

    /// Trust in the holder's authority.
    pub fn trust(&self) -> TrustStore {
        TrustStore::new([self.authority.certificate().clone()])
    }

    /// The holder's key file under [`PIN`].
    ///
    /// # Errors
    /// In theory only.
    pub fn key_file(&self) -> Result<String, SignatureError> {
        let (login, signing) = (&self.login, &self.signing);
        Ok(KeyFile::create((&login.0, &login.1), (&signing.0, &signing.1), PIN)?.to_string())
    }

    /// The holder's card under [`PIN`] with [`CSN`].
    ///
    /// # Errors
    /// In theory only.
    pub fn card(&self) -> Result<VirtualCard, SignatureError> {
        VirtualCard::from_key_file(&self.key_file()?, PIN, CSN)
    }
}
