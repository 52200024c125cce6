//! Making a signature in two phases, with the key anywhere between them.

use chrono::{DateTime, Utc};
use cms::cert::IssuerAndSerialNumber;
use cms::content_info::CmsVersion;
use cms::signed_data::{
    EncapsulatedContentInfo, SignedAttributes, SignerIdentifier, SignerInfo, SignerInfos,
};
use const_oid::db::rfc5911::ID_DATA;
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::message::Message;
use crate::public_key::sha256_identifier;
use crate::{Certificate, Result, SignatureError, attributes};

/// A signature that waits for the key's answer.
#[derive(Clone, Debug)]
pub struct Pending {
    certificate: Certificate,
    attributes: SignedAttributes,
    to_be_signed: Vec<u8>,
}

/// First phase: the signed attributes for a content (given by its SHA-256) signed by the holder of
/// `certificate` at `now`.
///
/// # Errors
/// [`SignatureError::Encoding`] when the time has no place in a signature (before 1970).
pub fn prepare(certificate: &Certificate, content_sha256: [u8; 32], now: DateTime<Utc>) -> Result<Pending> {
    let attributes = attributes::build(certificate, content_sha256, now)?;
    // RFC 5652, 5.4: what is signed is the DER of a SET OF, not of the [0] that the file carries.
    let to_be_signed = attributes.to_der().map_err(|_| SignatureError::Encoding("signed attributes"))?;
    Ok(Pending { certificate: certificate.clone(), attributes, to_be_signed })
}

impl Pending {
    /// SHA-256 that the key has to sign.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.to_be_signed).into()
    }

    /// The bytes behind [`digest`](Self::digest), for signers that hash by themselves.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// The certificate whose key must answer.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Second phase: the CMS file (DER) of the key's answer (PKCS#1 v1.5 block or DER ECDSA value).
    /// `chain` travels along: the certificates between the signer's and the anchor.
    ///
    /// # Errors
    /// [`SignatureError::SignatureInvalid`] when the answer is not this key's signature, so that
    /// nonsense from a card never leaves the machine.
    pub fn finish(self, raw_signature: &[u8], chain: &[Certificate]) -> Result<Vec<u8>> {
        if !self.certificate.verifies(&self.digest(), raw_signature) {
            return Err(SignatureError::SignatureInvalid);
        }
        self.encode(raw_signature, chain).map_err(|_| SignatureError::Encoding("signature"))
    }

    fn encode(&self, raw_signature: &[u8], chain: &[Certificate]) -> der::Result<Vec<u8>> {
        let signer = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: self.certificate.issuer().clone(),
                serial_number: self.certificate.serial_number().clone(),
            }),
            digest_alg: sha256_identifier(),
            signature_algorithm: self.certificate.key().signature_algorithm(),
            signed_attrs: Some(self.attributes.clone()),
            signature: OctetString::new(raw_signature)?,
            unsigned_attrs: None,
        };
        let mut certificates = vec![&self.certificate];
        for certificate in chain {
            if !certificates.contains(&certificate) {
                certificates.push(certificate);
            }
        }
        let certificates = certificates
            .iter()
            .map(|certificate| Any::from_der(certificate.to_der()))
            .collect::<der::Result<Vec<_>>>()?;
        let message = Message {
            version: CmsVersion::V1,
            digest_algorithms: SetOfVec::try_from(vec![sha256_identifier()])?,
            encap_content_info: EncapsulatedContentInfo { econtent_type: ID_DATA, econtent: None },
            certificates: Some(SetOfVec::try_from(certificates)?),
            crls: None,
            signer_infos: SignerInfos::try_from(vec![signer])?,
        };
        message.to_cms()
    }
}
