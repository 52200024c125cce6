//! Key files of a GIDS card: MANAGE SECURITY ENVIRONMENT chooses key and algorithm, PERFORM SECURITY
//! OPERATION signs (GIDS 2.0, 12.5.3.1 for the algorithms).

use signature::{KeyAlgorithm, PrivateKey};

use super::super::chip::{Reply, status};
use super::super::{public_key, tlv};
use super::{Container, Gids};

/// RSA-2048 on a block that the other side padded.
const RSA_RAW: u8 = 0x17;
/// RSA-2048, PKCS#1 v1.5 padded here, on a DigestInfo.
const RSA_PKCS1: u8 = 0x57;
/// ECDSA on P-256, on a digest; the signature is `r || s`.
const ECDSA: u8 = 0x1c;
const MODULUS: usize = 256;
/// Least length of the padding (RFC 8017, 9.2).
const LEAST_PADDING: usize = 8;

/// A private key under its reference.
pub(super) struct KeyFile {
    reference: u8,
    key: PrivateKey,
}

/// Key and algorithm for the next signatures.
#[derive(Clone, Copy)]
pub(super) struct Environment {
    algorithm: u8,
    reference: u8,
}

impl KeyFile {
    pub fn new(reference: u8, container: Container) -> Self {
        Self { reference, key: container.key }
    }

    pub fn reference(&self) -> u8 {
        self.reference
    }

    /// File identifier: B0 and the reference.
    pub fn identifier(&self) -> [u8; 2] {
        [0xb0, self.reference]
    }

    pub fn public_key(&self) -> Vec<u8> {
        public_key::template(&self.key)
    }

    fn supports(&self, algorithm: u8) -> bool {
        match self.key.algorithm() {
            KeyAlgorithm::Rsa { modulus_len: MODULUS } => matches!(algorithm, RSA_RAW | RSA_PKCS1),
            KeyAlgorithm::Rsa { .. } => false,
            KeyAlgorithm::P256 => algorithm == ECDSA,
        }
    }

    fn sign(&self, algorithm: u8, data: &[u8]) -> Reply {
        let refused = |_| status::WRONG_DATA;
        match algorithm {
            ECDSA => {
                let digest = data.try_into().map_err(|_| status::WRONG_LENGTH)?;
                let signature = self.key.sign_digest(digest).map_err(refused)?;
                public_key::plain_ecdsa(&signature).ok_or(status::WRONG_DATA)
            }
            RSA_PKCS1 => {
                let padding = MODULUS
                    .checked_sub(data.len() + 3)
                    .filter(|padding| *padding >= LEAST_PADDING)
                    .ok_or(status::WRONG_LENGTH)?;
                let block = [&[0x00, 0x01], &vec![0xff; padding][..], &[0x00], data].concat();
                Ok(self.key.rsa_private_operation(&block).map_err(refused)?.to_vec())
            }
            _ => Ok(self.key.rsa_private_operation(data).map_err(refused)?.to_vec()),
        }
    }
}

impl Gids {
    /// MANAGE SECURITY ENVIRONMENT: algorithm 80 and key reference 84.
    pub(super) fn choose_key(&mut self, data: &[u8]) -> Reply {
        let (Some(&[algorithm]), Some(&[reference])) = (tlv::value(data, 0x80), tlv::value(data, 0x84))
        else {
            return Err(status::WRONG_DATA);
        };
        let found = self.keys.iter().any(|key| key.reference == reference && key.supports(algorithm));
        if !found {
            return Err(status::WRONG_DATA);
        }
        self.session.environment = Some(Environment { algorithm, reference });
        Ok(vec![])
    }

    /// PERFORM SECURITY OPERATION, compute digital signature.
    pub(super) fn sign(&self, data: &[u8]) -> Reply {
        let environment = self.session.environment.ok_or(status::CONDITIONS)?;
        if self.initializing {
            return Err(status::CONDITIONS);
        }
        if !self.user() {
            return Err(status::NOT_ALLOWED);
        }
        let key = self.keys.iter().find(|key| key.reference == environment.reference);
        key.ok_or(status::WRONG_REFERENCE)?.sign(environment.algorithm, data)
    }
}
