//! Certification requests (PKCS#10, RFC 2986): made in two phases like signatures, and checked.
//!
//! A request is signed by the very key that asks for a certificate, which proves that whoever asks holds it.

use der::asn1::{BitString, SetOfVec};
use der::{Decode, Encode, Header, Reader, SliceReader};
use sha2::{Digest, Sha256};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::request::{CertReq, CertReqInfo, Version};

use crate::public_key::PublicKey;
use crate::{KeyAlgorithm, Result, SignatureError, name};

const WHAT: &str = "certification request";

/// A request that waits for its key's signature.
#[derive(Clone)]
pub struct PendingRequest {
    info: CertReqInfo,
    key: PublicKey,
    to_be_signed: Vec<u8>,
}

/// First phase: a request for the key `spki` (DER SubjectPublicKeyInfo) of a user.
///
/// # Errors
/// [`SignatureError::Malformed`] or [`SignatureError::UnsupportedAlgorithm`] for a key that we do not know;
/// [`SignatureError::Encoding`] for a user id that has no place in a certificate.
pub fn prepare_request(holder_name: &str, user_id: &str, spki: &[u8]) -> Result<PendingRequest> {
    let public_key =
        SubjectPublicKeyInfoOwned::from_der(spki).map_err(|_| SignatureError::Malformed("public key"))?;
    let key = PublicKey::from_spki(&public_key)?;
    let info = CertReqInfo {
        version: Version::V1,
        subject: name::build(holder_name, Some(user_id))?,
        public_key,
        attributes: SetOfVec::new(),
    };
    let to_be_signed = info.to_der().map_err(|_| SignatureError::Encoding(WHAT))?;
    Ok(PendingRequest { info, key, to_be_signed })
}

impl PendingRequest {
    /// SHA-256 that the requesting key has to sign.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.to_be_signed).into()
    }

    /// Second phase: the request (DER) of the key's answer (PKCS#1 v1.5 block or DER ECDSA value).
    ///
    /// # Errors
    /// [`SignatureError::SignatureInvalid`] when the answer is not this key's signature.
    pub fn finish(self, raw_signature: &[u8]) -> Result<Vec<u8>> {
        if !self.key.verifies(&self.digest(), raw_signature) {
            return Err(SignatureError::SignatureInvalid);
        }
        let encode = || -> der::Result<Vec<u8>> {
            let signature = BitString::from_bytes(raw_signature)?;
            CertReq { info: self.info, algorithm: self.key.signature_algorithm(), signature }.to_der()
        };
        encode().map_err(|_| SignatureError::Encoding(WHAT))
    }
}

/// A request whose signature is the requesting key's own.
#[derive(Clone)]
pub struct CertificateRequest {
    info: CertReqInfo,
    key: PublicKey,
}

impl CertificateRequest {
    /// Reads a DER request and checks that the key that it is for has signed it.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`]; [`SignatureError::UnsupportedAlgorithm`] for anything but RSA of 2048 bits
    /// or more or P-256 with SHA-256; [`SignatureError::SignatureInvalid`].
    pub fn from_der(der: &[u8]) -> Result<Self> {
        let request = CertReq::from_der(der).map_err(|_| SignatureError::Malformed(WHAT))?;
        let key = PublicKey::from_spki(&request.info.public_key)?;
        if !key.accepts_algorithm(&request.algorithm) {
            return Err(SignatureError::UnsupportedAlgorithm(WHAT));
        }
        let signature = request.signature.as_bytes().ok_or(SignatureError::Malformed(WHAT))?;
        let signed = Sha256::digest(signed_bytes(der).map_err(|_| SignatureError::Malformed(WHAT))?);
        if !key.verifies(&signed.into(), signature) {
            return Err(SignatureError::SignatureInvalid);
        }
        Ok(Self { info: request.info, key })
    }

    /// The key, as DER SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// [`SignatureError::Encoding`], in theory only.
    pub fn public_key_der(&self) -> Result<Vec<u8>> {
        self.info.public_key.to_der().map_err(|_| SignatureError::Encoding("public key"))
    }

    /// Kind of the key.
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.key.algorithm()
    }

    /// The user id that the request names.
    pub fn user_id(&self) -> Option<String> {
        name::attribute(&self.info.subject, name::SERIAL_NUMBER)
    }
}

/// The bytes that were signed, as they stand in the file (not encoded anew).
fn signed_bytes(der: &[u8]) -> der::Result<&[u8]> {
    let mut reader = SliceReader::new(der)?;
    Header::decode(&mut reader)?;
    reader.tlv_bytes()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::PrivateKey;

    fn request(key: &PrivateKey) -> Vec<u8> {
        let pending = prepare_request("Kovács Anna", "10000002", &key.public_key_der().unwrap()).unwrap();
        let raw = key.sign_digest(&pending.digest()).unwrap();
        pending.finish(&raw).unwrap()
    }

    #[test]
    fn a_request_proves_its_key_and_names_its_user() {
        for key in [PrivateKey::generate_p256(), PrivateKey::generate_rsa().unwrap()] {
            let read = CertificateRequest::from_der(&request(&key)).unwrap();
            assert_eq!(read.public_key_der().unwrap(), key.public_key_der().unwrap());
            assert_eq!(read.user_id().as_deref(), Some("10000002"));
            assert_eq!(read.algorithm(), key.algorithm());
        }
    }

    #[test]
    fn another_keys_signature_is_refused_on_both_sides() {
        let (key, other) = (PrivateKey::generate_p256(), PrivateKey::generate_p256());
        let pending = prepare_request("Kovács Anna", "10000002", &key.public_key_der().unwrap()).unwrap();
        let raw = other.sign_digest(&pending.digest()).unwrap();
        assert_eq!(pending.clone().finish(&raw).unwrap_err(), SignatureError::SignatureInvalid);
        // What a dishonest program would send: the same request with the other key's signature.
        let forged = CertReq {
            info: pending.info.clone(),
            algorithm: pending.key.signature_algorithm(),
            signature: BitString::from_bytes(&raw).unwrap(),
        };
        let refused = CertificateRequest::from_der(&forged.to_der().unwrap()).err();
        assert_eq!(refused, Some(SignatureError::SignatureInvalid));
    }

    proptest! {
        #[test]
        fn hostile_bytes_never_panic(bytes: Vec<u8>) {
            prop_assert!(CertificateRequest::from_der(&bytes).is_err());
        }

        #[test]
        fn one_changed_byte_is_noticed(at in 0usize..1000, to: u8) {
            let key = PrivateKey::generate_p256();
            let mut bytes = request(&key);
            let at = at % bytes.len();
            prop_assume!(bytes[at] != to);
            bytes[at] = to;
            prop_assert!(CertificateRequest::from_der(&bytes).is_err());
        }
    }
}
