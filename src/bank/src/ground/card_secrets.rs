//! The secrets of the bank's tokens, each derived from one master secret and the card's serial number: what
//! personalisation writes into a card, and what the operator desk needs to unblock it.
//!
//! A real bank keeps the master secret in a hardware security module and lets only the module derive.

use des::TdesEde3;
use des::cipher::generic_array::GenericArray;
use des::cipher::{BlockEncrypt, KeyInit};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand_core::{OsRng, RngCore};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::error::{BankError, Result};

/// Length of the master secret, in bytes.
const MASTER: usize = 32;
/// Length of an admin key: three DES keys.
const ADMIN_KEY: usize = 24;
/// Length of a GIDS card's Random and of its Code, in bytes.
const BLOCK: usize = 8;
/// Keeps keys of this use and version apart from any other.
const SALT: &[u8] = b"kapocs-card-secrets-v1";

#[derive(Clone)]
pub struct CardSecrets(Zeroizing<[u8; MASTER]>);

impl CardSecrets {
    pub fn generate() -> Self {
        let mut master = Zeroizing::new([0; MASTER]);
        OsRng.fill_bytes(master.as_mut());
        Self(master)
    }

    /// Reads what [`as_bytes`](Self::as_bytes) gave.
    ///
    /// # Errors
    /// [`BankError::Data`] for another length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let master = bytes.try_into().map_err(|_| BankError::data("master secret", "wrong length"))?;
        Ok(Self(Zeroizing::new(master)))
    }

    /// The secret itself, to store it.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_ref()
    }

    /// The admin key of a card by its serial number (upper-case hex): HKDF-SHA-256 (RFC 5869).
    ///
    /// # Errors
    /// In theory only.
    pub fn admin_key(&self, csn: &str) -> Result<Zeroizing<[u8; ADMIN_KEY]>> {
        let mut key = Zeroizing::new([0; ADMIN_KEY]);
        Hkdf::<Sha256>::new(Some(SALT), self.as_bytes())
            .expand_multi_info(&[b"admin-key:", csn.as_bytes()], key.as_mut())
            .map_err(|e| BankError::data("admin key", e))?;
        Ok(key)
    }

    /// The `number`-th PUK of a card, 8 digits; number 0 is written at personalisation. HMAC-SHA-256 of the
    /// serial number and the number.
    ///
    /// # Errors
    /// In theory only.
    pub fn puk(&self, csn: &str, number: u32) -> Result<Zeroizing<String>> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(self.as_bytes())
            .map_err(|e| BankError::data("master secret", e))?;
        mac.update(b"kapocs-puk-v1:");
        mac.update(csn.as_bytes());
        mac.update(&number.to_be_bytes());
        let bytes = mac.finalize().into_bytes();
        let digits = bytes.iter().take(8).fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte));
        // 2^64 is so much more than 10^8 that no PUK is noticeably likelier than another.
        Ok(Zeroizing::new(format!("{:08}", digits % 100_000_000)))
    }

    /// A GIDS card's Code for its Random (16 hex digits): triple DES of one block under the card's admin key,
    /// upper-case hex.
    ///
    /// # Errors
    /// [`BankError::Data`] when the Random is no block.
    pub fn response(&self, csn: &str, random: &str) -> Result<Zeroizing<String>> {
        let mut block = [0; BLOCK];
        hex::decode_to_slice(random, &mut block).map_err(|e| BankError::data("Random", e))?;
        let code = encrypt(&*self.admin_key(csn)?, block);
        Ok(Zeroizing::new(hex::encode_upper(code)))
    }
}

fn encrypt(key: &[u8; ADMIN_KEY], block: [u8; BLOCK]) -> [u8; BLOCK] {
    let mut block = GenericArray::from(block);
    TdesEde3::new(GenericArray::from_slice(key)).encrypt_block(&mut block);
    block.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSN: &str = "4B61706F637320746573742063617264";

    #[test]
    fn one_block_is_what_the_standard_says() {
        // NIST SP 800-67 rev. 2, appendix B: "The qufck brown fox jump" under its example key bundle.
        let key: [u8; 24] =
            hex::decode("0123456789abcdef23456789abcdef01456789abcdef0123").unwrap().try_into().unwrap();
        let block = hex::decode("5468652071756663").unwrap().try_into().unwrap();
        assert_eq!(hex::encode(encrypt(&key, block)), "a826fd8ce53b855f");
    }

    #[test]
    fn secrets_follow_from_master_and_card_alone() {
        // Fixed for ever: another value would make every card in the field unopenable.
        let secrets = CardSecrets::from_bytes(&[7; 32]).unwrap();
        let admin = hex::encode(*secrets.admin_key(CSN).unwrap());
        let puks: Vec<String> = (0..3).map(|n| secrets.puk(CSN, n).unwrap().to_string()).collect();
        assert_eq!(admin, ADMIN);
        assert_eq!(puks, PUKS);
        assert_ne!(secrets.puk("00", 0).unwrap(), secrets.puk(CSN, 0).unwrap());
        assert_ne!(secrets.admin_key("00").unwrap(), secrets.admin_key(CSN).unwrap());
        assert_ne!(*CardSecrets::generate().0, *CardSecrets::generate().0);
        assert!(CardSecrets::from_bytes(&[7; 31]).is_err());
    }

    #[test]
    fn a_random_of_another_length_has_no_code() {
        let secrets = CardSecrets::generate();
        assert_eq!(secrets.response(CSN, "93F05D1E77A204BC").unwrap().len(), 16);
        assert!(secrets.response(CSN, "93F05D1E77A204").is_err());
    }

    const ADMIN: &str = "21a1ed25ba5ce58d7b68c08f054ea54ffb686d12c38c3f1b";
    const PUKS: [&str; 3] = ["00764549", "09475206", "57316981"];
}
