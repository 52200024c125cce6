//! Private keys held in memory: of the software token, of the bank, of the virtual card.

use std::fmt;

use p256::ecdsa::signature::hazmat::PrehashSigner;
use pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey};
use rand_core::OsRng;
use rsa::BigUint;
use rsa::traits::PublicKeyParts;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Certificate, KeyAlgorithm, Result, SignatureError};

/// Length of the RSA keys that we make, in bits.
const RSA_BITS: usize = 2048;

/// A private key; wiped from memory when dropped, never shown by `Debug`.
#[derive(Clone)]
pub enum PrivateKey {
    /// RSA, 2048 bits or more.
    Rsa(Box<rsa::RsaPrivateKey>),
    /// ECDSA on P-256.
    P256(p256::ecdsa::SigningKey),
}

impl PrivateKey {
    /// A new RSA-2048 key.
    ///
    /// # Errors
    /// [`SignatureError::KeyOperation`] when the system gives no random numbers.
    pub fn generate_rsa() -> Result<Self> {
        let key = rsa::RsaPrivateKey::new(&mut OsRng, RSA_BITS).map_err(|_| SignatureError::KeyOperation)?;
        Ok(Self::Rsa(Box::new(key)))
    }

    /// A new P-256 key.
    pub fn generate_p256() -> Self {
        Self::P256(p256::ecdsa::SigningKey::random(&mut OsRng))
    }

    /// Reads a PKCS#8 `PrivateKeyInfo`.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`] for anything but an RSA key of 2048 bits or more or a P-256 key.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self> {
        if let Ok(key) = p256::ecdsa::SigningKey::from_pkcs8_der(der) {
            return Ok(Self::P256(key));
        }
        let key =
            rsa::RsaPrivateKey::from_pkcs8_der(der).map_err(|_| SignatureError::Malformed("private key"))?;
        if key.size() * 8 < RSA_BITS {
            return Err(SignatureError::UnsupportedAlgorithm("private key"));
        }
        Ok(Self::Rsa(Box::new(key)))
    }

    /// The key as PKCS#8 `PrivateKeyInfo`.
    ///
    /// # Errors
    /// [`SignatureError::Encoding`], in theory only.
    pub fn to_pkcs8_der(&self) -> Result<Zeroizing<Vec<u8>>> {
        let document = match self {
            Self::Rsa(key) => key.to_pkcs8_der(),
            Self::P256(key) => key.to_pkcs8_der(),
        };
        document.map(|document| document.to_bytes()).map_err(|_| SignatureError::Encoding("private key"))
    }

    /// The public key as DER SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// [`SignatureError::Encoding`], in theory only.
    pub fn public_key_der(&self) -> Result<Vec<u8>> {
        let document = match self {
            Self::Rsa(key) => key.to_public_key().to_public_key_der(),
            Self::P256(key) => key.verifying_key().to_public_key_der(),
        };
        document.map(pkcs8::Document::into_vec).map_err(|_| SignatureError::Encoding("public key"))
    }

    /// Kind of the key.
    pub fn algorithm(&self) -> KeyAlgorithm {
        match self {
            Self::Rsa(key) => KeyAlgorithm::Rsa { modulus_len: key.size() },
            Self::P256(_) => KeyAlgorithm::P256,
        }
    }

    /// Whether the certificate is this key's.
    pub fn belongs_to(&self, certificate: &Certificate) -> bool {
        matches!((self.public_key_der(), certificate.public_key_der()), (Ok(own), Ok(named)) if own == named)
    }

    /// Signs a SHA-256 digest: an RSA PKCS#1 v1.5 block or a DER ECDSA value.
    ///
    /// # Errors
    /// [`SignatureError::KeyOperation`].
    pub fn sign_digest(&self, digest: &[u8; 32]) -> Result<Vec<u8>> {
        match self {
            Self::Rsa(key) => key
                .sign_with_rng(&mut OsRng, rsa::Pkcs1v15Sign::new::<Sha256>(), digest)
                .map_err(|_| SignatureError::KeyOperation),
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature =
                    key.sign_prehash(digest).map_err(|_| SignatureError::KeyOperation)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
        }
    }

    /// The bare RSA private operation on a padded block, as cards offer it (blinded, checked).
    ///
    /// # Errors
    /// [`SignatureError::KeyOperation`] for a P-256 key, a block of another length than the modulus
    /// or a number not below it.
    pub fn rsa_private_operation(&self, block: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let Self::Rsa(key) = self else { return Err(SignatureError::KeyOperation) };
        let number = BigUint::from_bytes_be(block);
        if block.len() != key.size() || number >= *key.n() {
            return Err(SignatureError::KeyOperation);
        }
        let result = rsa::hazmat::rsa_decrypt_and_check(key.as_ref(), Some(&mut OsRng), &number)
            .map_err(|_| SignatureError::KeyOperation)?;
        let bytes = Zeroizing::new(result.to_bytes_be());
        let mut padded = Zeroizing::new(vec![0; key.size() - bytes.len()]);
        padded.extend_from_slice(&bytes);
        Ok(padded)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({:?}, hidden)", self.algorithm())
    }
}
