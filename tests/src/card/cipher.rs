//! Symmetric keys of the card's administrators: one block at a time (ECB), and CBC with a zero
//! start for GIDS.

use aes::{Aes192, Aes256};
use des::TdesEde3;
use des::cipher::generic_array::GenericArray;
use des::cipher::{BlockDecrypt, BlockEncrypt, KeyInit};
use rand_core::{OsRng, RngCore};

/// A key with its cipher.
pub(super) enum BlockKey {
    /// Triple DES with three keys.
    Tdes(Box<TdesEde3>),
    /// AES-192, what a YubiKey 5.7 has from the factory.
    Aes192(Box<Aes192>),
    /// AES-256.
    Aes256(Box<Aes256>),
}

impl BlockKey {
    pub fn tdes(key: &[u8; 24]) -> Self {
        Self::Tdes(Box::new(TdesEde3::new(key.into())))
    }

    pub fn aes192(key: &[u8; 24]) -> Self {
        Self::Aes192(Box::new(Aes192::new(key.into())))
    }

    pub fn aes256(key: &[u8; 32]) -> Self {
        Self::Aes256(Box::new(Aes256::new(key.into())))
    }

    /// Length of a block in bytes.
    pub fn block_len(&self) -> usize {
        match self {
            Self::Tdes(_) => 8,
            Self::Aes192(_) | Self::Aes256(_) => 16,
        }
    }

    /// One block, encrypted. The length of `block` must be [`block_len`](Self::block_len).
    pub fn encrypt(&self, block: &[u8]) -> Vec<u8> {
        let mut block = block.to_vec();
        let place = block.as_mut_slice();
        match self {
            Self::Tdes(key) => key.encrypt_block(GenericArray::from_mut_slice(place)),
            Self::Aes192(key) => key.encrypt_block(GenericArray::from_mut_slice(place)),
            Self::Aes256(key) => key.encrypt_block(GenericArray::from_mut_slice(place)),
        }
        block
    }

    /// One block, decrypted.
    pub fn decrypt(&self, block: &[u8]) -> Vec<u8> {
        let mut block = block.to_vec();
        let place = block.as_mut_slice();
        match self {
            Self::Tdes(key) => key.decrypt_block(GenericArray::from_mut_slice(place)),
            Self::Aes192(key) => key.decrypt_block(GenericArray::from_mut_slice(place)),
            Self::Aes256(key) => key.decrypt_block(GenericArray::from_mut_slice(place)),
        }
        block
    }

    /// CBC without padding; the length of `plain` must be a multiple of the block's.
    pub fn encrypt_cbc(&self, plain: &[u8]) -> Vec<u8> {
        let mut before = vec![0; self.block_len()];
        let mut out = Vec::with_capacity(plain.len());
        for block in plain.chunks(self.block_len()) {
            before = self.encrypt(&xor(block, &before));
            out.extend_from_slice(&before);
        }
        out
    }

    /// CBC without padding.
    pub fn decrypt_cbc(&self, secret: &[u8]) -> Vec<u8> {
        let mut before = vec![0; self.block_len()];
        let mut out = Vec::with_capacity(secret.len());
        for block in secret.chunks(self.block_len()) {
            out.extend(xor(&self.decrypt(block), &before));
            before = block.to_vec();
        }
        out
    }
}

/// Random bytes.
pub(super) fn random(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    OsRng.fill_bytes(&mut bytes);
    bytes
}

fn xor(left: &[u8], right: &[u8]) -> Vec<u8> {
    left.iter().zip(right).map(|(left, right)| left ^ right).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NIST SP 800-67, B.1 (the key of the example for three keys).
    #[test]
    fn triple_des_gives_the_standard_s_example() {
        let key = hex::decode("0123456789abcdef23456789abcdef01456789abcdef0123").unwrap();
        let key = BlockKey::tdes(key.as_slice().try_into().unwrap());
        let secret = hex::decode("a826fd8ce53b855fcce21c8112256fe668d5c05dd9b6b900").unwrap();
        let plain: Vec<u8> = secret.chunks(8).flat_map(|block| key.decrypt(block)).collect();
        assert_eq!(plain, b"The qufck brown fox jump");
        assert_eq!(key.encrypt(&plain[..8]), secret[..8]);
    }

    #[test]
    fn cbc_comes_back_and_its_first_block_is_the_bare_cipher() {
        for key in [BlockKey::tdes(&[7; 24]), BlockKey::aes192(&[8; 24]), BlockKey::aes256(&[9; 32])] {
            let plain = [5; 64];
            let secret = key.encrypt_cbc(&plain);
            let block = key.block_len();
            assert_eq!(secret[..block], key.encrypt(&plain[..block]));
            assert_ne!(secret[..block], secret[block..2 * block]);
            assert_eq!(key.decrypt_cbc(&secret), plain);
        }
    }
}
