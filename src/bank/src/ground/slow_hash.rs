//! Secrets that people remember (operators' passwords, customers' e-PINs), kept as scrypt hashes.

use rand_core::{OsRng, RngCore};
use scrypt::Params;
use subtle::ConstantTimeEq;

use super::error::{BankError, Result};

/// Memory and time of one guess: 16 MB, some hundredths of a second (log2 N, r, p).
const COST: (u8, u32, u32) = (14, 8, 1);
const LENGTH: usize = 32;

/// A secret's salt and hash.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SlowHash {
    /// Random, its own.
    pub salt: Vec<u8>,
    /// scrypt of secret and salt.
    pub hash: Vec<u8>,
}

impl SlowHash {
    /// The hash of a secret under a new salt.
    ///
    /// # Errors
    /// In theory only.
    pub(crate) fn of(secret: &str) -> Result<Self> {
        let mut salt = vec![0; 16];
        OsRng.fill_bytes(&mut salt);
        Ok(Self { hash: scrypt(secret, &salt)?.to_vec(), salt })
    }

    /// Takes as long as [`is_of`](Self::is_of) and fits nothing: so that nobody learns by the clock who exists.
    pub(crate) fn of_nobody() -> Self {
        Self { salt: vec![0; 16], hash: Vec::new() }
    }

    /// Whether it is the secret's.
    ///
    /// # Errors
    /// In theory only.
    pub(crate) fn is_of(&self, secret: &str) -> Result<bool> {
        Ok(scrypt(secret, &self.salt)?.as_slice().ct_eq(&self.hash).into())
    }
}

fn scrypt(secret: &str, salt: &[u8]) -> Result<[u8; LENGTH]> {
    let (log_n, r, p) = COST;
    let mut hash = [0; LENGTH];
    let params = Params::new(log_n, r, p, LENGTH).map_err(|e| BankError::data("scrypt", e))?;
    scrypt::scrypt(secret.as_bytes(), salt, &params, &mut hash).map_err(|e| BankError::data("scrypt", e))?;
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_secret_only() {
        let hash = SlowHash::of("123456").unwrap();
        assert!(hash.is_of("123456").unwrap());
        assert!(!hash.is_of("123457").unwrap());
        assert!(hash != SlowHash::of("123456").unwrap(), "the salt is its own");
        assert!(!SlowHash::of_nobody().is_of("").unwrap());
    }
}
