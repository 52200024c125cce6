//! The key file behind the software token: one PEM text with a login and a signing certificate and
//! their keys, each key encrypted under the PIN (PKCS#8, PBES2 with scrypt and AES-256-CBC).
//!
//! It is plain PEM without inventions, so `openssl pkey -in FILE` reads its first key. What each key
//! is for follows from its certificate's key usage; a key stands right before its certificate.
//! Counting wrong PINs is the token's business, not the file's.

use std::fmt;

use der::Decode;
use pkcs8::pkcs5::pbes2::{EncryptionScheme as Cipher, Kdf, Parameters};
use pkcs8::pkcs5::{EncryptionScheme, scrypt};
use pkcs8::{EncryptedPrivateKeyInfo, PrivateKeyInfo};
use rand_core::{OsRng, RngCore};
use zeroize::Zeroizing;

use crate::{Certificate, PrivateKey, Result, SignatureError, pem};

/// scrypt with N = 2^14, r = 8, p = 5 (OWASP password storage cheat sheet): about 0.15 s and 16 MiB
/// each try, and within what `openssl` takes by default.
const SCRYPT: (u8, u32, u32) = (14, 8, 5);
/// Upper bounds for files of others, so that opening a hostile one stays harmless.
const MAX_SCRYPT_BYTES: u64 = 64 << 20;
const MAX_SCRYPT_PARALLEL: u16 = 16;
const MAX_PBKDF2_ROUNDS: u32 = 10_000_000;

const KEY_LABEL: &str = "ENCRYPTED PRIVATE KEY";
const CERTIFICATE_LABEL: &str = "CERTIFICATE";

/// Which of the two keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySlot {
    /// The authentication key.
    Login,
    /// The key that signs packages.
    Signing,
}

/// A read key file; its keys are still encrypted.
#[derive(Clone)]
pub struct KeyFile {
    login: Certificate,
    signing: Certificate,
    /// The encrypted keys, that of the login certificate expected first.
    keys: [Zeroizing<Vec<u8>>; 2],
}

impl KeyFile {
    /// The text of a new key file.
    ///
    /// # Errors
    /// [`SignatureError::KeyMismatch`] when a key and its certificate do not belong together,
    /// [`SignatureError::KeyFileIncomplete`] when a certificate is not of its kind.
    pub fn create(
        login: (&PrivateKey, &Certificate),
        signing: (&PrivateKey, &Certificate),
        pin: &str,
    ) -> Result<Zeroizing<String>> {
        if !login.1.may_authenticate() || !signing.1.may_sign_documents() {
            return Err(SignatureError::KeyFileIncomplete("certificates of the wrong kind"));
        }
        let mut text = Zeroizing::new(String::new());
        for (key, certificate) in [login, signing] {
            if !key.belongs_to(certificate) {
                return Err(SignatureError::KeyMismatch);
            }
            text.push_str(&pem::encode(KEY_LABEL, &encrypt(key, pin)?)?);
            text.push_str(&certificate.to_pem()?);
        }
        Ok(text)
    }

    /// Reads a key file without its PIN: the certificates are open, the keys stay encrypted.
    ///
    /// # Errors
    /// [`SignatureError::KeyFileIncomplete`] when not exactly one certificate of each kind and two
    /// keys are there; [`SignatureError::KeyFileParameters`] for an absurd protection.
    pub fn parse(text: &str) -> Result<Self> {
        let mut keys = Vec::new();
        let (mut login, mut signing) = (None, None);
        let mut login_first = true;
        for block in pem::blocks(text)? {
            match block.label.as_str() {
                KEY_LABEL => {
                    check_parameters(&block.der)?;
                    keys.push(block.der);
                }
                CERTIFICATE_LABEL => {
                    let certificate = Certificate::from_der(&block.der)?;
                    let place = if certificate.may_authenticate() {
                        &mut login
                    } else if certificate.may_sign_documents() {
                        login_first = login.is_some();
                        &mut signing
                    } else {
                        continue;
                    };
                    if place.replace(certificate).is_some() {
                        return Err(SignatureError::KeyFileIncomplete("two certificates of one kind"));
                    }
                }
                _ => {}
            }
        }
        let login = login.ok_or(SignatureError::KeyFileIncomplete("no login certificate"))?;
        let signing = signing.ok_or(SignatureError::KeyFileIncomplete("no signing certificate"))?;
        let mut keys: [Zeroizing<Vec<u8>>; 2] =
            keys.try_into().map_err(|_| SignatureError::KeyFileIncomplete("not two keys"))?;
        if !login_first {
            keys.reverse();
        }
        Ok(Self { login, signing, keys })
    }

    /// The certificate of a slot.
    pub fn certificate(&self, slot: KeySlot) -> &Certificate {
        match slot {
            KeySlot::Login => &self.login,
            KeySlot::Signing => &self.signing,
        }
    }

