//! The key with which a PIV card's administrator proves itself, here read from the card with the PIN.

use aes::{Aes128, Aes192, Aes256};
use des::TdesEde3;
use des::cipher::generic_array::GenericArray;
use des::cipher::{BlockEncrypt, BlockSizeUser, KeyInit};

use crate::{Result, TokenError};

/// Algorithm identifiers (SP 800-78-4, table 6-2).
const TDES: u8 = 0x03;
const AES_128: u8 = 0x08;
const AES_192: u8 = 0x0a;
const AES_256: u8 = 0x0c;

/// A key with its cipher; wiped by the ciphers where they can.
pub(crate) enum ManagementKey {
    Tdes(Box<TdesEde3>),
    Aes128(Box<Aes128>),
    Aes192(Box<Aes192>),
    Aes256(Box<Aes256>),
}

impl ManagementKey {
    /// Takes the key. A card that does not tell the algorithm has triple DES, or AES by the key's length.
    ///
    /// # Errors
    /// [`TokenError::UnsupportedKey`] when algorithm and length do not fit.
    pub fn new(key: &[u8], algorithm: Option<u8>) -> Result<Self> {
        let algorithm = match (algorithm, key.len()) {
            (Some(algorithm), _) => algorithm,
            (None, 32) => AES_256,
            (None, 16) => AES_128,
            (None, _) => TDES,
        };
        let made = match algorithm {
            TDES => TdesEde3::new_from_slice(key).map(|key| Self::Tdes(Box::new(key))),
            AES_128 => Aes128::new_from_slice(key).map(|key| Self::Aes128(Box::new(key))),
            AES_192 => Aes192::new_from_slice(key).map(|key| Self::Aes192(Box::new(key))),
            AES_256 => Aes256::new_from_slice(key).map(|key| Self::Aes256(Box::new(key))),
            _ => return Err(TokenError::UnsupportedKey),
        };
        made.map_err(|_| TokenError::UnsupportedKey)
    }

    /// Its algorithm identifier.
    pub fn algorithm(&self) -> u8 {
        match self {
            Self::Tdes(_) => TDES,
            Self::Aes128(_) => AES_128,
            Self::Aes192(_) => AES_192,
            Self::Aes256(_) => AES_256,
        }
    }

    /// Encrypts a challenge of exactly one block.
    ///
    /// # Errors
    /// [`TokenError::CardAnswer`] for any other length.
    pub fn encrypt(&self, challenge: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Tdes(key) => one_block(&**key, challenge),
            Self::Aes128(key) => one_block(&**key, challenge),
            Self::Aes192(key) => one_block(&**key, challenge),
            Self::Aes256(key) => one_block(&**key, challenge),
        }
    }
}

fn one_block<C: BlockEncrypt + BlockSizeUser>(cipher: &C, challenge: &[u8]) -> Result<Vec<u8>> {
    if challenge.len() != C::block_size() {
        return Err(TokenError::CardAnswer("challenge"));
    }
    let mut block = GenericArray::clone_from_slice(challenge);
    cipher.encrypt_block(&mut block);
    Ok(block.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_examples_come_out() {
        // NIST SP 800-67, B.1; FIPS 197, C.1 to C.3.
        let aes_plain = "00112233445566778899aabbccddeeff";
        let aes_key: String = (0..32).map(|byte| format!("{byte:02x}")).collect();
        for (key, algorithm, plain, secret) in [
            (
                "0123456789abcdef23456789abcdef01456789abcdef0123",
                TDES,
                "5468652071756663",
                "a826fd8ce53b855f",
            ),
            (&aes_key[..32], AES_128, aes_plain, "69c4e0d86a7b0430d8cdb78070b4c55a"),
            (&aes_key[..48], AES_192, aes_plain, "dda97ca4864cdfe06eaf70a0ec0d7191"),
            (&aes_key, AES_256, aes_plain, "8ea2b7ca516745bfeafc49904b496089"),
        ] {
            let key = ManagementKey::new(&hex::decode(key).unwrap(), Some(algorithm)).unwrap();
            assert_eq!(key.algorithm(), algorithm);
            assert_eq!(key.encrypt(&hex::decode(plain).unwrap()), Ok(hex::decode(secret).unwrap()));
            assert_eq!(key.encrypt(&[0; 7]), Err(TokenError::CardAnswer("challenge")));
        }
    }

    #[test]
    fn the_length_tells_the_algorithm_where_the_card_does_not_and_must_fit_it() {
        for (length, told, algorithm) in
            [(24, None, TDES), (32, None, AES_256), (16, None, AES_128), (24, Some(AES_192), AES_192)]
        {
            assert_eq!(ManagementKey::new(&vec![1; length], told).unwrap().algorithm(), algorithm);
        }
        for (length, told) in [(0, None), (23, None), (24, Some(AES_256)), (32, Some(TDES)), (24, Some(0x07))]
        {
            assert!(ManagementKey::new(&vec![1; length], told).is_err(), "{length} {told:?}");
        }
    }
}
