//! Checking raw signatures with a public key: RSA PKCS#1 v1.5 and ECDSA P-256, both over SHA-256.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ID_EC_PUBLIC_KEY, ID_SHA_256, RSA_ENCRYPTION, SECP_256_R_1,
    SHA_256_WITH_RSA_ENCRYPTION,
};
use der::asn1::{Any, AnyRef};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::traits::PublicKeyParts;
use sha2::Sha256;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use crate::{Result, SignatureError};

/// Shortest RSA modulus that we take, in bytes.
const MIN_RSA_BYTES: usize = 256;

/// The kind of key a certificate or private key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAlgorithm {
    /// RSA of 2048 bits or more.
    Rsa {
        /// Length of the modulus, and so of a signature, in bytes (256 for RSA-2048).
        modulus_len: usize,
    },
    /// The NIST curve P-256 (secp256r1).
    P256,
}

/// A public key that we can check signatures with.
#[derive(Clone)]
pub(crate) enum PublicKey {
    Rsa(rsa::RsaPublicKey),
    P256(p256::ecdsa::VerifyingKey),
}

impl PublicKey {
    pub fn from_spki(spki: &SubjectPublicKeyInfoOwned) -> Result<Self> {
        const WHERE: &str = "public key";
        let bits = spki.subject_public_key.as_bytes().ok_or(SignatureError::Malformed(WHERE))?;
        match spki.algorithm.oid {
            RSA_ENCRYPTION => {
                let key =
                    rsa::RsaPublicKey::from_pkcs1_der(bits).map_err(|_| SignatureError::Malformed(WHERE))?;
                if key.size() < MIN_RSA_BYTES {
                    return Err(SignatureError::UnsupportedAlgorithm(WHERE));
                }
                Ok(Self::Rsa(key))
            }
            ID_EC_PUBLIC_KEY => {
                let curve = spki
                    .algorithm
                    .parameters
                    .as_ref()
                    .and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
                if curve != Some(SECP_256_R_1) {
                    return Err(SignatureError::UnsupportedAlgorithm(WHERE));
                }
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(bits)
                    .map_err(|_| SignatureError::Malformed(WHERE))?;
                Ok(Self::P256(key))
            }
            _ => Err(SignatureError::UnsupportedAlgorithm(WHERE)),
        }
    }

    pub fn algorithm(&self) -> KeyAlgorithm {
        match self {
            Self::Rsa(key) => KeyAlgorithm::Rsa { modulus_len: key.size() },
            Self::P256(_) => KeyAlgorithm::P256,
        }
    }

    /// Whether `signature` (PKCS#1 block or DER ECDSA value) is this key's over the digest.
    pub fn verifies(&self, digest: &[u8; 32], signature: &[u8]) -> bool {
        match self {
            Self::Rsa(key) => key.verify(rsa::Pkcs1v15Sign::new::<Sha256>(), digest, signature).is_ok(),
            Self::P256(key) => p256::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()),
        }
    }

    /// The AlgorithmIdentifier that stands beside this key's signatures.
    pub fn signature_algorithm(&self) -> AlgorithmIdentifierOwned {
        match self {
            Self::Rsa(_) => AlgorithmIdentifierOwned {
                oid: SHA_256_WITH_RSA_ENCRYPTION,
                parameters: Some(Any::from(AnyRef::NULL)),
            },
            Self::P256(_) => AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None },
        }
    }

    /// Whether the identifier names SHA-256 with this key's kind. For RSA both spellings that CMS
    /// knows are taken: `sha256WithRSAEncryption` and (RFC 3370, 3.2) plain `rsaEncryption`.
    pub fn accepts_algorithm(&self, algorithm: &AlgorithmIdentifierOwned) -> bool {
        match self {
            Self::Rsa(_) => {
                [SHA_256_WITH_RSA_ENCRYPTION, RSA_ENCRYPTION].contains(&algorithm.oid)
                    && no_parameters(algorithm)
            }
            Self::P256(_) => algorithm.oid == ECDSA_WITH_SHA_256 && algorithm.parameters.is_none(),
        }
    }
}

/// SHA-256 as digest algorithm, parameters absent as RFC 5754 asks.
pub(crate) fn sha256_identifier() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: None }
}

/// Whether the identifier names SHA-256 (RFC 5754: NULL parameters must be accepted too).
pub(crate) fn is_sha256(algorithm: &AlgorithmIdentifierOwned) -> bool {
    algorithm.oid == ID_SHA_256 && no_parameters(algorithm)
}

fn no_parameters(algorithm: &AlgorithmIdentifierOwned) -> bool {
    algorithm.parameters.as_ref().is_none_or(|any| AnyRef::from(any) == AnyRef::NULL)
}
