//! Certificates as cards keep them: often compressed, sometimes not ours to understand.

use std::io::Read;

use signature::Certificate;

use crate::profile::CardKey;
use crate::{KeyPurpose, Result, TokenError};

/// Largest certificate after decompression.
const MAX_CERTIFICATE: u64 = 16 * 1024;

/// What a decompressor gives, as long as it is no bomb.
pub(crate) fn inflate(stored: impl Read) -> Result<Vec<u8>> {
    let mut der = Vec::new();
    match stored.take(MAX_CERTIFICATE + 1).read_to_end(&mut der) {
        Ok(_) if der.len() as u64 <= MAX_CERTIFICATE => Ok(der),
        _ => Err(TokenError::CardAnswer("compressed certificate")),
    }
}

impl CardKey {
    /// The key of a certificate; none when the certificate cannot be used.
    pub fn new(purpose: KeyPurpose, der: &[u8], reference: u8) -> Option<Self> {
        match Certificate::from_der(der) {
            Ok(certificate) => Some(Self { purpose, certificate, reference }),
            Err(error) => {
                tracing::warn!(?purpose, %error, "a certificate on the card cannot be used");
                None
            }
        }
    }
}