    /// Decrypts the key of a slot. Takes 0.1 to 0.3 s by design.
    ///
    /// # Errors
    /// [`SignatureError::PinWrong`]; [`SignatureError::KeyMismatch`] when the PIN opens the keys but
    /// none is that of the slot's certificate.
    pub fn unlock(&self, pin: &str, slot: KeySlot) -> Result<PrivateKey> {
        let order = match slot {
            KeySlot::Login => [0, 1],
            KeySlot::Signing => [1, 0],
        };
        for index in order {
            let key = decrypt(&self.keys[index], pin)?;
            if key.belongs_to(self.certificate(slot)) {
                return Ok(key);
            }
        }
        Err(SignatureError::KeyMismatch)
    }

    /// The text of this key file under another PIN.
    ///
    /// # Errors
    /// As [`unlock`](Self::unlock).
    pub fn with_pin(&self, old: &str, new: &str) -> Result<Zeroizing<String>> {
        let login = self.unlock(old, KeySlot::Login)?;
        let signing = self.unlock(old, KeySlot::Signing)?;
        Self::create((&login, &self.login), (&signing, &self.signing), new)
    }
}

/// The text of keys that wait for their certificates: as in a key file, without certificates.
///
/// # Errors
/// [`SignatureError::Encoding`], in theory only.
pub fn seal_keys(login: &PrivateKey, signing: &PrivateKey, pin: &str) -> Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    for key in [login, signing] {
        text.push_str(&pem::encode(KEY_LABEL, &encrypt(key, pin)?)?);
    }
    Ok(text)
}

/// The login and the signing key of a text of [`seal_keys`].
///
/// # Errors
/// [`SignatureError::PinWrong`]; what is wrong with the text.
pub fn open_keys(text: &str, pin: &str) -> Result<[PrivateKey; 2]> {
    let blocks = pem::blocks(text)?;
    let [login, signing] = blocks.as_slice() else {
        return Err(SignatureError::KeyFileIncomplete("not two keys"));
    };
    let open = |block: &pem::Block| {
        check_parameters(&block.der)?;
        decrypt(&block.der, pin)
    };
    Ok([open(login)?, open(signing)?])
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyFile")
            .field("login", &self.login)
            .field("signing", &self.signing)
            .finish_non_exhaustive()
    }
}

fn encrypt(key: &PrivateKey, pin: &str) -> Result<Vec<u8>> {
    const WHAT: SignatureError = SignatureError::Encoding("private key");
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    OsRng.fill_bytes(&mut salt);
    OsRng.fill_bytes(&mut iv);
    let (log_n, r, p) = SCRYPT;
    let costs = scrypt::Params::new(log_n, r, p, 32).map_err(|_| WHAT)?;
    let protection = Parameters::scrypt_aes256cbc(costs, &salt, &iv).map_err(|_| WHAT)?;
    let der = key.to_pkcs8_der()?;
    let info = PrivateKeyInfo::try_from(der.as_slice()).map_err(|_| WHAT)?;
    let document = info.encrypt_with_params(protection, pin).map_err(|_| WHAT)?;
    Ok(document.as_bytes().to_vec())
}

fn decrypt(encrypted: &[u8], pin: &str) -> Result<PrivateKey> {
    let info =
        EncryptedPrivateKeyInfo::from_der(encrypted).map_err(|_| SignatureError::Malformed("key file"))?;
    // Wrong PINs show as bad padding or, once in 256 times, as a key that cannot be read.
    let document = info.decrypt(pin).map_err(|_| SignatureError::PinWrong)?;
    PrivateKey::from_pkcs8_der(document.as_bytes()).map_err(|_| SignatureError::PinWrong)
}

fn check_parameters(encrypted: &[u8]) -> Result<()> {
    let info =
        EncryptedPrivateKeyInfo::from_der(encrypted).map_err(|_| SignatureError::Malformed("key file"))?;
    let EncryptionScheme::Pbes2(parameters) = &info.encryption_algorithm else {
        return Err(SignatureError::UnsupportedAlgorithm("key file"));
    };
    if !matches!(parameters.encryption, Cipher::Aes256Cbc { .. } | Cipher::Aes128Cbc { .. }) {
        return Err(SignatureError::UnsupportedAlgorithm("key file"));
    }
    let sane = match &parameters.kdf {
        Kdf::Scrypt(costs) => {
            let bytes = costs.cost_parameter.checked_mul(128 * u64::from(costs.block_size));
            bytes.is_some_and(|bytes| bytes <= MAX_SCRYPT_BYTES)
                && costs.parallelization <= MAX_SCRYPT_PARALLEL
        }
        Kdf::Pbkdf2(costs) => costs.iteration_count <= MAX_PBKDF2_ROUNDS,
        _ => false,
    };
    if sane { Ok(()) } else { Err(SignatureError::KeyFileParameters) }
}
